"""A cell as a value of its field, or a sentence that says what is wrong with it and what to do."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.cells import unguarded
from city_diplomacy.domain.imports import readings
from city_diplomacy.domain.imports.tables import Cell
from city_diplomacy.register_imports.exceptions import CellError
from city_diplomacy.register_imports.reading.fields import Target
from city_diplomacy.register_imports.reading.links import Links, shown

LONGEST_DATA = 140


@dataclass(frozen=True)
class Formats:
	"""How the site writes days and numbers, and the words of choices; for the lines of one import."""

	day: str
	number: str
	choices: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
	"""By DocType and field the choice each word means, in English and as the person reads it."""

	@classmethod
	def of_site(cls) -> "Formats":
		return cls(
			frappe.get_system_settings("date_format") or "yyyy-mm-dd",
			frappe.get_system_settings("number_format") or "#,###.##",
		)


def read(target: Target, cell: Cell, formats: Formats, links: Links, linked_to: str = "") -> Any:
	"""The value of a cell that is not empty. Raises CellError.

	`linked_to` is the DocType a Dynamic Link of this line leads to.
	"""
	df = target.df
	if isinstance(cell, str):
		cell = unguarded(cell)
		if readings.is_formula(cell):
			raise CellError(
				_("{0} is a formula. Put its value in its place, or begin the text with a letter.").format(
					shown(cell)
				)
			)
	reader = _READERS.get(df.fieldtype)
	if reader:
		return reader(cell, df, formats)
	if df.fieldtype in ("Link", "Dynamic Link"):
		doctype = df.options if df.fieldtype == "Link" else linked_to
		if not doctype:
			raise CellError(_("Say in its own column what kind of record {0} is.").format(shown(_text(cell))))
		return links.find(doctype, _text(cell))
	return _words(cell, df)


def _text(cell: Cell) -> str:
	return str(int(cell)) if isinstance(cell, bool) else str(cell).strip()


def _words(cell: Cell, df: Any) -> str:
	text = _text(cell)
	if df.fieldtype in ("Data", "Autocomplete") and len(text) > (df.get("length") or LONGEST_DATA):
		raise CellError(
			_("It has {0} characters; shorten it to {1}.").format(len(text), df.get("length") or LONGEST_DATA)
		)
	return text


def _choice(cell: Cell, df: Any, formats: Formats) -> str:
	text = " ".join(_text(cell).split()).casefold()
	if (df.parent, df.fieldname) not in formats.choices:
		formats.choices[df.parent, df.fieldname] = _meanings(df)
	if choice := formats.choices[df.parent, df.fieldname].get(text):
		return choice
	raise CellError(
		_("{0} is none of the choices. Write one of: {1}.").format(
			shown(_text(cell)), ", ".join(_(choice) for choice in _choices_of(df))
		)
	)


def _choices_of(df: Any) -> list[str]:
	return [one for one in (df.options or "").split("\n") if one]


def _meanings(df: Any) -> dict[str, str]:
	"""The choice each word means; of two that could mean one, the first."""
	found: dict[str, str] = {}
	for choice in _choices_of(df):
		for word in (choice, _(choice, context=df.parent), _(choice)):
			found.setdefault(word.casefold(), choice)
	return found


def _day(cell: Cell, df: Any, formats: Formats) -> Any:
	moment = df.fieldtype == "Datetime"
	value = (readings.read_moment if moment else readings.read_day)(cell, formats.day)
	if value is None:
		raise CellError(
			_("{0} is not a day. Write it as {1} or as yyyy-mm-dd.").format(shown(_text(cell)), formats.day)
		)
	return value


def _number(cell: Cell, df: Any, formats: Formats, whole: bool) -> Any:
	value = (readings.read_whole if whole else readings.read_number)(cell, formats.number)
	if value is None:
		grouped, decimal = readings.separators(formats.number)
		example = f"1{grouped}234" if whole else f"1{grouped}234{decimal}5"
		sentence = (
			_("{0} is not a whole number. Write it as {1}.")
			if whole
			else _("{0} is not a number. Write it as {1}.")
		)
		raise CellError(sentence.format(shown(_text(cell)), example))
	return value


def _answer(cell: Cell, df: Any, formats: Formats) -> int:
	value = readings.read_answer(cell, _("Yes"), _("No"))
	if value is None:
		raise CellError(_("{0} is neither yes nor no. Write one of the two.").format(shown(_text(cell))))
	return value


_READERS = {
	"Select": _choice,
	"Date": _day,
	"Datetime": _day,
	"Int": partial(_number, whole=True),
	"Float": partial(_number, whole=False),
	"Currency": partial(_number, whole=False),
	"Percent": partial(_number, whole=False),
	"Check": _answer,
}
