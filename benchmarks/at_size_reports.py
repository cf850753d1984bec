"""Reports and number cards at size, against the same rows asked bare; and the memory of the process."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.query_builder.functions import Count
from frappe.utils import add_days, nowdate

from benchmarks import city_at_size
from benchmarks.decisions import Site, _statements
from benchmarks.taking_turns import Line, alone, compare, timed
from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.trade.leads import OPEN
from city_diplomacy.partnership_approvals.ledger import keys
from city_diplomacy.partnerships.agreements import renewals
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.partnerships.report.mou_register.mou_register import FIELDS

COUNTRY = "Japan"
DAYS = 180


def measure_reports(site: Site, rounds: int) -> Iterator[Line]:
	office = city_at_size.OFFICE

	def against(what: str, ours: Callable, bare: Callable, goal: str = "at most 1.3") -> Line:
		return compare(site, what, office, ours, bare, rounds, goal)

	yield against("register of one country", _report("MOU Register", country=COUNTRY), _bare_register)
	yield against(
		"register of one country, all rows",
		_report("MOU Register", country=COUNTRY, all_pages=1),
		lambda: _bare_register(None),
	)
	yield against("connections by country", _report("Diaspora Connections"), _bare_connections)
	yield against("renewal radar", _report("Renewal Radar", days=DAYS), _bare_radar)
	yield against("card Renewals Ahead", renewals.count_ahead, _bare_count, "44 ms was seen")
	yield _with_memory(site, "register of all agreements", _report("MOU Register"))
	yield _with_memory(site, "register, all rows", _report("MOU Register", all_pages=1))
	yield _with_memory(site, "renewal radar", _report("Renewal Radar", days=DAYS))


def _report(name: str, **filters: Any) -> Callable[[], Any]:
	"""A report as Desk runs it, its columns and rows."""
	return lambda: query_report.run(name, filters=filters, ignore_prepared_report=True)


def _with_memory(site: Site, what: str, act: Callable[[], Any]) -> Line:
	done = alone(site, city_at_size.OFFICE, lambda: len(act()["result"]))
	note = f"{done.answer} rows; {done.before} MB before, {done.highest} MB at the highest"
	return Line(what, "office", done.seconds, note=note)


def _bare_register(rows: int | None = 1_000) -> Any:
	"""What the register shows in as few statements as it takes, with nothing asked or made of it."""
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	of_country = (
		frappe.qb.from_(party)
		.select(party.parent)
		.where((party.parenttype == "MOU") & (party.side == "Counterpart") & (party.country == COUNTRY))
	)
	wanted = mou.name.isin(of_country)
	counts = (
		frappe.qb.from_(mou)
		.select(mou.workflow_state, Count("*"))
		.where(wanted)
		.groupby(mou.workflow_state)
		.run()
	)
	query = (
		frappe.qb.from_(mou)
		.select(*(mou[field] for field in FIELDS))
		.where(wanted)
		.orderby(mou.signed_on, order=frappe.qb.desc)
	)
	found = (query.limit(rows) if rows else query).run(as_dict=True)
	tables = ("MOU Party", "MOU Department", "Topic Link")
	return [counts, found, *(_bare_children(table, found) for table in tables)]


def _bare_connections() -> Any:
	"""What the connections view counts, of everything, in a statement for each register."""
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	agreements = (
		frappe.qb.from_(mou)
		.join(party)
		.on((party.parent == mou.name) & (party.parenttype == "MOU"))
		.select(party.country, Count(mou.name).distinct())
		.where(mou.workflow_state.isin(IN_FORCE) & (party.side == "Counterpart") & party.country.isnotnull())
		.groupby(party.country)
		.run()
	)
	heritage, lead = frappe.qb.DocType("Heritage Country"), frappe.qb.DocType("Trade Lead")
	found = [
		frappe.qb.from_(heritage).select(heritage.country, Count("*")).groupby(heritage.country).run(),
		frappe.qb.from_(lead)
		.select(lead.market, Count("*"))
		.where(lead.status.isin(OPEN))
		.groupby(lead.market)
		.run(),
	]
	for doctype in ("Partner City", "Partner Organisation"):
		table = frappe.qb.DocType(doctype)
		found.append(frappe.qb.from_(table).select(table.country, Count("*")).groupby(table.country).run())
	return [agreements, *found]


def _bare_radar() -> Any:
	mou = frappe.qb.DocType("MOU")
	due = (mou.notice_date, mou.next_review_date, mou.expiry_date)
	days = [
		frappe.qb.from_(mou).select(day, Count("*")).where(_bare_within(mou, day)).groupby(day).run()
		for day in due
	]
	wanted = [
		frappe.qb.from_(mou)
		.select(mou.name, mou.title, mou.sponsor, day)
		.where(_bare_within(mou, day))
		.orderby(day)
		.limit(1_000)
		.run(as_dict=True)
		for day in due
	]
	first = sorted((row for rows in wanted for row in rows), key=lambda row: str(list(row.values())[3]))
	return [days, first[:1_000], _bare_children("MOU Party", first[:1_000])]


def _bare_children(doctype: str, agreements: list[Any]) -> list[Any]:
	table, found = frappe.qb.DocType(doctype), []
	names = [row.name for row in agreements]
	for begin in range(0, len(names), 1_000):
		found += (
			frappe.qb.from_(table)
			.select(table.star)
			.where(table.parent.isin(names[begin : begin + 1_000]))
			.orderby(table.parent)
			.run(as_dict=True)
		)
	return found


def _bare_count() -> Any:
	mou = frappe.qb.DocType("MOU")
	return [
		frappe.qb.from_(mou).select(Count("*")).where(_bare_within(mou, day)).run()
		for day in (mou.notice_date, mou.next_review_date, mou.expiry_date)
	]


def _bare_within(mou: Any, day: Any) -> Any:
	return mou.workflow_state.isin(renewals.IN_FORCE) & (day <= add_days(nowdate(), DAYS))


def measure_ledgers(site: Site, rounds: int) -> Iterator[Line]:
	"""Every ledger verified, as the report does it, against reading, parsing and hashing each entry once."""
	who = city_at_size.AUDITOR
	bare = timed(site, who, _parse_and_hash)
	done = alone(site, who, _verify)
	entries, parsed, statements, broken = done.answer
	yield Line(
		"ledgers verified against parse and hash",
		"auditor",
		done.seconds,
		bare,
		done.seconds / bare,
		statements,
		note=(
			f"{entries} entries, {parsed / entries:.2f} times parsed each, {broken} ledgers broken; "
			f"{done.before} MB before, {done.highest} MB at the highest"
		),
	)


def _verify() -> list[int]:
	"""Run the report as it opens; returns the entries there are, how often one was parsed, the statements, and the rows
	shown, which are the broken ledgers."""
	entries, parsed, loads = frappe.db.count("Approval Decision"), [0], json.loads

	def counted(text: Any, **options: Any) -> Any:
		# What an entry says first, in the order of its keys.
		parsed[0] += isinstance(text, str) and text.startswith('{"about"')
		return loads(text, **options)

	json.loads = counted
	try:
		with _statements() as sent:
			shown = _report("Ledger Verification", only_broken=1)()
	finally:
		json.loads = loads
	return [entries, parsed[0], sent.total(), len(shown["result"])]


def _parse_and_hash() -> None:
	table = frappe.qb.DocType("Approval Decision")
	keyring = keys.keyring()
	after = ""
	while True:
		rows = (
			frappe.qb.from_(table)
			.select(table.star)
			.where(table.name > after)
			.orderby(table.name)
			.limit(2_000)
			.run(as_dict=True)
		)
		for row in rows:
			payload = json.loads(row.payload)
			chain.entry_hash(keyring.find(payload.get("key")), row.previous_hash, row.payload)
		if len(rows) < 2_000:
			return
		after = rows[-1].name
