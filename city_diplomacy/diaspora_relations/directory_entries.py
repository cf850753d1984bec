"""What an entry of the directory has to say before it is stored: how to write to it, what people consented to."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, validate_email_address

from city_diplomacy.diaspora_relations.exceptions import ConsentError, DirectoryEntryError
from city_diplomacy.registers.record_dates import refuse_backwards, refuse_future


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
