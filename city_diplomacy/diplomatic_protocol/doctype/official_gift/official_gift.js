frappe.ui.form.on("Official Gift", {
	refresh(frm) {
		if (frm.doc.status === "To Be Decided") {
			frm.set_intro(__("It is above a threshold: somebody else than who entered it decides."), "orange");
		}
	},
});
