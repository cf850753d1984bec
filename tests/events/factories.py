"""How tests make international events."""

import frappe


def make_international_event(name: str = "World Port Congress", **fields):
	"""A bid for a congress whose organiser is in no register."""
	given = {
		"kind": "Congress",
		"organiser_name": "World Ports Association",
		"decision_on": "2027-03-01",
		**fields,
	}
	return frappe.get_doc({"doctype": "International Event", "event_name": name, **given}).insert()


def make_held_event(name: str = "World Port Congress", **fields):
	"""A congress that was held in May 2026."""
	given = {
		"phase": "Held",
		"starts_on": "2026-05-04",
		"ends_on": "2026-05-08",
		"venue": "Harbor Hall",
		**fields,
	}
	return make_international_event(name, **given)
