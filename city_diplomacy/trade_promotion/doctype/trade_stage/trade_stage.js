frappe.ui.form.on("Trade Stage", {
	setup(frm) {
		frm.trigger("offer_fields");
	},

	refresh(frm) {
		frm.trigger("offer_fields");
	},

	// What can be asked of a lead: its form says which fields there are.
	offer_fields(frm) {
		frappe.model.with_doctype("Trade Lead", () => {
			const layout = ["Section Break", "Column Break", "Tab Break", "HTML"];
			const fields = frappe
				.get_meta("Trade Lead")
				.fields.filter(
					(df) =>
						df.label &&
						!layout.includes(df.fieldtype) &&
						!(df.read_only || df.hidden || df.reqd) &&
						!["stage", "unstated_figures"].includes(df.fieldname)
				);
			frm.fields_dict.required_fields.grid.update_docfield_property(
				"required_field",
				"options",
				fields.map((df) => ({ value: df.fieldname, label: __(df.label) }))
			);
		});
	},
});
