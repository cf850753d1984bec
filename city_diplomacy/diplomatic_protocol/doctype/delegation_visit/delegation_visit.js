frappe.ui.form.on("Delegation Visit", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "partners", "partner_type", "partner");
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "country");
		city_diplomacy.partners.offer_time_zones(frm);
	},
});

// Frappe fills in the site's own language; a delegate's is rarely that.
frappe.ui.form.on("Visit Delegate", "delegates_add", (_frm, doctype, name) =>
	frappe.model.set_value(doctype, name, "language", "")
);

// An item begins on the day of the one before it, the first on the day of arrival.
frappe.ui.form.on("Visit Programme Item", "programme_add", (frm, doctype, name) => {
	const rows = frm.doc.programme;
	const before = rows.length > 1 ? rows[rows.length - 2] : {};
	frappe.model.set_value(doctype, name, {
		day: before.day || frm.doc.arrives_on,
		time_zone: before.time_zone || frm.doc.time_zone || "",
	});
});
