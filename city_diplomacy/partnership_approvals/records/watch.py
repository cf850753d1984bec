"""Watching over the ledgers: every night each is verified and people are told of a break, once; heads are exported.

Both jobs go through the routes in the order of their names, in batches; each batch is a job and a transaction of
its own, and the next one follows from where it ended, so a worker that dies loses one batch at most.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, now_datetime

from city_diplomacy.access.rights import AUDITOR, POLICY_ADMIN
from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.ledger import entries, heads
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.shapes import HeadRow, LedgerFinding, RouteRow
from city_diplomacy.registers.languages import in_language, language_of, site_language

BATCH = 200
HEADS_IN_A_FILE = 10_000
TOLD = (AUDITOR, POLICY_ADMIN)
SETTINGS = "City Diplomacy Settings"
# A break is known again by what is found of it in this language, whatever the site's is.
COMPARED_IN = "en"


@retry_on_conflict
def verify_ledgers(after: str | None = None) -> None:
	"""Daily: verify one batch, and leave the next to a job that follows it."""
	last = verify_batch(after or "")
	if last:
		enqueue_next(f"{__name__}.verify_ledgers", last)
	else:
		_tell_of_lost_routes()


def verify_batch(after: str) -> str | None:
	"""Verify the ledgers of the next BATCH routes, note what was found and tell people of what is new.

	Answers the last route of a full batch, None at the end.
	"""
	route_rows = frappe.get_all(
		"Approval Route",
		filters={"name": [">", after]},
		fields=["*"],
		order_by="name asc",
		limit_page_length=BATCH,
	)
	with in_language(COMPARED_IN):
		verdicts = entries.verify_routes(route_rows)
	known = _heads_of([route_row.name for route_row in route_rows])
	now, changed = now_datetime(), {}
	for route_row in route_rows:
		findings = verdicts[route_row.name]["findings"]
		digest = _digest(findings)
		before = known.get(route_row.name)
		values = {
			"verified_on": now,
			"broken": int(bool(findings)),
			"first_problem": before.first_problem if before and findings else None,
			"break_digest": digest,
		}
		if findings and digest != ((before.break_digest if before else "") or ""):
			problem_in = cache(partial(_first_problem, route_row, findings))
			values["first_problem"] = neutral(problem_in(site_language()))
			_tell_everybody(problem_in, route_row.reference_doctype, route_row.reference_name)
		changed[route_row.name] = (route_row, values)
	_note(changed, known)
	return route_rows[-1].name if len(route_rows) == BATCH else None


def export_heads() -> list[str]:
	"""Daily: every head that moved since it was last exported, as private files of the settings, for safekeeping
	outside. Answers the names of the files; none when nothing moved.

	A head that is no longer in its own ledger is left as it was exported: it is the proof of what was there.
	"""
	rows = _moved()
	files = []
	for start in range(0, len(rows), HEADS_IN_A_FILE):
		part = rows[start : start + HEADS_IN_A_FILE]
		now = now_datetime()
		files.append(_store_export(part, now))
		known = _heads_of([route_row.name for route_row in part])
		_note(
			{
				route_row.name: (
					route_row,
					{
						"entry_count": route_row.ledger_count,
						"head": route_row.ledger_head,
						"key_id": route_row.ledger_key_id,
						"exported_on": now,
					},
				)
				for route_row in part
			},
			known,
		)
	return files


def _moved() -> list[RouteRow]:
	route, head = frappe.qb.DocType("Approval Route"), frappe.qb.DocType("Ledger Head")
	entry = frappe.qb.DocType("Approval Decision")
	return (
		frappe.qb.from_(route)
		.left_join(head)
		.on(head.route == route.name)
		.left_join(entry)
		.on((entry.route == route.name) & (entry.sequence == head.entry_count))
		.select(
			route.name,
			route.reference_doctype,
			route.reference_name,
			route.ledger_count,
			route.ledger_head,
			route.ledger_key_id,
		)
		.where(
			(route.ledger_count > 0)
			& (
				head.entry_count.isnull()
				| (head.entry_count == 0)
				| ((route.ledger_count > head.entry_count) & (entry.entry_hash == head.head))
			)
		)
		.orderby(route.name)
		.run(as_dict=True)
	)


def _store_export(rows: list[RouteRow], now: datetime) -> str:
	export = heads.signed(list(heads.heads_of(rows)), now)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"ledger-heads-{now:%Y-%m-%d-%H%M%S}-{rows[0].name[:6]}.json",
			"is_private": 1,
			"attached_to_doctype": SETTINGS,
			"attached_to_name": SETTINGS,
			"content": json.dumps(export, ensure_ascii=False, indent=1),
		}
	)
	file.flags.kept_by_engine = True
	# The nightly job runs in nobody's name; whoever may read the settings may read the file.
	return file.insert(ignore_permissions=True).name


def _heads_of(route_names: list[str]) -> dict[str, HeadRow]:
	if not route_names:
		return {}
	rows = frappe.get_all(
		"Ledger Head", filters={"route": ["in", route_names]}, fields=["*"], limit_page_length=0
	)
	return {row.route: row for row in rows}


def _note(changed: dict[str, tuple[RouteRow, dict[str, Any]]], known: dict[str, HeadRow]) -> None:
	"""Write what is known of these routes, with one statement for the new ones and one for the others."""
	now, user = now_datetime(), frappe.session.user
	new = [(route_row, values) for name, (route_row, values) in changed.items() if name not in known]
	if new:
		columns = list(new[0][1])
		frappe.db.bulk_insert(
			"Ledger Head",
			[
				"name",
				"owner",
				"creation",
				"modified",
				"modified_by",
				"route",
				"reference_doctype",
				"reference_name",
				*columns,
			],
			[
				(
					frappe.generate_hash(length=16),
					user,
					now,
					now,
					user,
					route_row.name,
					route_row.reference_doctype,
					route_row.reference_name,
					*(values[column] for column in columns),
				)
				for route_row, values in new
			],
		)
	frappe.db.bulk_update(
		"Ledger Head",
		{known[name].name: values for name, (_route, values) in changed.items() if name in known},
		chunk_size=BATCH,
	)


def _first_problem(route_row: RouteRow, findings: list[LedgerFinding], language: str) -> str:
	"""The first of `findings`, which are in COMPARED_IN, in another language: they are put into words as they are
	found, so the ledger is verified once more.
	"""
	if language == COMPARED_IN:
		return findings[0]["problem"]
	with in_language(language):
		again = entries.verify_routes([route_row])[route_row.name]["findings"]
	return (again or findings)[0]["problem"]


def _tell_of_lost_routes() -> None:
	"""A head was exported and its route is gone: the whole record was taken away."""
	head, route = frappe.qb.DocType("Ledger Head"), frappe.qb.DocType("Approval Route")
	lost = (
		frappe.qb.from_(head)
		.left_join(route)
		.on(head.route == route.name)
		.select(head.name, head.reference_doctype, head.reference_name)
		.where(route.name.isnull() & (head.broken == 0))
		.run(as_dict=True)
	)
	for row in lost:
		_tell_everybody(_that_it_is_gone, row.reference_doctype, row.reference_name)
	problem = _that_it_is_gone(site_language())
	frappe.db.bulk_update(
		"Ledger Head",
		{row.name: {"broken": 1, "first_problem": problem, "verified_on": now_datetime()} for row in lost},
	)


def _that_it_is_gone(language: str) -> str:
	return _("The route with its whole ledger is gone.", language)


def _tell_everybody(problem_in: Callable[[str], str], doctype: str, name: str) -> None:
	"""Tell of a ledger; `problem_in` gives what is wrong in a language."""
	for person in _people():
		language = language_of(person)
		with in_language(language):
			frappe.get_doc(
				{
					"doctype": "Notification Log",
					"type": "Alert",
					"for_user": person,
					"from_user": frappe.session.user,
					"subject": escape_html(_("The ledger of {0} does not verify").format(name)),
					"email_content": escape_html(problem_in(language)),
					"document_type": doctype,
					"document_name": name,
					"link": notify.agreement_url(doctype, name),
				}
				# The nightly job tells auditors and administrators; nobody has the right to write theirs.
			).insert(ignore_permissions=True)


def _people() -> list[str]:
	role, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	return (
		frappe.qb.from_(role)
		.join(user)
		.on(role.parent == user.name)
		.select(user.name)
		.distinct()
		.where((role.parenttype == "User") & role.role.isin([*TOLD, "System Manager"]) & (user.enabled == 1))
		.orderby(user.name)
		.run(pluck=True)
	)


def _digest(findings: list[LedgerFinding]) -> str:
	"""By which a break is known again; "" when there is none."""
	if not findings:
		return ""
	told = json.dumps([[found["sequence"], found["problem"]] for found in findings], ensure_ascii=False)
	return hashlib.sha256(told.encode()).hexdigest()
