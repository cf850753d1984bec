"""Entries that are verified once a year: by an officer who asked, or by the organisation itself through a link."""

from collections.abc import Sequence
from typing import Any

import frappe
from dateutil.relativedelta import relativedelta
from frappe import _
from frappe.utils import cint, cstr, getdate

from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.registers.record_dates import date_of, refuse_future, today

KEY = "Verify our entry"
# The field with words that are no correction of one field; somebody reads them before the entry counts as verified.
REMARK = "remark"
_INPUTS = {"Email": "email", "Phone": "tel", "URL": "url"}
_KINDS = {"Small Text": Kind.TEXT, "Select": Kind.CHOICE, "Link": Kind.CHOICE}
OWN_FIELDS = ("organisation_name", "kind", "country", "region", "counterpart_office", "website")


def settle_verification(doc: Any) -> None:
	"""Who enters a new day of verification has verified the entry, and the next day follows from it.

	`doc.flags.verified_through` names the Guest Link by which the organisation did so itself.
	"""
	refuse_future(doc, "last_verified")
	before = doc.get_doc_before_save()
	verified, through = date_of(doc, "last_verified"), doc.flags.verified_through
	if through or not before or date_of(before, "last_verified") != verified:
		by = frappe.session.user
		doc.verified_by = by if verified and by != "Guest" else None
		doc.verified_through = through
	else:
		doc.verified_by, doc.verified_through = before.verified_by, before.verified_through
	months = cint(frappe.get_cached_doc("City Diplomacy Settings").verify_every_months)
	if not verified:
		# Never verified is due since the day it was entered.
		doc.next_verification = getdate(doc.creation) or today()
	else:
		doc.next_verification = verified + relativedelta(months=months) if months else None


def heading(doc: Any) -> str:
	return _("Is this still right? Your entry with {0}").format(_city())


def asks(doc: Any) -> str:
	return _(
		"{0} keeps this entry about {1}. Please read it, correct what is wrong, and send it; if everything is right, send it as it is."
	).format(_city(), doc.get_title())


def _city() -> str:
	return frappe.get_cached_doc("City Diplomacy Settings").city_name or _("International partnerships")


def questions(doc: Any, names: Sequence[str]) -> list[Field]:
	"""The fields of an entry that are the organisation's own, with what is held, and a place for other words."""
	remark = Field(
		REMARK,
		_("Anything else we should know"),
		Kind.TEXT,
		help=_("For example who should be written to next time."),
	)
	return [*(_question(doc, doc.meta.get_field(name)) for name in names), remark]


def _question(doc: Any, df: Any) -> Field:
	return Field(
		df.fieldname,
		_(df.label),
		_KINDS.get(df.fieldtype, Kind.LINE),
		held=cstr(doc.get(df.fieldname)),
		choices=_choices(df),
		required=bool(df.reqd),
		input=_INPUTS.get(df.options, "text"),
	)


def _choices(df: Any) -> tuple[tuple[str, str], ...]:
	if df.fieldtype == "Link":
		# Names of a master such as Country, which the form of an entry offers everybody as well.
		names = frappe.get_all(df.options, pluck="name", limit_page_length=0)
		return tuple(sorted(((name, _(name)) for name in names), key=lambda one: one[1]))
	values = (df.options or "").split("\n") if df.fieldtype == "Select" else []
	return tuple((value, _(value)) for value in values if value)


def take(doc: Any, answer: Answer) -> Outcome:
	"""An entry sent as it is counts as verified; corrections wait for a person of the office."""
	if not answer.changed:
		mark_verified(doc, answer.link)
		# The organisation itself says that its entry is right; it has no account to hold a right.
		doc.save(ignore_permissions=True)
	return Outcome(proposed=answer.changed)


def mark_verified(doc: Any, link: str) -> None:
	"""Write to the unsaved record that its organisation verified it today through a link."""
	doc.last_verified = today()
	doc.flags.verified_through = link


def contact_of(doc: Any) -> Addressee:
	"""The first contact of a partner with an address; whoever may write the partner sees its contacts on the form."""
	linked = {"link_doctype": doc.doctype, "link_name": doc.name, "parenttype": "Contact"}
	names = frappe.get_all("Dynamic Link", linked, pluck="parent", order_by="creation asc")
	found = frappe.get_all(
		"Contact",
		{"name": ["in", names or [""]], "email_id": ["is", "set"]},
		["first_name", "last_name", "email_id"],
		order_by="is_primary_contact desc, creation asc",
		limit_page_length=1,
	)
	if not found:
		return Addressee(language=language_of(doc))
	person = " ".join(filter(None, (found[0].first_name, found[0].last_name)))
	return Addressee(person, found[0].email_id, language_of(doc))


def language_of(doc: Any) -> str:
	"""The first language an entry names, or empty."""
	rows = doc.get("languages") or ()
	return rows[0].language if rows else ""


VERIFY_OUR_ENTRY = Purpose(
	key=KEY,
	doctype="Partner Organisation",
	heading=heading,
	asks=asks,
	fields=lambda doc: questions(doc, OWN_FIELDS),
	take=take,
	addressee=contact_of,
	decide=mark_verified,
	thanks=lambda: _("Thank you. If you corrected something, we read it before it stands in our records."),
)
