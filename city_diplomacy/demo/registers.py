"""The registers of partners: cities, networks and their members, organisations here and abroad."""

from collections.abc import Callable
from typing import Any

import frappe

from city_diplomacy.demo.loader import DOMAIN, Loader, key, known_part
from city_diplomacy.demo.rows import Row, RowError

OUR_NAME = "Los Angeles"
PEER = "Network Peer"
COMMUNITY_OFFICER = f"community.officer@{DOMAIN}"


def load_networks(load: Loader) -> None:
	known = load.known("City Network", "network_name")
	for row in load.rows("networks.csv", "acronym"):
		name = row["name"]
		network = known.get(key(name))
		if network:
			load.report.there_already["City Network"] += 1
		else:
			network = load.add(row, name, lambda row=row: _network(load, row))
		if network:
			load.networks[row["acronym"]] = network


def _network(load: Loader, row: Row) -> dict[str, Any]:
	return {
		"doctype": "City Network",
		"network_name": row["name"],
		"acronym": row["acronym"],
		"theme": row["theme"],
		"founded_year": row["founded_year"] or None,
		"website": row["website"],
		"secretariat_city": row["secretariat_city"],
		"secretariat_country": _country_by_name(row["secretariat_country"]),
		"basis": row["basis"],
		"basis_detail": row["membership_basis"],
		"source": row.source_with_note(),
	}


def load_cities(load: Loader) -> None:
	"""First the partners, then the networks' member cities that are none; ours is no partner of itself."""
	known = load.known("Partner City", "city_name", "country")
	for row in load.rows("partner_cities.csv", "city", "iso2"):
		_load_city(load, known, row, row["city"], lambda row=row: _partnership(row))
	stages = {
		(row["record"], row["iso2"]): row["relationship_stage"]
		for row in load.rows("parties.csv")
		if row["relationship_stage"]
	}
	for row in load.rows("cities.csv", "canonical_city", "iso2"):
		place = (row["canonical_city"], row["iso2"])
		if row["canonical_city"] != OUR_NAME and place not in load.cities:
			_load_city(load, known, row, place[0], lambda place=place: _stage(stages.get(place, PEER)))


def _load_city(
	load: Loader, known: dict[tuple, str], row: Row, name: str, relation: Callable[[], dict[str, Any]]
) -> None:
	def make() -> str:
		country = load.country(row["iso2"], row["country"])
		there = known.get(key(name, country))
		if there:
			load.report.there_already["Partner City"] += 1
			return there
		alternates = row.list_of("alternate_names") if "alternate_names" in row.values else []
		return load.insert(
			{
				"doctype": "Partner City",
				"city_name": name,
				"country": country,
				"latitude": row["latitude"] or None,
				"longitude": row["longitude"] or None,
				"alternate_names": [_alternate(written) for written in alternates],
				"source": row.source_with_note(),
				**relation(),
			}
		)

	city = load.attempt(row, name, make)
	if city:
		load.cities[(name, row["iso2"])] = city


def _partnership(row: Row) -> dict[str, Any]:
	since = known_part(row["signed_date"] or row["since_year"], "relationship_since", "since_precision")
	return {**_stage(row["relationship_stage"]), **since}


def _stage(stage: str) -> dict[str, str]:
	return {"relationship_stage": stage}


def _alternate(written: str) -> dict[str, str]:
	"""A former name, such as "West Berlin (at signing)", with what is said about it."""
	name, _opened, note = written.removesuffix(")").partition(" (")
	return {"alternate_name": name, "note": note}


def load_memberships(load: Loader) -> None:
	"""Which city is in which network, ours included, with what our memberships cost."""
	known = load.known("Network Membership", "network", "partner_city")
	terms = {row["network"]: row for row in load.rows("own_memberships.csv", "network")}
	for row in load.rows("network_members.csv", "network", "canonical_city", "iso2"):
		load.attempt(
			row,
			f"{row['city']} in {row['network']}",
			lambda row=row: _load_membership(load, known, row, terms),
		)


def _load_membership(load: Loader, known: dict[tuple, str], row: Row, terms: dict[str, Row]) -> None:
	network, is_ours = load.network(row["network"]), row["canonical_city"] == OUR_NAME
	city = "" if is_ours else load.city(row["canonical_city"], row["iso2"])
	if key(network, city) in known:
		load.report.there_already["Network Membership"] += 1
		return
	load.insert(
		{
			"doctype": "Network Membership",
			"network": network,
			"member_type": "Our City" if is_ours else "Partner City",
			"partner_city": city,
			"status": "Member",
			"basis": row["basis_kind"],
			"notes": row["basis"],
			"source": row.source_with_note(),
			**known_part(row["since_year"], "since", "since_precision"),
			**(_terms(load, terms[row["network"]]) if is_ours and row["network"] in terms else {}),
		}
	)


def _terms(load: Loader, row: Row) -> dict[str, Any]:
	days = row["renewal_in_days"]
	return {
		"owning_department": load.department(row["owning_department"]),
		"responsible_user": row["responsible_user"],
		"dues": float(row["dues"] or 0),
		"currency": row["currency"] or None,
		"renewal_date": frappe.utils.add_days(load.today, int(days)) if days else None,
	}


def load_parties(load: Loader) -> None:
	"""Find the record each named party is kept under, and make the organisations and cities not there yet."""
	known = {
		"Partner Organisation": load.known("Partner Organisation", "organisation_name", "country"),
		"Partner City": load.known("Partner City", "city_name", "country"),
	}
	for row in load.rows("parties.csv", "party"):
		name = load.attempt(row, row["party"], lambda row=row: _party(load, known, row))
		if name:
			load.partners[key(row["party"])] = (row["party_type"], name)


def _party(load: Loader, known: dict[str, dict[tuple, str]], row: Row) -> str:
	kind, record = row["party_type"], row["record"]
	if kind == "Company":
		return load.company
	if kind == "Department":
		return load.department(record)
	if kind == "City Network":
		return load.network(record)
	country = load.country(row["iso2"], record)
	there = known[kind].get(key(record, country))
	if not there:
		there = load.insert(_city_party(load, row) if kind == "Partner City" else _organisation(load, row))
		known[kind][key(record, country)] = there
	elif kind == "Partner Organisation":
		load.report.there_already[kind] += 1
	return there


def _city_party(load: Loader, row: Row) -> dict[str, Any]:
	return {
		"doctype": "Partner City",
		"city_name": row["record"],
		"country": load.country(row["iso2"], row["record"]),
		"relationship_stage": row["relationship_stage"] or "Contact",
		"source": row.source_with_note(),
	}


def _organisation(load: Loader, row: Row) -> dict[str, Any]:
	city = row["partner_city"]
	return {
		"doctype": "Partner Organisation",
		"organisation_name": row["record"],
		"kind": row["organisation_kind"],
		"country": load.country(row["iso2"], row["record"]),
		"partner_city": load.city(city, row["iso2"]) if city else None,
		"relationship_stage": row["relationship_stage"],
		"source": row.source_with_note(),
	}


def load_diaspora(load: Loader) -> None:
	"""The directory of diaspora organisations. Nobody's consent is made up, so none of them is published."""
	known = load.known("Diaspora Organisation", "organisation_name")
	codes = {row["language"]: row["code"] for row in load.rows("languages.csv")}
	for row in load.rows("diaspora_organisations.csv", "name"):
		if key(row["name"]) in known:
			load.report.there_already["Diaspora Organisation"] += 1
			continue
		languages = {name: codes.get(name) for name in row.list_of("language")}
		unknown = sorted(
			name for name, code in languages.items() if code != "" and code not in load.languages
		)
		made = load.add(
			row,
			row["name"],
			lambda row=row, languages=languages: {
				"doctype": "Diaspora Organisation",
				"organisation_name": row["name"],
				"kind": row["directory_kind"],
				"heritage_countries": _heritage(load, row),
				"languages": [{"language": code} for code in languages.values() if code in load.languages],
				"website": row["website"],
				"neighbourhoods": row["city"] if row["city"] != OUR_NAME else "",
				"source": row.source_with_note(),
			},
		)
		if made and unknown:
			load.report.add_left_out(row, row["name"], f"This site has no language {', '.join(unknown)}.")


def _heritage(load: Loader, row: Row) -> list[dict[str, str]]:
	country = load.country(row["iso2"], row["country_of_heritage"])
	return [{"country": country}] if country else []


def _country_by_name(name: str) -> str | None:
	if name and not frappe.get_cached_value("Country", name, "name"):
		raise RowError(f"{name} is not in this site's list of countries.")
	return name or None
