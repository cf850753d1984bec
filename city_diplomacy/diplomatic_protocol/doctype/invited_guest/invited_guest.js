frappe.ui.form.on("Invited Guest", {
	setup(frm) {
		for (const fieldname of ["accompanies", "interprets_for"]) {
			frm.set_query(fieldname, () => ({
				filters: { guest_list: frm.doc.guest_list, name: ["!=", frm.docname] },
			}));
		}
	},

	refresh(frm) {
		city_diplomacy.guest_links.show(frm);
	},

	// Frappe fills in the site's own language; a guest's is rarely that.
	onload(frm) {
		if (frm.is_new()) frm.set_value("language", "");
	},
});
