"""Reports and number cards at size, against the same rows asked bare; and the memory of the process."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.query_builder.functions import Count
from frappe.utils import add_days, nowdate

from benchmarks import city_at_size
from benchmarks.decisions import Site, _statements
from benchmarks.taking_turns import Line, compare, memory_of, timed
from city_diplomacy.domain import ledger as chain
from city_diplomacy.partnership_approvals import ledger_keys
from city_diplomacy.partnerships import renewals

COUNTRY = "Japan"
DAYS = 180


def measure_reports(site: Site, rounds: int) -> Iterator[Line]:
	office = city_at_size.OFFICE
	yield compare(
		site,
		"register of one country against its rows",
		office,
		_report("MOU Register", country=COUNTRY),
		_bare_register,
		rounds,
		"at most 1.3",
	)
	yield _with_memory(site, "register of all agreements", _report("MOU Register"))
	yield _with_memory(site, "register of one country", _report("MOU Register", country=COUNTRY))
	yield compare(
		site,
		"radar against its rows",
		office,
		_report("Renewal Radar", days=DAYS),
		_bare_radar,
		rounds,
		"at most 1.3",
	)
	yield compare(site, "card Renewals Ahead", office, _card, _bare_count, rounds, "44 ms was seen")
	yield _verification(site)


def _report(name: str, **filters: Any) -> Callable[[], Any]:
	"""A report as Desk runs it, its columns and rows."""
	return lambda: query_report.run(name, filters=filters, ignore_prepared_report=True)


def _with_memory(site: Site, what: str, act: Callable[[], Any]) -> Line:
	seconds, before, highest = memory_of(site, city_at_size.OFFICE, act)
	return Line(what, "office", seconds, note=f"{before} MB before, {highest} MB at the highest")


def _bare_register() -> Any:
	"""The rows of the register in as few statements as it takes, with nothing asked or made of them."""
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	wanted = (
		frappe.qb.from_(mou)
		.join(party)
		.on((party.parent == mou.name) & (party.parenttype == "MOU"))
		.select(mou.star)
		.distinct()
		.where((party.side == "Counterpart") & (party.country == COUNTRY))
		.orderby(mou.name)
		.run(as_dict=True)
	)
	return [
		wanted,
		*(_bare_children(table, wanted) for table in ("MOU Party", "MOU Department", "Topic Link")),
	]


def _bare_radar() -> Any:
	mou = frappe.qb.DocType("MOU")
	wanted = frappe.qb.from_(mou).select(mou.star).where(_bare_ahead(mou)).run(as_dict=True)
	return [wanted, _bare_children("MOU Party", wanted)]


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


def _card() -> Any:
	return renewals.count_ahead()


def _bare_count() -> Any:
	mou = frappe.qb.DocType("MOU")
	return frappe.qb.from_(mou).select(Count("*")).where(_bare_ahead(mou)).run()


def _bare_ahead(mou: Any) -> Any:
	until = add_days(nowdate(), DAYS)
	return mou.workflow_state.isin(renewals.IN_FORCE) & (
		(mou.notice_date <= until) | (mou.next_review_date <= until) | (mou.expiry_date <= until)
	)


def _verification(site: Site) -> Line:
	"""Every ledger verified, as the report does it, against parsing and hashing each entry once."""
	parsed = [0]

	def verified() -> None:
		loads = json.loads

		def counted(text: Any, **options: Any) -> Any:
			parsed[0] += isinstance(text, str) and text.startswith('{"about"')
			return loads(text, **options)

		json.loads = counted
		try:
			_report("Ledger Verification")()
		finally:
			json.loads = loads

	who = city_at_size.AUDITOR
	bare = timed(site, who, _parse_and_hash)
	seconds, before, highest = memory_of(site, who, _report("Ledger Verification"))
	with site.request(who), _statements() as sent:
		begin = time.perf_counter()
		verified()
		again = time.perf_counter() - begin
	entries = frappe_count(site)
	return Line(
		"ledgers verified against parse and hash",
		"auditor",
		seconds,
		bare,
		seconds / bare,
		sent.total(),
		note=(
			f"{entries} entries, {parsed[0] / entries:.2f} parsed each; {before} MB before, {highest} MB at the "
			f"highest; {again:.0f} s when counted"
		),
	)


def frappe_count(site: Site) -> int:
	with site.request():
		return frappe.db.count("Approval Decision")


def _parse_and_hash() -> None:
	table = frappe.qb.DocType("Approval Decision")
	keyring = ledger_keys.keyring()
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
