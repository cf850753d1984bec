frappe.ui.form.on("Policy Rehearsal", {
	refresh(frm) {
		frm.add_custom_button(__("Open in Policy Lab"), () =>
			frappe.set_route("policy-lab", frm.doc.policy, frm.docname),
		);
	},
});
