"""Organisations that register themselves by the public form: taken, shown beside likely doubles, decided by a person."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from city_diplomacy.access.rights import COMMUNITY
from city_diplomacy.diaspora_relations.exceptions import RegistrationError
from city_diplomacy.diaspora_relations.public_directory import CONSENT_FIELDS
from city_diplomacy.domain.community.registrations import KEPT_AFTER_DECISION, RegistrationStatus
from city_diplomacy.partnership_approvals.notices.alerts import alert_role
from city_diplomacy.registers import public_forms
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.languages import language_read
from city_diplomacy.registers.public_forms import PublicForm
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import today
from city_diplomacy.registers.set_by_server import refuse_typed
from city_diplomacy.registers.web_addresses import check_web_address

REGISTRATION, ORGANISATION = "Directory Registration", "Diaspora Organisation"
# The box of a registration: what a consent calls the detail
BOXES = {
	"show_contact_person": "Contact person",
	"show_email": "E-mail",
	"show_phone": "Phone",
	"show_website": "Website",
	"show_neighbourhoods": "Neighbourhoods",
	"show_size": "Size",
}
FORM = PublicForm(
	longest={
		"organisation_name": 140,
		"kind": 40,
		"heritage_country": 140,
		"other_heritage_country": 140,
		"size_range": 40,
		"neighbourhoods": 500,
		"website": 140,
		"about": 1_000,
		"contact_person": 140,
		"email": 140,
		"phone": 40,
		**dict.fromkeys(BOXES, 0),
	},
	required=("organisation_name", "kind", "heritage_country", "contact_person", "email"),
	email="email",
)
SET_BY_BUTTONS = ("status", "organisation", "decision_reason", "decided_by", "decided_on")
# What an organisation's entry takes over as it was sent.
TAKEN_OVER = (
	"organisation_name",
	"kind",
	"size_range",
	"neighbourhoods",
	"website",
	"contact_person",
	"email",
	"phone",
)
CONTACT = ("contact_person", "email", "phone")


def take_public(doc: Any) -> None:
	"""Takes what an organisation sends, as far as the form goes. Raises PublicFormError for the rest."""
	public_forms.take(doc, FORM)
	if public_forms.is_public(doc):
		# They are answered in the language they read the form in.
		doc.language = language_read()


def check(doc: Any) -> None:
	"""Raises RegistrationError or RegisterError for what a registration cannot say."""
	if not doc.flags.by_verb:
		sentence = _("{0} is set by the button that decides, and not by hand.")
		refuse_typed(doc, SET_BY_BUTTONS, sentence, RegistrationError, {"status": RegistrationStatus.WAITING})
	check_email_address(doc, "email")
	check_web_address(doc, "website")
	unanswered = [
		box for box, detail in BOXES.items() if cint(doc.get(box)) and not doc.get(CONSENT_FIELDS[detail])
	]
	if unanswered:
		frappe.throw(
			_("{0} may be shown, and is empty; fill it in or take the tick away.").format(
				_(BOXES[unanswered[0]])
			),
			RegistrationError,
		)


def tell_of_public(doc: Any) -> None:
	"""Tell the community officers that an organisation registered, each in their language."""
	if doc.owner != public_forms.GUEST:
		return
	alert_role(
		COMMUNITY,
		doc,
		lambda: _("{0} asks to be in the directory; decide on it.").format(
			escape_html(doc.organisation_name)
		),
	)


def likely_doubles(doc: Any) -> list[str]:
	"""Entries of the directory a waiting registration may be about, the likeliest first."""
	if (
		doc.is_new()
		or doc.status != RegistrationStatus.WAITING
		or not frappe.has_permission(ORGANISATION, "read")
	):
		return []
	entry = _entry_of(doc)
	entry.set_search_names()
	same = entry.same_partner()
	return list(dict.fromkeys([*([same] if same else []), *entry.likely_doubles()]))


def accept(registration: str) -> str:
	"""Make a registration an entry of the directory, with the consents that were ticked; answers its name.

	Raises PermissionError unless the person may write it and make entries, RegistrationError where it is decided already,
	and what an entry refuses, such as a double.
	"""
	frappe.has_permission(ORGANISATION, "create", throw=True)
	doc = _waiting(registration)
	entry = _entry_of(doc)
	for box, detail in BOXES.items():
		if cint(doc.get(box)):
			given = {"shown_field": detail, "given_on": doc.creation.date(), "given_by": doc.contact_person}
			entry.append("consents", given)
	entry.insert()
	_decide(doc, RegistrationStatus.ACCEPTED, organisation=entry.name)
	return entry.name


def note_as_known(registration: str, organisation: str) -> None:
	"""Close a registration of an organisation that is in the directory; its entry stays as it is.

	Raises PermissionError for a registration or an entry the person may not know of, RegistrationError where it is decided.
	"""
	entry = readable(ORGANISATION, organisation)
	_decide(_waiting(registration), RegistrationStatus.KNOWN_ALREADY, organisation=entry.name)


def decline(registration: str, reason: str) -> None:
	"""Decline a registration. Raises RegistrationError without a reason or where it is decided, PermissionError."""
	if not reason.strip():
		frappe.throw(_("Say why it is declined."), RegistrationError)
	_decide(_waiting(registration), RegistrationStatus.DECLINED, decision_reason=reason)


def forget_contacts() -> None:
	"""Nightly: of a registration decided some time ago, whom to write to is not kept any longer."""
	decided = frappe.qb.DocType(REGISTRATION)
	old = (decided.status != RegistrationStatus.WAITING) & (
		decided.decided_on < today() - KEPT_AFTER_DECISION
	)
	query = frappe.qb.update(decided).where(old & decided.email.isnotnull() & (decided.email != ""))
	for fieldname in CONTACT:
		query = query.set(decided[fieldname], "")
	query.run()


def _entry_of(doc: Any) -> Any:
	countries = dict.fromkeys(filter(None, (doc.heritage_country, doc.other_heritage_country)))
	entry = frappe.new_doc(ORGANISATION)
	entry.update({field: doc.get(field) for field in TAKEN_OVER})
	entry.update(
		{
			"heritage_countries": [{"country": country} for country in countries],
			"source": _("Registered by the organisation itself ({0})").format(doc.name),
		}
	)
	if doc.language:
		entry.append("languages", {"language": doc.language})
	return entry


def _waiting(registration: str) -> Any:
	# With its lock, so that two clicks decide once.
	doc = readable(REGISTRATION, registration, "write", for_update=True)
	if doc.status != RegistrationStatus.WAITING:
		frappe.throw(
			_("{0} is decided already: {1}.").format(doc.organisation_name, _(doc.status)), RegistrationError
		)
	return doc


def _decide(doc: Any, status: RegistrationStatus, **values: Any) -> None:
	doc.update({"status": status, "decided_by": frappe.session.user, "decided_on": today(), **values})
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.by_verb = True
	doc.save()
