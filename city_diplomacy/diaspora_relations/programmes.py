"""What a community programme says: with whom, when and where, and how many places each group had and took."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from city_diplomacy.diaspora_relations.exceptions import NamesOfPeopleError, ProgrammeError
from city_diplomacy.domain.community.programmes import (
	Group,
	ProgrammeStatus,
	Trace,
	exceeds,
	trace_of_people,
)
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, label_of, refuse_backwards
from city_diplomacy.registers.record_times import read_time

PARTNERS = ("Partner City", "Partner Organisation", "City Network", "Diaspora Organisation")
# Words of a programme in which somebody might put down who takes part.
OF_THE_PROGRAMME = ("description", "cancelled_reason")
OF_A_GROUP = ("group_name", "result")
OF_A_SESSION = ("subject",)


def settle_days(programme: Any) -> None:
	"""Days in order, sessions within them, hours as in 18:30. Raises ProgrammeError."""
	refuse_backwards(programme, ProgrammeError, ("starts_on", "ends_on"))
	first, last = date_of(programme, "starts_on"), date_of(programme, "ends_on")
	for row in programme.sessions:
		day = date_of(row, "held_on")
		if day and ((first and day < first) or (last and day > last)):
			frappe.throw(
				_("Row {0}: the session {1} lies outside the days of the programme.").format(
					row.idx, row.subject
				),
				ProgrammeError,
			)
		_check_hours(row)


def _check_hours(row: Any) -> None:
	begins, ends = (read_time(row, fieldname, ProgrammeError) for fieldname in ("starts_at", "ends_at"))
	if begins and ends and ends < begins:
		frappe.throw(
			_("Row {0}: the session {1} ends before it begins.").format(row.idx, row.subject), ProgrammeError
		)


def check_partners(programme: Any) -> None:
	"""Raises ProgrammeError for a record that is no partner or stands twice, LinkValidationError for a hidden one."""
	stored = programme.get_doc_before_save()
	known = {(row.partner_type, row.partner) for row in stored.partners} if stored else set()
	seen = set()
	for row in programme.partners:
		named = (row.partner_type, row.partner)
		if row.partner and row.partner_type not in PARTNERS:
			frappe.throw(
				_("Row {0}: a partner is one of {1}.").format(
					row.idx, ", ".join(_(kind) for kind in PARTNERS)
				),
				ProgrammeError,
			)
		if named in seen:
			frappe.throw(
				_("Row {0}: {1} is named already; name each partner once.").format(row.idx, row.partner),
				ProgrammeError,
			)
		seen.add(named)
		if row.partner and named not in known and not programme.flags.ignore_permissions:
			refuse_hidden_link(row, "partner", row.partner_type)


def settle_groups(programme: Any) -> None:
	"""Each group once, with numbers that can be, and their totals. Raises ProgrammeError."""
	seen = set()
	for row in programme.groups:
		name = cstr(row.group_name).casefold().strip()
		if name in seen:
			frappe.throw(
				_("Row {0}: the group {1} stands in two rows; put its numbers into one.").format(
					row.idx, row.group_name
				),
				ProgrammeError,
			)
		seen.add(name)
		if exceeds(
			Group(row.group_name, cint(row.places_offered), cint(row.places_taken), cint(row.completed))
		):
			frappe.throw(
				_("Row {0}: more people of {1} completed the programme than took a place.").format(
					row.idx, row.group_name
				),
				ProgrammeError,
			)
	programme.offered_total = sum(cint(row.places_offered) for row in programme.groups)
	programme.taken_total = sum(cint(row.places_taken) for row in programme.groups)


def refuse_names(programme: Any) -> None:
	"""Raises NamesOfPeopleError for what points to single people: a programme's record holds numbers alone."""
	rows = [(programme, OF_THE_PROGRAMME)]
	rows += [(row, OF_A_GROUP) for row in programme.groups]
	rows += [(row, OF_A_SESSION) for row in programme.sessions]
	for row, fieldnames in rows:
		for fieldname in fieldnames:
			# A group is one, so two names side by side are a list.
			trace = trace_of_people(cstr(row.get(fieldname)), 2 if fieldname == "group_name" else 3)
			if trace:
				frappe.throw(
					_(
						"{0} holds {1}. Of people who take part, only numbers are kept here; take it out."
					).format(label_of(row, fieldname), _TRACES[trace]()),
					NamesOfPeopleError,
				)


def check_status(programme: Any) -> None:
	"""Raises ProgrammeError for a programme cancelled without a reason, and for one open without a day."""
	if programme.status != ProgrammeStatus.CANCELLED:
		programme.cancelled_reason = None
	elif not cstr(programme.cancelled_reason).strip():
		frappe.throw(
			_("Say in the field Reason why {0} is cancelled.").format(programme.programme_name),
			ProgrammeError,
		)
	if programme.status == ProgrammeStatus.FINISHED and not (programme.starts_on or programme.sessions):
		frappe.throw(
			_("{0} is finished; say when it began, or enter its sessions.").format(programme.programme_name),
			ProgrammeError,
		)


_TRACES = {
	Trace.ADDRESS: lambda: _("an e-mail address"),
	Trace.PHONE: lambda: _("a telephone number"),
	Trace.BIRTH: lambda: _("a date of birth"),
	Trace.NAMES: lambda: _("a list of names"),
}
