// What the checker finds in a routing policy, on its form: after every save, and when asked.
frappe.ui.form.on("Routing Policy", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Retired") return;
		frm.add_custom_button(__("Check"), () => check_policy(frm, true));
		check_policy(frm, false);
	},
});

function check_policy(frm, asked) {
	if (asked && frm.is_dirty()) return frm.save().then(() => check_policy(frm, true));
	const name = frm.docname;
	return frappe.call({
		method: "city_diplomacy.partnership_approvals.api.check_policy",
		type: "GET",
		args: { policy: name },
		callback({ message }) {
			if (frm.docname !== name) return;
			show_findings(frm, message.findings);
			if (!asked) return;
			if (!message.findings.length) {
				frappe.show_alert({ message: __("The checker found nothing."), indicator: "green" });
			} else {
				frappe.utils.scroll_to(frm.policy_findings);
			}
		},
	});
}

function show_findings(frm, findings) {
	frm.policy_findings?.closest(".form-dashboard-section").remove();
	frm.policy_findings = null;
	if (!findings.length) return;
	const errors = findings.filter((finding) => finding.severity === "error").length;
	const title = errors
		? __("Checker: {0} to mend before this can be activated", [errors])
		: __("Checker: {0} to look at", [findings.length]);
	frm.policy_findings = city_diplomacy.element(
		city_diplomacy.html`<ol class="list-unstyled policy-findings">${findings.map(as_item)}</ol>`
	);
	frm.policy_findings.on("click", "button[data-row]", (event) =>
		open_rule(frm, Number(event.currentTarget.dataset.row))
	);
	frm.dashboard.add_section(frm.policy_findings, title);
	frm.dashboard.show();
}

function as_item(finding) {
	const error = finding.severity === "error";
	const row = finding.row
		? city_diplomacy.html`<button type="button" class="btn btn-xs btn-default" data-row="${finding.row}">
			${__("Rule {0}", [finding.row])}</button>`
		: "";
	const trace = finding.trace.length
		? city_diplomacy.html`<div class="text-muted small">${finding.trace.join(" → ")}</div>`
		: "";
	return city_diplomacy.html`<li class="mb-3">
		<span class="indicator-pill no-indicator-dot ${error ? "red" : "orange"}">
			${error ? __("Error") : __("Warning")}</span> ${row}
		<div>${finding.problem}</div>
		${trace}
		<div class="small">${__("To mend:")} ${finding.mend}</div>
	</li>`;
}

function open_rule(frm, row) {
	frm.scroll_to_field("rules");
	const grid_row = frm.fields_dict.rules.grid.grid_rows.find((each) => each.doc.idx === row);
	grid_row?.toggle_view(true);
}
