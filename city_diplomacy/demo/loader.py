"""One record after the other, each in a savepoint of its own: a row that is refused takes nothing with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import frappe
from frappe.utils import getdate, nowdate, strip_html

from city_diplomacy.demo.book import Book
from city_diplomacy.demo.rows import DATA, Report, Row, RowError, read_rows
from city_diplomacy.domain.calendar.partial_dates import PartialDateError, parse_partial_date
from city_diplomacy.domain.names.folding import fold

Made = TypeVar("Made")

# How Frappe and our own rules say no. Anything else is a fault of the program and stops the load.
REFUSALS = (
	frappe.ValidationError,
	frappe.PermissionError,
	frappe.DuplicateEntryError,
	frappe.LinkExistsError,
	RowError,
	PartialDateError,
)
DOMAIN = "losangeles.example"
OFFICER = f"international.officer@{DOMAIN}"
MANAGER = f"international.manager@{DOMAIN}"


class Loader:
	"""A load in progress: its report, its book, and what of the site every subject asks for, read once."""

	def __init__(self, folder: Path = DATA) -> None:
		self.folder, self.report, self.book = folder, Report(), Book()
		self.partners: dict[tuple[str, ...], tuple[str, str]] = {}
		"""How agreements and events call a party, "Nagoya" or "City of Nagoya": its DocType and name."""
		self.departments: dict[str, str] = {}
		self.topics: dict[tuple[str, ...], str] = {}
		self.networks: dict[str, str] = {}
		"""Acronym to the network's name."""
		self.cities: dict[tuple[str, str], str] = {}
		"""A city's usual name and ISO code of its country to the record's name."""

	def rows(self, file: str, *identity: str) -> Iterator[Row]:
		"""The rows of a file; one that says again what an earlier one said, by `identity`, is reported instead."""
		lines: dict[tuple[str, ...], int] = {}
		for row in read_rows(self.folder / file):
			named = key(*(row[column] for column in identity))
			first = lines.setdefault(named, row.line) if identity else row.line
			if first == row.line:
				yield row
			else:
				what = ", ".join(row[column] for column in identity)
				self.report.add_bad_row(row, what, f"This stands in line {first} already.")

	@cached_property
	def today(self) -> date:
		return getdate(nowdate())

	@cached_property
	def company(self) -> str:
		"""The Company that stands for the city."""
		names = frappe.get_all("Company", order_by="creation asc", pluck="name", limit_page_length=0)
		if not names:
			raise RowError("There is no Company yet; set one up for the city first.")
		return "City of Los Angeles" if "City of Los Angeles" in names else names[0]

	@cached_property
	def _countries(self) -> dict[str, str]:
		rows = frappe.get_all("Country", fields=["name", "code"], limit_page_length=0)
		return {(row.code or "").upper(): row.name for row in rows}

	@cached_property
	def languages(self) -> set[str]:
		return set(frappe.get_all("Language", pluck="name", limit_page_length=0))

	def country(self, iso2: str, called: str) -> str | None:
		"""The site's country of an ISO code; None for no code. Raises RowError for one the site does not know."""
		if iso2 and iso2.upper() not in self._countries:
			raise RowError(f"{called} ({iso2}) is not in this site's list of countries.")
		return self._countries[iso2.upper()] if iso2 else None

	def known(self, doctype: str, *fields: str) -> dict[tuple, str]:
		"""What is there of a DocType already: folded values of `fields` to the record's name."""
		rows = frappe.get_all(doctype, fields=["name", *fields], limit_page_length=0)
		return {key(*(row.get(field) for field in fields)): row.name for row in rows}

	def department(self, name: str) -> str:
		if name not in self.departments:
			raise RowError(f"There is no department {name}.")
		return self.departments[name]

	def network(self, acronym: str) -> str:
		if acronym not in self.networks:
			raise RowError(f"The network {acronym} is not in the register.")
		return self.networks[acronym]

	def topic(self, written: str) -> str:
		if key(written) not in self.topics:
			raise RowError(f"There is no topic {written}.")
		return self.topics[key(written)]

	def city(self, name: str, iso2: str) -> str:
		if (name, iso2) not in self.cities:
			raise RowError(f"The city {name} ({iso2}) is not in the register.")
		return self.cities[(name, iso2)]

	def partner(self, called: str) -> tuple[str, str]:
		"""DocType and name of a party by the name it is called in agreements and events. Raises RowError."""
		if key(called) not in self.partners:
			raise RowError(f"{called} is not in the registers.")
		return self.partners[key(called)]

	def attempt(self, row: Row, what: str, make: Callable[[], Made]) -> Made | None:
		"""Make something of a row. A refusal undoes what was made of it and goes into the report."""
		counted, noted = self.report.made.copy(), self.book.mark()
		frappe.db.savepoint("sample_row")
		try:
			made = make()
		except REFUSALS as refusal:
			frappe.db.rollback(save_point="sample_row")
			self.report.made = counted
			self.book.go_back_to(noted)
			self.report.add_bad_row(row, what, " ".join(strip_html(str(refusal)).split()))
			made = None
		else:
			frappe.db.release_savepoint("sample_row")
		# What forms would show to a person, such as likely doubles, has nobody to read it here.
		frappe.clear_messages()
		return made

	def add(self, row: Row, what: str, values: Callable[[], dict[str, Any]]) -> str | None:
		"""Insert the record that `values` describes; answers its name, None when it was refused."""
		return self.attempt(row, what, lambda: self.insert(values()))

	def insert(self, values: dict[str, Any]) -> str:
		doc = frappe.get_doc(values).insert()
		self.count(doc.doctype, doc.name)
		return doc.name

	def count(self, doctype: str, name: str) -> None:
		self.report.made[doctype] += 1
		self.book.note(doctype, name)

	def file(self, name: str, content: str | bytes) -> str:
		"""A private file; answers its URL. It is attached by the record that names it."""
		file = frappe.get_doc(
			{"doctype": "File", "file_name": name, "is_private": 1, "content": content}
		).insert()
		self.count("File", file.name)
		return file.file_url


def key(*values: str | None) -> tuple[str, ...]:
	"""Values by which a record is found again, however they are written."""
	return tuple(fold(value or "") for value in values)


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	"""Do what is in the block as the person it is for."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def known_part(written: str, date_field: str, precision_field: str) -> dict[str, Any]:
	"""A date known to the day, month or year as the two values of a register. Raises PartialDateError."""
	when = parse_partial_date(written)
	return {date_field: when.value, precision_field: str(when.precision)} if when else {}
