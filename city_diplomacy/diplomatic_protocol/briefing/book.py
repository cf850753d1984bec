"""What stands in a briefing book, as far as its reader may know of it.

Everything is read with `frappe.get_list` in the reader's own name: an agreement, a meeting or a promise they may not
know of leaves no trace in their book.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, fmt_money, formatdate

from city_diplomacy.diplomatic_protocol.visits.programme import named_in, span_of
from city_diplomacy.domain.partnerships.commitments import OPEN
from city_diplomacy.domain.protocol.visits import Side, TalkingPointWeight
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.registers.record_dates import today

LAST_ENGAGEMENTS = 5
MOST_ROWS = 30
DAY = "EEEE, d MMMM y"
DATE = "d MMMM y"

Partners = list[tuple[str, str]]


def book_of(visit: Any) -> dict[str, Any]:
	"""The contents, with dates and choices in words, in the language of `frappe.local.lang`.

	The reader has shown that they may read the visit.
	"""
	partners = [(row.partner_type, row.partner) for row in visit.partners]
	return {
		"title": visit.visit_title,
		"direction": _(visit.direction),
		"kind": _(visit.visit_kind),
		"status": _(visit.status),
		"country": _(visit.country) if visit.country else "",
		"arrives": formatdate(visit.arrives_on, DAY),
		"leaves": formatdate(visit.leaves_on, DAY),
		"purpose": cstr(visit.purpose),
		"partners": [name for _kind, name in partners],
		"guests": _people(visit, Side.VISITING),
		"hosts": _people(visit, Side.HOST),
		"points": _points(visit),
		"dos": _lines(visit.dos),
		"donts": _lines(visit.donts),
		"days": _programme(visit),
		"engagements": _engagements(partners),
		"promises": _promises(partners),
		"agreements": _agreements(partners),
		"gifts": _gifts(visit, partners),
		"gifts_planned": _lines(visit.gifts_planned),
		"interpreting": cstr(visit.interpreting),
		"made_on": formatdate(today(), DATE),
		"made_for": frappe.utils.get_fullname(),
	}


def _lines(words: Any) -> list[str]:
	return [line.strip() for line in cstr(words).splitlines() if line.strip()]


def _people(visit: Any, side: Side) -> list[dict[str, Any]]:
	"""Who comes, the head first, each with how the name is said and what they need."""
	rows = [row for row in visit.delegates if row.side == side and not row.withdrawn_on]
	return [
		{
			"name": row.name_as_written,
			"spoken": cstr(row.name_as_spoken),
			"title": ", ".join(filter(None, (row.job_title, row.organisation))),
			"address": cstr(row.form_of_address),
			"language": cstr(row.language),
			"is_head": bool(row.is_head),
			"needs": "; ".join(filter(None, (cstr(row.diet), cstr(row.access_needs)))),
		}
		for row in sorted(rows, key=lambda row: (not row.is_head, row.idx))
	]


def _points(visit: Any) -> list[dict[str, str]]:
	weights = list(TalkingPointWeight)
	rows = sorted(visit.talking_points, key=lambda row: (weights.index(row.weight), row.idx))
	return [{"weight": _(row.weight), "topic": cstr(row.topic), "point": cstr(row.point)} for row in rows]


def _programme(visit: Any) -> list[dict[str, Any]]:
	"""The items by the day they begin on there, each with its hours, its place and who takes part."""
	days: dict[str, list[dict[str, Any]]] = {}
	leads = sorted({row.lead for row in visit.programme if row.lead})
	users = frappe.get_all("User", {"name": ["in", leads or [""]]}, ["name", "full_name"])
	names = {row.name: row.full_name for row in users}
	for starts, ends, row in sorted(
		((*span_of(row), row) for row in visit.programme), key=lambda one: one[:2]
	):
		days.setdefault(formatdate(starts.date(), DAY), []).append(
			{
				"hours": f"{starts:%H:%M}–{ends:%H:%M}",
				"zone": row.time_zone,
				"title": row.title,
				"place": cstr(row.place),
				"lead": names.get(row.lead, ""),
				"interpreter": cstr(row.interpreter),
				"people": named_in(row),
				"remarks": cstr(row.remarks),
			}
		)
	return [{"day": day, "entries": entries} for day, entries in days.items()]


def _names(partners: Partners) -> list[str]:
	return sorted({name for _kind, name in partners})


def _about(table: str, partners: Partners, kind: str, name: str) -> list[list[Any]]:
	"""Filters for records with a partner of the visit; two of different kinds may be called the same."""
	return [
		[table, kind, "in", sorted({of_kind for of_kind, _name in partners})],
		[table, name, "in", _names(partners)],
	]


def _listed(
	doctype: str, partners: Partners, filters: list[Any], fields: list[str], **more: Any
) -> list[Any]:
	"""As the reader's own list shows them; nothing where they may not read any, or there is no partner."""
	if not partners or not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype, filters=filters, fields=fields, distinct=True, limit_page_length=MOST_ROWS, **more
	)


def _engagements(partners: Partners) -> list[dict[str, str]]:
	rows = _listed(
		"Partner Engagement",
		partners,
		[
			*_about("Engagement Partner", partners, "partner_type", "partner"),
			["Partner Engagement", "starts_on", "<=", f"{today()} 23:59:59"],
		],
		["name", "subject", "engagement_type", "starts_on", "outcome"],
		order_by="starts_on desc",
	)
	return [
		{
			"day": formatdate(row.starts_on, DATE),
			"kind": _(row.engagement_type),
			"subject": row.subject,
			"outcome": cstr(row.outcome),
		}
		for row in rows[:LAST_ENGAGEMENTS]
	]


def _promises(partners: Partners) -> dict[str, list[dict[str, str]]]:
	"""Open promises, ours and theirs."""
	rows = _listed(
		"Partnership Commitment",
		partners,
		[
			*_about("Partnership Commitment", partners, "partner_type", "partner"),
			["Partnership Commitment", "status", "in", OPEN],
		],
		["name", "commitment", "owed_by", "due_date", "status"],
		order_by="due_date asc",
	)
	sides: dict[str, list[dict[str, str]]] = {"ours": [], "theirs": []}
	for row in rows:
		sides["theirs" if row.owed_by == "Counterpart" else "ours"].append(
			{
				"promise": row.commitment,
				"due": formatdate(row.due_date, DATE) if row.due_date else "",
				"status": _(row.status),
			}
		)
	return sides


def _agreements(partners: Partners) -> list[dict[str, str]]:
	rows = _listed(
		"MOU",
		partners,
		[
			*_about("MOU Party", partners, "party_type", "party"),
			["MOU", "workflow_state", "in", IN_FORCE],
		],
		["name", "title", "agreement_type", "signed_on", "expiry_date"],
		order_by="signed_on desc",
	)
	return [
		{
			"title": row.title,
			"type": cstr(row.agreement_type),
			"signed": formatdate(row.signed_on, DATE) if row.signed_on else "",
			"ends": formatdate(row.expiry_date, DATE) if row.expiry_date else "",
		}
		for row in rows
	]


def _gifts(visit: Any, partners: Partners) -> list[dict[str, str]]:
	"""What was given and received before, so that nothing is given twice."""
	rows = _listed(
		"Official Gift",
		partners,
		[
			*_about("Official Gift", partners, "partner_type", "partner"),
		],
		["name", "gift", "direction", "gift_date", "value", "currency", "occasion"],
		order_by="gift_date desc",
	)
	return [
		{
			"day": formatdate(row.gift_date, DATE),
			"direction": _(row.direction),
			"gift": row.gift,
			"value": fmt_money(row.value, currency=row.currency) if row.value else "",
			"occasion": cstr(row.occasion),
		}
		for row in rows
	]
