frappe.ui.form.on("MOU", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "parties", "party_type", "party");
		frm.set_query("agreement_type", () => ({ filters: { disabled: 0 } }));
		for (const field of ["parent_agreement", "supersedes"]) {
			frm.set_query(field, () => ({ filters: { name: ["!=", frm.docname] } }));
		}
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
		if (frm.is_new()) city_diplomacy.agreement.name_our_side(frm);
	},

	refresh(frm) {
		const place = (markup) => city_diplomacy.put(frm.get_field("route_html").$wrapper, markup);
		if (frm.is_new()) {
			frappe.require("/assets/city_diplomacy/css/desk_route.css");
			place(city_diplomacy.route.say(__("Once it is saved, this shows who will be asked.")));
			return;
		}
		city_diplomacy.routed.show(frm, place, (shown) => city_diplomacy.agreement.headline(frm, shown));
		city_diplomacy.following.add_buttons(frm);
	},

	// Asked for by the button of a document that is signed on its own form.
	record_signature: (frm) => city_diplomacy.agreement.sign(frm),
	change_signed: (frm) => city_diplomacy.agreement.change_dates(frm),
});

frappe.provide("city_diplomacy.agreement");

// Our city is a party of nearly every agreement.
city_diplomacy.agreement.name_our_side = function (frm) {
	const company = frappe.defaults.get_user_default("Company");
	const rows = (frm.doc.parties || []).filter((row) => row.party);
	if (!company || rows.some((row) => row.side === "Ours")) return;
	frm.doc.parties = rows;
	const ours = frappe.model.add_child(frm.doc, "MOU Party", "parties");
	Object.assign(ours, { side: "Ours", party_type: "Company", party: company });
	frm.refresh_field("parties");
};

// What an agreement's form says in place of the words every routed document has; nothing where those fit.
city_diplomacy.agreement.headline = function (frm, shown) {
	const state = shown.view.state;
	if (["Active", "Suspended"].includes(state)) return city_diplomacy.agreement.force_headline(frm, state);
	return null;
};

// The next thing the calendar asks for.
city_diplomacy.agreement.force_headline = function (frm, state) {
	const today = frappe.datetime.get_today();
	const dates = [
		[frm.doc.notice_date, __("give notice by {0}")],
		[frm.doc.next_review_date, __("review it by {0}")],
		[frm.doc.expiry_date, __("it ends on {0}")],
	].filter(([day]) => day && day >= today);
	dates.sort((a, b) => (a[0] < b[0] ? -1 : 1));
	const standing = state === "Active" ? __("In force") : __("Suspended");
	const next = dates.length ? dates[0][1].replace("{0}", frappe.datetime.str_to_user(dates[0][0])) : "";
	const soon = dates.length && frappe.datetime.get_day_diff(dates[0][0], today) <= 60;
	return {
		words: next ? `${standing}: ${next}.` : `${standing}.`,
		colour: state === "Suspended" || soon ? "orange" : "green",
	};
};

// What is signed is not edited: other dates are an act of their own, with a reason.
city_diplomacy.agreement.change_dates = function (frm) {
	const dates = ["effective_date", "expiry_date", "signed_on"].map((fieldname) => ({
		fieldname,
		fieldtype: "Date",
		label: __(frm.get_docfield(fieldname).label),
		default: frm.doc[fieldname],
	}));
	frappe.prompt(
		[
			...dates,
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				description: __("It becomes part of the ledger, with the dates before and after."),
				reqd: 1,
			},
		],
		({ reason, ...values }) => {
			const changed = dates
				.map((df) => [df.fieldname, values[df.fieldname] || ""])
				.filter(([fieldname, value]) => value !== (frm.doc[fieldname] || ""));
			city_diplomacy.acts.call(frm, "city_diplomacy.partnerships.api.change_signed", {
				agreement: frm.docname,
				reason,
				...Object.fromEntries(changed),
			});
		},
		__("Change the Dates of What Is Signed"),
		__("Change")
	);
};

city_diplomacy.agreement.sign = function (frm) {
	const kind = frm.doc.agreement_type;
	city_diplomacy.acts.when_saved(frm, () =>
		frappe.db
			.get_value("Agreement Type", kind, "copy_at_signature")
			.then(({ message }) => city_diplomacy.agreement.ask_signature(frm, message.copy_at_signature))
	);
};

city_diplomacy.agreement.ask_signature = function (frm, copy_required) {
	frappe.prompt(
		[
			{
				fieldname: "signed_on",
				fieldtype: "Date",
				label: __("Signed on"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{
				fieldname: "signed_copy",
				fieldtype: "Attach",
				label: __("Signed copy"),
				description: __("The instrument as signed; its hash goes into the ledger."),
				reqd: copy_required,
			},
		],
		(values) =>
			city_diplomacy.acts.call(frm, "city_diplomacy.partnerships.api.sign", {
				agreement: frm.docname,
				...values,
			}),
		__("Record the Signature"),
		__("Sign")
	);
};
