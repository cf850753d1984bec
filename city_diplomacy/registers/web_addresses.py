"""Addresses of web pages, the only ones a register shows as links."""

from typing import Any
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_dates import label_of


def check_web_address(doc: Any, fieldname: str) -> None:
	"""Raises RegisterError unless the field is empty or holds an http or https address.

	Anything else a browser follows, `javascript:` first of all, must never reach a page.
	"""
	address = cstr(doc.get(fieldname)).strip()
	if address and not is_web_address(address):
		frappe.throw(
			_("{0} must be a web address such as https://www.example.org.").format(label_of(doc, fieldname)),
			RegisterError,
		)
	doc.set(fieldname, address)


def is_web_address(text: str) -> bool:
	"""Whether the text is one http or https address with a host, and nothing beside it."""
	if any(character.isspace() or character in "<>\"'" or not character.isprintable() for character in text):
		return False
	try:
		parts = urlsplit(text)
		host = parts.hostname or ""
	except ValueError:
		return False
	return parts.scheme in ("http", "https") and "." in host.strip(".")
