"""Rows written many at once hold to the letter what they were given."""

import frappe
import pytest
from frappe.utils import get_datetime, now_datetime

from city_diplomacy.registers import many_rows

NAMES = [
	"plain",
	"it's",
	'"quoted"',
	"back\\slash",
	"100 %",
	"%(param1)s and %s",
	"ifnull(x)",
	"semi; colon -- and /* comment */",
	"名古屋",
	"",
	None,
]


@pytest.mark.parametrize("text", NAMES, ids=repr)
def test_text_is_stored_as_it_is(text):
	many_rows.insert("Alternate Name", ("name", "parent", "idx"), [("one", text, 3), ("two", "beside", 4)])
	found = frappe.get_all(
		"Alternate Name", {"name": ["in", ["one", "two"]]}, ["parent", "idx"], order_by="idx asc"
	)
	assert [(row.parent, row.idx) for row in found] == [(text, 3), ("beside", 4)]


def test_a_moment_is_stored_to_its_last_digit():
	now = now_datetime()
	many_rows.insert("Alternate Name", ("name", "creation"), [("one", now)])
	assert get_datetime(frappe.db.get_value("Alternate Name", "one", "creation")) == now
