"""The stages of trade leads and the filing rules a new site starts with; from then on they are the office's own."""

import frappe

from city_diplomacy.domain.trade.leads import Direction

# stage, days without a move after which a lead is stale (0: as the settings say), what it asks for, meaning
STAGES = {
	Direction.EXPORT: (
		("Enquiry", 30, (), "A company asked, or was found."),
		(
			"Export Readiness",
			60,
			("experience", "hs_code"),
			"What it sells and how much it has exported is known.",
		),
		(
			"Market Chosen",
			60,
			("market_interests", "annual_value"),
			"It knows where it wants to sell, and what it may bring.",
		),
		("Buyer Talks", 90, (), "It talks to buyers or distributors."),
		("Contract Ahead", 60, (), "Terms are on the table."),
	),
	Direction.INWARD_INVESTMENT: (
		("Prospect", 60, (), "An investor showed interest."),
		(
			"Project Defined",
			90,
			("investment_type", "drivers"),
			"What they plan and what they look for is known.",
		),
		(
			"Site Search",
			120,
			("site_sought", "capital_expenditure", "jobs_new"),
			"Sites are looked for and compared.",
		),
		(
			"Site Chosen",
			120,
			("site_chosen", "competing_places"),
			"One site is left; permits and incentives are settled.",
		),
		("Decision Ahead", 60, ("land_date",), "The board decides."),
	),
	Direction.TOURISM: (
		("Idea", 90, (), "A route, a package or a campaign was suggested."),
		("Case Made", 90, ("visitors", "season"), "Visitors and season are estimated."),
		(
			"Partner Talks",
			120,
			("visitor_spend",),
			"An airline, operator or partner city is being talked to.",
		),
		("Agreement Ahead", 60, (), "Terms are on the table."),
	),
}

FILING_RULES = (
	{
		"rule_name": "Electronic Export Information, value",
		"hint": "File Electronic Export Information in the Automated Export System before departure.",
		"valid_from": "2008-09-30",
		"above_value": 2500,
		"currency": "USD",
		"except_market": "Canada",
		"source": "15 CFR 30.37(a), 30.36",
		"source_address": "https://www.ecfr.gov/current/title-15/part-30",
	},
	{
		"rule_name": "Electronic Export Information, licence",
		"hint": "File Electronic Export Information whatever the value, with the number of the licence.",
		"valid_from": "2008-09-30",
		"when_licensed": 1,
		"source": "15 CFR 30.2(a)(1)(iv)",
		"source_address": "https://www.ecfr.gov/current/title-15/part-30",
	},
)


def seed_missing_stages() -> None:
	"""Stages, on a site that has none at all: without them no lead can be entered."""
	if not frappe.db.count("Trade Stage"):
		seed_stages()


def seed_stages() -> None:
	for direction, stages in STAGES.items():
		for position, (name, stale_after, fields, meaning) in enumerate(stages, start=1):
			_insert(
				"Trade Stage",
				stage_name=name,
				direction=direction,
				position=position * 10,
				stale_after_days=stale_after,
				description=meaning,
				required_fields=[{"required_field": field} for field in fields],
			)


def seed_filing_rules() -> None:
	"""The rules a site starts with. Called once, so that what is deleted stays deleted."""
	for rule in FILING_RULES:
		if frappe.db.exists("Trade Filing Rule", rule["rule_name"]):
			continue
		# A site may lack the currency or the country a rule speaks of.
		if all(
			not rule.get(field) or frappe.db.exists(doctype, rule[field])
			for field, doctype in (("currency", "Currency"), ("except_market", "Country"))
		):
			_insert("Trade Filing Rule", **rule)


def _insert(doctype: str, **values: object) -> None:
	# Seeding runs at install and migrate, in nobody's name.
	frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
