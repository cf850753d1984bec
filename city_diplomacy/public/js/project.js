// ERPNext's projects, where the office routes them.
frappe.ui.form.on("Project", {
	refresh: (frm) => city_diplomacy.routed.refresh(frm),
});
