// Writing a policy without code: every field that names something of the document offers what there is.
const CONDITIONS = "conditions";
const RULES = "rules";

frappe.ui.form.on("Routing Policy", {
	setup(frm) {
		// A grid makes its rows anew now and then and forgets what they offered; so they offer it when entered.
		for (const table of [CONDITIONS, RULES]) {
			frm.fields_dict[table].$wrapper.on("focusin", ":input[data-fieldname]", ({ currentTarget }) =>
				offer(frm, table, $(currentTarget).closest(".grid-row").attr("data-name"), currentTarget.dataset.fieldname)
			);
		}
	},

	async refresh(frm) {
		add_file_buttons(frm);
		await learn_choices(frm);
	},

	document_type: (frm) => learn_choices(frm),
});

frappe.ui.form.on("Routing Condition", {
	field(frm, doctype, name) {
		const row = frappe.get_doc(doctype, name);
		const operators = operators_of(frm, row);
		if (operators.length && !operators.includes(row.operator)) {
			frappe.model.set_value(doctype, name, "operator", operators.length === 1 ? operators[0] : "");
		}
		offer(frm, CONDITIONS, name, "operator");
	},
});

frappe.ui.form.on("Routing Rule", {
	form_render(frm, _doctype, name) {
		if (frm.doc.docstatus !== 0 || !frm.policy_choices) return;
		const control = frm.fields_dict[RULES].grid.grid_rows_by_docname[name].grid_form.fields_dict.watched_fields;
		if (control.$wrapper.find(".choose-watched").length) return;
		$(`<button type="button" class="btn btn-xs btn-default choose-watched"></button>`)
			.text(__("Choose Fields"))
			.on("click", () => choose_watched(frm, name))
			.appendTo(control.$wrapper);
	},
});

function add_file_buttons(frm) {
	const { import_example, import_file, export_file } = city_diplomacy.policies;
	if (!frm.is_new()) {
		frm.add_custom_button(__("Export"), () => export_file(frm.docname));
		return;
	}
	frm.add_custom_button(__("Import Example"), import_example);
	frm.add_custom_button(__("Import from File"), import_file);
}

async function learn_choices(frm) {
	frm.policy_choices = null;
	if (!frm.doc.document_type) return;
	const asked_about = frm.doc.document_type;
	const choices = await city_diplomacy.policies.call("choices", { document_type: asked_about }, "GET");
	// The answer to an earlier choice may come after a later one.
	if (frm.doc.document_type !== asked_about) return;
	frm.policy_choices = choices;
	frm.set_query("workflow_state", RULES, () => ({ filters: { name: ["in", choices.states] } }));
}

const OFFERED = {
	table_field: (frm) => told_apart(frm.policy_choices.department_tables),
	user_field: (frm) => told_apart(frm.policy_choices.user_fields),
	field: (frm) => told_apart(frm.policy_choices.fields),
	operator: (frm, row) => operators_of(frm, row).map((operator) => ({ value: operator, label: __(operator) })),
	// The first is taken by the Tab key, so an emptied field stays empty.
	applies_when: (frm) => [
		{ value: "", label: __("No condition") },
		...conditions_of(frm).map((name) => ({ value: name, label: name })),
	],
};

function offer(frm, table, name, fieldname) {
	const row = frm.fields_dict[table].grid.get_row(name);
	if (!row || !frm.policy_choices || !OFFERED[fieldname]) return;
	const options = OFFERED[fieldname](frm, row.doc);
	if (!options.length) return;
	for (const control of [row.on_grid_fields_dict[fieldname], row.grid_form?.fields_dict[fieldname]]) {
		if (!control) continue;
		control.df.options = options;
		if (control.set_data) control.set_data(options);
		else control.refresh();
		// "No condition" gives way to what is typed.
		if (!row.doc[fieldname] && control.$input?.val()) control.$input.val("").trigger("input");
	}
}

function conditions_of(frm) {
	const names = (frm.doc.conditions || []).map((row) => (row.condition_name || "").trim());
	return [...new Set(names)].filter(Boolean);
}

function operators_of(frm, row) {
	const field = (frm.policy_choices?.fields || []).find((choice) => choice.value === row.field);
	return field ? field.operators : [];
}

// An Autocomplete finds what was chosen by its label, so two of one label carry their names.
function told_apart(choices) {
	return choices.map(({ value, label }) => {
		const alike = choices.filter((choice) => choice.label === label).length > 1;
		return { value, label: alike ? `${label} (${value})` : label };
	});
}

function choose_watched(frm, name) {
	const row = frappe.get_doc("Routing Rule", name);
	const chosen = (row.watched_fields || "").split(/[\s,]+/);
	const dialog = new frappe.ui.Dialog({
		title: __("Watched fields"),
		fields: [
			{
				fieldname: "fields",
				fieldtype: "MultiCheck",
				columns: 2,
				options: frm.policy_choices.watched_fields.map((choice) => ({
					...choice,
					checked: chosen.includes(choice.value),
				})),
			},
		],
		primary_action_label: __("Choose"),
		primary_action: ({ fields }) => {
			dialog.hide();
			frappe.model.set_value("Routing Rule", name, "watched_fields", (fields || []).join("\n"));
		},
	});
	dialog.show();
}
