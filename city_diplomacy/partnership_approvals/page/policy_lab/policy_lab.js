// The approval administrator's bench: a policy drawn, checked, tried on an agreement, and run in the shadow.
frappe.provide("city_diplomacy.lab");

frappe.pages["policy-lab"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Policy Lab"), single_column: true });
	wrapper.lab = new city_diplomacy.lab.Lab(page);
};

frappe.pages["policy-lab"].on_page_show = function (wrapper) {
	wrapper.lab.follow_route();
};

city_diplomacy.lab.call = function (method, args, type = "GET") {
	return frappe
		.call({
			method: `city_diplomacy.partnership_approvals.api.rehearsals.${method}`,
			args,
			type,
		})
		.then(({ message }) => message);
};

// A part of the page with a heading that says what it is for.
city_diplomacy.lab.section = function ($parent, title, intro) {
	const $section = $(`<section class="cd-lab-section frappe-card"></section>`).appendTo($parent);
	$(`<h3></h3>`).text(title).appendTo($section);
	if (intro) $(`<p class="text-muted"></p>`).text(intro).appendTo($section);
	return $(`<div></div>`).appendTo($section);
};

city_diplomacy.lab.Lab = class {
	constructor(page) {
		this.page = page;
		this.$body = $(`<div class="cd-lab"></div>`).appendTo(page.main);
		frappe.require("/assets/city_diplomacy/css/desk_route.css");
		this.chooser = page.add_field({
			fieldname: "policy",
			fieldtype: "Link",
			options: "Routing Policy",
			label: __("Routing Policy"),
			change: () => this.choose(this.chooser.get_value()),
		});
		page.add_inner_button(__("Open the Policy"), () => {
			if (this.policy) frappe.set_route("Form", "Routing Policy", this.policy);
		});
	}

	choose(policy) {
		if (policy && policy !== this.policy) frappe.set_route("policy-lab", policy);
	}

	follow_route() {
		const [, policy, rehearsal] = frappe.get_route();
		if (!policy) return this.show_policies();
		if (policy === this.policy && !rehearsal) return;
		this.show(policy, rehearsal);
	}

	async show_policies() {
		this.leave();
		this.policy = null;
		const policies = await frappe.db.get_list("Routing Policy", {
			fields: ["name", "document_type", "status", "description"],
			order_by: "modified desc",
			limit: 50,
		});
		if (this.policy) return;
		this.$body.empty();
		const $list = city_diplomacy.lab.section(
			this.$body,
			__("Which policy?"),
			__(
				"See what a policy does before it is switched on. Nothing you do here changes an agreement or tells anybody.",
			),
		);
		if (!policies.length) {
			$(`<p></p>`)
				.text(__("There is no routing policy yet. Import an example to begin with."))
				.appendTo($list);
			$(`<button type="button" class="btn btn-default btn-sm"></button>`)
				.text(__("Routing Policies"))
				.on("click", () => frappe.set_route("List", "Routing Policy"))
				.appendTo($list);
			return;
		}
		const $items = $(`<ul class="cd-lab-policies list-unstyled"></ul>`).appendTo($list);
		for (const policy of policies) this.policy_item(policy).appendTo($items);
	}

	policy_item(policy) {
		const { status_pill } = city_diplomacy.lab;
		const item = city_diplomacy.html`<li>
			<a href="#"><b>${policy.name}</b></a> ${status_pill(policy.status)}
			<span class="text-muted">${__(policy.document_type)}</span>
			<div class="text-muted small">${policy.description}</div>
		</li>`;
		return city_diplomacy.element(item).on("click", "a", (event) => {
			event.preventDefault();
			frappe.set_route("policy-lab", policy.name);
		});
	}

	async show(policy, rehearsal) {
		this.leave();
		this.policy = policy;
		this.chooser.set_input(policy);
		city_diplomacy.put(
			this.$body,
			city_diplomacy.html`<p class="text-muted">${__("Drawing the policy…")}</p>`,
		);
		const drawn = await city_diplomacy.lab.call("draw", { policy });
		if (this.policy !== policy) return;
		this.$body.empty();
		city_diplomacy.lab.draw_policy(this.$body, drawn);
		city_diplomacy.lab.show_findings(this.$body, policy);
		new city_diplomacy.lab.Trial(this.$body, drawn);
		this.run = new city_diplomacy.lab.ShadowRun(this.$body, drawn, rehearsal);
		if (this.page.wrapper.is(":hidden")) this.leave();
	}

	// What keeps asking the server stops when nobody looks.
	leave() {
		this.run?.stop_asking();
	}
};

frappe.pages["policy-lab"].on_page_hide = function (wrapper) {
	wrapper.lab.leave();
	wrapper.lab.policy = null;
};

city_diplomacy.lab.status_pill = function (status) {
	const colour = { Draft: "gray", Ready: "blue", Active: "green", Retired: "gray" }[status] || "gray";
	return city_diplomacy.html`<span class="indicator-pill no-indicator-dot ${colour}">${__(status)}</span>`;
};

city_diplomacy.lab.draw_policy = function ($parent, drawn) {
	const { section, status_pill, stage_of_policy } = city_diplomacy.lab;
	const $drawing = section(
		$parent,
		drawn.policy,
		__(
			"Stages are asked one after the other, the seats of a stage at the same time. A lane is what is counted together.",
		),
	);
	city_diplomacy.put(
		$drawing,
		city_diplomacy.html`<p>${status_pill(drawn.status)} <span class="text-muted">${__(drawn.document_type)}</span></p>
			<ol class="cd-route-stages" tabindex="0" aria-label="${__("Stages of the policy")}">
				${drawn.stages.map(stage_of_policy)}
			</ol>`,
	);
};

city_diplomacy.lab.stage_of_policy = function (stage) {
	const { seat_of_policy } = city_diplomacy.lab;
	const lanes = stage.lanes.map((lane) => {
		const several = lane.seats.length > 1 || stage.lanes.length > 1;
		const counted = lane.group ? `${lane.group}: ${lane.join}` : lane.join;
		return city_diplomacy.html`<div class="cd-lab-lane">
			${several ? city_diplomacy.html`<div class="cd-lab-join">${counted}</div>` : ""}
			${lane.seats.map(seat_of_policy)}
		</div>`;
	});
	return city_diplomacy.html`<li class="cd-stage">
		<div class="cd-stage-head">${__(stage.state)} <span>${__("stage {0}", [stage.number])}</span></div>
		${lanes}
	</li>`;
};

city_diplomacy.lab.seat_of_policy = function (seat) {
	const when = seat.when ? __("If {0}", [seat.when]) : __("Always");
	const notes = [
		seat.mandatory && __("Mandatory"),
		seat.veto && __("An objection ends it"),
		seat.watches.length && __("Asked again when these change: {0}", [seat.watches.join(", ")]),
	].filter(Boolean);
	return city_diplomacy.html`<div class="cd-seat ${seat.when ? "cd-seat-next" : "cd-seat-open"}">
		<div class="cd-seat-name">${seat.seat}</div>
		<div class="cd-seat-who">${seat.who}${seat.holder ? ` (${seat.holder})` : ""}</div>
		<div class="cd-lab-when">${when}</div>
		<div>${__("{0} working days", [seat.working_days])}</div>
		${notes.map((note) => city_diplomacy.html`<div class="cd-seat-note">${note}</div>`)}
		${seat.why ? city_diplomacy.html`<div class="cd-seat-words">${seat.why}</div>` : ""}
	</div>`;
};

city_diplomacy.lab.show_findings = async function ($parent, policy) {
	const { section } = city_diplomacy.lab;
	const $findings = section($parent, __("What the checker finds"));
	city_diplomacy.put($findings, city_diplomacy.html`<p class="text-muted">${__("Checking…")}</p>`);
	const { message } = await frappe.call({
		method: "city_diplomacy.partnership_approvals.api.check_policy",
		type: "GET",
		args: { policy },
	});
	if (!message.findings.length) {
		city_diplomacy.put($findings, city_diplomacy.html`<p>✓ ${__("Nothing. It may be switched on.")}</p>`);
		return;
	}
	const items = message.findings.map((finding) => {
		const error = finding.severity === "error";
		return city_diplomacy.html`<li>
			<span class="indicator-pill no-indicator-dot ${error ? "red" : "orange"}">
				${error ? __("Error") : __("Warning")}</span>
			${finding.row ? city_diplomacy.html`<b>${__("Rule {0}", [finding.row])}</b>` : ""}
			${finding.problem} ${finding.mend}
			${finding.trace.length ? city_diplomacy.html`<div class="text-muted small">${finding.trace.join(" → ")}</div>` : ""}
		</li>`;
	});
	city_diplomacy.put(
		$findings,
		city_diplomacy.html`<ul class="cd-lab-findings list-unstyled">${items}</ul>`,
	);
};
