frappe.ui.form.on("International Event", {
	setup(frm) {
		city_diplomacy.partners.set_dynamic_query(frm, "organiser_type", "organiser");
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "held_in_country");
		show_association_test(frm);
		show_project(frm);
		const offer = (frm.doc.__onload || {}).may_make_project;
		if (frm.is_new() || frm.is_dirty() || frm.doc.project || !offer || !frm.perm[0].write) return;
		frm.add_custom_button(__("Project"), () => make_project(frm), __("Create"));
	},
});

function show_association_test(frm) {
	const said = (frm.doc.__onload || {}).association_test;
	if (!said || frm.is_new()) return;
	const [whole, ...parts] = said.map((one) => one.sentence);
	const text = [whole, ...parts].join(" ");
	frm.set_df_property("association_meeting", "description", frappe.utils.escape_html(text));
}

// What ERPNext owns is named as ERPNext's, and stored nowhere else.
function show_project(frm) {
	const project = (frm.doc.__onload || {}).project;
	if (!project || !project.figures) return;
	for (const { label, amount } of project.figures) {
		const shown = format_currency(amount, project.currency);
		frm.dashboard.add_indicator(__("{0} in ERPNext's Project: {1}", [label, shown]), "blue");
	}
}

function make_project(frm) {
	frappe
		.call({
			method: "city_diplomacy.hosted_events.api.make_project",
			args: { event: frm.docname },
			freeze: true,
		})
		.then(({ message }) => city_diplomacy.open_made(message));
}
