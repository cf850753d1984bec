frappe.listview_settings["Policy Rehearsal"] = {
	add_fields: ["status", "policy"],
	hide_name_column: true,

	get_indicator(doc) {
		const colour = {
			Queued: "gray",
			Running: "blue",
			Finished: "green",
			Failed: "red",
			Stopped: "orange",
		}[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
