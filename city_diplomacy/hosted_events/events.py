"""What an international event says: when, who organises it, our departments, who comes, what stays."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.events.attendance import settled_total, surplus
from city_diplomacy.hosted_events.exceptions import AttendanceError, InternationalEventError
from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import (
	keep_known_part,
	label_of,
	refuse_backwards,
	refuse_future,
	today,
)

ORGANISERS = ("Partner City", "Partner Organisation", "City Network", "Diaspora Organisation")
FIRST_EDITION = 1800


def settle_dates(event: Any) -> None:
	"""Days as far as they are known, in order. Raises InternationalEventError otherwise."""
	for fieldname in ("starts_on", "ends_on"):
		keep_known_part(event, fieldname, "date_precision")
	refuse_backwards(event, InternationalEventError, ("starts_on", "ends_on"))


def check_organiser(event: Any) -> None:
	"""Raises InternationalEventError for a record that is no partner, LinkValidationError for a hidden one."""
	if not event.organiser:
		event.organiser_type = None
		return
	if event.organiser_type not in ORGANISERS:
		frappe.throw(
			_("An organiser is one of {0}, or is named in {1}.").format(
				", ".join(_(kind) for kind in ORGANISERS), _(event.meta.get_label("organiser_name"))
			),
			InternationalEventError,
		)
	if _is_new(event, "organiser") and not event.flags.ignore_permissions:
		refuse_hidden_link(event, "organiser", event.organiser_type)


def check_departments(event: Any) -> None:
	"""Raises InternationalEventError for a department that stands in two rows."""
	twice = _first_twice([row.department for row in event.department_roles])
	if twice:
		frappe.throw(
			_("{0} stands in two rows; say in one what it does.").format(department_name(twice)),
			InternationalEventError,
		)


def check_agreements(event: Any) -> None:
	"""Each agreement once, and none its author may not know of.

	Raises InternationalEventError or LinkValidationError.
	"""
	stored = event.get_doc_before_save()
	known = {row.agreement for row in stored.agreements} if stored else set()
	for row in event.agreements:
		if row.agreement and row.agreement not in known and not event.flags.ignore_permissions:
			refuse_hidden_link(row, "agreement", "MOU")
	twice = _first_twice([row.agreement for row in event.agreements])
	if twice:
		frappe.throw(
			_("{0} is named already; name each agreement once.").format(twice), InternationalEventError
		)


def settle_attendance(event: Any) -> None:
	"""Totals that the origins fit. Raises AttendanceError otherwise, and for a country named twice."""
	twice = _first_twice([row.country for row in event.attendance])
	if twice:
		frappe.throw(
			_("{0} is named already; give one number for each country.").format(_(twice)), AttendanceError
		)
	for fieldname in ("expected", "attended"):
		numbers = [cint(row.get(fieldname)) for row in event.attendance]
		label, total = _(event.meta.get_label(fieldname)), cint(event.get(fieldname))
		if any(number < 0 for number in (*numbers, total)):
			# Frappe names the row.
			continue
		if surplus(total, numbers):
			frappe.throw(
				_(
					"{0}: the countries come to {1}, which is more than the total of {2}; correct one of them."
				).format(label, sum(numbers), total),
				AttendanceError,
			)
		event.set(fieldname, settled_total(total, numbers))


def check_editions(event: Any) -> None:
	"""Raises InternationalEventError for an edition in a year that cannot be."""
	for row in event.editions:
		if not FIRST_EDITION <= cint(row.year) <= today().year + 50:
			frappe.throw(
				_("{0} must be a year from {1} to {2}.").format(
					label_of(row, "year"), FIRST_EDITION, today().year + 50
				),
				InternationalEventError,
			)


def check_legacy(event: Any) -> None:
	"""Raises InternationalEventError for what stays with nobody to see to it; RegisterError for a day still to come."""
	for row in event.legacy:
		refuse_future(row, "reached_on")
		if not (row.owner_department or row.owner_user):
			frappe.throw(
				_("Row {0}: name the department or the person who sees to it that {1} stays.").format(
					row.idx, row.what_stays
				),
				InternationalEventError,
			)


def _is_new(event: Any, fieldname: str) -> bool:
	stored = event.get_doc_before_save()
	return not stored or stored.get(fieldname) != event.get(fieldname)


def _first_twice(values: Sequence[str | None]) -> str | None:
	return next((value for value in values if value and values.count(value) > 1), None)
