"""Who may read an agreement inside city hall, and what the public may see of it."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnerships.agreements.mou_routing import STANDINGS
from city_diplomacy.partnerships.exceptions import AgreementError

PUBLIC_PARTS = ("publish_purpose", "publish_value", "publish_signatories", "publish_texts")


def check_readers(doc: Any) -> None:
	"""Raises AgreementError for a reader named twice, or added with an account that is switched off."""
	before = doc.get_doc_before_save()
	stored = {row.user for row in before.readers} if before else set()
	seen = set()
	for row in doc.readers:
		if row.user in seen:
			frappe.throw(_("{0} is named as a reader twice.").format(row.user), AgreementError)
		seen.add(row.user)
		if row.user and row.user not in stored and not frappe.db.get_value("User", row.user, "enabled"):
			frappe.throw(
				_("{0} cannot be a reader, because the account is disabled.").format(row.user), AgreementError
			)


def check_publication(doc: Any) -> None:
	"""Only what is in force and not confidential is public; without the register, no part is.

	Raises AgreementError otherwise, and when a part is to be shown that is not there.
	"""
	if not doc.publish:
		for part in PUBLIC_PARTS:
			doc.set(part, 0)
		return
	if doc.confidential:
		frappe.throw(
			_("A confidential agreement cannot be in the public register; untick one of the two."),
			AgreementError,
		)
	if doc.workflow_state not in STANDINGS and not doc.flags.recording_existing:
		frappe.throw(
			_("{0} can be shown in the public register once it is in force.").format(doc.title),
			AgreementError,
		)
	if doc.publish_texts and not any(row.authentic for row in doc.texts):
		frappe.throw(
			_("Mark the language version that binds the parties before showing the text to the public."),
			AgreementError,
		)
