"""Policies as they were written before conditions were rows, and agreements put to people under them."""

from typing import Any

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.partnership_approvals.routing import pinned_policies
from tests import factories
from tests.approvals import scenes


def from_before(*expressions: str, **more: Any) -> Any:
	"""The active policy as it was written then: its seats Law, Finance and so on, each with an expression."""
	seats = ("Law", "Finance", "Ethics")
	policy = scenes.make_policy(
		*(
			scenes.rule(seat, user=factories.make_user(f"{seat.lower()}@city.example", DEPARTMENT).name)
			for seat in seats[: len(expressions)]
		),
		title="From Before",
		**more,
	)
	for row, expression in zip(policy.rules, expressions, strict=True):
		frappe.db.set_value("Routing Rule", row.name, "condition", expression, update_modified=False)
	frappe.clear_document_cache("Routing Policy", policy.name)
	return frappe.get_doc("Routing Policy", policy.name)


def set_out_before(policy: Any, **fields: Any) -> Any:
	"""An agreement that was put to every seat of a policy while its expressions were still read."""
	stood = {row.name: row.condition for row in policy.rules}
	for name in stood:
		frappe.db.set_value("Routing Rule", name, "condition", "", update_modified=False)
	frappe.clear_document_cache("Routing Policy", policy.name)
	with pytest.MonkeyPatch.context() as then:
		told = pinned_policies.parts_of(policy)
		then.setattr(pinned_policies, "parts_of", lambda name: told)
		agreement = scenes.under_way(**fields)
	for name, expression in stood.items():
		frappe.db.set_value("Routing Rule", name, "condition", expression, update_modified=False)
	frappe.clear_document_cache("Routing Policy", policy.name)
	return agreement
