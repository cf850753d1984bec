frappe.ui.form.on("Diaspora Organisation", {
	refresh(frm) {
		city_diplomacy.partners.show_contacts(frm);
		city_diplomacy.partners.prefill_connections(frm);
		city_diplomacy.partners.show_promises(frm);
		city_diplomacy.guest_links.show(frm);
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("Verified Today"), () => {
			frm.set_value("last_verified", frappe.datetime.get_today());
			frm.save();
		});
	},
});
