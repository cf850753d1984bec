"""What an entry of the directory has to say before it is stored: how to write to it, what people consented to, when it
was verified."""

from typing import Any

import frappe
from dateutil.relativedelta import relativedelta
from frappe import _
from frappe.utils import cint, cstr, escape_html, getdate, validate_email_address

from city_diplomacy.diaspora_relations.exceptions import ConsentError, DirectoryEntryError
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future, today


def check_email(organisation: Any) -> None:
	"""Raises DirectoryEntryError unless there is no address or a single valid one."""
	address = cstr(organisation.email).strip()
	if address and ("," in address or not validate_email_address(address)):
		frappe.throw(
			_("{0} is not an e-mail address; write one, such as office@example.org.").format(
				escape_html(address[:60])
			),
			DirectoryEntryError,
		)
	organisation.email = address


def check_consents(organisation: Any) -> None:
	"""Raises ConsentError for a consent still to come, or withdrawn before it was given."""
	for row in organisation.consents:
		refuse_future(row, "given_on", "withdrawn_on")
		refuse_backwards(row, ConsentError, ("given_on", "withdrawn_on"))


def settle_verification(organisation: Any) -> None:
	"""Who enters a new day of verification has verified the entry, and the next day follows from it."""
	refuse_future(organisation, "last_verified")
	before = organisation.get_doc_before_save()
	verified = date_of(organisation, "last_verified")
	if not before or date_of(before, "last_verified") != verified:
		organisation.verified_by = frappe.session.user if verified else None
	else:
		organisation.verified_by = before.verified_by
	months = cint(frappe.get_cached_doc("City Diplomacy Settings").verify_every_months)
	if not verified:
		# Never verified is due since the day it was entered.
		organisation.next_verification = getdate(organisation.creation) or today()
	else:
		organisation.next_verification = verified + relativedelta(months=months) if months else None
