const REGISTRATIONS = "city_diplomacy.diaspora_relations.api";

frappe.ui.form.on("Directory Registration", {
	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "heritage_country");
		if (frm.is_new() || frm.doc.status !== "Waiting") return;
		show_doubles(frm);
		if (frm.is_dirty() || !frm.perm[0].write) return;
		if (frappe.model.can_create("Diaspora Organisation")) {
			frm.add_custom_button(__("Accept"), () => accept(frm)).addClass("btn-primary");
		}
		frm.add_custom_button(__("Known Already"), () => note_as_known(frm));
		frm.add_custom_button(__("Decline"), () => decline(frm));
	},
});

function show_doubles(frm) {
	const doubles = (frm.doc.__onload || {}).likely_doubles || [];
	if (!doubles.length) return;
	const links = doubles
		.slice(0, 5)
		.map(
			(name) =>
				city_diplomacy.html`<a href="${frappe.utils.get_form_link("Diaspora Organisation", name)}">${name}</a>`
		);
	frm.dashboard.set_headline_alert(
		String(city_diplomacy.html`${__("May be in the directory already:")} ${links}`),
		"orange"
	);
}

function act(frm, method, args) {
	return frappe
		.call({
			method: `${REGISTRATIONS}.${method}`,
			args: { registration: frm.docname, ...args },
			freeze: true,
		})
		.then((answer) => frm.reload_doc().then(() => answer.message));
}

function accept(frm) {
	frappe.confirm(
		__("{0} becomes an entry of the directory. What it ticked is public from then on. Go on?", [
			frappe.utils.escape_html(frm.doc.organisation_name),
		]),
		() => act(frm, "accept_registration", {})
	);
}

function note_as_known(frm) {
	frappe.prompt(
		{
			fieldname: "organisation",
			fieldtype: "Link",
			options: "Diaspora Organisation",
			label: __("Entry in the directory"),
			default: ((frm.doc.__onload || {}).likely_doubles || [])[0],
			reqd: 1,
		},
		(values) => act(frm, "close_registration", values),
		__("Known Already")
	);
}

function decline(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		(values) => act(frm, "decline_registration", values),
		__("Decline")
	);
}
