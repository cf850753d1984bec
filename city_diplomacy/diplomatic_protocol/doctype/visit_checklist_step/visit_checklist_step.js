frappe.ui.form.on("Visit Checklist Step", {
	refresh(frm) {
		if (frm.doc.disabled) frm.set_intro(__("Disabled; visits accepted from now on go without it."), "orange");
	},
});
