"""What Frappe's doors cost at 100,000 agreements, with a real role's rights, against the same rows asked bare.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without
`allow_tests`. The agreements, their parties and the rows of Frappe's about them (files, comments, versions, to-dos,
tags) are written beneath the document layer and taken away again. Both sides of a line take turns in one run.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe

sys.path.insert(0, str(Path(__file__).parents[1]))

from city_diplomacy.access import doors
from city_diplomacy.access.rights import DEPARTMENT, MANAGER, OFFICER

PREFIX = "DOORS-BENCHMARK-"
PEOPLE = {role: f"{frappe.scrub(role)}@doors-benchmark.example" for role in (OFFICER, MANAGER, DEPARTMENT)}
CONFIDENTIAL = 20  # one in so many
LOT = 5_000
COLUMNS = ("name", "owner", "creation", "modified", "modified_by")
# DocType: the columns of the row about an agreement, filled in by its name.
ABOUT: dict[str, Callable[[str], dict[str, Any]]] = {
	"MOU Party": lambda name: {"parenttype": "MOU", "parent": name, "parentfield": "parties", "party_name": "A city"},
	"File": lambda name: {"attached_to_doctype": "MOU", "attached_to_name": name, "file_name": "a.txt", "is_private": 1},
	"Comment": lambda name: {"reference_doctype": "MOU", "reference_name": name, "comment_type": "Info", "content": "x"},
	"Version": lambda name: {"ref_doctype": "MOU", "docname": name, "data": "{}"},
	"Tag Link": lambda name: {"document_type": "MOU", "document_name": name, "tag": "x"},
	"ToDo": lambda name: {"reference_type": "MOU", "reference_name": name, "allocated_to": "nobody", "status": "Open"},
}  # fmt: skip


def main(arguments: list[str]) -> None:
	options = _parse(arguments)
	_start(options.site)
	try:
		_make_people()
		_make_agreements(options.agreements)
		for role, person in PEOPLE.items():
			for what, ours, bare in _lines(role):
				_report(role, what, *_measure(person, ours, bare, options.rounds))
	finally:
		frappe.set_user("Administrator")
		_remove()


def _lines(role: str) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Any]]]:
	"""(what, the door, the same rows without any permission) for each door the role may use."""

	def page(doctype: str, **options: Any) -> Callable[[], Any]:
		return lambda: frappe.get_list(doctype, fields=["name", "modified"], limit_page_length=20, **options)

	def bare_page(doctype: str) -> Callable[[], Any]:
		return lambda: frappe.get_all(doctype, fields=["name", "modified"], limit_page_length=20)

	def bare_count(doctype: str) -> Callable[[], Any]:
		return lambda: frappe.db.count(doctype)

	yield "list of agreements, first page", page("MOU"), bare_page("MOU")
	yield "agreements counted", lambda: doors.get_count("MOU"), bare_count("MOU")
	yield "agreements found in a link field", lambda: doors.search_link("MOU", "99"), bare_page("MOU")
	yield "parties, first page", page("MOU Party", parent_doctype="MOU"), bare_page("MOU Party")
	yield "files, first page", page("File"), bare_page("File")
	yield "tags, first page", page("Tag Link"), bare_page("Tag Link")
	yield "to-dos, first page", page("ToDo"), bare_page("ToDo")
	yield "comments counted", lambda: doors.get_count("Comment"), bare_count("Comment")
	yield "files counted", lambda: doors.get_count("File"), bare_count("File")


def _measure(
	person: str, ours: Callable, bare: Callable, rounds: int
) -> tuple[list[float], list[float], int]:
	"""Seconds of each round of both sides, taking turns, and the statements of one of ours."""
	took: tuple[list[float], list[float]] = ([], [])
	for _round in range(rounds + 1):
		for side, act in enumerate((ours, bare)):
			frappe.set_user(person)
			frappe.local.form_dict = frappe._dict()
			started = time.perf_counter()
			act()
			took[side].append(time.perf_counter() - started)
	frappe.set_user(person)
	with _statements() as counted:
		ours()
	return took[0][1:], took[1][1:], counted[0]


@contextmanager
def _statements() -> Iterator[list[int]]:
	counted, sql = [0], frappe.db.sql

	def note(*args: Any, **kwargs: Any) -> Any:
		counted[0] += 1
		return sql(*args, **kwargs)

	frappe.db.sql = note
	try:
		yield counted
	finally:
		frappe.db.sql = sql


def _report(role: str, what: str, ours: list[float], bare: list[float], statements: int) -> None:
	ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
	print(
		f"{role:28} {what:34} {statistics.median(ours) * 1000:8.1f} ms  "
		f"bare {statistics.median(bare) * 1000:8.1f} ms  ratio {ratio:6.2f}  statements {statements}"
	)


def _start(site: str) -> None:
	frappe.init(site=site)
	frappe.connect()
	if not frappe.conf.allow_tests:
		sys.exit(f"{site} has no allow_tests in its site_config.json: it is not for benchmarks.")


def _make_people() -> None:
	for role, person in PEOPLE.items():
		roles = [{"role": role}]
		frappe.get_doc(
			{"doctype": "User", "email": person, "first_name": role, "send_welcome_email": 0, "roles": roles}
		).insert()
	frappe.db.commit()


def _make_agreements(count: int) -> None:
	for first in range(0, count, LOT):
		names = [f"{PREFIX}{number:07}" for number in range(first, min(first + LOT, count))]
		agreements = [
			{
				"name": name,
				"title": name,
				"confidential": int(not number % CONFIDENTIAL),
				"workflow_state": "Draft",
			}
			for number, name in enumerate(names)
		]
		_insert("MOU", agreements)
		for doctype, about in ABOUT.items():
			_insert(doctype, [{"name": f"{name}-{doctype[:3]}", **about(name)} for name in names])
		frappe.db.commit()
	for doctype in ("MOU", *ABOUT):
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")


def _insert(doctype: str, rows: list[dict[str, Any]]) -> None:
	now = frappe.utils.now()
	stamps = {"owner": "Administrator", "creation": now, "modified": now, "modified_by": "Administrator"}
	rows = [{**stamps, **row} for row in rows]
	frappe.db.bulk_insert(doctype, list(rows[0]), [tuple(row.values()) for row in rows], chunk_size=LOT)


def _remove() -> None:
	for doctype in ("MOU", *ABOUT):
		frappe.db.delete(doctype, {"name": ["like", f"{PREFIX}%"]})
	for person in PEOPLE.values():
		frappe.delete_doc("User", person, force=True)
	frappe.db.commit()


def _parse(arguments: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--site", required=True)
	parser.add_argument("--agreements", type=int, default=100_000)
	parser.add_argument("--rounds", type=int, default=7)
	return parser.parse_args(arguments)


if __name__ == "__main__":
	main(sys.argv[1:])
