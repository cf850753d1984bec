"""What a guest is asked by a link: whether they come, with whom, and what each of the two needs.

It is theirs to say, so it stands in the list at once; the office is told, and reads on the link what was changed.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, formatdate

from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST
from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.guests import NOT_COMING, NotAsked, Rsvp, why_not_asked
from city_diplomacy.guest_links.exceptions import AnswerError
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.registers.record_dates import date_of, today
from city_diplomacy.registers.record_times import time_of

KEY = "Will you come"
ANSWER = "answer"
ANSWERS = {"yes": Rsvp.ACCEPTED, "no": Rsvp.DECLINED}
# What is said of the guest, and of their companion under the same name with a prefix.
OWN = ("name_as_spoken", "diet", "access_needs")
COMPANION = "companion_"


def list_of(guest: Any) -> Any:
	return frappe.get_cached_doc(LIST, guest.guest_list)


def companion_of(guest: Any) -> Any | None:
	"""The record of whoever accompanies a guest, also after they were said not to come."""
	name = frappe.db.get_value(GUEST, {"accompanies": guest.name}, "name", order_by="creation asc")
	return frappe.get_doc(GUEST, name) if name else None


def heading(guest: Any) -> str:
	return _("Will you come? {0}").format(list_of(guest).list_title)


def asks(guest: Any) -> str:
	host = list_of(guest).host_name
	invited = _("{0} invites you.").format(host) if host else _("You are invited.")
	needs = _(
		"Please tell us whether you come and what you need. What guests eat and need is deleted 30 days after."
	)
	return f"{invited} {needs}"


def facts(guest: Any) -> list[tuple[str, str]]:
	held = list_of(guest)
	found = [(_("Date"), formatdate(held.event_date, "d MMMM y"))]
	if begins := time_of(held.starts_at):
		found.append((_("Time"), begins.strftime("%H:%M")))
	if held.place:
		found.append((_("Place"), held.place))
	if held.answer_by:
		found.append((_("Please answer by"), formatdate(held.answer_by, "d MMMM y")))
	return found


def questions(guest: Any) -> list[Field]:
	"""Whether they come and what they need, and the same of a companion where they may bring one."""
	held = {state: answer for answer, state in ANSWERS.items()}.get(guest.rsvp, "")
	choices = (("yes", _("Yes, I come")), ("no", _("No, I cannot come")))
	fields = [
		Field(ANSWER, _("Will you come?"), Kind.OPTIONS, held=held, choices=choices, required=True),
		Field(
			"name_as_spoken", _("How your name is said, in plain letters"), held=cstr(guest.name_as_spoken)
		),
		Field("diet", _("What you do not eat or drink"), held=cstr(guest.diet)),
		Field("access_needs", _("What you need to move, hear or see"), held=cstr(guest.access_needs)),
	]
	companion = companion_of(guest)
	if guest.may_bring or companion:
		fields += _of_companion(companion)
	return [*fields, Field("remark", _("Anything else we should know"), Kind.TEXT)]


def _of_companion(companion: Any | None) -> list[Field]:
	comes = companion if companion and companion.rsvp not in NOT_COMING else frappe._dict()
	labels = {
		"guest_name": _("Your companion: name as written; leave empty if you come alone"),
		"name_as_spoken": _("Your companion: name as said, in plain letters"),
		"diet": _("Your companion: what they do not eat or drink"),
		"access_needs": _("Your companion: what they need to move, hear or see"),
	}
	return [Field(f"{COMPANION}{name}", label, held=cstr(comes.get(name))) for name, label in labels.items()]


def take(guest: Any, answer: Answer) -> Outcome:
	"""Raises AnswerError for a companion who is told something of and not named, or stands on the list already."""
	said = {
		name.removeprefix(COMPANION): value
		for name, value in answer.values.items()
		if name.startswith(COMPANION)
	}
	comes = ANSWERS[answer.values[ANSWER]]
	if comes == Rsvp.ACCEPTED and said:
		_check_companion(guest, said)
	for name in OWN:
		if name in answer.changed:
			guest.set(name, answer.values[name])
	guest.rsvp, guest.answered_on = comes, today()
	_save(guest)
	_take_companion(guest, said if comes == Rsvp.ACCEPTED else {})
	return Outcome()


def _check_companion(guest: Any, said: dict[str, str]) -> None:
	if not said["guest_name"]:
		if any(said.values()):
			raise AnswerError([_("Please write the name of your companion.")], [f"{COMPANION}guest_name"])
		return
	companion = companion_of(guest)
	others = frappe.get_all(
		GUEST,
		{"guest_list": guest.guest_list, "name": ["!=", companion.name if companion else ""]},
		["guest_name", "organisation"],
		limit_page_length=0,
	)
	wanted = (search_form(said["guest_name"]), search_form(cstr(companion.organisation) if companion else ""))
	if wanted in {(search_form(one.guest_name), search_form(cstr(one.organisation))) for one in others}:
		raise AnswerError(
			[_("{0} is invited already; please name your companion otherwise.").format(said["guest_name"])],
			[f"{COMPANION}guest_name"],
		)


def _take_companion(guest: Any, said: dict[str, str]) -> None:
	companion = companion_of(guest)
	if said.get("guest_name"):
		if not companion:
			companion = frappe.new_doc(GUEST)
			companion.update({"guest_list": guest.guest_list, "accompanies": guest.name, "side": guest.side})
		companion.update(said)
		companion.rsvp, companion.answered_on = Rsvp.ACCEPTED, today()
	elif companion and companion.rsvp not in NOT_COMING:
		companion.rsvp, companion.answered_on = Rsvp.DECLINED, today()
	else:
		return
	_save(companion)


def _save(guest: Any) -> None:
	guest.flags.by_verb = True
	# Whoever was asked says whether they come, and with whom; they have no account to hold a right.
	guest.save(ignore_permissions=True)


def addressee(guest: Any) -> Addressee:
	return Addressee(guest.guest_name or "", guest.email or "", guest.language or "")


def objection(guest: Any) -> str:
	held = list_of(guest)
	why = why_not_asked(
		held.status, date_of(held, "event_date"), date_of(held, "answer_by"), guest.rsvp, today()
	)
	if why is None:
		return ""
	return {
		NotAsked.LIST: _("{0} is {1}; guests are asked while a list is Inviting.").format(
			held.list_title, _(held.status)
		),
		NotAsked.ANSWER_BY: _("The day to answer by was {0}; nobody is asked after it.").format(
			formatdate(held.answer_by)
		),
		NotAsked.DAY: _("It took place on {0}; nobody is asked any more.").format(
			formatdate(held.event_date)
		),
		NotAsked.OVER: _("{0} is noted as {1}; there is nothing left to ask.").format(
			guest.guest_name, _(guest.rsvp)
		),
	}[why]


def issued(guest: Any) -> None:
	"""Whoever was not asked before is invited now."""
	if guest.rsvp == Rsvp.NOT_ASKED:
		guest.db_set("rsvp", Rsvp.INVITED)


WILL_YOU_COME = Purpose(
	key=KEY,
	doctype=GUEST,
	heading=heading,
	asks=asks,
	facts=facts,
	fields=questions,
	take=take,
	addressee=addressee,
	objection=objection,
	issued=issued,
	thanks=lambda: _("Thank you. Your answer has reached the office of protocol."),
)
