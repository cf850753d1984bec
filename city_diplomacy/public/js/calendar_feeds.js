// The address of one's own calendar, from the list and the form of Calendar Feed.
frappe.provide("city_diplomacy.calendar_feeds");

city_diplomacy.calendar_feeds.api = "city_diplomacy.calendar_feeds.api";

city_diplomacy.calendar_feeds.make = function (done) {
	frappe.confirm(
		__(
			"You get a new address for your calendar. An address you had before opens nothing from then on. Go ahead?"
		),
		() =>
			frappe.xcall(`${city_diplomacy.calendar_feeds.api}.make_address`).then(({ address }) => {
				city_diplomacy.calendar_feeds.show(address);
				done();
			})
	);
};

city_diplomacy.calendar_feeds.show = function (address) {
	const dialog = new frappe.ui.Dialog({
		title: __("The Address of Your Calendar"),
		fields: [
			{
				fieldname: "address",
				fieldtype: "Small Text",
				label: __("Address"),
				read_only: 0,
				default: address,
				description: __(
					"It is shown this once. Subscribe to it in your calendar program, and give it to nobody: whoever has it reads what you may read."
				),
			},
		],
		primary_action_label: __("Copy"),
		primary_action: () => frappe.utils.copy_to_clipboard(address),
	});
	dialog.show();
};

city_diplomacy.calendar_feeds.revoke = function (done) {
	frappe.confirm(__("The address of your calendar opens nothing from then on. Go ahead?"), () =>
		frappe.xcall(`${city_diplomacy.calendar_feeds.api}.revoke`).then(done)
	);
};
