const GUESTS_API = "city_diplomacy.diplomatic_protocol.guests.api.";

frappe.ui.form.on("Guest List", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(
			__("Guests"),
			() => frappe.set_route("List", "Invited Guest", { guest_list: frm.docname }),
			__("View")
		);
		if (frm.doc.status === "Inviting" && frm.perm[0].write) {
			frm.add_custom_button(__("Ask All Not Asked Yet"), () => ask_all(frm), __("Send a Link"));
		}
	},

	about_type(frm) {
		frm.set_value("about", "");
	},
});

function ask_all(frm) {
	frappe.confirm(__("Write to every guest who was not asked yet?"), () =>
		frappe.xcall(`${GUESTS_API}ask_all`, { guest_list: frm.docname }).then((answer) => {
			const without = answer.without_address.map(frappe.utils.escape_html);
			const sentences = [__("{0} letters are on their way.", [answer.sending])];
			if (without.length) sentences.push(__("No address to write to: {0}.", [without.join(", ")]));
			frappe.msgprint(sentences.join("<br>"));
		})
	);
}
