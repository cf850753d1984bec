"""The roster of a thousand missions, and the gifts of an office that kept a hundred thousand: how long each view takes.

	cd sites && ../env/bin/python ../apps/city_diplomacy/benchmarks/protocol_at_size.py --site SITE

Everything is written in one transaction that is rolled back in the end. Each view is timed with what it asks of the
database bare, in turns.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import frappe
from frappe.query_builder.functions import Count, Sum

from city_diplomacy.diplomatic_protocol.gifts import memory, public_log
from city_diplomacy.diplomatic_protocol.report.consular_roster import consular_roster
from city_diplomacy.diplomatic_protocol.report.official_gifts_by_quarter import official_gifts_by_quarter
from city_diplomacy.domain.protocol.gifts import quarter_of
from tests.desk.counting import counted_statements

FIRST_DAY, DAYS = date(2015, 1, 1), 4000
TYPES = ("Consulate-general", "Consulate", "Honorary consulate", "Representative office")
MISSION, OFFICER, GIFT = "Consular Mission", "Consular Officer", "Official Gift"
LOT = 5_000


def make_corps(missions: int, draw: random.Random) -> None:
	"""Missions with a head and two officers each."""
	countries = frappe.get_all("Country", pluck="name", limit_page_length=0)
	rows, officers = [], []
	for number in range(missions):
		name, kind = f"ZZ-{number:05}", draw.choice(TYPES)
		rows.append({"name": name, "mission_name": f"Mission {number}", "mission_type": kind})
		rows[-1]["country"] = draw.choice(countries)
		for place in range(3):
			day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
			officers.append(
				{
					"name": f"{name}-{place}",
					"parent": name,
					"parenttype": MISSION,
					"parentfield": "officers",
					"idx": place + 1,
					"full_name": f"Officer {place}",
					"position": "Consular officer" if place else "Head of post",
					"rank": draw.choice(("Consul-general", "Consul")),
					"category": "Honorary" if kind.startswith("Honorary") else "Career",
					"exequatur": day,
					"from_date": day,
				}
			)
	_insert(MISSION, rows)
	_insert(OFFICER, officers)


def make_gifts(gifts: int, draw: random.Random) -> None:
	rows = []
	for number in range(gifts):
		day, value = FIRST_DAY + timedelta(days=draw.randrange(DAYS)), draw.randrange(1, 500)
		rows.append(
			{
				"name": f"ZZ-{number:06}",
				"gift": f"Gift {number}",
				"direction": draw.choice(("Received", "Given")),
				"gift_date": day,
				"gift_quarter": quarter_of(day),
				"official": "Mayor",
				"official_role": "Elected official",
				"other_name": f"Person {number % 5_000}",
				"affiliation": f"City {number % 2_000}",
				"source_kind": "City or region",
				"source_key": f"city {number % 2_000}|mayor",
				"value": value,
				"currency": "USD",
				"status": "Approved" if value > 250 else "Logged",
				"above_threshold": int(value > 250),
				"days_to_log": number % 20,
				"withhold": 0,
			}
		)
	_insert(GIFT, rows)


def _insert(doctype: str, rows: list[dict[str, Any]]) -> None:
	now = frappe.utils.now()
	stamps = {"owner": "Administrator", "modified_by": "Administrator", "creation": now, "modified": now}
	columns = [*rows[0], *stamps]
	for start in range(0, len(rows), LOT):
		values = [(*row.values(), *stamps.values()) for row in rows[start : start + LOT]]
		frappe.db.bulk_insert(doctype, columns, values)


def _bare_roster() -> Any:
	missions = frappe.get_all(MISSION, fields=["name", "mission_name", "country"], limit_page_length=0)
	names = [row.name for row in missions]
	return frappe.get_all(OFFICER, {"parent": ["in", names]}, ["*"], limit_page_length=0)


def _bare_gifts() -> Any:
	gift = frappe.qb.DocType(GIFT)
	groups = (gift.gift_quarter, gift.direction, gift.currency)
	return frappe.qb.from_(gift).select(*groups, Count("*"), Sum(gift.value)).groupby(*groups).run()


def _gift() -> Any:
	values = {"gift": "Bowl", "direction": "Received", "gift_date": "2025-06-01", "affiliation": "City 7"}
	people = {"official": "Mayor", "official_role": "Elected official", "other_name": "Person 7"}
	gift = frappe.get_doc({"doctype": GIFT, **values, **people, "value": 40, "currency": "USD"})
	gift.gift_date = date(2025, 6, 1)
	return gift


def measure(rounds: int) -> None:
	views: list[tuple[str, Callable[[], Any], Callable[[], Any] | None]] = [
		("roster as of a day", lambda: consular_roster.execute({"as_of": "2026-06-01"}), _bare_roster),
		("gifts by quarter", lambda: official_gifts_by_quarter.execute({}), _bare_gifts),
		("public log, one page", lambda: public_log.list_gifts("2025-Q2"), None),
		("quarters of the public log", public_log.quarters, None),
		("what to know of a gift", lambda: memory.warnings(_gift()), None),
	]
	for what, ours, bare in views:
		ours()
		mine, theirs = [], []
		for _round in range(rounds):
			mine.append(_timed(ours))
			if bare:
				theirs.append(_timed(bare))
		with counted_statements() as sent:
			ours()
		beside = f", bare {statistics.median(theirs):.0f} ms" if theirs else ""
		print(f"{what:32} {statistics.median(mine):6.0f} ms{beside}, {len(sent)} statements")


def _timed(act: Callable[[], Any]) -> float:
	began = time.perf_counter()
	act()
	return (time.perf_counter() - began) * 1000


def main() -> None:
	options = argparse.ArgumentParser(description=__doc__)
	options.add_argument("--site", required=True)
	options.add_argument("--missions", type=int, default=1_000)
	options.add_argument("--gifts", type=int, default=100_000)
	options.add_argument("--rounds", type=int, default=9)
	chosen = options.parse_args()
	frappe.init(chosen.site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	try:
		make_corps(chosen.missions, random.Random(1))
		make_gifts(chosen.gifts, random.Random(2))
		measure(chosen.rounds)
	finally:
		frappe.db.rollback()


if __name__ == "__main__":
	main()
