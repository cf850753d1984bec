"""Reading the file of a list, row by row: the official consolidated CSV, or a plain one.

A row that cannot be read is told with its line and the reason, and the next one is read. `entity_number` of the
Consolidated Screening List is not unique, so an entry is known by `_id`.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256

from ...choices import StrEnum
from ...sentences import _
from ...words import neutral, typographic
from .states import Kind
from .words import read

# A file without half of what was listed is likelier a broken download than a list that shrank.
MUST_REMAIN, FEW = 0.5, 20
LONGEST_FIELD = 1_000_000
LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE, MOST_NAMES = 500, 20_000, 300, 300

NO_HEADER = _("The file has no column “{column}”. Choose the format it has, or attach the file as published.")
EMPTY_FILE = _("The file is empty; attach the list as published.")
NO_NAME = _("The row has no name.")
NO_WORDS = _("The name “{name}” has no letters or digits to compare.")
LONG_NAME = _("The name has {count} characters; at most {most} can be kept.")
NOT_UTF8 = _("The row is not UTF-8 text.")
SAME_NUMBER = _("The number {number} stands in line {line} already.")
UNKNOWN_KIND = _("“{kind}” is no kind of party; write person, organisation, vessel or aircraft.")
UNKNOWN_DATE = _("“{date}” is no date of birth; write 1970-12-31 or 1970.")
UNREADABLE = _("The row cannot be read as CSV: {problem}.")


class Format(StrEnum):
	"""Which columns a file has."""

	CONSOLIDATED = "Consolidated Screening List"
	PLAIN = "Plain CSV"


NEEDED = {
	Format.CONSOLIDATED: ("_id", "source", "name", "type", "programs", "addresses", "alt_names"),
	Format.PLAIN: ("name",),
}
KINDS = {
	"individual": Kind.PERSON,
	"person": Kind.PERSON,
	"entity": Kind.ORGANISATION,
	"organisation": Kind.ORGANISATION,
	"organization": Kind.ORGANISATION,
	"company": Kind.ORGANISATION,
	"vessel": Kind.VESSEL,
	"aircraft": Kind.AIRCRAFT,
}
# Columns of the consolidated list that are shown as they are.
DETAILS = (
	"title",
	"addresses",
	"federal_register_notice",
	"start_date",
	"end_date",
	"standard_order",
	"license_requirement",
	"license_policy",
	"call_sign",
	"vessel_type",
	"gross_tonnage",
	"gross_registered_tonnage",
	"vessel_flag",
	"vessel_owner",
	"remarks",
	"places_of_birth",
)
_CODE = re.compile(r"\b([A-Z]{2})\s*(?:;|$)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)((?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
_BROKEN = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
	"""One entry of a list, its words fit to be stored."""

	entry_id: str
	party_name: str
	aliases: tuple[str, ...] = ()
	kind: str = ""
	countries: tuple[str, ...] = ()
	births: tuple[str, ...] = ()
	identifiers: str = ""
	programme: str = ""
	details: str = ""
	source: str = ""
	source_address: str = ""

	@property
	def digest(self) -> str:
		"""What tells whether an entry changed."""
		return sha256("\x1f".join(str(getattr(self, one.name)) for one in fields(self)).encode()).hexdigest()


@dataclass(frozen=True)
class Problem:
	"""A row that could not be read: its line, the reason as a sentence marked for translation, and whose it is, if known."""

	line: int
	sentence: str
	values: dict[str, str] = field(default_factory=dict)
	entry_id: str = ""


class ListFileError(ValueError):
	"""A file that is not what it is taken for, with a sentence marked for translation."""

	def __init__(self, sentence: str, **values: str) -> None:
		super().__init__(sentence)
		self.sentence, self.values = sentence, values


class _BadRow(ValueError):
	def __init__(self, sentence: str, **values: str) -> None:
		super().__init__(sentence)
		self.sentence, self.values = sentence, values


def read_entries(lines: Iterable[str], file_format: str) -> Iterator[Entry | Problem]:
	"""Reads a file's lines one after the other. Raises ListFileError where it has not the columns of its format."""
	csv.field_size_limit(LONGEST_FIELD)
	reader = csv.reader(lines)
	header = _header(reader, Format(file_format))
	is_plain = file_format == Format.PLAIN
	make, number_of = (_plain, _plain_number) if is_plain else (_consolidated, _consolidated_number)
	seen: dict[str, int] = {}
	while True:
		line = reader.line_num + 1
		try:
			cells = next(reader)
			if not any(cell.strip() for cell in cells):
				continue
			row = _as_row(header, cells)
			if any(_BROKEN.search(cell) for cell in cells):
				raise _BadRow(NOT_UTF8)
			entry = make(row)
			if entry.entry_id in seen:
				raise _BadRow(SAME_NUMBER, number=entry.entry_id, line=str(seen[entry.entry_id]))
			seen[entry.entry_id] = line
			yield entry
		except StopIteration:
			return
		except csv.Error as error:
			yield Problem(line, UNREADABLE, {"problem": neutral(str(error))})
		except _BadRow as bad:
			yield Problem(line, bad.sentence, bad.values, number_of(row))


def is_incomplete(before: int, remaining: int) -> bool:
	"""Whether a file in which so few of the entries of before remain is taken for half of one; a short list may shrink."""
	return before > FEW and remaining < MUST_REMAIN * before


def _header(reader: Iterator[list[str]], file_format: Format) -> list[str]:
	try:
		header = [cell.strip().lstrip("\ufeff").lower().replace(" ", "_") for cell in next(reader)]
	except (StopIteration, csv.Error) as error:
		raise ListFileError(EMPTY_FILE) from error
	for column in NEEDED[file_format]:
		if column not in header:
			raise ListFileError(NO_HEADER, column=column)
	return header


def _as_row(header: list[str], cells: list[str]) -> dict[str, str]:
	return {column: typographic(neutral(cell)).strip() for column, cell in zip(header, cells, strict=False)}


def _consolidated(row: Mapping[str, str]) -> Entry:
	name = _name(row)
	details = [f"{column}: {row[column]}" for column in DETAILS if row.get(column)]
	countries = {
		code
		for column in ("addresses", "citizenships", "nationalities", "vessel_flag")
		for code in _CODE.findall(row.get(column, ""))
	}
	return Entry(
		entry_id=_consolidated_number(row),
		party_name=name,
		aliases=_aliases(row.get("alt_names", ""), name),
		kind=KINDS.get(row.get("type", "").lower(), ""),
		countries=tuple(sorted(countries))[:60],
		births=_births(row.get("dates_of_birth", "")),
		identifiers=row.get("ids", "")[:LONGEST_TEXT],
		programme=row.get("programs", "")[:LONGEST_NAME],
		details="\n".join(details)[:LONGEST_TEXT],
		source=row.get("source", "")[:LONGEST_LINE],
		source_address=row.get("source_list_url", "")[:LONGEST_NAME],
	)


def _plain(row: Mapping[str, str]) -> Entry:
	name = _name(row)
	kind = row.get("kind", "")
	if kind and kind.lower() not in KINDS:
		raise _BadRow(UNKNOWN_KIND, kind=kind[:40])
	born = row.get("birth_date", "")
	if born and not _births(born):
		raise _BadRow(UNKNOWN_DATE, date=born[:40])
	countries = _codes(row.get("country", ""))
	return Entry(
		entry_id=_plain_number(row),
		party_name=name,
		aliases=_aliases(row.get("aliases", ""), name),
		kind=KINDS.get(kind.lower(), ""),
		countries=countries,
		births=_births(born),
		identifiers=row.get("identifiers", "")[:LONGEST_TEXT],
		programme=row.get("programme", "")[:LONGEST_NAME],
		details="" if countries or not row.get("country") else f"country: {row['country'][:LONGEST_LINE]}",
	)


def _consolidated_number(row: Mapping[str, str]) -> str:
	"""The number of the entry a row is about, "" where the row does not say."""
	name = _written_name(row)
	made_up = _made_up(row.get("source", ""), row.get("entity_number", ""), name) if name else ""
	return (row.get("_id") or made_up)[:140]


def _plain_number(row: Mapping[str, str]) -> str:
	"""The number of the entry a row is about, "" where the row does not say."""
	name = _written_name(row)
	made_up = _made_up(name, row.get("kind", ""), row.get("country", "")) if name else ""
	return (row.get("id") or made_up)[:140]


def _codes(text: str) -> tuple[str, ...]:
	"""The countries in a text that holds codes of two letters and nothing else; a name of a country is no code."""
	parts = [part for part in re.split(r"[\s;,]+", text) if part]
	if not all(re.fullmatch(r"[A-Za-z]{2}", part) for part in parts):
		return ()
	return tuple(sorted({part.upper() for part in parts}))


def _written_name(row: Mapping[str, str]) -> str:
	return " ".join(row.get("name", "").split())


def _name(row: Mapping[str, str]) -> str:
	name = _written_name(row)
	if not name:
		raise _BadRow(NO_NAME)
	if len(name) > LONGEST_NAME:
		raise _BadRow(LONG_NAME, count=str(len(name)), most=str(LONGEST_NAME))
	if not read(name).words:
		raise _BadRow(NO_WORDS, name=name[:40])
	return name


def _aliases(text: str, name: str) -> tuple[str, ...]:
	found = dict.fromkeys(" ".join(part.split())[:LONGEST_NAME] for part in text.split(";"))
	return tuple(alias for alias in found if alias and alias != name and read(alias).words)[:MOST_NAMES]


def _births(text: str) -> tuple[str, ...]:
	"""The days and, where no day is known, the years of birth in a text, each once."""
	days = _DAY.findall(text)
	years = _YEAR.findall(_DAY.sub("", text))
	return tuple(
		dict.fromkeys([*days, *(year for year in years if not any(d.startswith(year) for d in days))])
	)[:20]


def _made_up(*values: str) -> str:
	return sha256("\x1f".join(values).encode()).hexdigest()[:40]
