"""What follows a visit that was held: the engagement it was, made by a click, and letters of thanks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.diplomatic_protocol.visits import letters
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import LetterKind, Side, VisitDirection, VisitStatus
from city_diplomacy.guest_links.letters import language_for
from city_diplomacy.registers.languages import in_language
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import date_of

TOOK_PLACE = (VisitStatus.UNDER_WAY, VisitStatus.HELD)
OURS, COUNTERPART = "Ours", "Counterpart"


def make_engagement(visit: str) -> str:
	"""Record a visit as a Partner Engagement, once; answers that one's name.

	Raises VisitError for one that has not begun, PermissionError unless the person may record engagements.
	"""
	doc = readable(VISIT, visit, "write", for_update=True)
	if doc.engagement:
		return readable("Partner Engagement", doc.engagement).name
	_require(doc, TOOK_PLACE)
	engagement = frappe.new_doc("Partner Engagement")
	engagement.update(
		{
			"subject": doc.visit_title,
			"engagement_type": "Visit",
			"starts_on": datetime.combine(date_of(doc, "arrives_on"), time()),
			"ends_on": datetime.combine(date_of(doc, "leaves_on"), time()),
			"discussed": frappe.utils.escape_html(doc.purpose or ""),
			"outcome": doc.outcome,
			"partners": [{"partner_type": row.partner_type, "partner": row.partner} for row in doc.partners],
			"participants": [
				{
					"participant": row.name_as_written,
					"capacity": row.job_title,
					"side": _side_of(doc, row),
					"user": row.user,
				}
				for row in doc.delegates
				if not row.withdrawn_on
			],
		}
	)
	doc.engagement = engagement.insert().name
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_verb = True
	doc.save()
	return doc.engagement


def _side_of(visit: Any, row: Any) -> str:
	ours = Side.HOST if visit.direction == VisitDirection.INBOUND else Side.VISITING
	return OURS if row.side == ours else COUNTERPART


def _require(visit: Any, states: Sequence[VisitStatus]) -> None:
	if visit.status not in states:
		frappe.throw(
			_("{0} is {1}; this can be done while it is {2}.").format(
				visit.visit_title, _(visit.status), _(" or ").join(_(state) for state in states)
			),
			VisitError,
		)


def draft_thanks(visit: Any) -> list[dict[str, str]]:
	"""A letter for each of the others' people who has an address and no such letter yet, in their language.

	Nothing is stored. Raises VisitError for a visit that was not held.
	"""
	_require(visit, (VisitStatus.HELD,))
	thanked = {row.email.casefold() for row in visit.letters if row.kind == LetterKind.THANKS and row.email}
	drafts = []
	for row in visit.delegates:
		if row.withdrawn_on or not row.email or row.email.casefold() in thanked:
			continue
		if _side_of(visit, row) == OURS:
			continue
		language = language_for(row.language or visit.requester_language)
		with in_language(language):
			person = cstr(row.form_of_address) or row.name_as_written
			words = letters.written(LetterKind.THANKS, visit, person)
		drafts.append(
			{
				"delegate": row.name,
				"person": row.name_as_written,
				"email": row.email,
				"language": language,
				**words,
			}
		)
	return drafts


def send_thanks(visit: str, rows: Sequence[Mapping[str, Any]]) -> int:
	"""Queue the letters somebody has read, each once; answers how many. Raises VisitError or RegisterError."""
	doc = readable(VISIT, visit, "write", for_update=True)
	due = {draft["delegate"]: draft for draft in draft_thanks(doc)}
	sent = 0
	for row in rows:
		draft = due.pop(cstr(row.get("delegate")), None)
		if draft is None:
			continue
		subject = cstr(row.get("subject")) or draft["subject"]
		message = cstr(row.get("message")) or draft["message"]
		letters.post(
			doc, LetterKind.THANKS, draft["person"], draft["email"], draft["language"], subject, message
		)
		sent += 1
	if sent:
		letters.store(doc)
	return sent
