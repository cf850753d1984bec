"""A table imported by Register Import and by Frappe's Data Import: rows per second, from the file to the records.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without `allow_tests`.
Both sides read the same file, in one process, with a commit wherever their jobs end; what they make is taken away again.
Register Import's time is given for the look at the lines, which writes nothing, and for the import itself. Seconds of the
process's own work on the processor are given as well, which other work on the machine disturbs less; what the database does
meanwhile is not among them.
"""

import argparse
import csv
import io
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import frappe

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made_up_names import word
from city_diplomacy.domain.imports.states import ImportStatus
from city_diplomacy.register_imports import imports, jobs, store

ZONE, SITE = "Asia/Tokyo", "https://example.org"
DATA_IMPORT_LOG = "Data Import Log"
HEADINGS = {
	"Partner City": (
		"City name", "Country", "Region", "Population", "Website", "Latitude", "Longitude", "Time zone", "Source",
		"Alternate name (Alternate names)",
	),
	"Trade Lead": ("Company", "Direction", "Market", "Value per year", "Currency", "Potential"),
}  # fmt: skip


def main(arguments: list[str]) -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("site")
	parser.add_argument("--rows", type=int, default=10_000)
	parser.add_argument("--theirs", type=int, help="rows for Frappe's side, where all of them take too long")
	options = parser.parse_args(arguments)
	frappe.init(options.site)
	frappe.connect()
	if not frappe.conf.allow_tests:
		raise SystemExit(
			f"{options.site} has no allow_tests in its site_config.json: it is not for benchmarks."
		)
	frappe.enqueue = _not_now
	for register in HEADINGS:
		ours, theirs = (
			table(register, options.rows, "o"),
			table(register, options.theirs or options.rows, "t"),
		)
		try:
			looked, written = time_ours(register, ours)
			frappes = time_theirs(register, theirs)
		finally:
			remove(register)
		for clock, of in (("by the clock", 0), ("by the processor", 1)):
			tell(
				f"{register}, {clock}",
				(options.rows / looked[of], options.rows / written[of]),
				(options.theirs or options.rows) / frappes[of],
			)


def tell(what: str, ours: tuple[float, float], theirs: float) -> None:
	"""Print rows a second of the look, of the writing and of both, and how many times Data Import's they are."""
	looked, written = ours
	both = 1 / (1 / looked + 1 / written)
	print(
		f"{what}: looked at {looked:.0f} rows/s, written {written:.0f} rows/s, both {both:.0f} rows/s; "
		f"Data Import {theirs:.0f} rows/s; ratio written {written / theirs:.1f}, both {both / theirs:.1f}"
	)


Took = tuple[float, float]
"""Seconds by the clock and of the processor."""


def now() -> Took:
	return time.perf_counter(), time.process_time()


def since(before: Took) -> Took:
	wall, work = now()
	return wall - before[0], work - before[1]


def _not_now(*arguments, **options) -> None:
	"""The chain of jobs is gone along here, a commit after each as a worker makes it."""


def table(register: str, rows: int, mark: str) -> str:
	"""A file of made-up records as CSV."""
	dice, out = random.Random(f"{register}{mark}"), io.StringIO()
	writer = csv.writer(out)
	writer.writerow(HEADINGS[register])
	writer.writerows(_rows(register, rows, mark, dice))
	return out.getvalue()


def _rows(register: str, rows: int, mark: str, dice: random.Random) -> Iterator[tuple]:
	for number in range(rows):
		name = f"{word(dice, 3, 3)}{mark} {word(dice, 4, 4)}"
		if register == "Partner City":
			yield (
				name, "Japan", "Aichi", 1000 + number, SITE, 35.1, 136.9, ZONE, "A list", f"Old {name}",
			)  # fmt: skip
		else:
			yield f"{name} Works", "Export", "Japan", 1000 + number, "USD", "High"


def upload(content: str, name: str) -> str:
	file = frappe.get_doc(
		{"doctype": "File", "file_name": name, "is_private": 1, "content": content}
	).insert()
	return file.file_url


def time_ours(register: str, content: str) -> tuple[Took, Took]:
	"""What it takes for the look at the lines and for writing them."""
	doc = frappe.get_doc({"doctype": store.IMPORT, "register": register, "file": upload(content, "ours.csv")})
	doc.insert()
	frappe.db.commit()
	took = []
	for verb, until in ((imports.read, ImportStatus.READY), (imports.run, ImportStatus.IMPORTED)):
		before = now()
		verb(doc.name)
		frappe.db.commit()
		while (status := frappe.db.get_value(store.IMPORT, doc.name, "status")) != until:
			if status == ImportStatus.FAILED:
				raise SystemExit(frappe.db.get_value(store.IMPORT, doc.name, "why"))
			jobs.go_on(doc.name)
			frappe.db.commit()
			print(
				f"  {status}, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most",
				file=sys.stderr,
			)
		took.append(since(before))
	doc.reload()
	print(
		f"  {doc.lines} lines: {doc.added} added, {doc.refused} refused, {doc.doubles} doubles",
		file=sys.stderr,
	)
	return took[0], took[1]


def time_theirs(register: str, content: str) -> Took:
	"""What it takes for Frappe's Data Import."""
	from frappe.core.doctype.data_import.importer import Importer

	doc = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": register,
			"import_type": "Insert New Records",
			"import_file": upload(content, "theirs.csv"),
			"mute_emails": 1,
		}
	).insert()
	frappe.db.commit()
	before = now()
	Importer(register, data_import=doc).import_data()
	return since(before)


def remove(register: str) -> None:
	"""Take away what both sides made, beneath the document layer."""
	frappe.db.rollback()
	names = frappe.get_all(
		register,
		{"name": ["is", "set"], "source": "A list"}
		if register == "Partner City"
		else {"company_name": ["like", "% Works"]},
		pluck="name",
		limit_page_length=0,
	)
	for start in range(0, len(names), 1000):
		lot = names[start : start + 1000]
		frappe.db.delete("Version", {"ref_doctype": register, "docname": ["in", lot]})
		frappe.db.delete("Alternate Name", {"parenttype": register, "parent": ["in", lot]})
		frappe.db.delete("Name Key", {"record_type": register, "record": ["in", lot]})
		frappe.db.delete(register, {"name": ["in", lot]})
	for doctype in (store.IMPORT, "Data Import"):
		for name in frappe.get_all(doctype, pluck="name"):
			frappe.delete_doc(doctype, name, force=True)
	frappe.db.delete(DATA_IMPORT_LOG)
	frappe.db.commit()


if __name__ == "__main__":
	os.environ.setdefault("PYTHONHASHSEED", "0")
	main(sys.argv[1:])
