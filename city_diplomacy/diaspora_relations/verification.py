"""What a community organisation is asked by a link once a year: whether its entry is right, and what may be shown."""

from typing import Any

from frappe import _

from city_diplomacy.diaspora_relations.consent import addressee, questions_for_public, ticked, withdraw
from city_diplomacy.domain.guest_links.answers import Field
from city_diplomacy.guest_links.purposes import Answer, Outcome, Purpose
from city_diplomacy.partnerships.partners import verification

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


def questions(doc: Any) -> list[Field]:
	"""The entry, and for each detail that is public now whether it is to be taken down."""
	return [*verification.questions(doc, OWN_FIELDS), *questions_for_public(doc)]


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
	withdrawn = ticked(answer)
	withdraw(doc, withdrawn)
	if withdrawn and answer.changed:
		# The organisation itself takes back what it had allowed; it has no account to hold a right.
		doc.save(ignore_permissions=True)
	return verification.take(doc, answer)


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
