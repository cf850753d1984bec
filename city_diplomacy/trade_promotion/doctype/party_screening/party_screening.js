const VERDICTS = ["False Match", "True Match", "Escalate"];

frappe.ui.form.on("Party Screening", {
	setup(frm) {
		frm.set_query("subject", () => city_diplomacy.partners?.query_for(frm.doc.subject_type) || {});
	},

	refresh(frm) {
		show_candidates(frm);
		if (frm.is_new()) {
			frm.enable_save();
			return;
		}
		frm.disable_save();
		if (frm.doc.superseded_by) {
			frm.dashboard.set_headline(
				__("This screening was followed by {0}.", [frappe.utils.escape_html(frm.doc.superseded_by)]),
				"gray"
			);
		}
		if (!frappe.model.can_create("Party Screening")) return;
		frm.add_custom_button(__("Screen Again"), () =>
			frappe
				.call({
					method: "city_diplomacy.trade_promotion.screening.api.screen",
					args: { subject_type: frm.doc.subject_type, subject: frm.doc.subject },
					freeze: true,
				})
				.then(({ message }) => frappe.set_route("Form", "Party Screening", message.name))
		);
	},
});

function show_candidates(frm) {
	const candidates = (frm.doc.__onload || {}).candidates || [];
	const $place = frm.get_field("candidates_shown").$wrapper;
	if (frm.is_new() || !candidates.length) {
		const said = frm.is_new()
			? __("Save to compare the party with the lists.")
			: __("No entry of the lists has a name like this.");
		city_diplomacy.put($place, city_diplomacy.html`<p class="text-muted">${said}</p>`);
		return;
	}
	city_diplomacy.put($place, city_diplomacy.html`${candidates.map((one) => drawn(one, may_decide(frm, one)))}`);
	$place.find("[data-decide]").on("click", (event) => {
		const one = candidates.find((each) => each.row === event.currentTarget.dataset.decide);
		decide(frm, one);
	});
}

function may_decide(frm, one) {
	if (frm.doc.superseded_by || !frm.perm[0].write) return false;
	return !one.verdict || frappe.user.has_role("International Affairs Manager");
}

function drawn(one, with_button) {
	const colour = { "False Match": "green", "True Match": "red", Escalate: "orange" }[one.verdict] || "gray";
	const carried = one.carried_over ? city_diplomacy.html` <span class="text-muted">${__("decided before, of the same entry")}</span>` : "";
	return city_diplomacy.html`<div class="frappe-card mb-3" style="padding: var(--padding-md); overflow-wrap: anywhere">
		<h5>${one.listed_name}
			<span class="indicator-pill ${colour}">${one.verdict_shown || __("To be decided")}</span>${carried}</h5>
		<p class="text-muted">${one.list} · ${one.entry_id} · ${__("Score {0} of 100", [one.score])}</p>
		<table class="table table-sm">
			${one.parts.map((part) => city_diplomacy.html`<tr><td style="width: 5em">${part.points}</td><td>${part.sentence}</td></tr>`)}
		</table>
		<details><summary>${__("What the list says")}</summary>
			${one.says.map((said) => city_diplomacy.html`<p><b>${said.label}</b><br><span style="white-space: pre-wrap">${said.text}</span></p>`)}
		</details>
		${one.decisions.map((said) => city_diplomacy.html`<p class="mt-2">${said}</p>`)}
		${with_button ? city_diplomacy.html`<button class="btn btn-default btn-sm mt-2" data-decide="${one.row}">${__("Decide")}</button>` : ""}
	</div>`;
}

function decide(frm, one) {
	const dialog = new frappe.ui.Dialog({
		title: __("Decide"),
		fields: [
			{ fieldname: "who", fieldtype: "Data", label: __("Name on the list"), default: one.listed_name, read_only: 1 },
			{
				fieldname: "verdict",
				fieldtype: "Select",
				label: __("Decision"),
				options: VERDICTS.map((value) => ({ value, label: __(value) })),
				reqd: 1,
			},
			{
				fieldname: "words",
				fieldtype: "Small Text",
				label: __("Words"),
				description: __("Why; it is kept with your name and cannot be changed."),
				reqd: 1,
			},
		],
		primary_action_label: __("Decide"),
		primary_action({ verdict, words }) {
			frappe
				.call({
					method: "city_diplomacy.trade_promotion.screening.api.decide",
					args: { screening: frm.docname, candidate: one.row, verdict, words },
					freeze: true,
				})
				.then(() => {
					dialog.hide();
					frm.reload_doc();
				});
		},
	});
	dialog.show();
}
