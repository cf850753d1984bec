"""A marker in a confidential lead, in its rows, in what is about it and in Frappe's rows about it: no door tells it."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, MANAGER, TRADE
from tests import factories
from tests.doors import listed, planted
from tests.doors.planted import KEEPER, Planted
from tests.doors.test_every_door import FIRST_DOORS, _told_over_rest, told_by

pytestmark = pytest.mark.real_site

LEAD, SCREENING = "TL-OF-THE-KEEPER", "PS-OF-THE-KEEPER"
MARKER = "XQLEADSECRETQX"
CONFIDENTIAL = {"confidential_until": "2999-01-01", "lead_owner": KEEPER, "direction": "Inward Investment",
	"stage": "Prospect", "status": "Ongoing", "market": "Japan"}  # fmt: skip
REPORTS = (
	"Trade Pipeline",
	"Time in Stage",
	"Export Wins by Year",
	"Trade Grant Measures",
	"Screening Still Open",
)
ABOUT = ("Comment", "Communication", "File", "ToDo", "Version", "Tag Link")


@pytest.fixture(scope="module")
def rows(arranged) -> list[Planted]:
	factories.make_user(KEEPER, TRADE)
	found = [planted.plant_row("Trade Lead", LEAD, MARKER, CONFIDENTIAL)]
	for field in frappe.get_meta("Trade Lead").get_table_fields():
		of_lead = {"parenttype": "Trade Lead", "parent": LEAD, "parentfield": field.fieldname, "idx": 1}
		name = f"{LEAD}-{field.fieldname}"
		found.append(planted.plant_row(field.options, name, MARKER, of_lead, "Trade Lead"))
	for doctype in ("Trade Referral", "Export Win"):
		about = {"trade_lead": LEAD, "status": "Asked" if doctype == "Trade Referral" else "Sent"}
		found.append(planted.plant_row(doctype, f"{frappe.scrub(doctype)}-of-the-keeper", MARKER, about))
	found += _screening()
	for doctype in ABOUT:
		kind, name = planted.ABOUT_A_RECORD[doctype]
		about = {kind: "Trade Lead", name: LEAD, **planted.OF_THE_KEEPER.get(doctype, {})}
		found.append(planted.plant_row(doctype, f"about-the-lead-{frappe.scrub(doctype)}", MARKER, about))
	return found


def _screening() -> list[Planted]:
	"""A screening of the lead that waits for a decision, with a row in each of its tables."""
	about = {
		"subject_type": "Trade Lead",
		"subject": LEAD,
		"method": "Against Our Lists",
		"state": "To Be Decided",
		"screened_on": frappe.utils.now(),
	}
	found = [planted.plant_row("Party Screening", SCREENING, MARKER, about)]
	for field in frappe.get_meta("Party Screening").get_table_fields():
		of_screening = {
			"parenttype": "Party Screening",
			"parent": SCREENING,
			"parentfield": field.fieldname,
			"idx": 1,
		}
		name = f"{SCREENING}-{field.fieldname}"
		found.append(planted.plant_row(field.options, name, MARKER, of_screening, "Party Screening"))
	return found


@pytest.fixture(params=[TRADE, MANAGER, AUDITOR])
def stranger(request) -> str:
	"""Somebody with the roles, who is neither owner nor reader."""
	return factories.make_user("stranger@city.example", request.param).name


def test_no_door_of_frappe_tells_it(rows, stranger):
	doors = [door for door, why_not in listed.reviewed().items() if not why_not]
	kinds = [
		row
		for row in rows
		if row.doctype
		in ("Trade Lead", "Export Win", "Trade Referral", "Party Screening", "Screening Candidate")
	]
	with factories.acting_as(stranger):
		told = [leak for row in rows for door in FIRST_DOORS for leak in told_by(door, row, rows)]
		asked: list[dict] = []
		told += [leak for door in doors for row in kinds for leak in told_by(door, row, rows, asked)]
	assert not told, "\n".join(told)


def test_rest_does_not_tell_it(rows, stranger, client):
	browser = client(stranger)
	told = [leak for row in rows for leak in _told_over_rest(browser, row, rows)]
	assert not told, "\n".join(told)


def test_reports_and_charts_do_not_tell_it(rows, stranger):
	from city_diplomacy.trade_promotion import cards, charts

	with factories.acting_as(stranger):
		answers = [
			frappe.get_attr("frappe.desk.query_report.run")(
				name, filters={"each_lead": 1}, ignore_prepared_report=True
			)
			for name in REPORTS
		]
		answers += [charts.leads_by_stage(), charts.wins_by_status(), cards.count_open(), cards.count_own()]
	text = frappe.as_json(answers)
	assert MARKER not in text
	assert LEAD not in text
	assert SCREENING not in text


BOARDS = "frappe.desk.doctype.kanban_board.kanban_board"
AT = {"from_colname": "Prospect", "to_colname": "Prospect", "old_index": 0, "new_index": 0}


@pytest.mark.parametrize(
	("method", "arguments"),
	[
		("update_order", {"order": json.dumps({"Prospect": ["CARD"]})}),
		("update_order", {"order": json.dumps({"Project Defined": ["CARD"]})}),
		("update_order_for_single_card", {"docname": "CARD", **AT}),
		("add_card", {"docname": "CARD", "colname": "Prospect"}),
	],
)
def test_a_card_on_a_board_does_not_tell_it(method, arguments, rows, client):
	browser = client(factories.make_user("stranger@city.example", TRADE).name)
	board = frappe.db.get_value("Kanban Board", {"reference_doctype": "Trade Lead"}, "name", order_by="name")
	answers = []
	for card in (LEAD, "TL-OF-NOBODY"):
		sent = {key: str(value).replace("CARD", card) for key, value in arguments.items()}
		answer = browser.call(f"{BOARDS}.{method}", board_name=board, **sent)
		answers.append((answer.status_code, answer.json["exc_type"]))
	assert answers == [(403, "UnknownRecordError")] * 2
	kept = frappe.get_all("Kanban Board Column", {"parent": board}, pluck="order")
	assert not any(LEAD in (order or "") for order in kept)


def test_its_owner_is_told_by_the_same_doors(rows):
	told = set()
	with factories.acting_as(KEEPER):
		for door in FIRST_DOORS:
			if told_by(door, rows[0], rows):
				told.add(door)
	assert told >= {"frappe.client.get", "frappe.client.get_list", "frappe.desk.reportview.get"}
