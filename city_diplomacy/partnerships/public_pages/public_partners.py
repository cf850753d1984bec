"""Which partner cities the public sees, and what of each: name, place, kind of tie, since when, networks."""

from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count

from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.partnerships.memberships import MembershipStatus
from city_diplomacy.domain.partnerships.relationship import RelationshipStage
from city_diplomacy.partnerships.public_pages.public_register import PAGE_LENGTH, pages_of, published

# A network peer or a contact is working knowledge of the office, not a tie of the city.
PARTNER_STAGES = (
	RelationshipStage.SISTER_CITY,
	RelationshipStage.FRIENDSHIP_CITY,
	RelationshipStage.MOU,
	RelationshipStage.DORMANT,
	RelationshipStage.HISTORIC,
)


def list_partners(country: str = "", stage: str = "", words: str = "", page: int = 1) -> dict:
	"""Partner cities the city has a tie with: {"count", "page", "pages", "rows", "places", "choices"}.

	`choices` are the countries of all partners shown to the public and, by stage, how many there are of them. Each row names its networks and how many agreements with it are published; `places` are all cities that
	fit, with coordinates, for the map.
	"""
	city = frappe.qb.DocType("Partner City")
	known = _known_partner(city)
	wanted = known
	if country:
		wanted &= city.country == country
	if stage:
		wanted &= city.relationship_stage == stage
	if folded := search_form(words):
		wanted &= city.search_names.like(f"%{folded}%")

	count = frappe.qb.from_(city).select(Count("*")).where(wanted).run()[0][0]
	pages, page = pages_of(count, page)
	rows = (
		frappe.qb.from_(city)
		.select(
			city.name,
			city.city_name,
			city.country,
			city.region,
			city.relationship_stage,
			city.relationship_since,
			city.since_precision,
			city.website,
		)
		.where(wanted)
		.orderby(city.city_name)
		.orderby(city.name)
		.limit(PAGE_LENGTH)
		.offset((page - 1) * PAGE_LENGTH)
		.run(as_dict=True)
	)
	names = [row.name for row in rows]
	networks, agreements = _networks_of(names), _agreements_with(names)
	return {
		"count": count,
		"page": page,
		"pages": pages,
		"rows": [
			{**row, "networks": networks[row.name], "agreements": agreements.get(row.name, 0)} for row in rows
		],
		"places": _places(city, wanted),
		"choices": _choices(city, known),
	}


def _choices(city, known) -> dict:
	"""Countries of the partners shown, and how many partners there are at each stage, most formal first."""
	rows = (
		frappe.qb.from_(city)
		.select(city.country, city.relationship_stage, Count("*"))
		.where(known)
		.groupby(city.country, city.relationship_stage)
		.run()
	)
	counts: dict[str, int] = defaultdict(int)
	for _country, stage, count in rows:
		counts[stage] += count
	return {
		"countries": sorted({row[0] for row in rows}),
		"stages": [{"stage": stage, "count": counts[stage]} for stage in PARTNER_STAGES if stage in counts],
	}


def _known_partner(city):
	"""A partner at stage MOU is shown once an agreement with it is: its stage alone would tell of one.

	Which those are is asked once for all that a page asks of partners.
	"""
	formal = [stage for stage in PARTNER_STAGES if stage != RelationshipStage.MOU]
	known, shown = city.relationship_stage.isin(formal), _at_stage_mou_with_published(city)
	return (
		known | ((city.relationship_stage == RelationshipStage.MOU) & city.name.isin(shown))
		if shown
		else known
	)


def _at_stage_mou_with_published(city) -> list[str]:
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	return (
		frappe.qb.from_(mou)
		.join(party)
		.on((party.parent == mou.name) & (party.party_type == "Partner City"))
		.join(city)
		.on(city.name == party.party)
		.select(city.name)
		.distinct()
		.where(published(mou) & (city.relationship_stage == RelationshipStage.MOU))
		.run(pluck=True)
	)


def _networks_of(cities: list[str]) -> dict[str, list[dict]]:
	networks: dict[str, list[dict]] = defaultdict(list)
	if cities:
		member, network = frappe.qb.DocType("Network Membership"), frappe.qb.DocType("City Network")
		rows = (
			frappe.qb.from_(member)
			.join(network)
			.on(network.name == member.network)
			.select(member.partner_city, network.network_name, network.acronym)
			.where(
				member.partner_city.isin(cities)
				& (member.member_type == "Partner City")
				& (member.status == MembershipStatus.MEMBER)
			)
			.orderby(network.network_name)
			.run(as_dict=True)
		)
		for row in rows:
			networks[row.partner_city].append(
				{"name": row.network_name, "short": row.acronym or row.network_name}
			)
	return networks


def _agreements_with(cities: list[str]) -> dict[str, int]:
	if not cities:
		return {}
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	rows = (
		frappe.qb.from_(party)
		.join(mou)
		.on(mou.name == party.parent)
		.select(party.party, Count(mou.name).distinct())
		.where(published(mou) & (party.party_type == "Partner City") & party.party.isin(cities))
		.groupby(party.party)
		.run()
	)
	return dict(rows)


def _places(city, wanted) -> list[dict]:
	return (
		frappe.qb.from_(city)
		.select(city.city_name, city.country, city.relationship_stage, city.latitude, city.longitude)
		.where(wanted & ((city.latitude != 0) | (city.longitude != 0)))
		.orderby(city.city_name)
		.limit(1000)
		.run(as_dict=True)
	)
