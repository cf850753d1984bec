frappe.ui.form.on("Routing Policy", {
	setup(frm) {
		frm.set_query("role", "rules", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		if (frm.doc.status === "Active") {
			frm.dashboard.set_headline(__("New agreements are routed by this policy."), "green");
		} else if (frm.perm[0].submit) {
			frm.add_custom_button(__("Activate"), () => activate_policy(frm));
		}
		if (frappe.model.can_create("Routing Policy")) {
			frm.add_custom_button(__("New Version"), () =>
				call_policy(frm, "new_version").then(({ message }) =>
					frappe.set_route("Form", "Routing Policy", message.name)
				)
			);
		}
	},
});

function activate_policy(frm) {
	frappe.confirm(
		__("New agreements are routed by this policy from now on; those on their way keep theirs. Activate?"),
		() => call_policy(frm, "activate").then(() => frm.reload_doc())
	);
}

function call_policy(frm, method) {
	return frappe.call({
		method: `city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy.${method}`,
		args: { policy: frm.docname },
		freeze: true,
	});
}
