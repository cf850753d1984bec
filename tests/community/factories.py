"""How tests make community programmes and committees' duties."""

import frappe

from tests import factories


def make_community_programme(name: str = "English for Newcomers", **fields):
	"""A planned programme for newcomers, without sessions or groups."""
	given = {"kind": "Newcomers", **fields}
	return frappe.get_doc({"doctype": "Community Programme", "programme_name": name, **given}).insert()


def make_committee_duty(name: str = "Annual activity report", **fields):
	"""A yearly report an organisation owes in May 2031, looked after by the signed-in person."""
	given = {"due_date": "2031-05-31", "recurs": "Yearly", "owed_by": "Organisation", **fields}
	if given["owed_by"] == "Organisation" and "organisation" not in given:
		committee = _committee()
		given.update(organisation_type=committee.doctype, organisation=committee.name)
	return frappe.get_doc({"doctype": "Committee Duty", "duty": name, **given}).insert()


def _committee():
	name = "Sister Cities Committee"
	if frappe.db.exists("Partner Organisation", name):
		return frappe.get_doc("Partner Organisation", name)
	with factories.acting_as("Administrator"):
		return factories.make_partner_organisation(name, "Other")


def make_directory_registration(name: str = "Harbor Society", **fields):
	"""A registration that waits for a decision."""
	given = {
		"kind": "Community association",
		"heritage_country": "Philippines",
		"contact_person": "Maria Santos",
		"email": "office@harbor.example",
		**fields,
	}
	return frappe.get_doc({"doctype": "Directory Registration", "organisation_name": name, **given}).insert()
