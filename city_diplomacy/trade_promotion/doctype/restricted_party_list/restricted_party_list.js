const IMPORT_EVENT = "city_diplomacy_list_import";

frappe.ui.form.on("Restricted Party List", {
	refresh(frm) {
		show_problems(frm);
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("Import"), () => import_file(frm)).addClass("btn-primary");
		frm.add_custom_button(__("Screen Everybody Again"), () =>
			frappe
				.call("city_diplomacy.trade_promotion.screening.api.screen_everybody")
				.then(({ message }) => frappe.set_route("Form", "Screening Run", message.name))
		);
	},
});

function import_file(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save first; the file that is saved is imported."));
		return;
	}
	frappe.realtime.off(IMPORT_EVENT);
	frappe.realtime.on(IMPORT_EVENT, ({ name, read, done }) => {
		if (name !== frm.docname) return;
		if (done) {
			frappe.hide_progress();
			frm.reload_doc();
		} else {
			const total = frm.doc.entries || read;
			frappe.show_progress(__("Import"), Math.min(read, total), total, __("{0} rows read", [read]));
		}
	});
	frappe
		.call({
			method: "city_diplomacy.trade_promotion.screening.api.import_list",
			args: { restricted_party_list: frm.docname },
			freeze: true,
		})
		.then(() => {
			frappe.show_alert(__("The list is being imported in the background."));
			frm.reload_doc();
		});
}

function show_problems(frm) {
	const rows = (frm.doc.__onload || {}).problems || [];
	const table = city_diplomacy.html`<table class="table table-bordered">
		<thead><tr><th>${__("Line")}</th><th>${__("Reason")}</th></tr></thead>
		<tbody>${rows.map((row) => city_diplomacy.html`<tr><td>${row.line}</td><td>${row.reason}</td></tr>`)}</tbody>
	</table>`;
	city_diplomacy.put(frm.get_field("problems_shown").$wrapper, rows.length ? table : city_diplomacy.html``);
}
