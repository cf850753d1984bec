frappe.ui.form.on("Ceremonial Rule", {
	refresh(frm) {
		const today = frappe.datetime.get_today();
		if (!frm.is_new() && frm.doc.valid_until && frm.doc.valid_until < today) {
			frm.set_intro(__("No longer in force; requests of today are not measured by it."), "orange");
		}
	},
});
