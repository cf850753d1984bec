const TRADE_API = "city_diplomacy.trade_promotion.api.";

frappe.ui.form.on("Trade Lead", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { partner_city: "Partner City" });
		frm.set_query("hs_code", () => ({ query: `${TRADE_API}find_hs_code` }));
		frm.set_query("stage", () => ({ filters: { direction: frm.doc.direction } }));
	},

	direction(frm) {
		frm.set_value("stage", "");
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "market");
		show_opportunity(frm);
		show_filing_hints(frm);
		if (frm.is_new()) return;
		offer_conversion(frm);
		const offer = (doctype, open) => {
			if (frappe.model.can_create(doctype)) frm.add_custom_button(__(doctype), open, __("Create"));
		};
		offer("Trade Referral", () =>
			city_diplomacy.open_draft("Trade Referral", {
				trade_lead: frm.docname,
				company_name: frm.doc.company_name,
			})
		);
		offer("Export Win", () =>
			frappe
				.call({
					method: `${TRADE_API}draft_win`,
					args: { trade_lead: frm.docname },
					type: "GET",
					freeze: true,
				})
				.then(({ message }) => city_diplomacy.open_draft("Export Win", message))
		);
	},
});

function offer_conversion(frm) {
	if (!(frm.doc.__onload || {}).may_convert) return;
	// Whoever opens one that a colleague made is let in by the same method.
	const offer = (made, doctype, method) =>
		frm.add_custom_button(
			__(doctype),
			() => make_in_erpnext(frm, method),
			made ? __("View") : __("Create")
		);
	if (frm.doc.party_type !== "Customer") offer(frm.doc.lead, "Lead", "make_lead");
	offer(frm.doc.opportunity, "Opportunity", "make_opportunity");
}

function make_in_erpnext(frm, method) {
	frappe
		.call({
			method: TRADE_API + method,
			args: { trade_lead: frm.docname },
			freeze: true,
		})
		.then(({ message }) => city_diplomacy.open_made(message));
}

// What ERPNext owns is read from it and said to be its own.
function show_opportunity(frm) {
	const found = (frm.doc.__onload || {}).opportunity;
	if (!frm.doc.opportunity || !found) return;
	const amount = format_currency(found.opportunity_amount, found.currency);
	frm.dashboard.set_headline(
		city_diplomacy.as_markup(
			city_diplomacy.html`<div>${__("In ERPNext's Opportunity {0}: {1}, {2}, {3}.", [
				frm.doc.opportunity,
				__(found.status),
				found.sales_stage ? __(found.sales_stage) : __("no sales stage"),
				amount,
			])}</div>`
		)
	);
}

function show_filing_hints(frm) {
	const hints = (frm.doc.__onload || {}).filing_hints || [];
	const rows = hints.map((hint) => {
		const source = hint.source_address
			? city_diplomacy.html`<a href="${hint.source_address}" target="_blank" rel="noopener noreferrer">${hint.source}</a>`
			: hint.source;
		return city_diplomacy.html`<li>${hint.hint} <span class="text-muted">${source}</span></li>`;
	});
	city_diplomacy.put(
		frm.get_field("filing_hints").$wrapper,
		rows.length
			? city_diplomacy.html`<label class="control-label">${__("What to file")}</label><ul>${rows}</ul>`
			: city_diplomacy.html``
	);
}
