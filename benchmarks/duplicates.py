"""The check for doubles among 100,000 names, and against comparing with the whole country, as it was done before.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without
`allow_tests`. The organisations are written beneath the document layer and taken away again; all are of one country,
and most of their words are those of a few hundred bodies and places. `measure` alone reads what a site has.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import frappe

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made_up_names import word
from city_diplomacy.domain.names.known import tables
from city_diplomacy.domain.names.similarity import likely_duplicates
from city_diplomacy.partnerships.partners import name_index

PREFIX, COUNTRY, DOCTYPE = "DUPLICATES-BENCHMARK-", "Japan", "Partner Organisation"
LOT = 2_000
COLUMNS = ("name", "owner", "creation", "modified", "modified_by", "organisation_name", "country", "kind")
BODIES = (
	"University of {}", "{} Chamber of Commerce and Industry", "Port of {}", "{} Port Authority", "Ministry of {}",
	"{} International Airport", "Museum of {}", "{} Institute of Technology", "City Council of {}", "{} Shipping Co., Ltd.",
	"National Library of {}", "{} Development Agency", "Association of Engineers of {}", "Stadtwerke {} GmbH",
	"{} Foundation for Culture", "Instituto de {}", "{} Trade Promotion Council", "Red Cross of {}", "{} Science Park",
	"Consulate General of {}",
)  # fmt: skip


def main(arguments: list[str]) -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("site")
	parser.add_argument("--names", type=int, default=100_000)
	parser.add_argument("--rounds", type=int, default=200)
	options = parser.parse_args(arguments)
	frappe.init(options.site)
	frappe.connect()
	if not frappe.conf.allow_tests:
		raise SystemExit(
			f"{options.site} has no allow_tests in its site_config.json: it is not for benchmarks."
		)
	try:
		fill(options.names)
		for what, figure in measure(options.rounds).items():
			print(f"{what}: {figure:.1f}")
	finally:
		remove()


def measure(rounds: int = 200) -> dict[str, float]:
	"""Milliseconds of the check for a name with a letter wrong, of comparing with all, and how many were found."""
	stored = frappe.get_all(
		DOCTYPE, fields=["name", "organisation_name"], limit=rounds * 20, order_by="name asc"
	)
	chance = random.Random(2026)
	asked = [
		(row.name, _misspelt(row.organisation_name, chance))
		for row in chance.sample(stored, min(rounds, len(stored)))
	]
	times, found, judged = [], 0, 0
	for record, name in asked:
		begun = time.perf_counter()
		matches = likely_duplicates(name, name_index.names_alike(DOCTYPE, name, but="", country=COUNTRY))
		times.append(1000 * (time.perf_counter() - begun))
		is_alike = bool(likely_duplicates(name, name_index.names_of(DOCTYPE, [record])))
		judged += is_alike
		found += is_alike and record in {match.key for match in matches}
	begun = time.perf_counter()
	likely_duplicates(asked[0][1], _all_names())
	everything = 1000 * (time.perf_counter() - begun)
	times.sort()
	return {
		"check, median ms": statistics.median(times),
		"check, 95th percentile ms": times[int(0.95 * len(times))],
		"check, slowest ms": times[-1],
		"all names of the country compared, ms": everything,
		"recall of what the whole comparison finds, per cent": 100 * found / max(judged, 1),
	}


def _all_names() -> dict[str, list[str]]:
	rows = frappe.get_all(DOCTYPE, {"country": COUNTRY}, ["name", "organisation_name"], limit=0)
	return {row.name: [row.organisation_name] for row in rows}


def fill(names: int) -> None:
	"""Write organisations with their keys."""
	lot: dict[str, list[str]] = {}
	for number, name in zip(range(names), _names(), strict=False):
		lot[f"{PREFIX}{number:06}"] = [name]
		if len(lot) == LOT or number == names - 1:
			now = frappe.utils.now()
			rows = [
				(key, "Administrator", now, now, "Administrator", one, COUNTRY, "Other")
				for key, (one,) in lot.items()
			]
			frappe.db.bulk_insert(DOCTYPE, list(COLUMNS), rows)
			name_index.index_names(DOCTYPE, lot)
			frappe.db.commit()
			lot = {}


def remove() -> None:
	for doctype, column in ((DOCTYPE, "name"), ("Name Key", "record")):
		frappe.db.delete(doctype, {column: ["like", f"{PREFIX}%"]})
		frappe.db.commit()


def _names() -> Iterator[str]:
	"""Names of bodies of known cities and of places there are not, without end."""
	chance = random.Random(7)
	cities = sorted(tables()["place"])
	while True:
		place = chance.choice(cities) if chance.random() < 0.3 else word(chance)
		yield chance.choice(BODIES).format(place)


def _misspelt(name: str, chance: random.Random) -> str:
	place = chance.randrange(len(name))
	return name[:place] + chance.choice("aeinorst") + name[place + chance.randint(0, 1) :]


if __name__ == "__main__":
	main(sys.argv[1:])
