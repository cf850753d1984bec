"""Telling the officer who sent a link what became of it, in their own notifications and their language."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.registers.languages import in_language, language_of


def answered(link: Any, to_decide: int) -> None:
	"""The answer is here, and whether something in it is to be decided."""
	with in_language(language_of(link.issued_by)):
		if to_decide:
			words = _("{0} sends corrections of {1}; accept or leave each.").format(
				link.person, link.reference_name
			)
		else:
			words = _("{0} has answered about {1}.").format(link.person, link.reference_name)
		_notify(link, words)


def not_delivered(link: Any) -> None:
	"""The mail server did not take the letter."""
	with in_language(language_of(link.issued_by)):
		words = _("The link about {0} did not reach {1}; check the address and send it again.").format(
			link.reference_name, link.email
		)
		_notify(link, words)


def _notify(link: Any, words: str) -> None:
	log = frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": link.issued_by,
			"subject": frappe.utils.escape_html(words),
			"document_type": "Guest Link",
			"document_name": link.name,
		}
	)
	# Nobody has the right to write another person's notifications; the link does it for its sender.
	log.insert(ignore_permissions=True)
