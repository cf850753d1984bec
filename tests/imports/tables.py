"""Tables to import, and what became of their lines."""

import io
from typing import Any

import frappe
from openpyxl import Workbook

from city_diplomacy.register_imports import imports, lines
from tests import factories

OFFICER = "import.officer@city.example"
OFFICER_ROLE = "International Affairs Officer"


def officer():
	"""A person of the office with no role beside it; the same one, asked twice."""
	if frappe.db.exists("User", OFFICER):
		return frappe.get_doc("User", OFFICER)
	return factories.make_user(OFFICER, OFFICER_ROLE)


def csv_of(*rows: list[Any]) -> str:
	"""Rows as the text of a CSV file."""
	import csv

	out = io.StringIO()
	csv.writer(out).writerows(rows)
	return out.getvalue()


def xlsx_of(*rows: list[Any]) -> bytes:
	book = Workbook()
	for row in rows:
		book.active.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def upload(content: str | bytes, name: str = "table.csv") -> str:
	"""Upload a private file as the signed-in person; answers its address."""
	return factories.make_file(name, content).file_url


def new_import(register: str, content: str | bytes, name: str = "table.csv", **chosen: str):
	"""An import with its file; `chosen` are fields for headings, with spaces as underscores."""
	doc = frappe.get_doc({"doctype": "Register Import", "register": register, "file": upload(content, name)})
	doc.insert()
	for row in doc.columns:
		if row.heading.replace(" ", "_") in chosen:
			row.field = chosen[row.heading.replace(" ", "_")]
	return doc.save() if chosen else doc


def previewed(register: str, content: str | bytes, name: str = "table.csv", **chosen: str):
	"""An import whose lines were looked at."""
	doc = new_import(register, content, name, **chosen)
	imports.read(doc.name)
	return doc.reload()


def imported(register: str, content: str | bytes, name: str = "table.csv"):
	doc = previewed(register, content, name)
	imports.run(doc.name)
	return doc.reload()


def outcomes(doc: Any) -> list[str]:
	"""What each line comes to, from the top of the file."""
	return [str(line.outcome) for line in lines.read(doc.name)]


def problems(doc: Any) -> list[tuple[int, str, str]]:
	"""(line, column, sentence) of everything that is wrong."""
	return [(line.line, column, why) for line in lines.read(doc.name) for column, why in line.problems]
