const RUNNING = ["Reading", "Importing", "Undoing"];
const OPEN = ["Likely Double", "Duplicate", "Skipped"];
const COLORS = {
	Add: "green",
	Added: "green",
	Change: "blue",
	Changed: "blue",
	"Likely Double": "orange",
	Duplicate: "yellow",
	Refused: "red",
	Left: "orange",
};

frappe.ui.form.on("Register Import", {
	setup(frm) {
		frm.shown = { outcome: "", start: 0 };
		frappe.realtime.on("city_diplomacy_import", ({ name }) => {
			if (frm.doc && name === frm.doc.name && !frm.is_dirty()) frm.reload_doc();
		});
	},

	refresh(frm) {
		frappe.xcall("city_diplomacy.register_imports.api.registers").then((registers) => {
			frm.set_df_property("register", "options", registers);
		});
		if (frm.is_new()) return;
		const columns = frm.fields_dict.columns.grid;
		columns.cannot_add_rows = true;
		columns.update_docfield_property("field", "options", frm.doc.__onload?.fields || []);
		columns.refresh();
		offer_next_steps(frm);
		show_lines(frm);
		if (RUNNING.includes(frm.doc.status)) setTimeout(() => look_again(frm), 4000);
	},
});

// News may be missed while a phone sleeps.
function look_again(frm) {
	const is_here = cur_frm === frm && RUNNING.includes(frm.doc.status) && !frm.is_dirty();
	if (is_here) frm.reload_doc();
}

function offer_next_steps(frm) {
	const { status, __onload: onload } = frm.doc;
	const is_running = RUNNING.includes(status);
	if (frm.doc.why) frm.set_intro(frappe.utils.escape_html(frm.doc.why), status === "Failed" ? "red" : "blue");
	if (is_running) {
		frm.set_intro(__("{0}: this page shows how far it is.", [__(status)]), "blue");
		offer(frm, "cancel", __("Cancel"));
		if (onload?.is_silent && onload.is_own) offer(frm, "resume", __("Go On"));
		return;
	}
	const is_written = frm.doc.added || frm.doc.changed;
	if (onload?.is_own && !is_written && status !== "Undone") offer(frm, "read", __("Preview"), !frm.doc.lines);
	if (frm.doc.refused) {
		frm.add_custom_button(__("Download Refused Lines"), () =>
			open_url_post("/api/method/city_diplomacy.register_imports.api.refused", { name: frm.doc.name })
		);
	}
	if (is_written) {
		offer(
			frm,
			"undo",
			// Desk's own menu has an Undo, which is about what was typed.
			__("Take Back"),
			false,
			__("Take out what this import added, and put back what it changed? What somebody has touched since stays.")
		);
	}
}

function offer(frm, verb, label, is_primary = false, question = "") {
	const go = () => call(frm, verb).then(() => frm.reload_doc());
	const button = frm.add_custom_button(label, () => (question ? frappe.confirm(question, go) : go()));
	if (is_primary) button.addClass("btn-primary").removeClass("btn-default");
}

function call(frm, verb, more = {}) {
	return frappe.xcall(`city_diplomacy.register_imports.api.${verb}`, { name: frm.doc.name, ...more });
}

function show_lines(frm) {
	const box = frm.fields_dict.preview.$wrapper;
	if (!frm.doc.lines && !RUNNING.includes(frm.doc.status)) return box.empty();
	frappe
		.xcall("city_diplomacy.register_imports.api.rows", { name: frm.doc.name, ...frm.shown }, "GET")
		.then((page) => draw(frm, box, page));
}

function draw(frm, box, page) {
	const total = Object.values(page.counts).reduce((sum, count) => sum + count, 0);
	const counts = Object.entries(page.counts).map(([one, count]) => [one, page.outcomes[one], count]);
	const filters = [["", __("All"), total], ...counts].map(
		([one, label, count]) =>
			city_diplomacy.html`<button
				class="btn btn-xs ${one === frm.shown.outcome ? "btn-primary" : "btn-default"}"
				data-outcome="${one}"
				style="margin: 0 4px 8px 0"
			>
				${label} (${count})
			</button>`,
	);
	const headings = page.headings.map((one) => city_diplomacy.html`<th>${one}</th>`);
	const rows = page.rows.map((row) => draw_row(frm, row, page));
	const nothing = city_diplomacy.html`<tr><td colspan="99" class="text-muted">${__("No lines.")}</td></tr>`;
	city_diplomacy.put(
		box,
		city_diplomacy.html`<div>${filters}</div>
			<div style="overflow-x: auto">
				<table class="table table-bordered table-sm small">
					<thead>
						<tr>
							<th>${__("Line")}</th>
							<th>${__("Outcome")}</th>
							<th>${__("Why, and what to do")}</th>
							${headings}
						</tr>
					</thead>
					<tbody>
						${rows.length ? rows : nothing}
					</tbody>
				</table>
			</div>
			<div>
				<button class="btn btn-xs btn-default" data-step="-1">${__("Back")}</button>
				<button class="btn btn-xs btn-default" data-step="1">${__("More")}</button>
			</div>`,
	);
	box.find("[data-step='-1']").prop("disabled", !frm.shown.start);
	box.find("[data-step='1']").prop("disabled", page.rows.length < page.page);
	follow_clicks(frm, box, page);
	offer_import(frm, page);
}

function follow_clicks(frm, box, page) {
	box.find("[data-outcome]").on("click", (event) => {
		frm.shown = { outcome: event.currentTarget.dataset.outcome, start: 0 };
		show_lines(frm);
	});
	box.find("[data-step]").on("click", (event) => {
		const step = Number(event.currentTarget.dataset.step);
		frm.shown.start = Math.max(0, frm.shown.start + page.page * step);
		show_lines(frm);
	});
	box.find("[data-decision]").on("click", (event) => {
		const { line, decision, record } = event.currentTarget.dataset;
		call(frm, "decide", { line, decision, record: record || null }).then(() => frm.reload_doc());
	});
}

function offer_import(frm, page) {
	if (!frm.doc.__onload?.is_own) return;
	const to_do = (page.counts.Add || 0) + (page.counts.Change || 0);
	const label = to_do === 1 ? __("Import One Line") : __("Import {0} Lines", [to_do]);
	if (!to_do || RUNNING.includes(frm.doc.status) || page.counts.Waiting || frm.custom_buttons[label]) return;
	offer(frm, "run", label, true);
}

function draw_row(frm, row, page) {
	const why = row.problems.map(({ column, why }) =>
		column ? city_diplomacy.html`<div><b>${column}</b>: ${why}</div>` : city_diplomacy.html`<div>${why}</div>`,
	);
	const cells = row.cells.map((cell) => city_diplomacy.html`<td>${cell}</td>`);
	const link =
		row.record &&
		city_diplomacy.html`<a href="${frappe.utils.get_form_link(frm.doc.register, row.record)}">${row.record}</a>`;
	return city_diplomacy.html`<tr>
		<td>${row.line}</td>
		<td style="white-space: nowrap">
			<span class="indicator-pill ${COLORS[row.outcome] || "gray"}">${page.outcomes[row.outcome]}</span>
			${link}
		</td>
		<td style="min-width: 14rem">${why}${draw_choices(frm, row, page)}</td>
		${cells}
	</tr>`;
}

function draw_choices(frm, row, page) {
	if (!frm.doc.__onload?.is_own) return "";
	const is_open = OPEN.includes(row.outcome) || (row.decision && ["Add", "Change"].includes(row.outcome));
	if (!is_open) return "";
	const button = (decision, label, record = "") => {
		const is_chosen = row.decision === decision && row.record === record;
		return city_diplomacy.html`<button
			class="btn btn-xs ${is_chosen ? "btn-primary" : "btn-default"}"
			data-line="${row.line}"
			data-decision="${decision}"
			data-record="${record}"
			style="margin: 4px 4px 0 0"
		>
			${label}
		</button>`;
	};
	const updates = row.candidates.map((record) => button("Update That One", __("Update {0}", [record]), record));
	return city_diplomacy.html`<div>
		${button("Add Anyway", page.decisions["Add Anyway"])} ${updates} ${button("Skip", page.decisions.Skip)}
	</div>`;
}
