frappe.ui.form.on("Consular Mission", {
	refresh(frm) {
		const today = frappe.datetime.get_today();
		if (frm.doc.closed_on && frm.doc.closed_on <= today) {
			frm.set_intro(__("The mission is closed; the order of precedence leaves it out."), "orange");
		}
	},
});
