"""Engagements: with whom and about what they can be, and the calendar; one is made from the other once, by a click."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnerships.exceptions import EngagementError
from city_diplomacy.registers.readable import readable, refuse_hidden_link

PARTNER_TYPES = ("Partner City", "Partner Organisation", "City Network", "Diaspora Organisation")
TYPE_OF_CATEGORY = {
	"Meeting": "Meeting",
	"Call": "Call",
	"Sent/Received Email": "Letter",
	"Event": "Event",
	"Other": "Meeting",
}
CATEGORY_OF_TYPE = {
	"Meeting": "Meeting",
	"Call": "Call",
	"Letter": "Sent/Received Email",
	"Visit": "Event",
	"Event": "Event",
	"Review": "Meeting",
}


def make_engagement(event: str) -> Any:
	"""The engagement of a calendar Event, made now unless it is there already.

	Raises PermissionError unless the person may read the Event, and create engagements or read that one.
	"""
	# Locked first, so that two clicks make one.
	frappe.db.get_value("Event", event, "name", for_update=True)
	source = readable("Event", event)
	existing = frappe.db.get_value("Partner Engagement", {"event": event}, "name", for_update=True)
	if existing:
		return readable("Partner Engagement", existing)
	engagement = frappe.new_doc("Partner Engagement")
	engagement.update(
		{
			"subject": (source.subject or "")[:140],
			"engagement_type": TYPE_OF_CATEGORY.get(source.event_category, "Meeting"),
			"starts_on": source.starts_on,
			"ends_on": source.ends_on,
			"discussed": source.description,
			"event": source.name,
		}
	)
	_copy_participants(engagement, source)
	return engagement.insert()


def make_event(engagement: str) -> Any:
	"""The calendar Event of an engagement, made now unless it is there already.

	It is private to who makes it, until they share it. Raises PermissionError unless the person may write the
	engagement and create Events.
	"""
	source = readable("Partner Engagement", engagement, "write", for_update=True)
	if source.event:
		return readable("Event", source.event)
	event = frappe.new_doc("Event")
	event.update(
		{
			"subject": source.subject,
			"event_category": CATEGORY_OF_TYPE.get(source.engagement_type, "Meeting"),
			"event_type": "Private",
			"starts_on": source.starts_on,
			"ends_on": source.ends_on,
			"description": source.discussed,
		}
	)
	for row in source.participants:
		if row.contact:
			event.append(
				"event_participants", {"reference_doctype": "Contact", "reference_docname": row.contact}
			)
	for row in source.partners:
		event.append(
			"event_participants", {"reference_doctype": row.partner_type, "reference_docname": row.partner}
		)
	event.insert()
	source.event = event.name
	source.save()
	return event


def _copy_participants(engagement: Any, event: Any) -> None:
	"""Contacts become participants and bring the partners they belong to; partners are taken as they are."""
	for row in event.event_participants:
		if row.reference_doctype in PARTNER_TYPES:
			_add_partner(engagement, row.reference_doctype, row.reference_docname)
		elif row.reference_doctype == "Contact":
			_add_contact(engagement, row.reference_docname)


def _add_contact(engagement: Any, name: str) -> None:
	if not frappe.db.exists("Contact", name):
		return
	contact = frappe.get_doc("Contact", name)
	# An Event may name contacts its reader has no business with; those stay in the calendar.
	if not contact.has_permission("read"):
		return
	full_name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
	partners = [link for link in contact.links if link.link_doctype in PARTNER_TYPES]
	engagement.append(
		"participants",
		{
			"participant": full_name or contact.name,
			"capacity": contact.designation,
			"contact": contact.name,
			"side": "Counterpart" if partners or not contact.user else "Ours",
			"user": contact.user,
		},
	)
	for link in partners:
		_add_partner(engagement, link.link_doctype, link.link_name)


def _add_partner(engagement: Any, partner_type: str, partner: str) -> None:
	known = any((row.partner_type, row.partner) == (partner_type, partner) for row in engagement.partners)
	if not known and frappe.db.exists(partner_type, partner):
		engagement.append("partners", {"partner_type": partner_type, "partner": partner})


def check_partners(doc: Any, error: type[Exception] = EngagementError) -> None:
	"""Raises `error` for a record that is no partner, and for one named twice."""
	seen = set()
	for row in doc.partners:
		if row.partner and row.partner_type not in PARTNER_TYPES:
			frappe.throw(
				_("Row {0}: a partner is one of {1}.").format(
					row.idx, ", ".join(_(kind) for kind in PARTNER_TYPES)
				),
				error,
			)
		if (row.partner_type, row.partner) in seen:
			frappe.throw(
				_("Row {0}: {1} is named already; name each partner once.").format(row.idx, row.partner),
				error,
			)
		seen.add((row.partner_type, row.partner))


def check_agreement(engagement: Any) -> None:
	"""An engagement cannot be about an agreement its author may not see. Raises LinkValidationError."""
	before = engagement.get_doc_before_save()
	if (
		not engagement.agreement
		or (before and before.agreement == engagement.agreement)
		or engagement.flags.ignore_permissions
	):
		return
	refuse_hidden_link(engagement, "agreement", "MOU")


def check_event(engagement: Any) -> None:
	"""An engagement is tied to an Event once, to one its author may read.

	Raises EngagementError, or LinkValidationError for an Event that is not for the author's eyes.
	"""
	before = engagement.get_doc_before_save()
	tied_to = before.event if before else None
	if tied_to and tied_to != engagement.event:
		frappe.throw(
			_("This engagement belongs to the event {0} and keeps it.").format(tied_to), EngagementError
		)
	if not engagement.event or engagement.event == tied_to:
		return
	refuse_hidden_link(engagement, "event", "Event")
	other = frappe.db.get_value(
		"Partner Engagement", {"event": engagement.event, "name": ["!=", engagement.name or ""]}, "name"
	)
	if other:
		frappe.throw(
			_("The event {0} is recorded in {1} already.").format(engagement.event, other), EngagementError
		)
