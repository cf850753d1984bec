"""The routing policies a new site starts with; seeded once, then the administrator's own."""

import frappe

from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.partnership_approvals.policies import examples

SMALL_OFFICE = "Small Office"
COMPOSITE = "Composite of US Practice"

# example: the status it is given
SEEDED = {"small_office": PolicyStatus.ACTIVE, "composite": PolicyStatus.READY}


def seed_policies() -> None:
	"""Create a default policy unless one of that name was ever made here."""
	for example, status in SEEDED.items():
		policy = examples.values_of(example)
		if frappe.db.exists(
			"Routing Policy", {"title": policy["title"], "document_type": policy["document_type"]}
		):
			continue
		doc = frappe.get_doc({"doctype": "Routing Policy", **policy})
		# Seeding runs at install and migrate, in nobody's name.
		doc.flags.ignore_permissions = True
		# Nobody has an account yet: see `policies.check.refuse_unsound`.
		doc.flags.seeding = True
		doc.insert()
		doc.submit()
		if status == PolicyStatus.ACTIVE:
			doc.status = status
			doc.save()
