frappe.listview_settings["MOU"] = {
	hide_name_column: true,
	add_fields: ["expiry_date", "workflow_state", "confidential", "needed_by"],

	formatters: {
		expiry_date(value, df, doc) {
			if (!value) return "";
			const shown = frappe.datetime.str_to_user(value);
			if (!["Active", "Suspended"].includes(doc.workflow_state)) return shown;
			const days = frappe.datetime.get_day_diff(value, frappe.datetime.get_today());
			const colour = days < 0 ? "text-danger" : days <= 90 ? "text-warning" : "";
			// As short as the column of a small screen: days left, or past.
			return String(city_diplomacy.html`<span class="${colour}">${shown} · ${__("{0} d", [days])}</span>`);
		},
	},

	onload(listview) {
		if (!frappe.user.has_role("International Affairs Manager")) return;
		listview.page.add_inner_button(__("Record Existing Agreement"), () =>
			city_diplomacy.record_existing(listview)
		);
	},
};

frappe.provide("city_diplomacy");

// The labelled door for what was signed before this system: a source file and a reason, no clearances.
city_diplomacy.record_existing = function (listview) {
	const dialog = new frappe.ui.Dialog({
		title: __("Record an Existing Agreement"),
		size: "large",
		fields: city_diplomacy.existing_fields(),
		primary_action_label: __("Record"),
		primary_action(values) {
			frappe
				.call({
					method: "city_diplomacy.partnerships.api.record_existing",
					args: city_diplomacy.existing_values(values),
					freeze: true,
				})
				.then(({ message }) => {
					dialog.hide();
					listview.refresh();
					frappe.set_route("Form", "MOU", message.name);
				});
		},
	});
	dialog.show();
};

city_diplomacy.existing_fields = function () {
	const partners = ["Partner City", "Partner Organisation", "City Network", "Diaspora Organisation"];
	const section = (label) => ({ fieldtype: "Section Break", label });
	const column = { fieldtype: "Column Break" };
	return [
		{
			fieldname: "about",
			fieldtype: "HTML",
			options: __(
				"For agreements signed before this system. Nobody is asked; the record says so for good."
			),
		},
		{ fieldname: "title", fieldtype: "Data", label: __("Title"), reqd: 1 },
		{
			fieldname: "agreement_type",
			fieldtype: "Link",
			options: "Agreement Type",
			label: __("Agreement type"),
			reqd: 1,
		},
		column,
		{
			fieldname: "sponsor",
			fieldtype: "Link",
			options: "User",
			label: __("Sponsor"),
			default: frappe.session.user,
			reqd: 1,
		},
		{ fieldname: "purpose", fieldtype: "Small Text", label: __("Purpose"), reqd: 1 },
		section(__("Parties")),
		{
			fieldname: "company",
			fieldtype: "Link",
			options: "Company",
			label: __("Our side"),
			default: frappe.defaults.get_user_default("Company"),
			reqd: 1,
		},
		column,
		{
			fieldname: "counterpart_type",
			fieldtype: "Select",
			options: partners,
			default: "Partner City",
			label: __("Counterpart is a"),
			reqd: 1,
		},
		{
			fieldname: "counterpart",
			fieldtype: "Dynamic Link",
			options: "counterpart_type",
			label: __("Counterpart"),
			get_query: () => ({ query: "city_diplomacy.partnerships.partners.search.find_partner" }),
			reqd: 1,
		},
		section(__("Dates")),
		{
			fieldname: "signed_on",
			fieldtype: "Date",
			label: __("Signed on"),
			reqd: 1,
			description: __("If only the year is known, enter its first day and say so beside it."),
		},
		{
			fieldname: "signed_precision",
			fieldtype: "Select",
			options: ["Day", "Month", "Year"],
			default: "Day",
			label: __("Signed date is known to the"),
		},
		column,
		{ fieldname: "effective_date", fieldtype: "Date", label: __("Effective date") },
		{
			fieldname: "expiry_date",
			fieldtype: "Date",
			label: __("Expiry date"),
			description: __("Leave empty for an open-ended agreement."),
		},
		section(__("Proof")),
		{
			fieldname: "source_file",
			fieldtype: "Attach",
			label: __("Source file"),
			description: __("The signed text, a council file or the like."),
			reqd: 1,
		},
		column,
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("Why it is recorded without clearances"),
			reqd: 1,
		},
	];
};

city_diplomacy.existing_values = function (given) {
	const { about, company, counterpart_type, counterpart, source_file, reason, ...values } = given;
	values.parties = [
		{ side: "Ours", party_type: "Company", party: company },
		{ side: "Counterpart", party_type: counterpart_type, party: counterpart },
	];
	return { values, source_file, reason };
};
