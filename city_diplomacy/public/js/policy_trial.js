// On a routing policy: who it would ask about an agreement there is or an imagined one, and its rehearsal on all.
const APPROVALS_TRIAL = "city_diplomacy.partnership_approvals.api.rehearsals";

frappe.ui.form.on("Routing Policy", {
	refresh(frm) {
		const may_see = ["Approval Administrator", "International Affairs Manager"];
		if (frm.is_new() || !may_see.some((role) => frappe.user.has_role(role))) return;
		frm.add_custom_button(__("What If"), () => imagine(frm));
		frm.add_custom_button(__("Rehearse"), () =>
			frappe.set_route("query-report", "Policy Rehearsal", { policy: frm.docname })
		);
	},
});

async function imagine(frm) {
	frappe.require("/assets/city_diplomacy/css/desk_route.css");
	const policy = frm.docname;
	const doctype = frm.doc.document_type;
	const form = await ask_trial("form", "GET", { policy });
	const dialog = new frappe.ui.Dialog({
		title: __("Who would be asked by {0}", [policy]),
		size: "extra-large",
		fields: [
			{
				fieldname: "stored_document",
				fieldtype: "Link",
				options: doctype,
				label: __("One there is"),
				description: __("Leave it empty to imagine one below. Nothing is kept."),
			},
			{ fieldtype: "Section Break", label: __("One that is imagined"), depends_on: "eval:!doc.stored_document" },
			...form.map(as_control),
			{ fieldtype: "Section Break" },
			{ fieldname: "answer", fieldtype: "HTML" },
		],
		primary_action_label: __("Show Its Way"),
		primary_action: async ({ stored_document: name, ...values }) => {
			const shown = name
				? await ask_trial("try_on", "GET", { policy, doctype, name })
				: await ask_trial("what_if", "POST", { policy, values: JSON.stringify(imagined(form, values)) });
			city_diplomacy.put(dialog.fields_dict.answer.$wrapper, drawn(shown));
			frappe.utils.scroll_to(dialog.fields_dict.answer.$wrapper, true, 0, dialog.$wrapper);
		},
	});
	dialog.show();
}

function ask_trial(method, type, args) {
	return frappe.call({ method: `${APPROVALS_TRIAL}.${method}`, type, args }).then(({ message }) => message);
}

function as_control({ columns, ...field }) {
	if (!columns) return field;
	const fields = columns.map((column) => ({ ...column, in_list_view: 1 }));
	return { ...field, fieldtype: "Table", data: [], fields };
}

function imagined(form, values) {
	const cells = (field, row) => field.columns.map(({ fieldname }) => [fieldname, row[fieldname]]);
	const given = form.filter(({ fieldname }) => ![undefined, null, ""].includes(values[fieldname]));
	return Object.fromEntries(
		given.map((field) => {
			const value = values[field.fieldname];
			const rows = field.columns && value.map((row) => Object.fromEntries(cells(field, row)));
			return [field.fieldname, rows || value];
		})
	);
}

function drawn({ stages, needed_by }) {
	if (!stages.length)
		return city_diplomacy.html`<p>${__("This policy would ask nobody; it could not set out.")}</p>`;
	const route = city_diplomacy.route.stages_of({ plan: stages }).map(city_diplomacy.route.stage);
	return city_diplomacy.html`${city_diplomacy.route.needed_by(needed_by)}
		<ol class="cd-route-stages" tabindex="0" aria-label="${__("Who would be asked")}">${route}</ol>`;
}
