frappe.ui.form.on("Council Action", {
	setup(frm) {
		frm.set_query("clearance", () => ({
			query: "city_diplomacy.partnership_approvals.api.council.open_questions",
		}));
	},

	refresh(frm) {
		city_diplomacy.council.show_standing(frm);
		city_diplomacy.council.offer_texts(frm);
		if (!frm.doc.reference_name) return;
		frm.add_custom_button(__("Agreement"), () =>
			frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
		);
		for (const format of ["Council Staff Report", "Council Agenda Packet"]) {
			frm.add_custom_button(__(format), () => city_diplomacy.council.print(frm, format), __("Papers"));
		}
	},

	clearance(frm) {
		if (!frm.doc.clearance) return;
		frappe.db
			.get_value("Approval Clearance", frm.doc.clearance, ["reference_doctype", "reference_name"])
			.then(({ message }) => frm.set_value(message))
			.then(() => city_diplomacy.council.offer_texts(frm));
	},

	outcome(frm) {
		city_diplomacy.council.show_standing(frm);
	},
});

frappe.ui.form.on("Council Vote", {
	vote: (frm) => city_diplomacy.council.count(frm),
	votes_remove: (frm) => city_diplomacy.council.count(frm),
	votes_add: (frm) => city_diplomacy.council.count(frm),
});

frappe.ui.form.on("Council Amendment", {
	// The words as they stand are what the clerk changes.
	fieldname(frm, doctype, name) {
		const row = locals[doctype][name];
		const text = (frm.city_texts || []).find((text) => text.fieldname === row.fieldname);
		if (!text) return;
		frappe.model.set_value(doctype, name, { label: text.label, text: row.text || text.text });
	},
});

frappe.provide("city_diplomacy.council");

city_diplomacy.council.count = function (frm) {
	const counted = (vote) => (frm.doc.votes || []).filter((row) => row.vote === vote).length;
	frm.set_value({
		ayes: counted("Aye"),
		noes: counted("No"),
		absent: counted("Absent"),
		abstained: counted("Abstain"),
		recused: counted("Recused"),
	});
};

city_diplomacy.council.offer_texts = function (frm) {
	if (!frm.doc.reference_name || frm.doc.docstatus) return;
	frappe
		.call({
			method: "city_diplomacy.partnership_approvals.api.council.texts_to_amend",
			args: { doctype: frm.doc.reference_doctype, name: frm.doc.reference_name },
			type: "GET",
		})
		.then(({ message }) => {
			frm.city_texts = message || [];
			frm.fields_dict.amendments.grid.update_docfield_property(
				"fieldname",
				"options",
				frm.city_texts.map((text) => ({ value: text.fieldname, label: text.label }))
			);
		});
};

city_diplomacy.council.show_standing = function (frm) {
	frm.dashboard.clear_headline();
	if (frm.doc.docstatus || frm.is_new()) return;
	const follows = {
		Adopted: __("Submitting clears the council's question."),
		"Adopted as Amended": __(
			"Submitting writes the texts below into the agreement; whoever had cleared the old words is asked again."
		),
		Rejected: __("Submitting enters the council's objection."),
		Continued: __("Submitting decides nothing: the question stays open."),
		"Referred to Committee": __("Submitting decides nothing: the question stays open."),
	}[frm.doc.outcome];
	frm.dashboard.set_headline(
		follows || __("Prepared. The council's clerk completes and submits it after the meeting."),
		"blue"
	);
};

city_diplomacy.council.print = function (frm, format) {
	const query = new URLSearchParams({
		doctype: frm.doc.reference_doctype,
		name: frm.doc.reference_name,
		format,
	});
	window.open(`/printview?${query}`, "_blank");
};
