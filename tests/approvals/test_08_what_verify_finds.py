"""Property 8. Every column of every table the approval rests on is spoiled by SQL, and `verify` finds and names it.

A column that comes later is covered by itself; one that may change unseen stands in UNSEEN with the reason.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
import pytest

from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import cleared_fields, is_table
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from tests import factories
from tests.approvals import lives, scenes
from tests.approvals.spoiling_rows import columns_of, for_a_moment, problems, rows_of, spoiled, write

pytestmark = pytest.mark.real_site

UNSEEN = {
	"Approval Clearance": {
		"escalation_level": "How often the scheduler reminded; it decides nothing, and a reminder is no entry.",
		"next_escalation": "When the scheduler looks again; it follows from the due date, which is compared.",
	},
	"Approval Snapshot": {
		"taken_on": "When the text was filed; the entry that names it says when it was put to people.",
	},
	"Legal Hold": {},
	"Approval Route": {},
	"Approval Decision": {},
	"Routing Policy": {"status": "Switched on and off by administrators; who is pinned keeps its rules."},
	"Routing Rule": {},
	"Routing Condition": {},
	"Escalation Step": {},
}


@pytest.fixture
def signed():
	"""In force, with a question, conditions that were met, a recorded letter, a text and a signed copy."""
	return last_of(lives.to_the_signature_and_beyond())


@pytest.fixture
def moved():
	"""On its way, with a question passed on, one handed over, one stood aside from, one overridden."""
	return last_of(lives.from_hand_to_hand())


@pytest.fixture
def waiting():
	"""Asked about, and nobody has answered yet."""
	lives.policy(lives.seat("law"), lives.seat("finance", may_forward=1))
	return lives.set_out()


@pytest.fixture
def carried():
	"""Returned once; an answer with conditions that were met was carried over into the second round."""
	life = lives.through_three_rounds()
	for _act in range(4):
		agreement = next(life)
	return agreement


def last_of(life: lives.Life) -> Any:
	*_before, agreement = life
	assert problems(agreement) == []
	return agreement


def unnoticed(
	agreement: Any, doctype: str, rows: list[Any], names: Callable[[str], str] | None = None
) -> list:
	"""The columns of `rows` that can be changed without a finding, or without one that says what `names` wants."""
	assert rows
	found = []
	for row in rows:
		for column, value in spoiled(doctype, row, UNSEEN.get(doctype, ())):
			told = problems(agreement)
			if not told or (names and not any(names(column) in problem for problem in told)):
				found.append((row.get("seat") or row.name, column, value, told))
	assert problems(agreement) == []
	return found


def label(doctype: str) -> Callable[[str], str]:
	return lambda column: frappe.get_meta(doctype).get_label(column)


@pytest.mark.parametrize("scene", ["waiting", "signed", "moved", "carried"])
def test_every_column_of_every_clearance(scene, request):
	agreement = request.getfixturevalue(scene)
	rows = rows_of("Approval Clearance", reference_name=agreement.name)
	of_the_route = ("route", "reference_doctype", "reference_name")
	names = label("Approval Clearance")
	found = unnoticed(agreement, "Approval Clearance", rows)
	assert found == []
	unnamed = unnoticed(
		agreement,
		"Approval Clearance",
		rows[:1],
		lambda column: rows[0].seat if column in of_the_route else names(column),
	)
	assert unnamed == []


def test_a_clearance_withdrawn_deleted_or_put_in_beneath_the_engine(waiting):
	clearance = scenes.clearance_for(waiting, "Law")
	with for_a_moment():
		write("Approval Clearance", clearance.name, state="Withdrawn")
		assert "Law: State is not what the ledger tells." in problems(waiting)
	with for_a_moment():
		frappe.db.delete("Approval Clearance", {"name": clearance.name})
		assert "The clearance of Law is gone." in problems(waiting)
	forged = {**clearance.as_dict(), "name": "forged", "seat": "Forged"}
	frappe.get_doc(forged).db_insert()
	assert "No entry tells of this clearance of Forged." in problems(waiting)


@pytest.mark.parametrize("scene", ["signed", "waiting"])
def test_every_column_of_the_route(scene, request):
	agreement = request.getfixturevalue(scene)
	rows = rows_of("Approval Route", reference_name=agreement.name)
	assert unnoticed(agreement, "Approval Route", rows) == []


def test_every_column_of_every_entry(signed):
	rows = rows_of("Approval Decision", reference_name=signed.name)
	assert unnoticed(signed, "Approval Decision", rows) == []


def test_every_column_of_every_text_on_file(carried):
	rows = rows_of("Approval Snapshot", reference_name=carried.name)
	assert len(rows) > 1
	assert unnoticed(carried, "Approval Snapshot", rows) == []
	for row in rows:
		with for_a_moment():
			frappe.db.delete("Approval Snapshot", {"name": row.name})
			assert any("no longer on file" in problem for problem in problems(carried)), row.name


def test_a_text_on_file_changed_together_with_the_hash_it_is_filed_under(signed):
	(row, *_others) = rows_of("Approval Snapshot", reference_name=signed.name)
	write("Approval Snapshot", row.name, content="{}", content_hash="0" * 64)
	assert problems(signed)


def test_every_column_of_a_legal_hold(signed):
	from city_diplomacy.access.rights import CLERK
	from city_diplomacy.partnership_approvals.api import records

	clerk = factories.make_person(CLERK).name
	lives.by(clerk, records.legal_hold, "MOU", signed.name, True, "A claim.")
	rows = rows_of("Legal Hold", reference_name=signed.name)
	assert unnoticed(signed, "Legal Hold", rows) == []
	lives.by(clerk, records.legal_hold, "MOU", signed.name, False, "It is settled.")
	rows = rows_of("Legal Hold", reference_name=signed.name)
	assert unnoticed(signed, "Legal Hold", rows) == []


@pytest.mark.parametrize("scene", ["signed", "waiting"])
def test_every_field_of_the_text_is_named(scene, request):
	agreement = request.getfixturevalue(scene)
	of_document = label("MOU")
	fields = [df.fieldname for df in cleared_fields("MOU") if not is_table(df)]
	assert {"title", "purpose", "financial_value"} <= set(fields)
	(row,) = rows_of("MOU", name=agreement.name)
	others = [column for column in columns_of("MOU") if column not in fields]
	if scene == "waiting":
		# What the signature adds is no content yet; signing writes it anew.
		others += MOU_ROUTING.signature_fields
	for column, value in spoiled("MOU", row, others):
		told = problems(agreement)
		assert any(of_document(column) in problem for problem in told), (column, value, told)


def test_every_row_of_every_table_of_the_text_is_named(signed):
	tables = [df for df in cleared_fields("MOU") if is_table(df)]
	seen = set()
	for df in tables:
		derived = [column.fieldname for column in frappe.get_meta(df.options).fields if column.read_only]
		for row in rows_of(df.options, parent=signed.name, parentfield=df.fieldname):
			seen.add(df.fieldname)
			for column, value in spoiled(df.options, row, derived):
				told = problems(signed)
				assert any(df.label in problem for problem in told), (column, value, told)
			with for_a_moment():
				frappe.db.delete(df.options, {"name": row.name})
				assert any(df.label in problem for problem in problems(signed)), row.name
		with for_a_moment():
			added = {
				"doctype": df.options,
				"parent": signed.name,
				"parenttype": "MOU",
				"parentfield": df.fieldname,
			}
			first = frappe.get_meta(df.options).fields[0].fieldname
			frappe.get_doc({**added, "name": "added", first: "something else", "idx": 99}).db_insert()
			assert any(df.label in problem for problem in problems(signed)), df.fieldname
	assert {"parties", "texts"} <= seen


def test_the_hash_of_a_file_written_anew_beside_it(signed):
	(row,) = rows_of("MOU Text", parent=signed.name)
	write("MOU Text", row.name, sha256="0" * 64)
	assert any("hashes of the files" in problem for problem in problems(signed))


def test_every_column_of_the_pinned_policy(waiting):
	policy = scenes.route_of(waiting).policy
	assert unnoticed(waiting, "Routing Policy", rows_of("Routing Policy", name=policy)) == []
	rules = rows_of("Routing Rule", parent=policy)
	assert unnoticed(waiting, "Routing Rule", rules, lambda column: policy) == []
	frappe.db.delete("Routing Rule", {"name": rules[0].name})
	assert any(policy in problem for problem in problems(waiting))


def test_the_conditions_and_the_escalation_of_a_pinned_policy():
	policy = lives.policy(
		lives.seat("law", applies_when="dear"),
		conditions=[
			{
				"condition_name": "dear",
				"group": 1,
				"field": "financial_value",
				"operator": "is more than",
				"value": "1",
			}
		],
		escalation=[{"days": 1, "action": "Remind", "to": "Whoever Is Asked"}],
	).name
	agreement = lives.set_out()
	for table in ("Routing Condition", "Escalation Step"):
		assert unnoticed(agreement, table, rows_of(table, parent=policy), lambda column: policy) == []


def test_a_policy_that_is_gone(waiting):
	frappe.db.delete("Routing Policy", {"name": scenes.route_of(waiting).policy})
	assert any("is gone" in problem for problem in problems(waiting))


@pytest.mark.parametrize(
	"tables", [("Approval Route",), scenes.ENGINE_DOCTYPES, (*scenes.ENGINE_DOCTYPES, "Approval Snapshot")]
)
def test_two_routes_swapped(tables, signed, waiting):
	"""The record of the one shown as the record of the other, as far as `tables` go."""
	for doctype in tables:
		mine = [row.name for row in rows_of(doctype, reference_name=signed.name)]
		theirs = [row.name for row in rows_of(doctype, reference_name=waiting.name)]
		for name in theirs:
			write(doctype, name, reference_name="in between")
		for name in mine:
			write(doctype, name, reference_name=waiting.name)
		for name in theirs:
			write(doctype, name, reference_name=signed.name)
	for agreement in (signed, waiting):
		assert any("was written about" in problem for problem in problems(agreement))


# files


def stored(url: str) -> Path:
	return Path(frappe.get_doc("File", {"file_url": url}).get_full_path())


def evidence_of(agreement) -> str:
	return next(row.evidence for row in factories.clearances_of(agreement) if row.evidence)


FILES = {
	"Signed copy": lambda agreement: agreement.signed_copy,
	"the evidence of Finance": evidence_of,
	"row 1 (en)": lambda agreement: agreement.texts[0].file,
}


@pytest.mark.parametrize("which", FILES)
def test_a_file_whose_bytes_are_others_or_gone(signed, which):
	url = FILES[which](frappe.get_doc("MOU", signed.name))
	before = stored(url).read_bytes()
	stored(url).write_bytes(b"Something else was agreed.")
	assert any("bytes" in problem and which in problem for problem in problems(signed))
	stored(url).unlink()
	assert any("gone" in problem and which in problem for problem in problems(signed))
	stored(url).write_bytes(before)
	assert problems(signed) == []
	frappe.db.delete("File", {"file_url": url})
	assert any("gone" in problem and which in problem for problem in problems(signed))


def test_a_file_that_is_named_nowhere_any_more_or_points_out_of_the_folder(signed):
	url = frappe.db.get_value("MOU", signed.name, "signed_copy")
	with for_a_moment():
		write("MOU", signed.name, signed_copy=None)
		assert any("named nowhere" in problem for problem in problems(signed))
	file = frappe.db.get_value("File", {"file_url": url})
	outside = "/private/files/../../site_config.json"
	write("File", file, file_url=outside)
	write("MOU", signed.name, signed_copy=outside)
	assert any("Signed copy" in problem for problem in problems(signed))


def test_the_paper_of_an_existing_agreement_and_the_councils_attested_copies():
	existing = last_of(lives.signed_before_we_came())
	adopted = last_of(lives.before_the_council())
	copies = [row.attested_copy for row in rows_of("Council Action", reference_name=adopted.name)]
	assert len(copies) == 3
	for agreement, url in [(existing, frappe.db.get_value("MOU", existing.name, "source_file"))] + [
		(adopted, copy) for copy in copies
	]:
		before = stored(url).read_bytes()
		stored(url).write_bytes(b"Something else.")
		assert any("bytes" in problem for problem in problems(agreement)), url
		stored(url).write_bytes(before)


def test_files_are_left_unread_where_a_page_is_shown(signed):
	stored(frappe.db.get_value("MOU", signed.name, "signed_copy")).write_bytes(b"Something else.")
	assert entries.verify("MOU", signed.name, read_files=False)["intact"]
	assert not entries.verify("MOU", signed.name)["intact"]


def test_a_file_that_many_rest_on_is_read_once(signed, monkeypatch):
	from city_diplomacy.partnership_approvals.files import uploaded

	read = []
	sha256_of = uploaded.sha256_of
	monkeypatch.setattr(uploaded, "sha256_of", lambda file: read.append(file.file_url) or sha256_of(file))
	routes = rows_of("Approval Route", reference_name=signed.name)
	entries.verify_routes(routes)
	assert sorted(read) == sorted(set(read))
	assert len(read) == 3


def test_each_entry_is_parsed_once(signed, monkeypatch):
	from city_diplomacy.domain.record import ledger as chain

	read = []
	parsed = chain.parsed
	monkeypatch.setattr(chain, "parsed", lambda payload: read.append(payload) or parsed(payload))
	assert problems(signed) == []
	assert sorted(read) == sorted(entry.payload for entry in scenes.entries_of(signed))
