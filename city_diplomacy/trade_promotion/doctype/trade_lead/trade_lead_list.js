frappe.listview_settings["Trade Lead"] = {
	hide_name_column: true,
	add_fields: ["stage"],

	onload(listview) {
		const may_load = ["Trade Officer", "International Affairs Manager"].some((role) =>
			frappe.user.has_role(role)
		);
		if (may_load) {
			listview.page.add_menu_item(__("Load HS Codes"), () => load_hs_codes());
		}
	},

	get_indicator(doc) {
		const colour =
			{
				Identified: "gray",
				Qualified: "blue",
				"In Progress": "orange",
				Won: "green",
				Lost: "red",
			}[doc.stage] || "gray";
		return [__(doc.stage), colour, `stage,=,${doc.stage}`];
	},
};

function load_hs_codes() {
	const title = __("HS codes");
	frappe.realtime.off("city_diplomacy_hs_codes");
	frappe.realtime.on("city_diplomacy_hs_codes", ({ done, total }) =>
		frappe.show_progress(title, done, total, "", true)
	);
	frappe
		.call({ method: "city_diplomacy.trade_promotion.api.load_hs_codes", freeze: true })
		.then(({ message }) =>
			frappe.show_alert(
				message.missing
					? __("{0} HS codes are being entered in the background.", [message.missing])
					: __("All HS codes are there already.")
			)
		);
}
