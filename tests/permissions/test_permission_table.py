"""The table in access/rights.py is what people can do: every DocType, every role, every right."""

import frappe
import pytest

from city_diplomacy.access.rights import DOCTYPE_PERMISSIONS, ERPNEXT_READ, RIGHTS, ROLES, rights_of
from city_diplomacy.partnership_approvals.routing.permissions import READS_WHOLE_RECORD
from tests import factories

NOBODY_HAS = ("cancel", "amend", "share")
EVERY_RIGHT = (*RIGHTS.values(), *NOBODY_HAS)


@pytest.fixture(params=[*ROLES, "System Manager", None], ids=lambda role: role or "no role at all")
def person(request):
	"""A person with exactly one role."""
	roles = [request.param] if request.param else []
	return frappe._dict(name=factories.make_user("somebody@city.example", *roles).name, role=request.param)


def _granted_by_table(doctype: str, role: str | None) -> set[str]:
	"""What the role holds and what everybody with an account does."""
	return set(rights_of(doctype, role or "")) | set(rights_of(doctype, "All"))


def test_a_person_has_the_rights_of_the_table_and_no_other(person):
	table = {doctype: _granted_by_table(doctype, person.role) for doctype in DOCTYPE_PERMISSIONS}
	has = {
		doctype: {right for right in EVERY_RIGHT if frappe.has_permission(doctype, right, user=person.name)}
		for doctype in DOCTYPE_PERMISSIONS
	}
	assert has == table


def test_lists_open_for_who_may_read_and_for_nobody_else(person):
	opened = {}
	with factories.acting_as(person.name):
		for doctype in DOCTYPE_PERMISSIONS:
			if frappe.get_meta(doctype).issingle:
				continue
			try:
				frappe.get_list(doctype, limit=1)
				opened[doctype] = True
			except frappe.PermissionError:
				opened[doctype] = False
	assert opened == {doctype: "read" in _granted_by_table(doctype, person.role) for doctype in opened}


def test_masters_of_erpnext_are_read_by_the_roles_that_link_to_them(person):
	ours = {doctype for doctype, roles in ERPNEXT_READ.items() if person.role in roles}
	assert {
		doctype for doctype in ours if not frappe.has_permission(doctype, "read", user=person.name)
	} == set()
	if person.role in ROLES:
		writes = {
			doctype for doctype in ERPNEXT_READ if frappe.has_permission(doctype, "write", user=person.name)
		}
		assert writes == set()


def test_what_others_were_told_is_read_by_those_alone_who_read_whole_records():
	"""The condition on records does not narrow these further; whoever is told reads it in their own notifications."""
	for doctype in ("Approval Notice", "Approval Snapshot", "Ledger Head"):
		assert set(DOCTYPE_PERMISSIONS[doctype]) <= READS_WHOLE_RECORD, doctype


def test_a_guest_has_no_right_at_all():
	guests = {
		(doctype, right)
		for doctype in DOCTYPE_PERMISSIONS
		for right in EVERY_RIGHT
		if frappe.has_permission(doctype, right, user="Guest")
	}
	assert guests == set()


def test_roles_have_the_desk_access_the_table_says():
	desk = {role: bool(frappe.db.get_value("Role", role, "desk_access")) for role in ROLES}
	assert desk == {role: needs_desk for role, (needs_desk, _purpose) in ROLES.items()}


def test_the_person_of_the_setup_wizard_gets_none_of_our_roles(monkeypatch):
	monkeypatch.setattr(frappe.flags, "in_setup_wizard", True, raising=False)
	person = frappe.get_doc({"doctype": "User", "email": "first@city.example", "first_name": "First"})
	for role in [*ROLES, "System Manager"]:
		person.append("roles", {"role": role})
	person.insert()
	kept = frappe.get_all("Has Role", {"parent": person.name, "parenttype": "User"}, pluck="role")
	assert set(kept).isdisjoint(ROLES)
	assert "System Manager" in kept
