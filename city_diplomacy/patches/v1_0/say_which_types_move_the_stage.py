"""The types a site started with say what their signature makes of the partner; a city's own types say nothing yet."""

import frappe

from city_diplomacy.setup.agreement_types import MOVES_PARTNER_TO


def execute() -> None:
	for name, reached in MOVES_PARTNER_TO.items():
		if frappe.db.exists("Agreement Type", {"name": name, "moves_partner_to": ["is", "not set"]}):
			frappe.db.set_value("Agreement Type", name, "moves_partner_to", reached, update_modified=False)
