"""What people type into a table: headings, numbers, days, moments and answers, and what is a formula."""

from datetime import date, datetime

import pytest

from city_diplomacy.domain.imports.headings import Headings, plain
from city_diplomacy.domain.imports.readings import (
	is_formula,
	is_number_like,
	read_answer,
	read_day,
	read_moment,
	read_number,
	read_whole,
	separators,
)

# headings


@pytest.mark.parametrize("heading", ["City name", " CITY_NAME: ", "City \n name *", "city__name"])
def test_case_spaces_colons_and_asterisks_of_a_heading_do_not_count(heading):
	assert plain(heading) == "city name"


@pytest.mark.parametrize(("heading", "said"), [(2026, "2026"), ("", ""), ("*", "")])
def test_a_heading_may_be_a_number_or_nothing(heading, said):
	assert plain(heading) == said


def known():
	return Headings(
		{"city": ("City", "Name", "", "Town"), "contact": ("Contact", "City", "Person"), "notes": ()}
	)


@pytest.mark.parametrize(
	("heading", "field"),
	[
		("City", "city"),
		("Town", "city"),
		("Name", "city"),
		("contact:", "contact"),
		("Person", "contact"),
		("Notes", ""),
		("", ""),
		(2026, ""),
	],
)
def test_a_name_two_fields_go_by_is_that_of_the_one_it_is_surest_of(heading, field):
	assert known().field_of(heading) == field


def test_a_field_is_given_to_the_first_of_its_headings_and_the_others_keep_their_place():
	cells = ["Town", "Mayor", "City", "Person", "Mayor"]
	assert known().fields_of(cells) == ["city", "", "", "contact", ""]
	assert known().count(cells) == 3


def test_without_fields_no_heading_is_known():
	assert Headings({}).fields_of(["City"]) == [""]


# formulas


@pytest.mark.parametrize(
	"text",
	["=1+1", "  =A1", "@SUM(1)", "＝A1", "＠x", "\tx", "\rx", "+cmd|x", "-SUM(A1)", "＋A1", "+x!A1", "-a -B12", "+1*$AB$7)"],
)  # fmt: skip
def test_a_spreadsheet_would_work_it_out(text):
	assert is_formula(text)


@pytest.mark.parametrize(
	"text",
	["", "Oslo", "+81 3 1234 5678", "+49 (0)30/12-34", "-5", "+ A", "- see annex", "1=1", "+A0", "+ABCD1", "-A1x"],
)  # fmt: skip
def test_a_spreadsheet_would_show_it(text):
	assert not is_formula(text)


@pytest.mark.parametrize(
	("text", "is_one"),
	[
		("1,234.5", True),
		("-3 %", True),
		("+49 (0)30/12-34", True),
		("1'000", True),
		("", False),
		("%", False),
		("5 km", False),
		("5%%", False),
	],
)
def test_what_has_digits_and_what_parts_them_is_like_a_number(text, is_one):
	assert is_number_like(text) is is_one


# numbers

FORMATS = {
	"#,###.##": (",", "."),
	"#.###,##": (".", ","),
	"# ###.##": (" ", "."),
	"# ###,##": (" ", ","),
	"#'###.##": ("'", "."),
	"#, ###.##": (",", "."),
	"#,##,###.##": (",", "."),
	"#,###.###": (",", "."),
	"#.###": (".", ","),
	"#.###.###": (".", ","),
	"#,###": (",", "."),
	"####.##": ("", "."),
	"####,##": ("", ","),
	"####": ("", "."),
}


@pytest.mark.parametrize(("number_format", "marks"), FORMATS.items())
def test_what_parts_thousands_and_decimals(number_format, marks):
	assert separators(number_format) == marks


@pytest.mark.parametrize(
	("cell", "number_format", "number"),
	[
		(5, "#,###.##", 5.0),
		(2.5, "#.###,##", 2.5),
		(True, "#,###.##", None),
		("1234.5", "#,###.##", 1234.5),
		("1,234,567.5", "#,###.##", 1234567.5),
		("12,34,567", "#,##,###.##", 1234567),
		("1.234,5", "#.###,##", 1234.5),
		("1'234.5", "#'###.##", 1234.5),
		("1 234 567,5", "# ###,##", 1234567.5),
		("1\u202f234\u00a0567,5", "# ###,##", 1234567.5),
		("1 234.5", "####.##", 1234.5),
		(" -1,234 ", "#,###.##", -1234),
		("+5", "#,###.##", 5),
		("12.5 %", "#,###.##", 12.5),
		("0.50", "#,###.##", 0.5),
		("5.", "#,###.##", None),
		(".5", "#,###.##", None),
		("", "#,###.##", None),
		("-", "#,###.##", None),
		("--5", "#,###.##", None),
		("+-5", "#,###.##", None),
		("1 234.5", "#,###.##", None),
		("five", "#,###.##", None),
		("1e5", "#,###.##", None),
		("1.2.3", "#,###.##", None),
		("1.5x", "#,###.##", None),
		("1234,567", "#,###.##", None),
		(",234", "#,###.##", None),
		("1,2345", "#,###.##", None),
		("1,23", "#,###.##", None),
		("1,2,345", "#,###.##", None),
		("1,2345,678", "#,###.##", None),
		("123,456", "#,###.##", 123456),
		("2,332,000", "#.###,##", None),
		("5%%", "#,###.##", None),
	],
)
def test_a_number_is_read_in_the_format_of_the_site(cell, number_format, number):
	assert read_number(cell, number_format) == number
	assert not isinstance(read_number(cell, number_format), int)


@pytest.mark.parametrize(
	("cell", "number"),
	[("1,234", 1234), ("1,234.00", 1234), ("1.5", None), ("many", None), (2**53 - 1, 2**53 - 1), (2**53, None), (-(2**53), None)],
)  # fmt: skip
def test_a_whole_number_has_no_fraction_and_is_exact(cell, number):
	assert read_whole(cell, "#,###.##") == number


# days

DAY = date(2026, 5, 31)


@pytest.mark.parametrize(
	("cell", "date_format", "day"),
	[
		("2026-05-31", "dd.mm.yyyy", DAY),
		(" 2026-5-31 ", "mm/dd/yyyy", DAY),
		("31.05.2026", "dd.mm.yyyy", DAY),
		("31/5/2026", "dd.mm.yyyy", DAY),
		("31-05-2026", "dd/mm/yyyy", DAY),
		("31 05 2026", "dd-mm-yyyy", DAY),
		("05/31/2026", "mm/dd/yyyy", DAY),
		("2026/05/31", "yyyy-mm-dd", DAY),
		("2026.05.31", "", DAY),
		("05/31/2026", "dd/mm/yyyy", None),
		("30.02.2026", "dd.mm.yyyy", None),
		("2026-02-30", "dd.mm.yyyy", None),
		("31.05.26", "dd.mm.yyyy", None),
		("31.05.2026.", "dd.mm.yyyy", None),
		("31,05,2026", "dd.mm.yyyy", None),
		("2026", "dd.mm.yyyy", None),
		(2026, "dd.mm.yyyy", None),
		("", "dd.mm.yyyy", None),
	],
)
def test_a_day_is_read_in_the_order_of_the_site(cell, date_format, day):
	assert read_day(cell, date_format) == day


@pytest.mark.parametrize(
	("cell", "moment"),
	[
		("2026-05-31", datetime(2026, 5, 31)),
		("2026-05-31 09:30", datetime(2026, 5, 31, 9, 30)),
		("2026-05-31T09:30:15", datetime(2026, 5, 31, 9, 30, 15)),
		("2026-05-31 09:30:15.123456", datetime(2026, 5, 31, 9, 30, 15)),
		("2026-05-31 9:30", datetime(2026, 5, 31, 9, 30)),
		("31.05.2026", datetime(2026, 5, 31)),
		(" 31.05.2026  9:30 ", datetime(2026, 5, 31, 9, 30)),
		("31.05.2026T23:59:59", datetime(2026, 5, 31, 23, 59, 59)),
		("31.05.2026 24:00", None),
		("31.05.2026 09:30:60", None),
		("30.02.2026 09:30", None),
		("31.05.2026 09", None),
		("09:30", None),
		("soon", None),
		(5, None),
	],
)
def test_a_moment_is_a_day_with_or_without_its_time(cell, moment):
	assert read_moment(cell, "dd.mm.yyyy") == moment


# answers


@pytest.mark.parametrize(
	("cell", "answer"),
	[
		(True, 1),
		(False, 0),
		(1, 1),
		(0, 0),
		("1", 1),
		("Yes", 1),
		("x", 1),
		(" TRUE ", 1),
		("0", 0),
		("No", 0),
		("false", 0),
		("JA", 1),
		("nein", 0),
		("NEIN", 0),
		("perhaps", None),
		("", None),
		(2, None),
	],
)
def test_yes_and_no_are_read_in_english_and_in_the_persons_language(cell, answer):
	assert read_answer(cell, "Ja", "Nein") == answer
