"""What the entries of a ledger say, and where the rest of what is stored says something else.

The chain shows that an entry is as it was written. What people look at are columns, clearances, the route
and the document; each of them is compared with the entries here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.record.ledger import parsed
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.ledger import clearances as ledger_clearances
from city_diplomacy.partnership_approvals.ledger import notes, texts
from city_diplomacy.partnership_approvals.ledger.stored import Read, Stored
from city_diplomacy.partnership_approvals.routing import pinned_policies
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import (
	ClearanceRow,
	EntryRow,
	HeadRow,
	HoldRow,
	LedgerFinding,
	RouteRow,
)

# What an entry says, besides its place in the chain. Every one of these columns is repeated in the hashed
# payload, so a column changed beneath the engine is found.
FACTS = (
	"event",
	"happened_on",
	"actor",
	"acting_for",
	"seat",
	"department",
	"decision",
	"round",
	"stage",
	"clearance",
	"content_hash",
	"about",
	"marked_as",
	"authority",
)
RECORDED = "Decision Recorded"
CARRIED_OVER = "Carried Over"
OVERRIDDEN = "Overridden"
REQUESTS = ("Submitted for Intake", "Clearance Started", "Existing Agreement Recorded")
PREPARED, TEXT_CHANGED = "Prepared", "Text Changed"
# Entries that make somebody one who prepared the document.
PREPARING = (*REQUESTS, PREPARED, TEXT_CHANGED)
# `acting_for` is the account's new name, `authority` the one it had.
PERSON_RENAMED = "Person Renamed"
DATES_CHANGED, SIGNATORIES_CHANGED = "Dates Changed", "Signatories Changed"
CONDITIONS_MET, CONDITIONS_NOT_MET = "Conditions Met", "Conditions Not Met"
# event: the column of the clearance that holds its words
WORDS = {"Question Asked": "question", "Question Answered": "answer", CONDITIONS_MET: "conditions_met"}

# What is written in one act is stamped by the clock more than once.
A_MOMENT = timedelta(minutes=1)


def told_of_route(route_row: RouteRow) -> dict[str, Any]:
	"""What an entry tells of its route beside its state, policy, round and stage; `route_row` is the route's row."""
	kinds = {"outcome": "Data", "started_on": "Datetime", "ended_on": "Datetime"}
	return {column: notes.written(kind, route_row.get(column)) for column, kind in kinds.items()}


def disagreements(read: Read, stored: Stored) -> Iterator[LedgerFinding]:
	"""A finding for each column, mark, clearance, route, text, policy, hold and document that is not what the
	entries say."""
	yield from _columns(read)
	yield from _disclosure(read)
	yield from _clearances(read, stored)
	yield from ledger_clearances.disagreements(read, stored)
	yield from _route(read, stored.known["User"])
	yield from _document(read.route_row, stored)
	yield from texts.disagreements(read, stored)
	policy = read.route_row.policy
	if policy:
		told = read.recorded.rules.get(policy, {})
		yield from pinned_policies.differences(policy, stored.policies.get(policy), told, stored.known)
	yield from _holds(stored.holds.get(read.route_row.name, []), read, stored.known["User"])
	yield from _kept_head(stored.heads.get(read.route_row.name), read.rows)


def unrouted(doctype: str, name: str) -> Iterator[LedgerFinding]:
	"""What is wrong with a document that has no route: it has moved, or its record is still there."""
	routing = routing_of(doctype)
	document = frappe.db.get_value(doctype, name, [routing.state_field, "docstatus"], as_dict=True)
	if document and (
		document.docstatus or document.get(routing.state_field) not in (None, "", routing.draft)
	):
		state = document.get(routing.state_field)
		yield _whole(_("The document stands in {0} without a route.").format(_(state)))
	for left_behind in ("Approval Clearance", "Approval Decision", "Ledger Head"):
		if frappe.db.exists(left_behind, {"reference_doctype": doctype, "reference_name": name}):
			yield _whole(
				_("The route is gone; records of the kind {0} are still here.").format(_(left_behind))
			)


def payload_of(row: EntryRow) -> dict[str, Any]:
	"""What an entry says, or nothing where its payload is no longer readable (the chain reports that)."""
	return parsed(row.payload)


def author_of(event: str, actor: str | None, acting_for: str | None) -> str | None:
	"""Whose work an entry that counts as preparing is.

	A person is entered as having prepared it by whoever hands it in; they themselves are whom it is entered for. And
	words the council adopted are the council's, not of the clerk who enters them.
	"""
	if event == PREPARED:
		return acting_for
	return None if event == TEXT_CHANGED and acting_for else actor


def with_author(prepared: str | None, event: str, actor: str | None, acting_for: str | None) -> str | None:
	"""The people of a route's row after an entry of this kind: the same, or one more."""
	author = author_of(event, actor, acting_for) if event in PREPARING else None
	known = (prepared or "").split()
	return " ".join([*known, author]) if author and author not in known else prepared


def _who_prepared(read: Read) -> set[str]:
	said = [payload for payload in read.said if payload.get("event") in PREPARING]
	people = {author_of(one["event"], one.get("actor"), one.get("acting_for")) for one in said}
	return {person for person in people if person}


def words_of(remarks: str | None, conditions: str | None) -> str:
	"""The words of an answer as the ledger keeps them: the remarks, and the conditions where they differ."""
	return "\n\n".join(dict.fromkeys(part for part in (remarks, conditions) if part))


def _columns(read: Read) -> Iterator[LedgerFinding]:
	document = f"{read.route_row.reference_doctype}/{read.route_row.reference_name}"
	for row, payload in read.pairs():
		if not payload:
			continue
		for fact in FACTS:
			if _comparable(fact, row.get(fact)) != _comparable(fact, payload.get(fact)):
				yield _about(row, _("The column {0} no longer says what was hashed.").format(fact))
		if f"{row.reference_doctype}/{row.reference_name}" != payload.get("document"):
			yield _about(row, _("The entry no longer names the document it is about."))
		if payload.get("document") != document or payload.get("route") != read.route_row.name:
			yield _about(
				row, _("The entry was written about {0}, on another route.").format(payload.get("document"))
			)


def _disclosure(read: Read) -> Iterator[LedgerFinding]:
	"""Marks stand as the entries set them, and words are gone only where an entry says who removed them."""
	for row in read.rows:
		words = read.words.get(row.sequence, disclosure.Words(""))
		told = (row.disclosure or "", row.exemption or "", row.words_removed or "")
		if told != (words.disclosure, words.exemption, words.removed):
			yield _about(row, _("The mark of disclosure is not the one the ledger says was given."))
		if words.disclosure and not words.removed and row.remarks is None:
			yield _about(row, _("The words are gone, and no entry says who removed them."))
		if words.removed and (row.remarks or row.remarks_salt):
			yield _about(
				row, _("The words were removed by entry {0} and are here again.").format(words.removed_by)
			)


def _about(row: EntryRow, problem: str) -> LedgerFinding:
	return {"sequence": row.sequence, "problem": problem}


def _clearances(read: Read, stored: Stored) -> Iterator[LedgerFinding]:
	"""Answers, questions and their words stored on clearances must be the ones in the ledger."""
	clearances = {row.name: row for row in stored.clearances.get(read.route_row.name, [])}
	answers, words = _answers_and_words(read)
	for name, (entry, _said) in answers.items():
		if name not in clearances:
			yield _whole(
				_('An answer in the ledger ("{0}") has no clearance any more.').format(entry.decision)
			)
	for name, row in clearances.items():
		answer = answers.get(name)
		if row.decision and not answer:
			yield _whole(_("{0} has an answer that is not in the ledger.").format(row.seat))
		elif answer and not _is_the_answer(row, *answer, stored.known["User"], read.names):
			yield _whole(
				_("What is stored as the answer of {0} is not what the ledger says.").format(
					answer[0].seat or row.seat
				)
			)
		for column, said in words.get(name, {}).items():
			if (row.get(column) or "") != (said or ""):
				yield _whole(
					_("The words stored for {0} ({1}) are not what the ledger says.").format(row.seat, column)
				)


def _answers_and_words(
	read: Read,
) -> tuple[dict[str, tuple[EntryRow, Mapping[str, Any]]], dict[str, dict[str, str | None]]]:
	"""By clearance: the entry of its answer with what it says, and the latest words of its question, answer and
	conditions met."""
	answers: dict[str, tuple[EntryRow, Mapping[str, Any]]] = {}
	words: dict[str, dict[str, str | None]] = {}
	for row, payload in read.pairs():
		clearance, event = payload.get("clearance"), payload.get("event")
		if not clearance:
			continue
		if payload.get("decision"):
			answers[clearance] = (row, payload)
		if event in WORDS:
			said = words.setdefault(clearance, {})
			said[WORDS[event]] = row.remarks
			if event == "Question Asked":
				# A new question takes the old answer off the clearance.
				said["answer"] = ""
		elif event == CONDITIONS_NOT_MET:
			words.setdefault(clearance, {})["conditions_met"] = ""
	return answers, words


def known_as(said: Iterable[Mapping[str, Any]]) -> dict[str, str]:
	"""By the name an account had: the one it has now, as far as what entries say tells that it was renamed."""
	names: dict[str, str] = {}
	for payload in said:
		if payload.get("event") == PERSON_RENAMED:
			old, new = payload.get("authority"), payload.get("acting_for")
			if not isinstance(old, str) or not isinstance(new, str):
				continue
			names = {**{was: new if now == old else now for was, now in names.items()}, old: new}
	return names


def _is_the_answer(
	row: ClearanceRow, entry: EntryRow, said: Mapping[str, Any], people: set[str], names: dict[str, str]
) -> bool:
	# Whoever moved the document carried the answer over; it is the answer of whom it is entered for.
	decider = str(said.get("acting_for" if said.get("event") == CARRIED_OVER else "actor"))
	# Who has no account of that name now was removed, or renamed before that was entered.
	gone = decider not in people and decider not in names
	same_person = row.decided_by in (decider, names.get(decider, decider)) or gone
	# Redacted words are gone from the entry, and then from the clearance too.
	same_words = words_of(row.remarks, row.conditions) == (entry.remarks or "")
	return (
		same_person
		and same_words
		and row.state in (ClearanceState.DECIDED, ClearanceState.REOPENED)
		and row.decision == said.get("decision")
		and row.seat == said.get("seat")
		and (row.content_hash or "") == (said.get("content_hash") or "")
		and _comparable("happened_on", row.decided_on) == said.get("happened_on")
		and bool(row.recorded) == (said.get("event") == RECORDED)
		and bool(row.carried_over) == (said.get("event") == CARRIED_OVER)
		and bool(row.overridden) == (said.get("event") == OVERRIDDEN)
	)


def _route(read: Read, people: set[str]) -> Iterator[LedgerFinding]:
	"""The route stands where the last entry left it, and was asked for by whom the ledger says."""
	if not read.rows:
		return
	route_row, last = read.route_row, read.said[-1]
	if last.get("state") and last["state"] != route_row.workflow_state:
		yield _whole(
			_("The route stands in {0}, the ledger ends in {1}.").format(
				_(route_row.workflow_state), _(last["state"])
			)
		)
	said = {column: last.get(column) for column in ("policy", "round", "stage")} if last else {}
	now = {column: route_row.get(column) for column in said}
	said.update({column: told.value for column, told in read.recorded.route.items()})
	now.update({column: value for column, value in told_of_route(route_row).items() if column in said})
	if last.get("key"):
		said["ledger_key_id"], now["ledger_key_id"] = last["key"], route_row.ledger_key_id
	for column, value in said.items():
		if (now.get(column) or None) != (value or None):
			yield _whole(
				_("The route says {0}: {1}; the ledger ends with {2}.").format(column, now.get(column), value)
			)
	if set((route_row.prepared_by or "").split()) != _who_prepared(read):
		yield _whole(_("The route does not say of all who prepared the document that they did."))
	asked_by = [str(payload.get("actor")) for payload in read.said if payload.get("event") in REQUESTS]
	same_person = asked_by and route_row.requested_by in (
		asked_by[-1],
		read.names.get(asked_by[-1], asked_by[-1]),
	)
	if asked_by and not same_person and asked_by[-1] in people:
		yield _whole(
			_("The route says that {0} asked for it, the ledger that {1} did.").format(
				route_row.requested_by, asked_by[-1]
			)
		)


def _document(route_row: RouteRow, stored: Stored) -> Iterator[LedgerFinding]:
	"""The document stands where its route stands."""
	routing = routing_of(route_row.reference_doctype)
	document = stored.documents.get((route_row.reference_doctype, route_row.reference_name))
	if not document:
		yield _whole(_("The document is gone."))
		return
	state = document.get(routing.state_field)
	if state != route_row.workflow_state or document.docstatus != int(
		routing.is_submitted(route_row.workflow_state)
	):
		yield _whole(
			_("The document stands in {0} (docstatus {1}), its route in {2}.").format(
				_(state), document.docstatus, _(route_row.workflow_state)
			)
		)


def _holds(holds: list[HoldRow], read: Read, people: set[str]) -> Iterator[LedgerFinding]:
	"""Every hold in the ledger is kept as long as the ledger says, by and for whom it says, and there is no other."""
	entries = {row.sequence: (row, payload) for row, payload in read.pairs()}
	events = [(sequence, payload.get("event")) for sequence, (_row, payload) in entries.items()]
	placed = {sequence for sequence, event in events if event == disclosure.HOLD_PLACED}
	lifted = {sequence for sequence, event in events if event == disclosure.HOLD_LIFTED}
	kept = {hold.placed_sequence for hold in holds}
	ended = {hold.lifted_sequence for hold in holds if hold.lifted_on}
	if placed != kept or lifted != ended:
		yield _whole(_("The legal holds that are stored are not the ones in the ledger."))
		return
	for hold in holds:
		acts = [("placed_by", "placed_on", "reason", hold.placed_sequence)]
		if hold.lifted_on:
			acts.append(("lifted_by", "lifted_on", "lift_reason", hold.lifted_sequence))
		elif hold.lifted_by or hold.lift_reason or hold.lifted_sequence:
			yield _whole(_("A legal hold that is not lifted says who lifted it."))
		for by, on, why, sequence in acts:
			row, said = entries[sequence]
			same_moment = (
				hold.get(on) and abs(hold.get(on) - get_datetime(said.get("happened_on"))) < A_MOMENT
			)
			# Who has no account of that name now was renamed or removed.
			actor = str(said.get("actor"))
			same_person = hold.get(by) in (actor, read.names.get(actor, actor)) or actor not in people
			same_words = (hold.get(why) or "") == (row.remarks or "")
			if not (same_person and same_moment and same_words):
				yield _about(row, _("The legal hold does not say what the ledger says of it."))
		if (hold.reference_doctype, hold.reference_name) != (
			read.route_row.reference_doctype,
			read.route_row.reference_name,
		):
			yield _whole(_("A legal hold names another document."))


def _kept_head(head: HeadRow | None, rows: list[EntryRow]) -> Iterator[LedgerFinding]:
	"""The ledger still holds what it held when its head was last exported for safekeeping."""
	if not head:
		return
	if head.entry_count > len(rows):
		yield _whole(
			_(
				"{0} entries were here when the head was exported on {1}; {2} are here now: the end was cut off."
			).format(head.entry_count, head.exported_on, len(rows))
		)
	elif head.entry_count and rows[head.entry_count - 1].entry_hash != head.head:
		yield {
			"sequence": head.entry_count,
			"problem": _("This is not the entry whose hash was exported on {0}.").format(head.exported_on),
		}


def _whole(problem: str) -> LedgerFinding:
	"""A finding about the whole record, not about one entry."""
	return {"sequence": 0, "problem": problem}


def _comparable(fact: str, value: object) -> object:
	if value in (None, "", 0):
		return None
	if fact != "happened_on":
		return value
	moment = _moment_of(value)
	return moment.isoformat(timespec="microseconds") if moment else value


def _moment_of(value: object) -> datetime | None:
	"""A moment as an entry tells it; None for what is none, which the hash of the entry tells."""
	try:
		return get_datetime(value) if value else None
	except (TypeError, ValueError, OverflowError):
		return None
