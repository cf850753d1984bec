"""The consular corps of Los Angeles, each mission with its source, and invented officers, gifts, cases and requests.

Persons are named by their seat, whatever they give or ask is called a sample, and telephones are of the range that
nobody has.
"""

from collections.abc import Callable
from typing import Any

from frappe.utils import add_days, cint, flt

from city_diplomacy.demo.loader import DOMAIN, MANAGER, Loader, acting_as, key
from city_diplomacy.demo.rows import Row, RowError
from city_diplomacy.diplomatic_protocol.gifts import decisions
from city_diplomacy.domain.protocol.corps import Position
from city_diplomacy.domain.protocol.gifts import GiftStatus
from city_diplomacy.domain.protocol.national_days import MONTHS

CHIEF = f"protocol.chief@{DOMAIN}"
MISSION, GIFT, REQUEST, CASE = "Consular Mission", "Official Gift", "Ceremonial Request", "Consular Case"
POSITIONS = {"head": Position.HEAD, "acting": Position.ACTING_HEAD}


def load_protocol(load: Loader) -> None:
	with acting_as(CHIEF):
		_load(load, "consulates.csv", MISSION, "mission_name", _mission)
		_load(load, "gift_thresholds.csv", "Gift Threshold", "threshold_name", _threshold)
		_load(load, "ceremonial_rules.csv", "Ceremonial Rule", "rule_name", _rule)
		_load(load, "ceremonial_requests.csv", REQUEST, "occasion", _request)
		_load(load, "consular_cases.csv", CASE, "subject", _case)
	_load_gifts(load)


def _load(
	load: Loader, file: str, doctype: str, called: str, values: Callable[[Loader, Row], dict[str, Any]]
) -> None:
	known = load.known(doctype, called)
	for row in load.rows(file, called):
		if key(row[called]) in known:
			load.report.there_already[doctype] += 1
		else:
			load.add(row, row[called], lambda row=row: {"doctype": doctype, **values(load, row)})


def _mission(load: Loader, row: Row) -> dict[str, Any]:
	month, _dash, day = row["national_day"].partition("-")
	return {
		"mission_name": row["mission_name"],
		"mission_type": row["mission_type"],
		"country": load.country(row["iso2"], row["country"]),
		"seat": row["city"],
		"national_day_month": MONTHS[cint(month) - 1] if month else None,
		"national_day_day": cint(day),
		"duty_telephone": row["duty_telephone"],
		"source": row.source_with_note(),
		"officers": [_head(row)] if row["head"] else [],
	}


def _head(row: Row) -> dict[str, Any]:
	seat = row["rank"] or "Director"
	return {
		"full_name": f"{seat.replace('-g', ' G')} of {row['country'].split(',')[0]}",
		"position": POSITIONS[row["head"]],
		"rank": row["rank"],
		"category": row["category"],
		"from_date": row["since"],
		"provisional_admission": row["provisional_admission"] or None,
		"exequatur": row["exequatur"] or None,
	}


def _threshold(load: Loader, row: Row) -> dict[str, Any]:
	columns = (
		"threshold_name",
		"direction",
		"official_role",
		"source_kind",
		"currency",
		"valid_from",
		"source",
	)
	return {
		**{column: row[column] for column in columns},
		"valid_until": row["valid_until"] or None,
		"above_value": flt(row["above_value"]),
		"above_year_sum": flt(row["above_year_sum"]),
		"source_address": row["address"],
	}


def _rule(load: Loader, row: Row) -> dict[str, Any]:
	limits = ("notice_days", "times_a_year", "longest_text")
	return {
		**{column: row[column] for column in ("rule_name", "kind", "valid_from", "draft", "source")},
		**{limit: cint(row[limit]) for limit in limits},
	}


def _request(load: Loader, row: Row) -> dict[str, Any]:
	columns = ("occasion", "kind", "organisation", "status", "decision_reason", "honouree")
	return {
		**{column: row[column] for column in columns},
		**{column: row[column] for column in ("contact_name", "contact_email")},
		"country": load.country(row["iso2"], row["organisation"]),
		"requested_on": add_days(load.today, -cint(row["asked_days_ago"])),
		"needed_on": add_days(load.today, cint(row["needed_in_days"])),
	}


def _case(load: Loader, row: Row) -> dict[str, Any]:
	day = add_days(load.today, -cint(row["days_ago"]))
	country = load.country(row["iso2"], row["subject"])
	missions = {found: name for (found,), name in load.known(MISSION, "country").items()}
	if key(country)[0] not in missions:
		raise RowError(f"There is no mission of {country}.")
	return {
		"subject": row["subject"],
		"kind": row["kind"],
		"consular_mission": missions[key(country)[0]],
		"status": row["status"],
		"happened_on": f"{day} 09:00:00",
		"reported_on": f"{day} 10:00:00",
		"outcome": row["outcome"],
		"notices": [{"told_on": f"{day} 11:00:00", "told_whom": row["told_whom"], "how": "Telephone"}],
	}


def _load_gifts(load: Loader) -> None:
	known = load.known(GIFT, "gift")
	for row in load.rows("official_gifts.csv", "gift"):
		if key(row["gift"]) in known:
			load.report.there_already[GIFT] += 1
			continue
		with acting_as(f"{row['entered_by']}@{DOMAIN}"):
			name = load.add(row, row["gift"], lambda row=row: _gift(load, row))
		if name and row["decision"]:
			load.attempt(row, row["gift"], lambda row=row, name=name: _decide(row, name))


def _decide(row: Row, gift: str) -> None:
	approve = row["decision"] == GiftStatus.APPROVED
	with acting_as(MANAGER):
		decisions.decide(gift, approve, "It becomes the city's." if approve else "It goes back with thanks.")


def _gift(load: Loader, row: Row) -> dict[str, Any]:
	columns = ("gift", "direction", "official_role", "official", "other_name", "source_kind", "affiliation")
	places = ("custody", "storage_location", "disposal", "occasion")
	return {
		"doctype": GIFT,
		**{column: row[column] for column in (*columns, *places)},
		"gift_date": add_days(load.today, -cint(row["days_ago"])),
		"country": load.country(row["iso2"], row["affiliation"]),
		"value": flt(row["value"]),
		"currency": "USD",
	}
