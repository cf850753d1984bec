frappe.ui.form.on("Ceremonial Request", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.breaks_rule) show_findings(frm);
		if (frm.perm[0].write && !frm.doc.our_text) {
			frm.add_custom_button(__("Draft Text"), () => draft_text(frm));
		}
		if (frm.perm[0].write) frm.add_custom_button(__("Write to Them"), () => write_to_them(frm));
	},
});

const API = "city_diplomacy.diplomatic_protocol.ceremonies.api";

function show_findings(frm) {
	frappe
		.call({ method: `${API}.findings`, type: "GET", args: { request: frm.docname } })
		.then(({ message }) => {
			const lines = message.map((line) => frappe.utils.escape_html(line));
			if (lines.length) frm.set_intro(lines.join("<br>"), "orange");
		});
}

function draft_text(frm) {
	frappe
		.call({ method: `${API}.draft`, type: "GET", args: { request: frm.docname } })
		.then(({ message }) => {
			if (message.text) frm.set_value("our_text", message.text);
			else frappe.msgprint(__("The rule for such requests has no text to begin with."));
		});
}

// Shown to be changed, and opened in the mail program of whoever writes.
function write_to_them(frm) {
	frappe
		.call({ method: `${API}.letter`, type: "GET", args: { request: frm.docname } })
		.then(({ message }) => {
			const dialog = new frappe.ui.Dialog({
				title: __("Write to Them"),
				fields: [
					{ fieldname: "recipient", fieldtype: "Data", label: __("To") },
					{ fieldname: "subject", fieldtype: "Data", label: __("Subject") },
					{ fieldname: "message", fieldtype: "Text", label: __("Message") },
				],
				primary_action_label: __("Open in the Mail Program"),
				primary_action({ recipient, subject, message }) {
					const written = [`subject=${encodeURIComponent(subject || "")}`];
					written.push(`body=${encodeURIComponent(message || "")}`);
					window.open(`mailto:${encodeURIComponent(recipient || "")}?${written.join("&")}`, "_self");
					dialog.hide();
				},
			});
			dialog.set_values(message);
			dialog.show();
		});
}
