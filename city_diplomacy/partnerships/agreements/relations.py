"""How agreements stand to one another."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.partnership_approvals.routing.permissions import visible_agreements_condition
from city_diplomacy.partnerships.agreements.mou_routing import GIVEN_UP
from city_diplomacy.partnerships.exceptions import AgreementError
from city_diplomacy.registers.readable import refuse_hidden_link


def check_relations(doc: Any) -> None:
	"""Raises AgreementError when an agreement would be its own parent, however far up, its own successor, or a second one."""
	if doc.supersedes and doc.supersedes == doc.name:
		frappe.throw(_("An agreement cannot supersede itself; choose the earlier one."), AgreementError)
	_refuse_hidden(doc, "parent_agreement")
	_refuse_hidden(doc, "supersedes")
	_refuse_circle(doc)
	before = doc.get_doc_before_save()
	if doc.supersedes and not (before and before.supersedes == doc.supersedes):
		# Of two drafts stored at the same moment, the second waits here for the first.
		frappe.db.get_value("MOU", doc.supersedes, "name", for_update=True)
		refuse_second_renewal(doc.supersedes, but=doc.name)


def refuse_second_renewal(agreement: str, but: str | None = None) -> None:
	"""Raises AgreementError where another renewal than `but` is open or was signed: two would be cleared side by side.

	One the person may not see stays unsaid.
	"""
	mou = frappe.qb.DocType("MOU")
	others = (
		frappe.qb.from_(mou)
		.select(mou.name)
		.where((mou.supersedes == agreement) & (mou.name != cstr(but)) & mou.workflow_state.notin(GIVEN_UP))
		.where(visible_agreements_condition(frappe.session.user))
		.orderby(mou.name)
	)
	# What is stored now; a plain read would answer what was stored when the request began.
	if found := others.for_update().run(pluck=True):
		frappe.throw(
			_("{0} renews it already; go on with that one.").format(", ".join(found)), AgreementError
		)


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
