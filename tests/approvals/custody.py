"""What the tests of lawful records share: the custodian, the words they are asked about, what is exported."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe

from city_diplomacy.access.rights import CLERK
from city_diplomacy.partnership_approvals.api import records
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes

SECRET = "Opposing counsel would pay for this sentence."
LAW = "Gov. Code § 7927.705"


def returned_once():
	"""An agreement returned once with SECRET as the reason, then cleared to the end."""
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Return", SECRET)
	return factories.clear_every_stage(agreement)


def clerk() -> str:
	return factories.make_person(CLERK).name


@contextmanager
def custodian() -> Iterator[None]:
	with factories.acting_as(clerk()):
		yield


def words_of(agreement) -> Any:
	"""The entry with the reason of the return."""
	(entry,) = [row for row in scenes.entries_of(agreement) if row.decision == "Return"]
	return entry


def findings(agreement) -> list[dict]:
	return entries.verify("MOU", agreement.name)["findings"]


def write(doctype: str, name: str, **values) -> None:
	"""Beneath every document: no hook runs, and not even `modified` tells."""
	frappe.db.set_value(doctype, name, values, update_modified=False)


def bundle(agreement, version: str = "releasable") -> dict:
	"""The exported record as it is read from a file."""
	with custodian():
		return json.loads(json.dumps(records.export_record("MOU", agreement.name, version)))
