"""The files of lists, row by row: what is read, and what is told of a row that cannot be."""

from hashlib import sha256

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
	assert read(CONSOLIDATED + row, Format.CONSOLIDATED) == [
		Entry(
			"a1b2",
			"KOWALSKI, Jan",
			aliases=("KOVALSKY, Ian", "J. K."),
			kind="Person",
			countries=("CU", "CY", "PL", "RU"),
			births=("1970-05-01", "1971"),
			identifiers="Passport 12",
			programme="CUBA; SDGT",
			details="title: Director\naddresses: 1 Main Street, Havana, CU; PO Box 2, Limassol, CY\n"
			"start_date: 2020-01-01\nremarks: Example\nplaces_of_birth: Warsaw",
			source="Specially Designated Nationals (SDN) - Treasury Department",
			source_address="https://example.org",
		)
	]


FEWEST = "_id,source,name,type,programs,addresses,alt_names"


def test_of_the_consolidated_list_some_columns_may_be_left_out():
	(entry,) = read(f"{FEWEST}\n1,A list,Example Port,,,,\n", Format.CONSOLIDATED)
	assert entry == Entry("1", "Example Port", source="A list")


def test_the_flag_of_a_vessel_is_a_country_of_it():
	(entry,) = read(f"{FEWEST},vessel_flag\n1,A list,Example,Vessel,,,,PA\n", Format.CONSOLIDATED)
	assert (entry.kind, entry.countries, entry.details) == ("Vessel", ("PA",), "vessel_flag: PA")


def test_what_is_too_long_to_be_kept_is_cut_off():
	row = ",".join(
		("1" * 200, "s" * 400, "Example", "", "p" * 600, "d" * 30_000, "", "i" * 30_000, "u" * 600)
	)
	(entry,) = read(f"{FEWEST},ids,source_list_url\n{row}\n", Format.CONSOLIDATED)
	assert {
		name: len(getattr(entry, name))
		for name in ("entry_id", "source", "programme", "details", "identifiers", "source_address")
	} == {
		"entry_id": 140,
		"source": 300,
		"programme": 500,
		"details": 20_000,
		"identifiers": 20_000,
		"source_address": 500,
	}
	row = ",".join(("1" * 200, "Example", "A" * 600, "c" * 400, "p" * 600, "i" * 30_000))
	(entry,) = read(f"id,name,aliases,country,programme,identifiers\n{row}\n")
	assert [len(entry.entry_id), len(entry.aliases[0]), len(entry.details)] == [
		140,
		500,
		len("country: ") + 300,
	]
	assert [len(entry.programme), len(entry.identifiers)] == [500, 20_000]


def test_entity_number_is_not_taken_for_a_number_of_its_own():
	row = "{},Entity List,7,,,{},,,,,,,,,,,,,,,,,,,,,,,\n"
	found = read(CONSOLIDATED + row.format("x1", "One") + row.format("x2", "Two"), Format.CONSOLIDATED)
	assert [entry.entry_id for entry in found] == ["x1", "x2"]


def test_a_plain_row_is_read():
	text = "id,name,aliases,kind,country,birth_date\n7,Example Port,Ex Port; Port Ex,organisation,IR;sy,\n"
	assert read(text) == [Entry("7", "Example Port", ("Ex Port", "Port Ex"), "Organisation", ("IR", "SY"))]
	text = "name,id,programme,identifiers,aliases\nExample Port,7,SDGT,IMO 1,Example Port; Ex\n"
	assert read(text) == [Entry("7", "Example Port", ("Ex",), identifiers="IMO 1", programme="SDGT")]
	(entry,) = read("name\nExample Port\n")
	assert entry == Entry(entry.entry_id, "Example Port")


NUMBERED = f"{FEWEST},entity_number"


def test_an_entry_without_a_number_has_one_made_of_its_list_its_number_there_and_its_name():
	rows = ["A,{},,,,,36", "A,{},,,,,37", "B,{},,,,,36", "A,{} Port,,,,,36", "A,{},Vessel,,,,36"]
	text = "\n".join([NUMBERED, *(f",{row.format('Example')}" for row in rows)])
	first, *others, same = read(text, Format.CONSOLIDATED)
	assert len({first.entry_id, *(one.entry_id for one in others)}) == 4
	assert len(first.entry_id) == 40
	assert (type(same), same.entry_id) == (Problem, first.entry_id)


def made_of(*values):
	return sha256("\x1f".join(values).encode()).hexdigest()[:40]


@pytest.mark.parametrize(
	("text", "file_format", "values"),
	[
		(f"{NUMBERED}\n,A,Example,,,,,36\n", Format.CONSOLIDATED, ("A", "36", "Example")),
		(
			"name,_id,type,programs,addresses,alt_names,source\nExample\n",
			Format.CONSOLIDATED,
			("", "", "Example"),
		),
		("name,kind,country\nExample,vessel,IR\n", Format.PLAIN, ("Example", "vessel", "IR")),
		("name\nExample\n", Format.PLAIN, ("Example", "", "")),
	],
)
def test_a_number_is_made_in_the_same_way_in_every_version_of_a_list(text, file_format, values):
	assert [entry.entry_id for entry in read(text, file_format)] == [made_of(*values)]


def test_a_row_that_ends_early_is_read_as_far_as_it_goes():
	text = "_id,name,source,type,programs,addresses,alt_names\n1,Example\n2\n"
	entry, problem = read(text, Format.CONSOLIDATED)
	assert entry == Entry("1", "Example")
	assert (problem.sentence, problem.entry_id) == ("The row has no name.", "2")


def test_twenty_dates_of_birth_of_an_entry_are_kept():
	years = [str(year) for year in range(1950, 1971)]
	(entry,) = read(f"name,birth_date\nExample,{' '.join(years)}\n")
	assert entry.births == tuple(years[:20])


def test_a_row_with_neither_a_number_nor_a_name_is_nobodys():
	(problem,) = read(f"{NUMBERED}\n,A,,,,,,36\n", Format.CONSOLIDATED)
	assert problem.entry_id == ""


def test_sixty_countries_of_an_entry_are_kept():
	codes = [f"{one}{other}" for one in "AB" for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + [
		f"C{one}" for one in "ABCDEFGHI"
	]
	addresses = "; ".join(codes)
	(entry,) = read(f'{FEWEST}\n1,A,Example,,,"{addresses}",\n', Format.CONSOLIDATED)
	assert entry.countries == tuple(codes[:60])


@pytest.mark.parametrize(
	("row", "said"),
	[
		(",person,", "The row has no name."),
		("!!!,,", "The name “!!!” has no letters or digits to compare."),
		("x" * 501 + ",,", "The name has 501 characters; at most 500 can be kept."),
		(
			"Example,dragon,",
			"“dragon” is no kind of party; write person, organisation, vessel or aircraft.",
		),
		("Example,,the spring of 70", "“the spring of 70” is no date of birth; write 1970-12-31 or 1970."),
		("Broken \udcff,,", "The row is not UTF-8 text."),
		("x" * 1_000_001, "The row cannot be read as CSV: field larger than field limit (1000000)."),
	],
)
def test_a_broken_row_is_told_with_its_line_and_skips_nothing_else(row, said):
	first, problem, last = read(f"name,kind,birth_date\nFirst,,\n{row}\nLast,,\n")
	assert (first.party_name, last.party_name) == ("First", "Last")
	assert (problem.line, problem.sentence.format(**problem.values)) == (3, said)


def test_a_row_without_words_is_no_row_and_a_name_may_have_five_hundred_characters():
	(entry,) = read("name,kind\n , \n" + "x" * 500 + ",\n")
	assert entry.party_name == "x" * 500


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
	assert second.line == 3
	assert second.sentence.format(**second.values) == "The number 1 stands in line 2 already."


def test_headings_are_read_whatever_their_case_with_spaces_and_behind_a_mark():
	(entry,) = read("\ufeffID, Name ,Birth Date\n7,Example,1970\n")
	assert entry == Entry("7", "Example", births=("1970",))


NO_NAME = "The file has no column “name”. Choose the format it has, or attach the file as published."


@pytest.mark.parametrize(
	("text", "file_format", "said"),
	[
		("", Format.PLAIN, "The file is empty; attach the list as published."),
		("\n", Format.PLAIN, NO_NAME),
		("id,label\n1,One\n", Format.PLAIN, NO_NAME),
		("id,Xname\n1,One\n", Format.PLAIN, NO_NAME),
		(FEWEST.removesuffix("s"), Format.CONSOLIDATED, NO_NAME.replace("name", "alt_names")),
	],
)
def test_a_file_of_another_kind_is_refused_whole(text, file_format, said):
	with pytest.raises(ListFileError) as refusal:
		read(text, file_format)
	assert refusal.value.sentence.format(**refusal.value.values) == said
	assert str(refusal.value) == refusal.value.sentence


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
