"""What can be done to a screening: compare, decide about a candidate, and take over what stays valid."""

import json
from collections.abc import Iterable
from typing import Any

import frappe
import rapidfuzz
from frappe import _
from frappe.utils import getdate, now_datetime

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.domain.trade.screening import score as scorer
from city_diplomacy.domain.trade.screening.states import (
	BINDING,
	ListVersion,
	Method,
	ScreeningState,
	Verdict,
	is_too_long,
	may_decide,
	newer,
	stale,
	state_of,
)
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import refuse_backwards, refuse_future
from city_diplomacy.registers.sentences import kept
from city_diplomacy.trade_promotion.exceptions import ScreeningError, StaleListError
from city_diplomacy.trade_promotion.screening import matching
from city_diplomacy.trade_promotion.screening.subjects import SUBJECTS, party_of, same_party, say_who
from city_diplomacy.trade_promotion.screening.versions import versions_in_force

SCREENING = "Party Screening"
OF_CANDIDATE = (
	"restricted_party", "listed_name", "restricted_party_list", "entry_id", "entry_digest", "score", "name_score",
	"parts",
)  # fmt: skip
OF_ELSEWHERE = ("done_by", "done_where", "done_on", "valid_until", "done_words")


def begin(doc: Any) -> None:
	"""Fill in a new screening: who is compared, and what was found. Raises StaleListError, ScreeningError."""
	doc.update({"candidates": [], "decisions": [], "lists": [], "superseded_by": None, "scorer": ""})
	doc.screened_on, doc.screened_by = now_datetime(), frappe.session.user
	if doc.method == Method.ELSEWHERE:
		say_who(doc)
		_check_elsewhere(doc)
		doc.state = ScreeningState.CLEARED
		return
	doc.update(dict.fromkeys(OF_ELSEWHERE))
	versions = refuse_stale()
	# Whoever decides there meanwhile waits, and is told that this one follows it.
	before = latest(doc.subject_type, doc.subject, for_update=True)
	say_who(doc, before if doc.flags.as_before else None)
	found = matching.candidates({"": party_of(doc)}, [one.name for one in versions])
	fill(doc, versions, found[""], before)


def refuse_what_is_not_screened(doc: Any) -> None:
	"""Raises ScreeningError for a record, or a way to screen it, that there is not."""
	if doc.method not in list(Method):
		frappe.throw(_("Screen against our lists, or enter what was found elsewhere."), ScreeningError)
	if doc.subject_type not in SUBJECTS or not doc.subject:
		frappe.throw(_("Name the record of whom is screened."), ScreeningError)


def refuse_stale() -> list[ListVersion]:
	"""Returns the lists in force. Raises StaleListError where there is none, or one of them is stale."""
	versions = versions_in_force()
	if not versions:
		frappe.throw(
			_("There is no list to screen against. Import one, or enter what was found elsewhere."),
			StaleListError,
		)
	if old := stale(versions, now_datetime()):
		frappe.throw(
			_(
				"Import {0} as it is published today first: nothing is decided by a list that is stale."
			).format(", ".join(old)),
			StaleListError,
		)
	return versions


def fill(
	doc: Any, versions: Iterable[ListVersion], found: Iterable[matching.Found], before: Any = None
) -> None:
	"""Set lists, candidates and state, and take over from the screening `before` what was decided and still holds.

	Decisions about unchanged entries hold while the party is the same; what only a manager takes back holds in any
	case, for an entry the party's name of today is not like any more as well.
	"""
	versions = list(versions)
	confirm(doc, versions)
	doc.set("candidates", [])
	doc.set("decisions", [])
	for one in found:
		doc.append("candidates", _candidate(one))
	if before:
		_keep_bound(doc, before, {one.name for one in versions})
		_carry_over(doc, before)
	doc.state = state_of(row.verdict or "" for row in doc.candidates)


def confirm(doc: Any, versions: Iterable[ListVersion]) -> None:
	"""Set the lists, in the versions in force, that a screening holds against, and what compared them."""
	doc.set("lists", [])
	for version in versions:
		doc.append(
			"lists",
			{
				"restricted_party_list": version.name,
				"version": version.version,
				"imported_on": version.imported_on,
			},
		)
	doc.scorer = f"{scorer.SCORER} {scorer.VERSION}, rapidfuzz {rapidfuzz.__version__}"


def decide(screening: str, candidate: str, verdict: str, words: str) -> Any:
	"""Decide about one candidate, by the name of its row, with words. Returns the screening.

	Raises ScreeningError where it may not be decided, StaleListError where a list is stale or newer than the
	screening, PermissionError for whoever may not change screenings.
	"""
	doc = readable(SCREENING, screening, "write", for_update=True)
	row = next((row for row in doc.candidates if row.name == candidate), None)
	if doc.superseded_by or not row:
		frappe.throw(_("This screening was followed by another; decide there."), ScreeningError)
	if verdict not in list(Verdict):
		frappe.throw(_("Decide that it is a false match, a true match, or to be escalated."), ScreeningError)
	if not words:
		frappe.throw(_("Say in words why; the decision is kept with them."), ScreeningError)
	_refuse_older_version(doc, refuse_stale())
	if not may_decide(row.verdict or "", MANAGER in frappe.get_roles()):
		frappe.throw(
			_("This candidate was decided about; only a {0} decides once more.").format(_(MANAGER)),
			ScreeningError,
		)
	row.update({"verdict": verdict, "carried_over": 0})
	doc.append("decisions", _decision(doc, row, words))
	doc.state = state_of(one.verdict or "" for one in doc.candidates)
	write(doc)
	return doc


def latest(
	subject_type: str, subject: str, method: str = Method.AGAINST_LISTS, for_update: bool = False
) -> Any | None:
	"""The screening of a record that no other followed, by one of the two methods; None where there is none."""
	names = frappe.get_all(
		SCREENING,
		filters={
			"subject_type": subject_type,
			"subject": subject,
			"method": method,
			"superseded_by": ["is", "not set"],
		},
		pluck="name",
		order_by="creation desc, name desc",
		limit=1,
	)
	return frappe.get_doc(SCREENING, names[0], for_update=for_update) if names else None


def supersede_others(doc: Any) -> None:
	"""The screenings of the same record by the same method are followed by this one."""
	table = frappe.qb.DocType(SCREENING)
	frappe.qb.update(table).set(table.superseded_by, doc.name).where(
		(table.subject_type == doc.subject_type)
		& (table.subject == doc.subject)
		& (table.method == doc.method)
		& (table.name != doc.name)
		& (table.superseded_by.isnull() | (table.superseded_by == ""))
	).run()


def write(doc: Any) -> None:
	"""Save what a verb did; nobody else changes a screening."""
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_its_verbs = True
	# Whoever called was asked for their right, or is the job that screens everybody again.
	doc.save(ignore_permissions=True)
	doc.flags.by_its_verbs = False


def refuse_by_hand(doc: Any) -> None:
	"""Raises ScreeningError for a change of a stored screening that no verb made."""
	if not doc.is_new() and not doc.flags.by_its_verbs:
		frappe.throw(
			_("A screening stays as it is. Decide about a candidate, or screen again."), ScreeningError
		)


def _check_elsewhere(doc: Any) -> None:
	missing = [_(doc.meta.get_label(field)) for field in OF_ELSEWHERE if not doc.get(field)]
	if missing:
		frappe.throw(_("Say of the screening elsewhere: {0}.").format(", ".join(missing)), ScreeningError)
	refuse_future(doc, "done_on")
	refuse_backwards(doc, ScreeningError, ("done_on", "valid_until"))
	if is_too_long(getdate(doc.done_on), getdate(doc.valid_until)):
		frappe.throw(_("A screening elsewhere is good for a year at most."), ScreeningError)


def screened_against(doc: Any) -> set[tuple[str, str]]:
	"""The lists a screening holds against, (list, version)."""
	return {(row.restricted_party_list, row.version) for row in doc.lists}


def _refuse_older_version(doc: Any, versions: Iterable[ListVersion]) -> None:
	if names := newer(screened_against(doc), versions):
		frappe.throw(
			_("There is a newer version of {0}. Screen again, and decide by that.").format(", ".join(names)),
			StaleListError,
		)


def _candidate(found: matching.Found) -> dict[str, Any]:
	parts = [
		{"points": part.points, "sentence": kept(part.sentence, **part.values)} for part in found.score.parts
	]
	return {
		"restricted_party": found.entry.name,
		"listed_name": found.score.listed,
		"restricted_party_list": found.entry.restricted_party_list,
		"entry_id": found.entry.entry_id,
		"entry_digest": found.entry.entry_digest,
		"score": found.score.total,
		"name_score": found.score.name,
		"parts": json.dumps(parts, ensure_ascii=False),
	}


def _keep_bound(doc: Any, before: Any, lists: set[str]) -> None:
	"""Entries about which a manager has to decide stay candidates while they are listed."""
	found = {row.restricted_party for row in doc.candidates}
	bound = [row for row in before.candidates if row.verdict in BINDING and row.restricted_party not in found]
	if not bound:
		return
	listed = frappe.get_all(
		matching.PARTY,
		filters={
			"name": ["in", [row.restricted_party for row in bound] or [""]],
			"restricted_party_list": ["in", sorted(lists)],
			"removed_on": ["is", "not set"],
		},
		pluck="name",
	)
	for row in bound:
		if row.restricted_party in listed:
			doc.append("candidates", {field: row.get(field) for field in OF_CANDIDATE})


def _carry_over(doc: Any, before: Any) -> None:
	decided = {row.restricted_party: row for row in before.candidates if row.verdict}
	same = same_party(doc, before)
	for row in doc.candidates:
		was = decided.get(row.restricted_party)
		holds = was and (was.verdict in BINDING or (same and was.entry_digest == row.entry_digest))
		if not holds:
			continue
		row.update({"verdict": was.verdict, "carried_over": 1})
		for old in before.decisions:
			if old.restricted_party == row.restricted_party:
				doc.append("decisions", {**_copied(old), "carried_from": old.carried_from or before.name})


def _copied(row: Any) -> dict[str, Any]:
	fields = (
		"restricted_party", "listed_name", "verdict", "words", "decided_by", "decided_on", "list_version",
		"entry_digest",
	)  # fmt: skip
	return {field: row.get(field) for field in fields}


def _decision(doc: Any, row: Any, words: str) -> dict[str, Any]:
	versions = {one.restricted_party_list: one.version for one in doc.lists}
	return {
		"restricted_party": row.restricted_party,
		"listed_name": row.listed_name,
		"verdict": row.verdict,
		"words": words,
		"decided_by": frappe.session.user,
		"decided_on": now_datetime(),
		"list_version": versions.get(row.restricted_party_list),
		"entry_digest": row.entry_digest,
	}
