// A new record, not stored yet, with values the server composed: rows of its tables as well.
frappe.provide("city_diplomacy");

city_diplomacy.open_draft = function (doctype, values) {
	frappe.model.with_doctype(doctype, () => {
		const draft = frappe.model.get_new_doc(doctype, null, null, true);
		for (const [field, value] of Object.entries(values)) {
			if (!Array.isArray(value)) {
				draft[field] = value;
				continue;
			}
			const table = frappe.meta.get_docfield(doctype, field).options;
			draft[field] = [];
			for (const row of value) Object.assign(frappe.model.add_child(draft, table, field), row);
		}
		frappe.set_route("Form", doctype, draft.name);
	});
};

// A record the server has made and shared with the signed-in person.
city_diplomacy.open_made = function ({ doctype, name }) {
	const readable = frappe.boot.user.can_read;
	if (!readable.includes(doctype)) {
		// The first record of its kind that is shared with this person: Desk learnt its addresses before.
		readable.push(doctype);
		frappe.router.setup();
	}
	frappe.set_route("Form", doctype, name);
};
