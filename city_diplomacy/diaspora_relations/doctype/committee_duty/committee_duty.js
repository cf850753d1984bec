frappe.ui.form.on("Committee Duty", {
	setup(frm) {
		city_diplomacy.partners.set_dynamic_query(frm, "organisation_type", "organisation");
		city_diplomacy.partners.set_queries(frm, { partner_city: "Partner City" });
	},

	refresh(frm) {
		if (frm.is_new() || frm.is_dirty() || frm.doc.status !== "Open" || !frm.perm[0].write) return;
		frm.add_custom_button(__("Done"), () => complete(frm)).addClass("btn-primary");
	},
});

function complete(frm) {
	const counts_members = frm.doc.kind === "Minimum members";
	const dialog = new frappe.ui.Dialog({
		title: __("Done for {0}", [frappe.datetime.str_to_user(frm.doc.due_date)]),
		fields: [
			{
				fieldname: "members",
				fieldtype: "Int",
				label: __("Members"),
				hidden: !counts_members,
				reqd: counts_members,
			},
			{ fieldname: "result", fieldtype: "Small Text", label: __("What shows it") },
			{ fieldname: "file", fieldtype: "Attach", label: __("Report") },
			{ fieldname: "link", fieldtype: "Data", label: __("Web address") },
		],
		primary_action_label: __("Done"),
		primary_action(values) {
			dialog.hide();
			frappe
				.call({
					method: "city_diplomacy.diaspora_relations.api.complete_duty",
					args: { duty: frm.docname, ...values },
					freeze: true,
				})
				.then(() => frm.reload_doc());
		},
	});
	// The report hangs on the duty, and is known to whoever may know of it.
	dialog.fields_dict.file.doctype = frm.doctype;
	dialog.fields_dict.file.docname = frm.docname;
	dialog.show();
}
