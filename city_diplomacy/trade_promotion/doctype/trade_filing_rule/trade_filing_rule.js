frappe.ui.form.on("Trade Filing Rule", {
	refresh(frm) {
		const today = frappe.datetime.get_today();
		if (!frm.is_new() && frm.doc.valid_until && frm.doc.valid_until < today) {
			frm.set_intro(__("No longer in force; leads do not show it."), "orange");
		}
	},
});
