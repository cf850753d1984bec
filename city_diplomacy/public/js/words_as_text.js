// Words of the engine's records are shown as text wherever Desk formats a value: those entered before words were
// made neutral are hashed into the ledger and stay as they were stored. Read with each of these DocTypes.
(() => {
	const with_words = [
		"Approval Clearance",
		"Approval Decision",
		"Approval Notice",
		"Approval Snapshot",
		"Ledger Head",
		"Legal Hold",
	];
	// Frappe has made line ends into <br> before it asks.
	const as_text = (value) =>
		typeof value === "string" ? value.replace(/<(?!br>)(?=[a-z/!?]|\s*$)/gi, "&lt;") : value;

	for (const doctype of with_words) {
		for (const field of Object.values(frappe.meta.docfield_map[doctype] || {})) {
			if (["Data", "Text", "Long Text"].includes(field.fieldtype)) field.formatter = as_text;
		}
	}
})();
