"""How agreements stand to one another."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.readable import refuse_hidden_link
from city_diplomacy.partnerships.exceptions import AgreementError


def check_relations(doc: Any) -> None:
	"""Raises AgreementError when an agreement would be its own parent, however far up, or its own successor."""
	if doc.supersedes and doc.supersedes == doc.name:
		frappe.throw(_("An agreement cannot supersede itself; choose the earlier one."), AgreementError)
	_refuse_hidden(doc, "parent_agreement")
	_refuse_hidden(doc, "supersedes")
	_refuse_circle(doc)


def _refuse_circle(doc: Any) -> None:
	above, seen = doc.parent_agreement, {doc.name}
	while above:
		if above in seen:
			frappe.throw(
				_("{0} stands under {1} already; an agreement cannot be its own parent.").format(
					doc.parent_agreement, doc.name
				),
				AgreementError,
			)
		seen.add(above)
		# Only whether a circle closes is learnt from agreements further up.
		above = frappe.db.get_value("MOU", above, "parent_agreement")


def _refuse_hidden(doc: Any, fieldname: str) -> None:
	"""An agreement the person may not see cannot be named by them, as if there were none."""
	before, other = doc.get_doc_before_save(), doc.get(fieldname)
	if not other or (before and before.get(fieldname) == other) or doc.flags.ignore_permissions:
		return
	refuse_hidden_link(doc, fieldname, "MOU")
