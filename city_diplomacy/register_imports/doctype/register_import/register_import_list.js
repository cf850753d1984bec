frappe.listview_settings["Register Import"] = {
	add_fields: ["status", "added", "refused"],
	get_indicator(doc) {
		const colors = {
			Ready: "orange",
			Imported: "green",
			Failed: "red",
			Cancelled: "gray",
			Undone: "gray",
			New: "gray",
		};
		return [__(doc.status), colors[doc.status] || "blue", `status,=,${doc.status}`];
	},
};
