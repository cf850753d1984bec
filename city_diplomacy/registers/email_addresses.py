"""E-mail addresses of records and of letters: one address, and nothing beside it."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, validate_email_address

from city_diplomacy.registers.errors import RegisterError

LONGEST_ADDRESS = 140


def check_email_address(doc: Any, fieldname: str) -> None:
	"""Raises RegisterError unless the field is empty or holds one address."""
	address = cstr(doc.get(fieldname)).strip()
	doc.set(fieldname, email_address(address) if address else "")


def email_address(address: Any) -> str:
	"""One address without blanks around it. Raises RegisterError for none, several, or what is no address."""
	address = cstr(address).strip()
	if not is_email_address(address):
		frappe.throw(
			_("{0} is not an e-mail address; write one, such as office@example.org.").format(
				escape_html(address[:60]) or _("An empty line")
			),
			RegisterError,
		)
	return address


def is_email_address(address: str) -> bool:
	"""Whether a text without blanks around it is one address, and not several."""
	is_one = bool(address) and "," not in address and len(address) <= LONGEST_ADDRESS
	return is_one and bool(validate_email_address(address))
