frappe.listview_settings["Council Action"] = {
	add_fields: ["outcome", "docstatus", "council_meeting_date"],
	has_indicator_for_draft: true,

	get_indicator(doc) {
		if (!doc.docstatus) return [__("Prepared"), "gray", "docstatus,=,0"];
		const colour =
			{
				Adopted: "green",
				"Adopted as Amended": "yellow",
				Rejected: "red",
				Continued: "blue",
				"Referred to Committee": "purple",
			}[doc.outcome] || "gray";
		return [__(doc.outcome), colour, `outcome,=,${doc.outcome}`];
	},
};
