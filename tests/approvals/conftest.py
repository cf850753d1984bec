"""Fixtures of the tests about approvals: who is told at once, and people for several processes."""

from collections.abc import Callable, Iterator

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.notices import notify
from tests import factories
from tests.approvals.workers import Workers

REVIEWERS = [f"reviewer.{number}@parallel.example" for number in range(1, 9)]


@pytest.fixture(autouse=True)
def nobody_delivers(request, monkeypatch):
	"""What people are told waits, as when no worker is free: composing a letter costs more than a decision.

	A test or a file marked `delivers` has it delivered at once.
	"""
	if not request.node.get_closest_marker("delivers"):
		monkeypatch.setattr(notify, "deliver_soon", lambda: None)


@pytest.fixture(scope="module")
def arranged(request, arranged) -> Iterator[None]:
	"""As everywhere, and nobody delivers here either, unless the file is marked `delivers`."""
	if request.node.get_closest_marker("delivers"):
		yield
		return
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(notify, "deliver_soon", lambda: None)
		yield


@pytest.fixture
def workers(committed) -> Iterator[Workers]:
	"""Four processes, for a test or two; a file of many tests starts its own once."""
	workers = Workers(4)
	yield workers
	workers.dismiss()


@pytest.fixture
def people(committed) -> Iterator[Callable[[int], list[str]]]:
	"""A function that makes so many attorneys with accounts, for the whole of a test that commits."""
	active = frappe.get_all("Routing Policy", {"document_type": "MOU", "status": "Active"}, pluck="name")
	# What is deleted afterwards is found by the start of its transaction; this one began before the fixture.
	frappe.db.commit()
	yield lambda count: [factories.make_user(email, LEGAL).name for email in REVIEWERS[:count]]
	# Policies are older than the test, so what it did to their status is undone here.
	frappe.db.rollback()
	for name in active:
		frappe.db.set_value("Routing Policy", name, "status", "Active", update_modified=False)
	frappe.db.commit()
