"""What a community organisation is asked by a link once a year: whether its entry is right, and what may be shown."""

from typing import Any

from frappe import _

from city_diplomacy.diaspora_relations.public_directory import CONSENT_FIELDS, consented_fields
from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.partnerships.partners import verification
from city_diplomacy.registers.record_dates import today

OWN_FIELDS = (
	"organisation_name",
	"kind",
	"size_range",
	"neighbourhoods",
	"contact_person",
	"email",
	"phone",
	"website",
)
WITHDRAW = "withdraw_"


def questions(doc: Any) -> list[Field]:
	"""The entry, and for each detail that is public now whether it is to be taken down."""
	return [*verification.questions(doc, OWN_FIELDS), *_consents(doc)]


def _consents(doc: Any) -> list[Field]:
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


def facts(doc: Any) -> list[tuple[str, str]]:
	"""What is shown beside the form and corrected in words."""
	tables = (("heritage_countries", "country"), ("languages", "language"), ("sectors", "topic"))
	return [
		(_(doc.meta.get_label(table)), ", ".join(_(row.get(column)) for row in doc.get(table)))
		for table, column in tables
		if doc.get(table)
	]


def take(doc: Any, answer: Answer) -> Outcome:
	"""A consent that is withdrawn is withdrawn at once, whatever else is answered."""
	withdrawn = [shown for shown, field in CONSENT_FIELDS.items() if answer.values.get(f"{WITHDRAW}{field}")]
	for row in doc.consents:
		if row.shown_field in withdrawn and not row.withdrawn_on:
			row.withdrawn_on = today()
	if withdrawn and answer.changed:
		# The organisation itself takes back what it had allowed; it has no account to hold a right.
		doc.save(ignore_permissions=True)
	return verification.take(doc, answer)


def addressee(doc: Any) -> Addressee:
	"""Whom the entry names, at the address it names."""
	return Addressee(
		doc.contact_person or doc.organisation_name, doc.email or "", verification.language_of(doc)
	)


VERIFY_OUR_ENTRY = Purpose(
	key=verification.KEY,
	doctype="Diaspora Organisation",
	heading=verification.heading,
	asks=verification.asks,
	fields=questions,
	facts=facts,
	take=take,
	addressee=addressee,
	decide=verification.mark_verified,
	thanks=verification.VERIFY_OUR_ENTRY.thanks,
)
