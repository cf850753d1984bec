// What forms about partners share: finding a partner under any of its names, contacts, time zones.
frappe.provide("city_diplomacy.partners");

city_diplomacy.partners.searched = [
	"Partner City",
	"Partner Organisation",
	"City Network",
	"Diaspora Organisation",
];

city_diplomacy.partners.query_for = function (doctype) {
	return city_diplomacy.partners.searched.includes(doctype)
		? { query: "city_diplomacy.partnerships.partners.search.find_partner" }
		: {};
};

city_diplomacy.partners.set_queries = function (frm, fields) {
	for (const [field, doctype] of Object.entries(fields)) {
		frm.set_query(field, () => city_diplomacy.partners.query_for(doctype));
	}
};

city_diplomacy.partners.set_dynamic_query = function (frm, type_field, party_field) {
	frm.set_query(party_field, () => city_diplomacy.partners.query_for(frm.doc[type_field]));
};

city_diplomacy.partners.set_row_query = function (frm, table, type_field, party_field) {
	frm.set_query(party_field, table, (doc, cdt, cdn) =>
		city_diplomacy.partners.query_for(frappe.get_doc(cdt, cdn)[type_field])
	);
};

city_diplomacy.partners.show_contacts = function (frm) {
	if (frm.is_new()) {
		frappe.contacts.clear_address_and_contact(frm);
	} else {
		frappe.contacts.render_address_and_contact(frm);
	}
	frm.toggle_display("contacts_section", !frm.is_new());
};

city_diplomacy.partners.offer_time_zones = function (frm) {
	if (!frm.fields_dict.time_zone) return;
	const offer = () => frm.fields_dict.time_zone.set_data(frappe.all_timezones);
	if (frappe.all_timezones) {
		offer();
		return;
	}
	frappe.xcall("frappe.core.doctype.user.user.get_timezones").then((answer) => {
		frappe.all_timezones = answer.timezones;
		offer();
	});
};

// The "+" beside a connection: the new record has the partner in it already.
city_diplomacy.partners.prefill_connections = function (frm) {
	const partner = frm.docname;
	const type = frm.doctype;
	const make = (doctype, fill) => () =>
		frappe.model.with_doctype(doctype, () => {
			const doc = frappe.model.get_new_doc(doctype, null, null, true);
			fill(doc);
			frappe.set_route("Form", doctype, doc.name);
		});
	frm.make_methods = {
		MOU: make("MOU", (doc) => {
			doc.parties = [];
			const row = frappe.model.add_child(doc, "MOU Party", "parties");
			Object.assign(row, { side: "Counterpart", party_type: type, party: partner });
		}),
		"Partner Engagement": make("Partner Engagement", (doc) => {
			const row = frappe.model.add_child(doc, "Engagement Partner", "partners");
			Object.assign(row, { partner_type: type, partner });
		}),
		"Delegation Visit": make("Delegation Visit", (doc) => {
			const row = frappe.model.add_child(doc, "Engagement Partner", "partners");
			Object.assign(row, { partner_type: type, partner });
		}),
		"Official Gift": make("Official Gift", (doc) => Object.assign(doc, { partner_type: type, partner })),
		"Partnership Commitment": make("Partnership Commitment", (doc) =>
			Object.assign(doc, { partner_type: type, partner })
		),
		"Network Membership": make("Network Membership", (doc) =>
			Object.assign(
				doc,
				type === "City Network"
					? { network: partner }
					: { member_type: "Partner City", partner_city: partner }
			)
		),
	};
};

// Open promises both ways, each opening its list.
city_diplomacy.partners.show_promises = function (frm) {
	if (frm.is_new() || !frappe.model.can_read("Partnership Commitment")) return;
	const sides = [
		["!=", (count) => __("Open promises of ours: {0}", [count])],
		["=", (count) => __("Open promises of theirs: {0}", [count])],
	];
	for (const [operator, say] of sides) {
		const filters = {
			partner_type: frm.doctype,
			partner: frm.docname,
			status: ["in", ["Open", "In Progress"]],
			owed_by: [operator, "Counterpart"],
		};
		frappe.db.count("Partnership Commitment", { filters }).then((count) => {
			if (!count) return;
			const shown = frm.dashboard.add_indicator(say(count), "blue");
			shown.addClass("clickable").on("click", () => {
				frappe.route_options = { ...filters };
				frappe.set_route("List", "Partnership Commitment", "List");
			});
		});
	}
};

// A promise made in an agreement, a meeting or a membership.
city_diplomacy.partners.prefill_promise = function (frm) {
	frm.make_methods = {
		...(frm.make_methods || {}),
		"Partnership Commitment": () =>
			frappe.new_doc("Partnership Commitment", {
				source_doctype: frm.doctype,
				source_name: frm.docname,
			}),
	};
};

// Frappe fills every empty link to Country with the site's own country; a partner's is rarely that. Called from
// `refresh`, because Frappe may fill it after `onload`; once for each new document.
city_diplomacy.partners.leave_country_open = function (frm, field) {
	if (!frm.is_new() || frm.country_left_open === frm.docname) return;
	frm.country_left_open = frm.docname;
	if (frm.doc[field] && frm.doc[field] === frappe.defaults.get_user_default("country")) {
		frm.set_value(field, "");
	}
};

// So it does with the language of a new row, which here is mostly another than the site's.
frappe.ui.form.on("Alternate Name", "alternate_names_add", (_frm, doctype, name) =>
	frappe.model.set_value(doctype, name, "language", "")
);
