"""The registers at the size the app is measured at: 100,000 partners, accounts, promises and meetings.

Written in bulk, with the columns their own controllers work out from the names. A run that was stopped goes on where
it ended, and `remove` takes all of it away.
"""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import frappe
from frappe.utils import add_days, get_datetime, nowdate

from benchmarks import trade_at_size
from benchmarks.city_at_size import DOMAIN, FIRST_DAY, PREFIX
from city_diplomacy.access.rights import ROLES

LOT = 2_000
SYLLABLES = (
	"ba", "ber", "cal", "dor", "el", "fen", "gra", "hol", "in", "jar", "kel", "lu", "mon", "nor", "os", "pla", "qui",
	"ran", "sel", "tor", "ul", "vi", "wes", "yar", "zan", "burg", "ford", "grad", "heim", "land", "mouth", "polis",
	"stad", "ton", "ville", "wick",
)  # fmt: skip
# What organisations are called, by kind; {} is a place.
ORGANISATIONS = (
	("Port", "Port of {}"),
	("Port", "Puerto de {}"),
	("University", "University of {}"),
	("University", "Universität {}"),
	("Chamber of Commerce", "{} Chamber of Commerce and Industry"),
	("Airport", "{} International Airport"),
	("Non-profit", "{} Sister Cities Association"),
	("Agency", "{} Water and Power Authority"),
	("Cultural Institution", "Museum of {} and its Region"),
	("Non-profit", "Fundación {} para el Desarrollo"),
)
COUNTRIES = ("Japan", "Germany", "Mexico", "France", "Brazil", "India", "Italy", "Spain", "Poland", "Kenya")
STAGES = ("Contact", "Network Peer", "MOU", "Sister City", "Friendship City", "Dormant")
STAGE_WEIGHTS = (60, 33, 3, 1, 1, 2)
Rows = Iterator[dict[str, Any]]


def make(partners: int, accounts: int = 2_000, tell: Callable[[str], None] = print) -> None:
	"""Make what is missing, so that there are so many partners (three of five are cities) and accounts."""
	cities = partners * 3 // 5
	for doctype, wanted, rows in (
		("User", accounts, _accounts),
		("Partner City", cities, _cities),
		("Partner Organisation", partners - cities, _organisations),
		("Diaspora Organisation", partners // 50, _diaspora),
		("Partner Engagement", partners // 10, _engagements),
		("Partnership Commitment", partners // 5, _commitments),
		("Trade Lead", partners, trade_at_size.leads),
		("Export Win", partners // 5, trade_at_size.wins),
	):
		there = frappe.db.count(doctype, _ours(doctype))
		missing = islice(rows(), there, wanted)
		while lot := list(islice(missing, LOT)):
			_insert(doctype, lot)
			frappe.db.commit()
		tell(f"{max(wanted, there)} of {doctype}")


def remove() -> None:
	"""Take everything away again."""
	for doctype in ("Partner City", "Partner Organisation"):
		frappe.db.delete("Alternate Name", {"parenttype": doctype, "name": ["like", f"{PREFIX}%"]})
	frappe.db.delete("Heritage Country", {"name": ["like", f"{PREFIX}%"]})
	for table in ("Trade Stage Log", "Export Win Value"):
		frappe.db.delete(table, {"parent": ["like", f"{PREFIX}%"]})
	for doctype in (
		"Trade Lead",
		"Export Win",
		"Partnership Commitment",
		"Partner Engagement",
		"Partner Organisation",
		"Partner City",
		"Diaspora Organisation",
	):
		frappe.db.delete(doctype, _ours(doctype))
	frappe.db.delete("Has Role", {"parent": ["like", f"person.%@{DOMAIN}"]})
	frappe.db.delete("User", _ours("User"))
	frappe.db.commit()


def _ours(doctype: str) -> dict[str, Any]:
	if doctype == "User":
		return {"name": ["like", f"person.%@{DOMAIN}"]}
	if doctype in ("Partner City", "Partner Organisation", "Diaspora Organisation"):
		return {"source": PREFIX}
	return {"name": ["like", f"{PREFIX}%"]}


def _accounts() -> Rows:
	roles = list(ROLES)
	number = 0
	while True:
		name = f"person.{number:05}@{DOMAIN}"
		yield {
			"name": name,
			"email": name,
			"first_name": f"Person {number:05}",
			"full_name": f"Person {number:05}",
			"enabled": 1,
			"user_type": "System User",
			"roles": [{"role": roles[number % len(roles)]}],
		}
		number += 1


def _cities() -> Rows:
	for number, place in enumerate(_places(seed=1)):
		chance = random.Random(number)
		yield {
			"city_name": place,
			"country": chance.choice(COUNTRIES),
			"region": "",
			"relationship_stage": chance.choices(STAGES, STAGE_WEIGHTS)[0],
			"latitude": round(chance.uniform(-60, 70), 4),
			"longitude": round(chance.uniform(-180, 180), 4),
			"source": PREFIX,
			"alternate_names": [{"alternate_name": f"{place}-sur-Mer"}] if number % 3 == 0 else [],
		}


def _organisations() -> Rows:
	for number, place in enumerate(_places(seed=2)):
		kind, called = ORGANISATIONS[number % len(ORGANISATIONS)]
		yield {
			"organisation_name": called.format(place),
			"kind": kind,
			"country": COUNTRIES[number % len(COUNTRIES)],
			"relationship_stage": "Contact",
			"source": PREFIX,
			"alternate_names": [{"alternate_name": f"{place} {kind}"}] if number % 3 == 0 else [],
		}


def _diaspora() -> Rows:
	for number, place in enumerate(_places(seed=3)):
		chance = random.Random(number)
		countries = chance.sample(COUNTRIES, 1 + number % 2)
		yield {
			"organisation_name": f"{place} Community Association",
			"kind": "Community association",
			"source": PREFIX,
			"heritage_countries": [{"country": country} for country in countries],
		}


def _places(seed: int) -> Iterator[str]:
	"""Place names that do not exist, each once, the same at every run."""
	numbers = list(range(len(SYLLABLES) ** 3))
	random.Random(seed).shuffle(numbers)
	for before in ("", "New ", "Upper "):
		for number in numbers:
			first, rest = divmod(number, len(SYLLABLES) ** 2)
			second, third = divmod(rest, len(SYLLABLES))
			yield before + f"{SYLLABLES[first]}{SYLLABLES[second]}{SYLLABLES[third]}".capitalize()


def _engagements() -> Rows:
	number = 0
	while True:
		chance = random.Random(number)
		yield {
			"name": f"{PREFIX}E{number:06}",
			"subject": f"Meeting {number}",
			"engagement_type": "Meeting",
			"starts_on": FIRST_DAY + timedelta(days=chance.random() * 3_900),
			"agreement": f"{PREFIX}{chance.randrange(90_000):06}" if number % 2 else None,
			"engagement_owner": f"office@{DOMAIN}",
		}
		number += 1


def _commitments() -> Rows:
	number = 0
	departments = frappe.get_all(
		"Department", {"department_name": ["like", "Office % at Size"]}, pluck="name"
	)
	while True:
		chance = random.Random(number)
		yield {
			"name": f"{PREFIX}C{number:06}",
			"commitment": f"Send the statistics {number}",
			"status": chance.choice(("Open", "In Progress", "Done", "Done", "Done")),
			"due_date": add_days(nowdate(), chance.randrange(-200, 400)) if number % 5 else None,
			"owed_by": "Department",
			"department": chance.choice(departments),
			"source_doctype": "MOU" if number % 2 else None,
			"source_name": f"{PREFIX}{chance.randrange(90_000):06}" if number % 2 else None,
		}
		number += 1


def _insert(doctype: str, lot: list[dict[str, Any]]) -> None:
	"""Store documents with the tables they have; names and search names are worked out by their controllers."""
	by_doctype: dict[str, list[dict[str, Any]]] = {}
	for values in lot:
		doc = frappe.get_doc({"doctype": doctype, **values})
		if hasattr(doc, "set_search_names"):
			doc.set_search_names()
			doc.name = doc.names_by_place()[0]
		by_doctype.setdefault(doctype, []).append(_columns(doc))
		for row in doc.get_all_children():
			row.update({"name": f"{PREFIX}{frappe.generate_hash(length=12)}", "parent": doc.name})
			by_doctype.setdefault(row.doctype, []).append(_columns(row))
	for kind, rows in by_doctype.items():
		fields = list(rows[0])
		frappe.db.bulk_insert(
			kind, fields, [[row[field] for field in fields] for row in rows], ignore_duplicates=True
		)


def _columns(doc: Any) -> dict[str, Any]:
	moment = get_datetime(FIRST_DAY + timedelta(minutes=random.Random(doc.name).random() * 5_000_000))
	stamps = {
		"owner": "Administrator",
		"modified_by": "Administrator",
		"creation": moment,
		"modified": moment,
	}
	return {**doc.get_valid_dict(convert_dates_to_str=False), **stamps}
