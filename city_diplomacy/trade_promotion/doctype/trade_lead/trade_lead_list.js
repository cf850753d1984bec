frappe.listview_settings["Trade Lead"] = {
	hide_name_column: true,
	add_fields: ["status", "stale_on"],
	filters: [["status", "in", ["Ongoing", "Delayed", "Dormant"]]],

	onload(listview) {
		for (const board of ["Export Leads", "Investment Leads", "Tourism Leads"]) {
			listview.page.add_inner_button(
				__(board),
				() => frappe.set_route("List", "Trade Lead", "Kanban", board),
				__("Boards")
			);
		}
		const may_load = ["Trade Officer", "International Affairs Manager"].some((role) =>
			frappe.user.has_role(role)
		);
		if (may_load) {
			listview.page.add_menu_item(__("Load HS Codes"), () => load_hs_codes());
		}
	},

	get_indicator(doc) {
		if (doc.stale_on && doc.stale_on <= frappe.datetime.get_today()) {
			return [__("Stale"), "red", `stale_on,<=,${frappe.datetime.get_today()}|stale_on,is,set`];
		}
		const colour =
			{
				Ongoing: "blue",
				Delayed: "orange",
				Dormant: "yellow",
				Won: "green",
				Lost: "darkgrey",
				Abandoned: "gray",
			}[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},

	formatters: {
		stage_since: (value) =>
			value ? __("{0} days", [frappe.datetime.get_day_diff(frappe.datetime.get_today(), value)]) : "",
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
