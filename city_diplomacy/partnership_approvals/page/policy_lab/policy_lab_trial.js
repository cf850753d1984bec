// A policy tried on an agreement there is, and on one that is only imagined.
frappe.provide("city_diplomacy.lab");

city_diplomacy.lab.Trial = class {
	constructor($parent, drawn) {
		this.drawn = drawn;
		this.make_trial($parent);
		this.make_imagined($parent);
	}

	make_trial($parent) {
		const $section = city_diplomacy.lab.section(
			$parent,
			__("Try on an agreement"),
			__("Who would be asked if it set out today by this policy, in which order, why and by when."),
		);
		const control = frappe.ui.form.make_control({
			parent: $(`<div class="cd-lab-field"></div>`).appendTo($section),
			df: {
				fieldname: "document",
				fieldtype: "Link",
				options: this.drawn.document_type,
				label: __(this.drawn.document_type),
				change: () => control.get_value() && this.try_on(control.get_value(), $answer),
			},
			render_input: true,
		});
		const $answer = $(`<div aria-live="polite"></div>`).appendTo($section);
	}

	async try_on(name, $answer) {
		const answer = await city_diplomacy.lab.call("try_on", {
			policy: this.drawn.policy,
			doctype: this.drawn.document_type,
			name,
		});
		city_diplomacy.put($answer, city_diplomacy.lab.draw_route(answer));
	}

	make_imagined($parent) {
		const $section = city_diplomacy.lab.section(
			$parent,
			__("Imagine an agreement"),
			__("These are the fields that decide its way. Nothing is kept."),
		);
		if (!this.drawn.imagine.length) {
			city_diplomacy.put(
				$section,
				city_diplomacy.html`<p>${__("This policy looks at no field: every agreement goes the same way.")}</p>`,
			);
		}
		this.form = new frappe.ui.FieldGroup({
			fields: city_diplomacy.lab.in_two_columns(this.drawn.imagine.map(city_diplomacy.lab.as_control)),
			body: $(`<div class="cd-lab-form"></div>`).appendTo($section)[0],
		});
		this.form.make();
		const $answer = $(`<div aria-live="polite"></div>`);
		$(`<button type="button" class="btn btn-primary btn-sm cd-lab-imagine"></button>`)
			.text(__("Show Its Way"))
			.on("click", () => this.imagine($answer))
			.appendTo($section);
		$answer.appendTo($section);
	}

	async imagine($answer) {
		const values = {};
		for (const field of this.drawn.imagine) {
			const value = this.form.get_value(field.fieldname);
			if (field.columns) values[field.fieldname] = city_diplomacy.lab.rows_of(field, value);
			else if (value !== undefined && value !== null && value !== "") values[field.fieldname] = value;
		}
		const answer = await city_diplomacy.lab.call(
			"what_if",
			{ policy: this.drawn.policy, values: JSON.stringify(values) },
			"POST",
		);
		city_diplomacy.put($answer, city_diplomacy.lab.draw_route(answer));
	}
};

city_diplomacy.lab.in_two_columns = function (controls) {
	const half = Math.ceil(controls.length / 2);
	if (half < 2) return controls;
	return [...controls.slice(0, half), { fieldtype: "Column Break" }, ...controls.slice(half)];
};

// A field of the document as a field of the form; a table of which one link counts is a list to choose from.
city_diplomacy.lab.as_control = function (field) {
	const { fieldname, label, fieldtype, options } = field;
	const control = { fieldname, label, fieldtype, options, default: field.default };
	if (!field.columns) return control;
	const [column] = field.columns;
	if (field.columns.length === 1 && column.fieldtype === "Link") {
		return {
			fieldname,
			label,
			fieldtype: "MultiSelectList",
			get_data: (text) => frappe.db.get_link_options(column.options, text),
		};
	}
	return {
		fieldname,
		label,
		fieldtype: "Table",
		data: [],
		fields: field.columns.map((one) => ({ ...one, in_list_view: 1 })),
	};
};

city_diplomacy.lab.rows_of = function (field, value) {
	const [column] = field.columns;
	return (value || []).map((row) =>
		typeof row === "string"
			? { [column.fieldname]: row }
			: Object.fromEntries(field.columns.map(({ fieldname }) => [fieldname, row[fieldname]])),
	);
};

city_diplomacy.lab.draw_route = function (answer) {
	if (!answer.stages.length)
		return city_diplomacy.html`<p>${__("This policy would ask nobody; it could not set out.")}</p>`;
	const stages = answer.stages.map(
		(stage) => city_diplomacy.html`<li class="cd-stage">
			<div class="cd-stage-head">${__(stage.state)} <span>${__("stage {0}", [stage.number])}</span></div>
			${stage.seats.map(city_diplomacy.lab.seat_of_route)}
		</li>`,
	);
	return city_diplomacy.html`${city_diplomacy.route.needed_by(answer.needed_by)}
		<ol class="cd-route-stages" tabindex="0" aria-label="${__("Who would be asked")}">${stages}</ol>
		${city_diplomacy.lab.compared(answer)}`;
};

city_diplomacy.lab.seat_of_route = function (seat) {
	const who = seat.holder_name || __(seat.role || "") || __("nobody yet");
	const vacant = !seat.holder_name && !seat.role;
	return city_diplomacy.html`<div class="cd-seat ${vacant ? "cd-seat-bad" : "cd-seat-open"}">
		<div class="cd-seat-name">${seat.seat}</div>
		<div class="cd-seat-who">${who}</div>
		${seat.due ? city_diplomacy.html`<div>${__("by {0}", [frappe.datetime.str_to_user(seat.due)])}</div>` : ""}
		${seat.why ? city_diplomacy.html`<div class="cd-seat-words">${seat.why}</div>` : ""}
	</div>`;
};

city_diplomacy.lab.compared = function (answer) {
	if (answer.problem) {
		return city_diplomacy.html`<p class="text-muted">${__("The active policy has no way for it: {0}", [answer.problem])}</p>`;
	}
	if (!answer.compared_with)
		return city_diplomacy.html`<p class="text-muted">${__("No policy is active to compare it with.")}</p>`;
	if (answer.compared_with === answer.policy) {
		return city_diplomacy.html`<p class="text-muted">${__("This is the policy that is active.")}</p>`;
	}
	if (!answer.differences.length) {
		return city_diplomacy.html`<p>✓ ${__("Just as by the active policy, {0}.", [answer.compared_with])}</p>`;
	}
	const items = answer.differences.map(
		(one) =>
			city_diplomacy.html`<li>${city_diplomacy.lab.kind_pill(one.kind, one.label)} ${one.sentence}</li>`,
	);
	return city_diplomacy.html`<h4>${__("Different from the active policy, {0}", [answer.compared_with])}</h4>
		<ul class="cd-lab-differences list-unstyled">${items}</ul>`;
};

city_diplomacy.lab.kind_pill = function (kind, label) {
	const colours = {
		added: "green",
		dropped: "red",
		moved: "blue",
		asked_of_another: "purple",
		problem: "red",
	};
	return city_diplomacy.html`<span class="indicator-pill no-indicator-dot ${
		colours[kind] || "gray"
	}">${label}</span>`;
};
