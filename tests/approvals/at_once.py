"""What people do at the same instant, as jobs of a `Workers`, and how matters stand afterwards."""

import frappe

from city_diplomacy.partnership_approvals.engine import advance, routes
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from tests import factories
from tests.approvals import scenes
from tests.approvals.workers import Answer, Job

APPROVALS = "city_diplomacy.partnership_approvals.api"


def asked_at_once(people: list[str], **fields) -> None:
	"""A policy by which every one of the people has a seat in one stage."""
	rules = [
		scenes.rule(f"Seat {number}", user=user, **fields) for number, user in enumerate(people, start=1)
	]
	scenes.make_policy(*rules, title="Parallel")
	scenes.manager()


def set_out(**fields):
	agreement = scenes.without_workers(lambda: scenes.under_way(**fields))
	frappe.db.commit()
	return agreement


def set_out_many(count: int) -> list:
	"""So many copies of one draft, each put before the first stage by the engine itself.

	The copies are written beneath the document layer, in the state the engine is about to bring them to:
	what their forms check is not what is tested here. Routes, ledgers, clearances and to-dos are the real ones.
	"""
	policy = planning.active_policy("MOU")
	with factories.acting_as(scenes.office()):
		draft = factories.make_agreement()
		scenes.without_workers(
			lambda: [_set_out_copy(draft, f"LOAD-{number:04}", policy) for number in range(count)]
		)
	frappe.db.commit()
	return [frappe.get_doc("MOU", f"LOAD-{number:04}") for number in range(count)]


def _set_out_copy(draft, name: str, policy: str) -> None:
	doc = frappe.get_doc(draft.as_dict())
	doc.update({"name": name, "workflow_state": "In Clearance"})
	for row in doc.get_all_children():
		row.update({"name": frappe.generate_hash(length=16), "parent": name})
	for row in (doc, *doc.get_all_children()):
		row.db_insert()
	route = routes.open_route("MOU", name, "Intake Review")
	route.record("Submitted for Intake")
	route.change(policy=policy, round=1)
	route.record("Clearance Started", content_hash=hash_of(doc))
	advance.advance(route, frappe.get_doc("MOU", name))


def to_decide(agreement, clearance, decision: str = "Clear", user: str | None = None, **words) -> Job:
	return Job(
		user or clearance.put_to,
		f"{APPROVALS}.decide",
		{"clearance": clearance.name, "decision": decision, **words},
		reads=("MOU", agreement.name),
	)


def to_start(agreement, user: str) -> Job:
	where = {"doctype": "MOU", "name": agreement.name}
	return Job(user, f"{APPROVALS}.start", where, reads=("MOU", agreement.name))


def to_send_back(agreement) -> Job:
	words = {"doctype": "MOU", "name": agreement.name, "reason": "The annex is missing."}
	return Job(scenes.office(), f"{APPROVALS}.send_back", words, reads=("MOU", agreement.name))


def to_save(agreement, fieldname: str, value: str) -> Job:
	change = {"name": agreement.name, "fieldname": fieldname, "value": value}
	return Job(scenes.office(), "tests.approvals.acts.save_field", change, reads=("MOU", agreement.name))


def to_sign(agreement) -> Job:
	return Job(
		scenes.manager(),
		"city_diplomacy.partnerships.api.sign",
		{"agreement": agreement.name, "signed_on": frappe.utils.nowdate()},
		reads=("MOU", agreement.name),
	)


def open_to_dos(agreement) -> list[str]:
	names = [row.name for row in factories.clearances_of(agreement)]
	return frappe.get_all("ToDo", {"reference_name": ["in", names], "status": "Open"}, pluck="name")


def see_the_present() -> None:
	"""End the transaction of this process, so that it sees what the others committed."""
	frappe.db.commit()


def assert_all_went_well(answers: list[Answer]) -> None:
	assert [answer for answer in answers if not answer.went_well] == []


def assert_intact(agreement) -> None:
	assert entries.verify("MOU", agreement.name)["findings"] == []


def decided(agreement) -> list:
	return factories.clearances_of(agreement, "Decided")
