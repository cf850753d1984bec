"""Patches over every row write a statement a lot: Frappe refuses more than 200,000 writes in one transaction."""

from collections.abc import Callable
from typing import Any

import frappe
import pytest

from city_diplomacy.patches.v1_0 import (
	compare_names_by_their_words,
	find_records_by_any_name,
	list_organisations_never_verified,
	name_counterparts_of_agreements,
	name_who_prepared,
)
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.real_site("counts the statements MariaDB is sent")

MORE = 6


def as_before_the_names() -> None:
	for doctype in ("Partner City", "MOU"):
		frappe.db.set_value(doctype, {"name": ["is", "set"]}, "search_names", None)
	frappe.db.delete("Name Key")


def as_before_the_counterparts() -> None:
	frappe.db.set_value("MOU", {"name": ["is", "set"]}, "counterparts", None)


def as_before_the_worklist() -> None:
	unverified = {"last_verified": ["is", "not set"]}
	frappe.db.set_value("Diaspora Organisation", unverified, "next_verification", None)


def as_before_the_preparers() -> None:
	frappe.db.set_value("Approval Route", {"name": ["is", "set"]}, "prepared_by", None)


def add_agreement() -> None:
	factories.make_agreement(factories.make_partner_city(f"Nagoya {frappe.generate_hash(length=8)}"))


def add_organisation() -> None:
	factories.make_diaspora_organisation(f"Kenjinkai {frappe.generate_hash(length=8)}")


@pytest.mark.parametrize(
	("patch", "as_before", "add"),
	[
		(find_records_by_any_name, as_before_the_names, add_agreement),
		(compare_names_by_their_words, as_before_the_names, add_agreement),
		(name_counterparts_of_agreements, as_before_the_counterparts, add_agreement),
		(name_who_prepared, as_before_the_preparers, scenes.under_way),
		(list_organisations_never_verified, as_before_the_worklist, add_organisation),
	],
)
def test_more_records_are_not_more_statements(patch, as_before: Callable[[], None], add: Callable[[], Any]):
	add()
	few = writes_of(patch, as_before)
	for _number in range(MORE):
		add()
	assert writes_of(patch, as_before) - few < MORE / 2


def writes_of(patch, as_before: Callable[[], None]) -> int:
	as_before()
	before = frappe.db.transaction_writes
	patch.execute()
	return frappe.db.transaction_writes - before
