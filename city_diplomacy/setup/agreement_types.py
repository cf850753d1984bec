"""The agreement types a new site starts with. Terms are starting values; each city sets its own."""

import frappe

from city_diplomacy.domain.partnerships.relationship import RelationshipStage

# name, term in months (0 open-ended), review in months, notice in days, council adopts, counterpart signs, meaning
AGREEMENT_TYPES = (
	(
		"Sister City Agreement",
		0,
		36,
		0,
		1,
		1,
		"A lasting tie signed by the highest officials of both cities and adopted by their councils.",
	),
	(
		"Friendship City Agreement",
		60,
		24,
		90,
		1,
		1,
		"A tie for a limited time or for specified projects, often a step towards a sister city.",
	),
	(
		"Memorandum of Understanding",
		36,
		12,
		90,
		0,
		1,
		"What two parties intend to do together, usually not binding.",
	),
	("Letter of Intent", 12, 6, 30, 0, 1, "A first written wish to work together."),
	("Project Partnership", 36, 12, 60, 0, 1, "Co-operation limited to one theme and a set time."),
	("Declaration", 0, 24, 0, 0, 0, "A public statement of shared aims, open to further signatories."),
	("Alliance", 0, 12, 90, 0, 1, "Several parties that commit to a common programme."),
	("Network Charter", 0, 12, 180, 0, 0, "The commitment by which a city joins a city network."),
)


# What a signature makes of the partner, by the types above.
MOVES_PARTNER_TO = {
	"Sister City Agreement": RelationshipStage.SISTER_CITY,
	"Friendship City Agreement": RelationshipStage.FRIENDSHIP_CITY,
	"Memorandum of Understanding": RelationshipStage.MOU,
}


def seed_agreement_types() -> None:
	"""Create the types that are missing on a site that has none at all; a deleted type stays deleted."""
	if frappe.db.count("Agreement Type"):
		return
	for name, term, review, notice, council, counterpart, meaning in AGREEMENT_TYPES:
		frappe.get_doc(
			{
				"doctype": "Agreement Type",
				"type_name": name,
				"default_term_months": term,
				"review_interval_months": review,
				"notice_days": notice,
				"council_must_adopt": council,
				"counterpart_must_sign": counterpart,
				"moves_partner_to": MOVES_PARTNER_TO.get(name),
				"description": meaning,
			}
			# Seeding runs at install and migrate, in nobody's name.
		).insert(ignore_permissions=True)
