"""Whether the record of a council's action adds up: its dates, its votes, its texts, and what is still missing."""

from collections.abc import Iterable, Iterator
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, cstr, formatdate, getdate, nowdate

from city_diplomacy.domain.route import council as rules
from city_diplomacy.domain.route.council import Outcome, Tally, Vote
from city_diplomacy.partnership_approvals.council import texts as council_texts
from city_diplomacy.partnership_approvals.exceptions import CouncilActionError
from city_diplomacy.partnership_approvals.shapes import CouncilAction, Document, VoteRow
from city_diplomacy.registers.languages import in_language, site_language

COUNTS = ("ayes", "noes", "absent", "abstained", "recused")
NUMBERED = ("Ordinance", "Resolution")
WORDS = (
	"file_number",
	"instrument_number",
	"mover",
	"seconder",
	"referred_to",
	"notes",
	"outcome",
	"instrument",
)


def settle(action: CouncilAction) -> None:
	"""Words without surrounding space, the counts from the list of votes, the labels of amended texts."""
	for fieldname in WORDS:
		action.set(fieldname, cstr(action.get(fieldname)).strip())
	for vote in action.votes:
		vote.member = " ".join(cstr(vote.member).split())
	_settle_counts(action)
	texts = council_texts.amendable(_document_of(action)) if action.amendments else {}
	for row in action.amendments:
		df = texts.get(row.fieldname)
		row.label = _(df.label, site_language()) if df else ""


def check(action: CouncilAction) -> None:
	"""Refuse what contradicts itself, and in a record that is to be submitted at once what is missing as well, all in
	one message. Raises CouncilActionError."""
	_refuse([*_contradictions(action), *(_missing(action) if action.flags.is_final else ())])


def check_complete(action: CouncilAction) -> None:
	"""What is missing before the record can be submitted, all in one message. Raises CouncilActionError."""
	_refuse(_missing(action))


def _refuse(sentences: Iterable[str]) -> None:
	if found := list(dict.fromkeys(sentences)):
		frappe.throw("<br>".join(found), CouncilActionError)


def outcome_of(action: CouncilAction) -> Outcome | None:
	"""What the council did; None while that is open. Raises CouncilActionError for a word that is no outcome."""
	try:
		return Outcome(action.outcome) if action.outcome else None
	except ValueError:
		frappe.throw(_("{0} is not an outcome.").format(action.outcome), CouncilActionError)


def tally_of(action: CouncilAction) -> Tally:
	"""The members counted, as the record has them."""
	return Tally(*(cint(action.get(count)) for count in COUNTS))


def words_of(action: CouncilAction) -> str:
	"""What the ledger keeps of it: instrument, file, meeting, mover, votes, in plain sentences of the site's language."""
	with in_language(site_language()):
		said = " ".join(_what_was_done(action))
	return "\n".join(part for part in (said, action.notes) if part)


def _what_was_done(action: CouncilAction) -> list[str]:
	outcome, tally = outcome_of(action), tally_of(action)
	instrument = " ".join(part for part in (_(action.instrument), action.instrument_number) if part)
	said = [
		_("{0}: {1}, file {2}, council meeting of {3}.").format(
			_(str(outcome)),
			instrument or _("no instrument"),
			action.file_number,
			_iso(action.council_meeting_date),
		)
	]
	if action.committee_meeting_date:
		said.append(_("Heard in committee on {0}.").format(_iso(action.committee_meeting_date)))
	if action.mover:
		said.append(_("Moved by {0}.").format(action.mover))
	if action.seconder:
		said.append(_("Seconded by {0}.").format(action.seconder))
	if not tally.is_empty:
		said.append(
			_("Ayes {0}, noes {1}, absent {2}, abstained {3}, recused {4}.").format(
				tally.ayes, tally.noes, tally.absent, tally.abstained, tally.recused
			)
		)
	if action.amendments:
		said.append(_("Changed: {0}.").format(", ".join(row.label for row in action.amendments)))
	if outcome and outcome.adopts:
		said.append(
			_("Effective from {0}.").format(_iso(action.effective_date or action.council_meeting_date))
		)
	if action.continued_to and outcome is Outcome.CONTINUED:
		said.append(_("Continued to {0}.").format(_iso(action.continued_to)))
	if action.referred_to and outcome is Outcome.REFERRED:
		said.append(_("Referred to {0}.").format(action.referred_to))
	return said


def _settle_counts(action: CouncilAction) -> None:
	"""Counts nobody typed come from the list; those somebody typed must agree with it, which `check` asks."""
	if not action.votes:
		return
	stored = action.get_doc_before_save()
	untouched = stored and stored.votes and tally_of(stored) == tally_of(action)
	if tally_of(action) == Tally() or untouched:
		listed = _listed(action)
		for count in COUNTS:
			action.set(count, getattr(listed, count))


def _listed(action: CouncilAction) -> Tally:
	return rules.tally(_vote_of(row) for row in action.votes)


def _vote_of(row: VoteRow) -> Vote:
	try:
		return Vote(row.vote)
	except ValueError:
		frappe.throw(
			_("Row {0}: say how {1} voted: {2}.").format(
				row.idx, row.member, ", ".join(_(str(v)) for v in Vote)
			),
			CouncilActionError,
		)


def _contradictions(action: CouncilAction) -> Iterator[str]:
	yield from _wrong_counts(action)
	yield from _wrong_days(action)
	yield from _wrong_members(action)
	yield from _wrong_outcome(action)
	yield from _wrong_amendments(action)
	yield from _wrong_file_number(action)


def _wrong_counts(action: CouncilAction) -> Iterator[str]:
	if any(cint(action.get(count)) < 0 for count in COUNTS):
		yield _("A count of votes cannot be below zero.")
	listed = _listed(action) if action.votes else tally_of(action)
	if listed != tally_of(action):
		wrong = [
			_("{0}: {1} in the list, {2} in the count").format(
				_(action.meta.get_label(count)), getattr(listed, count), cint(action.get(count))
			)
			for count in COUNTS
			if getattr(listed, count) != cint(action.get(count))
		]
		yield _("The list of votes and the counts do not agree ({0}).").format("; ".join(wrong))


def _wrong_days(action: CouncilAction) -> Iterator[str]:
	label = action.meta.get_label
	days = [
		(_(label(field)), action.get(field)) for field in ("committee_meeting_date", "council_meeting_date")
	]
	after = "continued_to" if action.outcome == Outcome.CONTINUED else "effective_date"
	days.append((_(label(after)), action.get(after)))
	wrong = rules.first_out_of_order([(name, getdate(day) if day else None) for name, day in days])
	if wrong:
		yield _("{0} lies after {1}; correct one of the dates.").format(*wrong)


def _wrong_members(action: CouncilAction) -> Iterator[str]:
	twice = rules.named_twice([row.member for row in action.votes])
	if twice:
		yield _("{0} is in the list of votes twice.").format(twice[0])
	if action.seconder and not action.mover:
		yield _("It was seconded, so say who moved it.")
	if action.mover and action.seconder and rules.same_name(action.mover, action.seconder):
		yield _("{0} cannot both move and second it.").format(action.mover)
	votes = [(row.member, _vote_of(row)) for row in action.votes]
	for member in (action.mover, action.seconder):
		if member and not rules.may_move(member, votes):
			yield _(
				"{0} moved or seconded it but does not stand in the list of votes as present and taking part."
			).format(member)


def _wrong_outcome(action: CouncilAction) -> Iterator[str]:
	outcome = outcome_of(action)
	if outcome is None:
		return
	tally = tally_of(action)
	if outcome.adopts and tally != Tally() and not tally.carries:
		yield _not_adopted(action)
	if not outcome.adopts and (action.effective_date or action.instrument_number):
		yield _(
			"Only what was adopted has an effective date and an instrument number; this was: {0}."
		).format(_(str(outcome)))


def _not_adopted(action: CouncilAction) -> str:
	return _("It cannot be adopted with {0} ayes and {1} noes; there must be more ayes than noes.").format(
		cint(action.ayes), cint(action.noes)
	)


def _wrong_amendments(action: CouncilAction) -> Iterator[str]:
	if not action.amendments:
		return
	if action.outcome and outcome_of(action) is not Outcome.ADOPTED_AS_AMENDED:
		yield _(
			"There are amended texts, but the outcome is {0}; choose Adopted as Amended or remove them."
		).format(_(action.outcome))
	texts, seen = council_texts.amendable(_document_of(action)), set()
	for row in action.amendments:
		if row.fieldname not in texts:
			yield _("Row {0}: {1} is not a text of this document. Choose one of: {2}.").format(
				row.idx, row.fieldname, ", ".join(_(df.label) for df in texts.values())
			)
		elif row.fieldname in seen:
			yield _("Row {0}: {1} is amended twice; write the text as it was adopted once.").format(
				row.idx, row.label
			)
		seen.add(row.fieldname)


def _wrong_file_number(action: CouncilAction) -> Iterator[str]:
	if not (action.file_number and action.council_meeting_date):
		return
	# A file number is public; whether the other record may be seen is not told.
	other = frappe.db.get_value(
		"Council Action",
		{
			"file_number": action.file_number,
			"council_meeting_date": action.council_meeting_date,
			"name": ["!=", action.name or ""],
		},
		"name",
	)
	if other:
		yield _("File {0} of the meeting of {1} is recorded already, as {2}.").format(
			action.file_number, formatdate(action.council_meeting_date), other
		)


def _missing(action: CouncilAction) -> list[str]:
	outcome, tally = outcome_of(action), tally_of(action)
	if outcome is None:
		return [_("Say what the council did.")]
	wanted = {
		_("Give the council's file number."): not action.file_number,
		_("Give the day of the council meeting."): not action.council_meeting_date,
		_("Name the instrument, such as a resolution."): outcome.decides and not action.instrument,
		_("Give the number of the ordinance or resolution."): outcome.adopts
		and action.instrument in NUMBERED
		and not action.instrument_number,
		_("Give the votes, member by member or as counts."): outcome.decides and tally.is_empty,
		_("It had more ayes than noes; say in the notes why it failed."): outcome is Outcome.REJECTED
		and tally.carries
		and not action.notes,
		_("Name the committee it was referred to."): outcome is Outcome.REFERRED and not action.referred_to,
		_("Write the texts as the council amended them."): outcome is Outcome.ADOPTED_AS_AMENDED
		and not action.amendments,
	}
	missing = [sentence for sentence, is_missing in wanted.items() if is_missing]
	if action.council_meeting_date and getdate(action.council_meeting_date) > getdate(nowdate()):
		missing.append(
			_("The council meets on {0}; what it did is recorded afterwards.").format(
				formatdate(action.council_meeting_date)
			)
		)
	if outcome.adopts and not tally.is_empty and not tally.carries:
		missing.append(_not_adopted(action))
	return missing


def _document_of(action: CouncilAction) -> Document:
	return frappe.get_doc(action.reference_doctype, action.reference_name)


def _iso(day: date | str | None) -> str:
	return getdate(day).isoformat()
