const STATED = ["gift", "gift_date", "value", "other_name", "affiliation", "country", "partner", "consular_mission"];

frappe.ui.form.on("Official Gift", {
	setup(frm) {
		city_diplomacy.partners.set_dynamic_query(frm, "partner_type", "partner");
	},

	refresh(frm) {
		show_what_to_know(frm);
		if (!frm.is_new() && frm.doc.status === "To Be Decided" && frm.perm[0].write) offer_decision(frm);
	},

	...Object.fromEntries(STATED.map((fieldname) => [fieldname, (frm) => ask_what_to_know(frm)])),
});

function offer_decision(frm) {
	frappe
		.call({
			method: "city_diplomacy.diplomatic_protocol.gifts.api.about",
			type: "GET",
			args: { gift: frm.docname },
		})
		.then(({ message }) => {
			if (message.why_not) {
				frm.dashboard.add_comment(message.why_not, "blue", true);
				return;
			}
			frm.add_custom_button(__("Approve"), () => decide(frm, 1), __("Decide"));
			frm.add_custom_button(__("Refuse"), () => decide(frm, 0), __("Decide"));
		});
}

function decide(frm, approve) {
	frappe.prompt(
		{
			fieldname: "words",
			fieldtype: "Small Text",
			label: approve ? __("Words of the decision") : __("Why it is refused"),
			reqd: approve ? 0 : 1,
		},
		({ words }) =>
			frappe
				.call({
					method: "city_diplomacy.diplomatic_protocol.gifts.api.decide",
					args: { gift: frm.docname, approve, words: words || "" },
					freeze: true,
				})
				.then(() => frm.reload_doc()),
		approve ? __("Approve the Gift") : __("Refuse the Gift"),
		approve ? __("Approve") : __("Refuse")
	);
}

// What was given before, thresholds and advice, above the form and while it is filled in.
const ask_what_to_know = frappe.utils.debounce((frm) => show_what_to_know(frm), 600);

function show_what_to_know(frm) {
	const { doc } = frm;
	if (!frappe.model.can_create("Official Gift") || !doc.gift_date || !(doc.other_name || doc.country)) return;
	const values = Object.fromEntries(
		[...STATED, "name", "direction", "description", "currency", "official", "official_role", "source_kind", "partner_type"]
			.map((fieldname) => [fieldname, doc[fieldname]])
			.filter(([, value]) => value)
	);
	frappe
		.call({
			method: "city_diplomacy.diplomatic_protocol.gifts.api.warnings",
			type: "GET",
			args: { values: JSON.stringify(values) },
		})
		.then(({ message }) => {
			if (frm.doc !== doc) return;
			const lines = (message || []).map((line) => frappe.utils.escape_html(line)).join("<br>");
			frm.set_intro("");
			if (lines) frm.set_intro(lines, "orange");
		});
}
