"""The rules of triage a site starts with; from then on they are the office's own."""

import frappe

from city_diplomacy.domain.protocol.triage import Consequence, Criterion
from city_diplomacy.domain.sentences import _

SAN_DIEGO = (
	"City of San Diego, visiting delegation guidelines",
	"https://www.sandiego.gov/international-affairs/guidelines",
)
CALGARY = ("City of Calgary, delegation visit request", "")

# rule, what it looks at, limit, where it is not met, what a letter says, source
TRIAGE_RULES = (
	(
		"Two weeks' notice",
		Criterion.LEAD_TIME,
		14,
		Consequence.DECLINE,
		_("We need at least two weeks to prepare a visit that does you justice."),
		SAN_DIEGO,
	),
	(
		"A government asks",
		Criterion.GOVERNMENT,
		0,
		Consequence.LOOK,
		_("We receive delegations on the request of a government or its representation."),
		SAN_DIEGO,
	),
	(
		"No travel agency",
		Criterion.NO_AGENCY,
		0,
		Consequence.DECLINE,
		_(
			"We receive delegations on the request of a government or its representation, and not through travel agencies."
		),
		SAN_DIEGO,
	),
	(
		"Not twice in two years",
		Criterion.REPEAT,
		2,
		Consequence.DECLINE,
		_(
			"We had the pleasure of receiving a delegation on this matter not long ago, and would like to give others the opportunity."
		),
		CALGARY,
	),
	(
		"A comparable city",
		Criterion.COMPARABLE_CITY,
		10,
		Consequence.LOOK,
		_(
			"Our experience is of most use to cities of a similar size, and another city may be of more help to you."
		),
		CALGARY,
	),
	(
		"Of use to our city",
		Criterion.BENEFIT,
		0,
		Consequence.LOOK,
		_("At present we can receive visits only where both sides have a project in common."),
		CALGARY,
	),
	(
		"No added cost",
		Criterion.COST,
		0,
		Consequence.LOOK,
		_("We regret that our city cannot bear costs of visits."),
		CALGARY,
	),
	(
		"At most two days",
		Criterion.LENGTH,
		2,
		Consequence.LOOK,
		_("Our departments can accompany a visit for up to two days."),
		CALGARY,
	),
)


def seed_triage_rules() -> None:
	"""The rules a site starts with. Called once, so that what is deleted stays deleted."""
	for position, (name, criterion, limit, consequence, reason, source) in enumerate(TRIAGE_RULES, start=1):
		if frappe.db.exists("Visit Triage Rule", name):
			continue
		rule = frappe.get_doc(
			{
				"doctype": "Visit Triage Rule",
				"rule_name": name,
				"criterion": criterion,
				"threshold": limit,
				"consequence": consequence,
				"letter_reason": reason,
				"position": position * 10,
				"source": source[0],
				"source_address": source[1],
			}
		)
		# Seeding runs at install and in a patch, in nobody's name.
		rule.insert(ignore_permissions=True)
