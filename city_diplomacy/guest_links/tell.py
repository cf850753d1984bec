"""Telling the officer who sent a link what became of it, in their own notifications and their language.

Where they left or may no longer send such links, whoever can act in their place is told (`permissions.who_may_act`).
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

from city_diplomacy.guest_links.permissions import who_may_act
from city_diplomacy.guest_links.purposes import Purpose, declared
from city_diplomacy.registers.languages import in_language, language_of


def answered(purpose: Purpose, doc: Any, link: Any, to_decide: int) -> None:
	"""The answer is here, and whether something in it is to be decided."""

	def words() -> str:
		if to_decide:
			return _("{0} sends corrections of {1}; accept or leave each.").format(
				link.person, link.reference_name
			)
		return _("{0} has answered about {1}.").format(link.person, link.reference_name)

	_notify(who_may_act(purpose, doc, link.issued_by), words, "Guest Link", link.name)


def not_delivered(link: Any) -> None:
	"""The mail server did not take the letter."""

	def words() -> str:
		return _("The link about {0} did not reach {1}; check the address and send it again.").format(
			link.reference_name, link.email
		)

	purpose, readers = declared().get((link.purpose, link.reference_doctype)), [link.issued_by]
	if purpose and frappe.db.exists(link.reference_doctype, link.reference_name):
		doc = frappe.get_doc(link.reference_doctype, link.reference_name)
		readers = who_may_act(purpose, doc, link.issued_by)
	_notify(readers, words, "Guest Link", link.name)


def not_sent_again(purpose: Purpose, doc: Any, link: Any) -> None:
	"""The link is due again, and who sent it left or may no longer send it."""

	def words() -> str:
		return _(
			"The link about {0} is not sent to {1} again: {2} may no longer send it. Send it again yourself if it is still wanted."
		).format(link.reference_name, link.person, frappe.utils.get_fullname(link.issued_by))

	_notify(who_may_act(purpose, doc, link.issued_by), words, "Guest Link", link.name)


def not_sent(purpose: Purpose, doc: Any, issued_by: str) -> None:
	"""One of many links was not sent: before its turn came, who wanted it sent left or lost the right to."""

	def words() -> str:
		return _("No link about {0} was sent: {1} may no longer send it.").format(
			doc.name, frappe.utils.get_fullname(issued_by)
		)

	_notify(who_may_act(purpose, doc, issued_by), words, doc.doctype, doc.name)


def _notify(readers: list[str], words: Callable[[], str], doctype: str, name: str) -> None:
	for reader in readers:
		with in_language(language_of(reader)):
			subject = frappe.utils.escape_html(words())
			log = frappe.get_doc(
				{
					"doctype": "Notification Log",
					"type": "Alert",
					"for_user": reader,
					"subject": subject,
					"document_type": doctype,
					"document_name": name,
				}
			)
			# Nobody has the right to write another person's notifications; the link does it for its sender.
			log.insert(ignore_permissions=True)
