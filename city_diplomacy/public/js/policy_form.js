// Writing a policy without code: every field that names something of the document offers what there is.
const CONDITIONS = "conditions";
const RULES = "rules";

frappe.ui.form.on("Routing Policy", {
	setup(frm) {
		// A grid makes its rows anew now and then, with every operator; they are narrowed when they are looked at.
		frm.fields_dict[CONDITIONS].$wrapper.on("focusin", "select[data-fieldname=operator]", (event) =>
			offer_operators(frm, $(event.currentTarget).closest(".grid-row").attr("data-name"))
		);
	},

	async refresh(frm) {
		add_file_buttons(frm);
		await offer_choices(frm);
	},

	document_type: (frm) => offer_choices(frm),
});

frappe.ui.form.on("Routing Condition", {
	condition_name: (frm) => offer_conditions(frm),
	conditions_remove: (frm) => offer_conditions(frm),
	form_render: (frm, _doctype, name) => offer_operators(frm, name),

	field(frm, doctype, name) {
		const operators = offer_operators(frm, name);
		if (!operators) return;
		const row = frappe.get_doc(doctype, name);
		if (!operators.includes(row.operator)) {
			frappe.model.set_value(doctype, name, "operator", operators.length === 1 ? operators[0] : "");
		}
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

async function offer_choices(frm) {
	frm.policy_choices = null;
	if (!frm.doc.document_type) return;
	const asked_about = frm.doc.document_type;
	const choices = await city_diplomacy.policies.call("choices", { document_type: asked_about }, "GET");
	// The answer to an earlier choice may come after a later one.
	if (frm.doc.document_type !== asked_about) return;
	frm.policy_choices = choices;
	frm.set_query("workflow_state", RULES, () => ({ filters: { name: ["in", choices.states] } }));
	offer(frm, RULES, "table_field", told_apart(choices.department_tables));
	offer(frm, RULES, "user_field", told_apart(choices.user_fields));
	offer(frm, CONDITIONS, "field", told_apart(choices.fields));
	offer_conditions(frm);
}

function offer_conditions(frm) {
	const names = (frm.doc.conditions || []).map((row) => (row.condition_name || "").trim());
	offer(
		frm,
		RULES,
		"applies_when",
		[...new Set(names)].filter(Boolean).map((name) => ({ value: name, label: name }))
	);
}

function offer_operators(frm, name) {
	const row = frappe.get_doc("Routing Condition", name);
	const field = (frm.policy_choices?.fields || []).find((choice) => choice.value === row?.field);
	if (!field) return null;
	frm.fields_dict[CONDITIONS].grid
		.get_row(name)
		.set_field_property("operator", "options", ["", ...field.operators]);
	return field.operators;
}

function offer(frm, table, fieldname, options) {
	frm.fields_dict[table].grid.update_docfield_property(fieldname, "options", options);
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
