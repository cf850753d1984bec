"""Telling everybody with a role of what has come in, each in their language."""

from collections.abc import Callable
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.people.names import people_with_role
from city_diplomacy.registers.languages import in_language, language_of


def alert_role(role: str, doc: Any, subject: Callable[[], str]) -> None:
	"""Notify everybody with a role but whoever acts; `subject` is composed for each, with escaped values."""
	for reader in people_with_role(role):
		if reader == frappe.session.user:
			continue
		with in_language(language_of(reader)):
			log = frappe.get_doc(
				{
					"doctype": "Notification Log",
					"type": "Alert",
					"for_user": reader,
					"subject": subject(),
					"document_type": doc.doctype,
					"document_name": doc.name,
				}
			)
			# Whoever fills in a form for the office has no rights on what others are told; telling is part of taking it.
			log.insert(ignore_permissions=True)
