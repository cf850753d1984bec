frappe.ui.form.on("Visit Triage Rule", {
	refresh(frm) {
		if (frm.doc.disabled) frm.set_intro(__("Disabled; no request is looked at by it."), "orange");
	},
});
