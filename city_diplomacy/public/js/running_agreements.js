// On a routing policy: what would differ for documents under way, and moving those that are chosen.
frappe.ui.form.on("Routing Policy", {
	refresh(frm) {
		if (frm.doc.docstatus !== 1 || frm.doc.status === "Retired") return;
		frm.add_custom_button(__("Move Running Agreements"), () => show_running(frm));
	},
});

function show_running(frm) {
	frappe
		.call({
			method: "city_diplomacy.partnership_approvals.api.running_under_other_policies",
			args: { policy: frm.docname },
			type: "GET",
			freeze: true,
		})
		.then(({ message }) => {
			if (!message.length) {
				frappe.msgprint(__("Nothing is under way by another policy that you may read."));
				return;
			}
			ask_which(frm, message);
		});
}

function ask_which(frm, rows) {
	const dialog = new frappe.ui.Dialog({
		title: __("Move Running Agreements to {0}", [frm.docname]),
		size: "large",
		fields: [
			{
				fieldname: "chosen",
				fieldtype: "MultiCheck",
				label: __("Which"),
				columns: 1,
				options: rows
					.filter((row) => !row.problem)
					.map((row) => ({ value: row.name, label: describe(row) })),
			},
			{ fieldname: "left", fieldtype: "HTML", options: problems(rows) },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				description: __("It becomes part of the ledger of each of them."),
				reqd: 1,
			},
		],
		primary_action_label: __("Move"),
		primary_action: ({ chosen, reason }) => {
			if (!(chosen || []).length) return frappe.msgprint(__("Choose at least one."));
			dialog.hide();
			return move(frm, rows, chosen, reason);
		},
	});
	dialog.show();
}

function describe(row) {
	const parts = [
		[__("asked in addition"), row.added],
		[__("no longer asked"), row.dropped],
		[__("kept"), row.kept],
	]
		.filter(([, seats]) => seats.length)
		.map(([label, seats]) => `${label}: ${seats.join(", ")}`);
	return frappe.utils.escape_html(`${row.name} ${row.title} (${row.state}) – ${parts.join("; ")}`);
}

function problems(rows) {
	return rows
		.filter((row) => row.problem)
		.map((row) => city_diplomacy.html`<p class="text-danger">${row.name}: ${row.problem}</p>`)
		.join("");
}

async function move(frm, rows, chosen, reason) {
	const doctype = rows[0].doctype;
	for (const [position, name] of chosen.entries()) {
		frappe.show_progress(__("Moving"), position, chosen.length, name);
		await frappe.call({
			method: "city_diplomacy.partnership_approvals.api.migrate",
			args: { doctype, name, policy: frm.docname, reason },
			type: "POST",
		});
	}
	frappe.hide_progress();
	frappe.show_alert({ message: __("{0} moved.", [chosen.length]), indicator: "green" });
	frm.reload_doc();
}
