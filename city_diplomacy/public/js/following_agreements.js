// What an agreement in force is followed by, from its form and from the radar: a renewal, an amendment, a review.
frappe.provide("city_diplomacy.following");

const CITY_PARTNERSHIPS = "city_diplomacy.partnerships.api.";

// [act, label, whether it needs an agreement that is still in force]
city_diplomacy.following.acts = () => [
	["renew", __("Renew"), false],
	["review", __("Record Review"), true],
	["amend", __("Amend"), false],
];

city_diplomacy.following.may_start = () =>
	frappe.model.can_create("MOU") && frappe.model.can_write("MOU");

// `done` is called when a review was stored; renewals and amendments open their draft.
city_diplomacy.following.start = function (act, agreement, done) {
	if (act === "review") return city_diplomacy.following.record_review(agreement, done);
	const method = act === "renew" ? "draft_renewal" : "draft_amendment";
	return frappe
		.call({ method: CITY_PARTNERSHIPS + method, args: { agreement }, type: "GET", freeze: true })
		.then(({ message }) => city_diplomacy.open_draft("MOU", message));
};

city_diplomacy.following.record_review = function (agreement, done) {
	const dialog = new frappe.ui.Dialog({
		title: __("Record a Review"),
		fields: [
			{
				fieldname: "held_on",
				fieldtype: "Date",
				label: __("Held on"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "outcome", fieldtype: "Small Text", label: __("What came of it"), reqd: 1 },
			{
				fieldname: "next_review",
				fieldtype: "Date",
				label: __("Next review"),
				description: __("Left empty, it follows from the agreement's review interval."),
			},
		],
		primary_action_label: __("Record"),
		primary_action(values) {
			frappe
				.call({
					method: CITY_PARTNERSHIPS + "record_review",
					args: { agreement, ...values },
					type: "POST",
					freeze: true,
				})
				.then(({ message }) => {
					dialog.hide();
					frappe.show_alert({
						message: frappe.utils.escape_html(message.message),
						indicator: "green",
					});
					if (done) done();
				});
		},
	});
	dialog.show();
};

city_diplomacy.following.add_buttons = function (frm) {
	const state = frm.doc.workflow_state;
	const in_force = ["Active", "Suspended"].includes(state);
	if (!(in_force || state === "Expired") || !city_diplomacy.following.may_start()) return;
	for (const [act, label, only_in_force] of city_diplomacy.following.acts()) {
		if (only_in_force && !in_force) continue;
		frm.add_custom_button(
			label,
			() => city_diplomacy.following.start(act, frm.docname, () => frm.reload_doc()),
			__("What Next")
		);
	}
};
