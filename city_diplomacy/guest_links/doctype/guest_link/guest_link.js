frappe.ui.form.on("Guest Link", {
	refresh(frm) {
		frm.disable_save();
		frm.set_intro(
			frm.doc.to_decide
				? __("Decide on each correction: what you accept is written into the record.")
				: ""
		);
		const now = frm.doc.__onload?.holds_now || {};
		for (const row of frm.doc.answers.filter((one) => one.state === "Proposed")) {
			const label = frappe.utils.escape_html(row.question);
			const decide = (accept) => () =>
				frappe
					.xcall("city_diplomacy.guest_links.api.decide", {
						link: frm.docname,
						proposal: row.name,
						accept,
					})
					.then(() => frm.reload_doc());
			const ask = () =>
				frappe.confirm(
					[
						__("{0}: accept “{1}”?", [label, frappe.utils.escape_html(row.said)]),
						row.field in now
							? __("The record says “{0}” now.", [frappe.utils.escape_html(now[row.field])])
							: __("There is no field for it; accept it once you have dealt with it."),
					].join("<br>"),
					decide(1)
				);
			frm.add_custom_button(row.question, ask, __("Accept"));
			frm.add_custom_button(row.question, decide(0), __("Leave as It Is"));
		}
	},
});
