"""Everything that grows with rows, measured at 100,000 agreements as the people it is for, with ratios.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without
`allow_tests`. The first run makes the city, which takes some minutes, and leaves it there; `--remove` takes it
away. Each line is measured against the same rows asked bare, or against what Frappe itself does, both sides taking
turns in one run.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import city_at_size, registers_at_size
from benchmarks.at_size_jobs import measure_jobs
from benchmarks.at_size_lists import measure_lists
from benchmarks.at_size_pages import measure_pages
from benchmarks.at_size_reports import measure_ledgers, measure_reports
from benchmarks.decisions import Site
from benchmarks.taking_turns import Line
from benchmarks.trade_at_size import measure_trade

ITEMS: dict[str, Callable[[Site, int], Iterator[Line]]] = {
	"jobs": measure_jobs,
	"lists": measure_lists,
	"pages": measure_pages,
	"reports": measure_reports,
	"ledgers": measure_ledgers,
	"trade": measure_trade,
}


def main(arguments: list[str]) -> None:
	options = _parse(arguments)
	site = Site(options.site)
	with site.request():
		if not frappe.conf.allow_tests:
			sys.exit(f"{options.site} has no allow_tests in its site_config.json: it is not for benchmarks.")
		if options.remove:
			registers_at_size.remove()
			city_at_size.remove()
			return
		if not options.measure_only:
			city_at_size.make(options.agreements)
			registers_at_size.make(options.partners)
		for doctype in ("MOU", "Approval Route", "Approval Clearance", "Approval Decision", "Partner City"):
			print(f"{frappe.db.count(doctype):9,} {doctype}")
	print(Line.heading())
	for name in options.only or ITEMS:
		for line in ITEMS[name](site, options.rounds):
			print(line, flush=True)


def _parse(arguments: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--site", required=True)
	parser.add_argument("--agreements", type=int, default=100_000)
	parser.add_argument("--partners", type=int, default=100_000)
	parser.add_argument("--rounds", type=int, default=5)
	parser.add_argument("--only", nargs="*", choices=list(ITEMS), help="these measurements alone")
	parser.add_argument("--measure-only", action="store_true", help="the city is there already")
	parser.add_argument("--remove", action="store_true", help="take the city away again")
	return parser.parse_args(arguments)


if __name__ == "__main__":
	main(sys.argv[1:])
