"""What is to be cleared in a routed document without a page of its own: its content, field by field."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of


def content_in_brief(doc: Any) -> list[dict[str, str]]:
	"""The filled fields that people clear, as [{"label", "value"}] in the order of the form, in plain text.

	For people the approval engine has already let read `doc`. Rows of tables are left to the form.
	"""
	shown = []
	for fieldname, value in content_of(doc).items():
		df = doc.meta.get_field(fieldname)
		if value in (None, "", 0) or isinstance(value, list):
			continue
		shown.append({"label": _(df.label), "value": _plain(df, value, doc)})
	return shown


def _plain(df: Any, value: Any, doc: Any) -> str:
	if df.fieldtype == "Check":
		return _("Yes")
	if df.fieldtype in ("Text Editor", "HTML Editor"):
		return frappe.utils.strip_html(value)
	if df.fieldtype == "Currency":
		return frappe.utils.fmt_money(value, currency=doc.get(df.options or "") or None)
	return frappe.utils.formatdate(value) if df.fieldtype == "Date" else str(value)
