"""What an organisation lets the city show is taken back by itself, through a link, at once."""

from collections.abc import Collection
from typing import Any

from frappe import _
from frappe.utils import cstr

from city_diplomacy.diaspora_relations.public_directory import CONSENT_FIELDS, consented_fields
from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.guest_links.exceptions import AnswerError
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.partnerships.partners import verification
from city_diplomacy.registers.record_dates import today

KEY = "Withdraw our consent"
WITHDRAW = "withdraw_"
EVERYTHING = "everything"


def questions_for_public(doc: Any) -> list[Field]:
	"""For each detail that is public now, whether it is to be taken down."""
	public = consented_fields(doc.consents)
	return [
		Field(
			f"{WITHDRAW}{fieldname}",
			_("Stop showing in public: {0}").format(_(shown)),
			Kind.CHECK,
			help=_("It disappears from the public directory at once."),
		)
		for shown, fieldname in CONSENT_FIELDS.items()
		if fieldname in public
	]


def ticked(answer: Answer) -> list[str]:
	"""The details, as consents name them, whose boxes are ticked."""
	return [shown for shown, field in CONSENT_FIELDS.items() if answer.values.get(f"{WITHDRAW}{field}")]


def withdraw(doc: Any, details: Collection[str]) -> None:
	"""Note in the unsaved record that consents to show these details are withdrawn from today on."""
	for row in doc.consents:
		if row.shown_field in details and not row.withdrawn_on:
			row.withdrawn_on = today()


def questions(doc: Any) -> list[Field]:
	everything = Field(
		EVERYTHING,
		_("Take our whole entry out of the public directory"),
		Kind.CHECK,
		help=_("It disappears at once. The city keeps its own record of you, which it does not publish."),
	)
	return [*questions_for_public(doc), everything]


def facts(doc: Any) -> list[tuple[str, str]]:
	"""What the public reads of the organisation now."""
	public = consented_fields(doc.consents)
	return [
		(_(shown), cstr(doc.get(fieldname)))
		for shown, fieldname in CONSENT_FIELDS.items()
		if fieldname in public
	]


def take(doc: Any, answer: Answer) -> Outcome:
	"""Withdraw what is ticked. Raises AnswerError where nothing is."""
	details = list(CONSENT_FIELDS) if answer.values.get(EVERYTHING) else ticked(answer)
	if not details:
		raise AnswerError([_("Tick what is to be shown no more; if all may stay, nothing needs to be sent.")])
	withdraw(doc, details)
	# The organisation itself takes back what it had allowed; it has no account to hold a right.
	doc.save(ignore_permissions=True)
	return Outcome()


def objection(doc: Any) -> str:
	"""Why nobody is asked: there is nothing to take back."""
	return "" if consented_fields(doc.consents) else _("Nothing of {0} is public.").format(doc.get_title())


def addressee(doc: Any) -> Addressee:
	"""Whom the entry names, at the address it names."""
	return Addressee(
		doc.contact_person or doc.organisation_name, doc.email or "", verification.language_of(doc)
	)


WITHDRAW_OUR_CONSENT = Purpose(
	key=KEY,
	doctype="Diaspora Organisation",
	heading=lambda doc: _("What the public reads of {0}").format(doc.get_title()),
	asks=lambda doc: _(
		"You allowed the city to show these details in its public directory. Tick what is to be shown no more; it is taken down as soon as you send this."
	),
	fields=questions,
	facts=facts,
	take=take,
	addressee=addressee,
	objection=objection,
	button=lambda: _("Withdraw"),
	thanks=lambda: _("Thank you. What you ticked is not shown any more."),
)
