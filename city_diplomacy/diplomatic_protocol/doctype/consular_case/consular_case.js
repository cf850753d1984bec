frappe.ui.form.on("Consular Case", {
	refresh(frm) {
		frm.set_query("user", "readers", () => ({ filters: { enabled: 1 } }));
	},
});
