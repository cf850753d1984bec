"""The files of lists, row by row: what is read, and what is told of a row that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.trade.screening.list_files import (
	Entry,
	Format,
	ListFileError,
	Problem,
	is_incomplete,
	read_entries,
)

# The columns of the Consolidated Screening List as it is published.
CONSOLIDATED = (
	"_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
	"standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
	"vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
	"places_of_birth,source_information_url,ids\n"
)


def read(text: str, file_format: str = Format.PLAIN) -> list:
	return list(read_entries(text.splitlines(keepends=True), file_format))


def test_a_row_of_the_consolidated_list_is_read():
	row = (
		"a1b2,Specially Designated Nationals (SDN) - Treasury Department,36,Individual,CUBA; SDGT,"
		'"KOWALSKI, Jan",Director,"1 Main Street, Havana, CU; PO Box 2, Limassol, CY",,2020-01-01,,,,,,,,,,,Example,'
		'https://example.org,"KOVALSKY, Ian; KOWALSKI, Jan; J. K.",PL,1970-05-01; circa 1971,RU,Warsaw,,"Passport 12"\n'
	)
	(entry,) = read(CONSOLIDATED + row, Format.CONSOLIDATED)
	assert (entry.entry_id, entry.party_name, entry.kind) == ("a1b2", "KOWALSKI, Jan", "Person")
	assert entry.aliases == ("KOVALSKY, Ian", "J. K.")
	assert entry.countries == ("CU", "CY", "PL", "RU")
	assert entry.births == ("1970-05-01", "1971")
	assert entry.programme == "CUBA; SDGT"
	assert "places_of_birth: Warsaw" in entry.details
	assert entry.identifiers == "Passport 12"


def test_entity_number_is_not_taken_for_a_number_of_its_own():
	row = "{},Entity List,7,,,{},,,,,,,,,,,,,,,,,,,,,,,\n"
	found = read(CONSOLIDATED + row.format("x1", "One") + row.format("x2", "Two"), Format.CONSOLIDATED)
	assert [entry.entry_id for entry in found] == ["x1", "x2"]


def test_a_plain_row_is_read():
	text = "id,name,aliases,kind,country,birth_date\n7,Example Port,Ex Port; Port Ex,organisation,IR;sy,\n"
	assert read(text) == [Entry("7", "Example Port", ("Ex Port", "Port Ex"), "Organisation", ("IR", "SY"))]
	assert read("name\nExample Port\n")[0].party_name == "Example Port"


@pytest.mark.parametrize(
	("row", "said"),
	[
		(",,", "no name"),
		("!!!,,", "no letters or digits"),
		("x" * 501 + ",,", "at most"),
		("Example,dragon,", "no kind of party"),
		("Example,,the spring of 70", "no date of birth"),
		("Broken \udcff,,", "not UTF-8"),
	],
)
def test_a_broken_row_is_told_with_its_line_and_skips_nothing_else(row, said):
	found = read(f"name,kind,birth_date\nFirst,,\n{row}\nLast,,\n")
	assert [one.party_name for one in found if isinstance(one, Entry)] == ["First", "Last"]
	(problem,) = [one for one in found if isinstance(one, Problem)] or [Problem(0, "")]
	if row != ",,":
		assert problem.line == 3
		assert said in problem.sentence


@pytest.mark.parametrize(
	("row", "number"),
	[
		("7,Example,dragon,,", "7"),
		("7,,,,", "7"),
		("7,Broken \udcff,,,", "7"),
		(",,person,,", ""),
	],
)
def test_a_broken_row_says_whose_it_is_where_that_is_known(row, number):
	(problem,) = read(f"id,name,kind,country,birth_date\n{row}\n")
	assert problem.entry_id == number


def test_a_broken_row_without_a_number_is_known_by_what_its_number_is_made_of():
	good, bad = (read(f"name,country,birth_date\nExample,IR,{born}\n")[0] for born in ("1970", "in spring"))
	assert bad.entry_id == good.entry_id


def test_a_broken_row_of_the_consolidated_list_is_known_too():
	row = CONSOLIDATED.count(",") * ","
	assert read(f"{CONSOLIDATED}x1,A list{row[2:]}\n", Format.CONSOLIDATED)[0].entry_id == "x1"
	assert read(f"{CONSOLIDATED}x1\n", Format.CONSOLIDATED)[0].entry_id == "x1"


@pytest.mark.parametrize(
	("written", "countries", "details"),
	[
		("IR;sy", ("IR", "SY"), ""),
		("IR, SY ir", ("IR", "SY"), ""),
		("Iran", (), "country: Iran"),
		("Cuba; Peru", (), "country: Cuba; Peru"),
		("IR; Syria", (), "country: IR; Syria"),
		("IRSY", (), "country: IRSY"),
		("", (), ""),
	],
)
def test_a_country_is_a_code_of_two_letters_and_a_name_is_shown_as_it_is(written, countries, details):
	(entry,) = read(f'name,country\nExample,"{written}"\n')
	assert (entry.countries, entry.details) == (countries, details)


def test_a_number_that_stands_twice_is_told():
	first, second = read("id,name\n1,One\n1,Two\n")
	assert isinstance(first, Entry)
	assert (second.line, second.values) == (3, {"number": "1", "line": "2"})


@pytest.mark.parametrize("text", ["", "\n", "id,label\n1,One\n"])
def test_a_file_of_another_kind_is_refused_whole(text):
	with pytest.raises(ListFileError):
		read(text)


@pytest.mark.parametrize(
	("before", "remaining", "incomplete"),
	[
		(0, 0, False),
		(20, 0, False),
		(21, 11, False),
		(21, 10, True),
		(22, 11, False),
		(40, 19, True),
		(40, 40, False),
	],
)
def test_a_file_without_half_of_a_long_list_is_incomplete(before, remaining, incomplete):
	assert is_incomplete(before, remaining) == incomplete


def test_words_of_a_file_do_not_run():
	(entry,) = read('name,id\n<script>alert(1)</script> "Port" Ltd,<b>1\n')
	assert "<" not in entry.party_name + entry.entry_id


@given(st.lists(st.text(max_size=40), max_size=8))
def test_whatever_a_file_holds_is_read_or_told(lines):
	for one in read("id,name,aliases,kind,country,birth_date\n" + "\n".join(lines)):
		assert isinstance(one, Entry | Problem)
