frappe.ui.form.on("Calendar Feed", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.user !== frappe.session.user) return;
		const feeds = city_diplomacy.calendar_feeds;
		frm.add_custom_button(__("Another Address"), () => feeds.make(() => frm.reload_doc()));
		if (frm.doc.status === "Active")
			frm.add_custom_button(__("Revoke"), () => feeds.revoke(() => frm.reload_doc()));
	},
});
