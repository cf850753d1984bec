const RUN_EVENT = "city_diplomacy_screening_run";

frappe.ui.form.on("Screening Run", {
	refresh(frm) {
		frm.disable_save();
		frm.dashboard.add_progress(
			__("Screened"),
			frm.doc.total ? (100 * frm.doc.examined) / frm.doc.total : 100,
			__("{0} of {1}", [frm.doc.examined, frm.doc.total])
		);
		frappe.realtime.off(RUN_EVENT);
		frappe.realtime.on(RUN_EVENT, ({ name }) => {
			if (name === frm.docname) frm.reload_doc();
		});
	},
});
