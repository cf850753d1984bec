frappe.ui.form.on("Ceremonial Request", {
	refresh(frm) {
		if (!frm.is_new() && frm.doc.breaks_rule) {
			frm.set_intro(__("It does not keep a rule; granting it needs a reason."), "orange");
		}
	},
});
