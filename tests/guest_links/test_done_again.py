"""A deadlock loses no letter and sends none twice."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.guest_links import api, letters, links, schedule
from city_diplomacy.partnership_approvals.native import retry
from tests import factories
from tests.guest_links.sending import VERIFY, entry

ADDRESSES = ["office@harbor.example", "office@river.example", "office@hill.example"]


@pytest.fixture
def worker(monkeypatch):
	"""Keeps the jobs; called, it does each of them in a transaction of its own, as a worker does."""
	queue: list = []

	def enqueue(method, **options):
		queue.append((method, options))

	def work() -> None:
		frappe.db.commit()
		while queue:
			method, options = queue.pop(0)
			frappe.call(method, **options)
			frappe.db.commit()

	monkeypatch.setattr(frappe, "enqueue", enqueue)
	return work


@pytest.fixture
def one_deadlock(monkeypatch):
	"""The second letter that is queued meets a deadlock right after; returns whom letters were queued for."""
	queued: list[str] = []
	send = letters.send

	def meets_another(purpose, doc, link, token):
		name = send(purpose, doc, link, token)
		queued.append(link.email)
		if len(queued) == 2:
			raise frappe.QueryDeadlockError("deadlock")
		return name

	monkeypatch.setattr(letters, "send", meets_another)
	monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)
	return queued


def entries() -> list:
	return [entry(f"Society {number}", email=email) for number, email in enumerate(ADDRESSES)]


def written_to() -> list[str]:
	return sorted(address for letter in factories.outbox() for address in letter.recipients)


def test_of_many_at_once_each_gets_one_letter(officer, worker, one_deadlock):
	with factories.acting_as(officer):
		docs = entries()
		api.send_many(docs[0].doctype, [doc.name for doc in docs], VERIFY)
		worker()
	assert len(one_deadlock) == 4
	assert written_to() == sorted(ADDRESSES)
	assert sorted(frappe.get_all(links.DOCTYPE, pluck="email")) == sorted(ADDRESSES)


def test_what_is_wrong_with_one_takes_no_other_letter_along(officer, worker, monkeypatch):
	send = letters.send

	def fails_for_one(purpose, doc, link, token):
		if link.email == ADDRESSES[0]:
			raise frappe.ValidationError("Nobody is there.")
		return send(purpose, doc, link, token)

	monkeypatch.setattr(letters, "send", fails_for_one)
	with factories.acting_as(officer):
		docs = entries()
		api.send_many(docs[0].doctype, [doc.name for doc in docs], VERIFY)
		worker()
	assert written_to() == sorted(ADDRESSES[1:])
	assert frappe.db.exists("Error Log", {"reference_name": docs[0].name})


def test_sent_again_by_itself_each_gets_one_letter(officer, worker, one_deadlock):
	with factories.acting_as(officer):
		for doc in entries():
			one_deadlock.clear()
			api.send(doc.doctype, doc.name, VERIFY, "Maria Santos", doc.email)
	one_deadlock.clear()
	for name in frappe.get_all(links.DOCTYPE, pluck="name"):
		frappe.db.set_value(links.DOCTYPE, name, "next_mail_on", add_days(nowdate(), -1))
	frappe.db.commit()
	schedule.run()
	worker()
	assert len(one_deadlock) == 4
	assert written_to() == sorted(ADDRESSES * 2)
	assert sorted(frappe.get_all(links.DOCTYPE, {"number": 2}, pluck="email")) == sorted(ADDRESSES)
