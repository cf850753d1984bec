"""The shapes of rows in `partnership_approvals/shapes.py` are the columns of the DocTypes, with the types these have."""

from datetime import date, datetime
from typing import get_type_hints

import pytest

from city_diplomacy.partnership_approvals import shapes
from tests.static.sources import doctypes

DOCTYPE_OF = {
	shapes.RouteRow: "Approval Route",
	shapes.ClearanceRow: "Approval Clearance",
	shapes.EntryRow: "Approval Decision",
	shapes.NoticeRow: "Approval Notice",
	shapes.DelegationRow: "Approval Delegation",
	shapes.SnapshotRow: "Approval Snapshot",
	shapes.HoldRow: "Legal Hold",
	shapes.HeadRow: "Ledger Head",
	shapes.RuleRow: "Routing Rule",
	shapes.ConditionRow: "Routing Condition",
	shapes.ScheduleRow: "Records Schedule",
	shapes.VoteRow: "Council Vote",
	shapes.AmendmentRow: "Council Amendment",
}
# Documents, of which only what is asked stands there.
PARTS_OF = {shapes.CouncilAction: "Council Action", shapes.Policy: "Routing Policy"}
# Columns Frappe adds to every table, or to every child table.
OF_EVERY_TABLE = {"name", "idx", "creation"}
KINDS = {"Int": int, "Check": int, "Float": float, "Percent": float, "Date": date, "Datetime": datetime}
NO_COLUMN = {"Section Break", "Column Break", "Tab Break"}
# Nothing in code asks for them.
UNASKED = {
	("Approval Delegation", "reason"),
	("Approval Delegation", "status"),
	("Records Schedule", "action"),
}


def columns_of(shape: type) -> dict[str, object]:
	return {name: hint for name, hint in get_type_hints(shape).items() if name not in OF_EVERY_TABLE}


def fields_of(doctype: str) -> dict[str, dict]:
	return {
		field["fieldname"]: field
		for field in doctypes()[doctype]["fields"]
		if field["fieldtype"] not in NO_COLUMN
	}


@pytest.mark.parametrize("shape", DOCTYPE_OF, ids=lambda shape: shape.__name__)
def test_a_row_has_the_columns_of_its_doctype(shape):
	doctype = DOCTYPE_OF[shape]
	fields = {name for name in fields_of(doctype) if (doctype, name) not in UNASKED}
	assert set(columns_of(shape)) == fields


@pytest.mark.parametrize("shape", {**DOCTYPE_OF, **PARTS_OF}, ids=lambda shape: shape.__name__)
def test_a_column_has_the_type_of_its_field(shape):
	fields = fields_of({**DOCTYPE_OF, **PARTS_OF}[shape])
	wrong = {
		name: hint
		for name, hint in columns_of(shape).items()
		if name in fields
		and fields[name]["fieldtype"] not in ("Table", "Code")
		and hint not in (kind := KINDS.get(fields[name]["fieldtype"], str), kind | None)
	}
	assert wrong == {}


@pytest.mark.parametrize("shape", PARTS_OF, ids=lambda shape: shape.__name__)
def test_what_is_asked_of_a_document_is_a_field_of_it(shape):
	of_every_document = {*get_type_hints(shapes.Document), "name"}
	asked = set(columns_of(shape)) - of_every_document
	assert asked <= set(fields_of(PARTS_OF[shape]))
