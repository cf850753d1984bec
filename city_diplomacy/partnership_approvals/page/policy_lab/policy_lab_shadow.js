// A policy run in the shadow: started, watched, stopped, and what it found as a table.
frappe.provide("city_diplomacy.lab");

city_diplomacy.lab.ASK_AGAIN = 2000; // milliseconds

city_diplomacy.lab.kinds = () => ({
	added: __("Asked as well"),
	dropped: __("No longer asked"),
	moved: __("In another order"),
	asked_of_another: __("Asked of somebody else"),
	sooner: __("Less time"),
	later: __("More time"),
	renamed: __("Called otherwise"),
	problem: __("Cannot be routed"),
});

city_diplomacy.lab.ShadowRun = class {
	constructor($parent, drawn, rehearsal) {
		this.drawn = drawn;
		this.kind = "";
		this.begin = 0;
		const $section = city_diplomacy.lab.section(
			$parent,
			__("Run in the shadow"),
			__(
				"Holds the policy against every open and past agreement: against what was asked, or what the active policy would ask. It changes nothing and tells nobody.",
			),
		);
		this.$controls = $(`<div class="cd-lab-controls"></div>`).appendTo($section);
		this.$state = $(`<div aria-live="polite"></div>`).appendTo($section);
		this.$found = $(`<div></div>`).appendTo($section);
		this.make_controls();
		this.heard = (news) => news.name === this.name && this.ask();
		frappe.realtime.on("policy_rehearsal", this.heard);
		this.find(rehearsal);
	}

	make_controls() {
		this.may_run = frappe.user.has_role("Approval Administrator");
		if (!this.may_run) return;
		this.since = frappe.ui.form.make_control({
			parent: $(`<div class="cd-lab-field"></div>`).appendTo(this.$controls),
			df: {
				fieldname: "since",
				fieldtype: "Date",
				label: __("Since"),
				description: __("Leave empty for all of them."),
			},
			render_input: true,
		});
		this.$run = $(`<button type="button" class="btn btn-primary btn-sm"></button>`)
			.text(__("Run"))
			.on("click", () => this.start())
			.appendTo(this.$controls);
		$(`<button type="button" class="btn btn-default btn-sm"></button>`)
			.text(__("Replay Last Year"))
			.on("click", () => {
				this.since.set_value(frappe.datetime.add_months(frappe.datetime.get_today(), -12));
				this.start(frappe.datetime.add_months(frappe.datetime.get_today(), -12));
			})
			.appendTo(this.$controls);
	}

	async find(rehearsal) {
		const name =
			rehearsal || (await city_diplomacy.lab.call("latest", { policy: this.drawn.policy })).name;
		if (name) return this.watch(name);
		city_diplomacy.put(
			this.$state,
			city_diplomacy.html`<p class="text-muted">${__("This policy was not run in the shadow yet.")}</p>`,
		);
	}

	async start(since = this.since.get_value()) {
		const state = await city_diplomacy.lab.call("simulate", { policy: this.drawn.policy, since }, "POST");
		if (state.joined) {
			frappe.show_alert({
				message: __("{0} runs it already; this is that run.", [state.run_by_name]),
				indicator: "blue",
			});
		}
		this.watch(state.name);
	}

	watch(name) {
		this.name = name;
		this.kind = "";
		this.begin = 0;
		return this.ask();
	}

	async ask() {
		clearTimeout(this.timer);
		const name = this.name;
		const state = await city_diplomacy.lab.call("rehearsal", {
			name,
			kind: this.kind || undefined,
			begin: this.begin,
		});
		if (this.name !== name || this.stopped) return;
		this.show_state(state);
		this.show_found(state);
		if (state.live && !state.silent) {
			clearTimeout(this.timer);
			this.timer = setTimeout(() => this.ask(), city_diplomacy.lab.ASK_AGAIN);
		}
	}

	stop_asking() {
		this.stopped = true;
		clearTimeout(this.timer);
		frappe.realtime.off("policy_rehearsal", this.heard);
	}

	show_state(state) {
		const share = state.total ? Math.min(100, Math.round((100 * state.examined) / state.total)) : 100;
		const busy = state.live && !state.silent;
		this.$run?.prop("disabled", busy);
		const since = state.since
			? __("since {0}", [frappe.datetime.str_to_user(state.since)])
			: __("all agreements");
		city_diplomacy.put(
			this.$state,
			city_diplomacy.html`
			${state.policy_changed ? city_diplomacy.html`<p class="cd-seat-late">${__("The policy was changed since this run.")}</p>` : ""}
			<p class="${state.silent || state.status === "Failed" ? "cd-seat-late" : ""}">
				<b>${__(state.status)}</b>, ${since}. ${state.words}
				<span class="text-muted">${state.run_by_name}, ${frappe.datetime.prettyDate(state.started_on)}</span>
			</p>
			<div class="progress" role="progressbar" aria-valuenow="${share}" aria-valuemin="0" aria-valuemax="100"
				aria-label="${__("How far the run is")}">
				<div class="progress-bar ${busy ? "progress-bar-striped progress-bar-animated" : ""}"
					style="width: ${share}%"></div>
			</div>`,
		);
		if (busy && this.may_run) {
			$(`<button type="button" class="btn btn-default btn-sm"></button>`)
				.text(__("Stop"))
				.on("click", async () => {
					await city_diplomacy.lab.call("stop", { name: state.name }, "POST");
					this.ask();
				})
				.appendTo(this.$state);
		}
	}

	show_found(state) {
		this.$found.empty();
		if (!state.differing) {
			if (state.status === "Finished") {
				city_diplomacy.put(
					this.$found,
					city_diplomacy.html`<p>✓ ${__("No agreement would go another way.")}</p>`,
				);
			}
			return;
		}
		this.filters(state).appendTo(this.$found);
		if (state.rows.length) {
			city_diplomacy.element(city_diplomacy.lab.table_of(state.rows)).appendTo(this.$found);
			this.pages(state).appendTo(this.$found);
		} else if (!state.hidden) {
			$(`<p class="text-muted"></p>`).text(__("None of this kind.")).appendTo(this.$found);
		}
		if (state.hidden) {
			$(`<p class="text-muted"></p>`)
				.text(__("{0} more would go another way that you may not read.", [state.hidden]))
				.appendTo(this.$found);
		}
	}

	filters(state) {
		const counts = { ...state.summary, problem: state.problems };
		const choices = [["", __("All"), state.differing]];
		for (const [kind, label] of Object.entries(city_diplomacy.lab.kinds())) {
			if (counts[kind]) choices.push([kind, label, counts[kind]]);
		}
		const $bar = $(`<div class="cd-lab-filters" role="group"></div>`).attr(
			"aria-label",
			__("Kinds of difference"),
		);
		for (const [kind, label, count] of choices) {
			$(`<button type="button" class="btn btn-xs"></button>`)
				.addClass(kind === this.kind ? "btn-primary" : "btn-default")
				.attr("aria-pressed", kind === this.kind)
				.attr("data-kind", kind)
				.text(`${label} (${count})`)
				.on("click", async () => {
					this.kind = kind;
					this.begin = 0;
					await this.ask();
					this.$found.find(`[data-kind="${kind}"]`).trigger("focus");
				})
				.appendTo($bar);
		}
		$(`<a class="btn btn-xs btn-default" download></a>`)
			.attr(
				"href",
				`/api/method/city_diplomacy.partnership_approvals.api.rehearsals.export?name=${encodeURIComponent(state.name)}`,
			)
			.text(__("Export"))
			.appendTo($bar);
		return $bar;
	}

	pages(state) {
		const last = state.begin + state.rows.length;
		const $pages = $(`<div class="cd-lab-pages"></div>`);
		const turn = (label, begin, possible) =>
			$(`<button type="button" class="btn btn-default btn-xs"></button>`)
				.text(label)
				.prop("disabled", !possible)
				.on("click", () => {
					this.begin = begin;
					this.ask();
				});
		if (state.shown > state.rows.length) {
			turn(__("Previous"), Math.max(0, state.begin - state.length), state.begin > 0).appendTo($pages);
			turn(__("Next"), last, last < state.shown).appendTo($pages);
		}
		$(`<span class="text-muted"></span>`)
			.text(__("{0} to {1} of {2}", [state.begin + 1, last, state.shown]))
			.appendTo($pages);
		return $pages;
	}
};

city_diplomacy.lab.table_of = function (rows) {
	const { kind_pill, kinds } = city_diplomacy.lab;
	const body = rows.map((row) => {
		const found = row.differences.map(
			(one) => city_diplomacy.html`<li>${kind_pill(one.kind, one.label)} ${one.sentence}</li>`,
		);
		if (row.problem)
			found.push(city_diplomacy.html`<li>${kind_pill("problem", kinds().problem)} ${row.problem}</li>`);
		const against =
			row.compared_with === "Asked" ? __("What was asked") : row.compared_with || __("Nothing");
		return city_diplomacy.html`<tr>
			<td data-label="${__("Agreement")}">
				<a href="${frappe.utils.get_form_link(row.doctype, row.name)}">${row.title}</a>
				<div class="text-muted small">${row.name}</div>
			</td>
			<td data-label="${__("State")}">${__(row.state)}</td>
			<td data-label="${__("Compared with")}">${against}</td>
			<td data-label="${__("What would be different")}"><ul class="list-unstyled">${found}</ul></td>
		</tr>`;
	});
	return city_diplomacy.html`<table class="table cd-lab-table">
		<thead><tr>
			<th scope="col">${__("Agreement")}</th>
			<th scope="col">${__("State")}</th>
			<th scope="col">${__("Compared with")}</th>
			<th scope="col">${__("What would be different")}</th>
		</tr></thead>
		<tbody>${body}</tbody>
	</table>`;
};
