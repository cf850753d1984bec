"""What changed in a document since a person last dealt with it, by the names of its fields."""

import json
from datetime import datetime
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.route.states import NoticeStatus
from city_diplomacy.partnership_approvals.routing.routed_doctypes import NOT_CONTENT, routing_of
from city_diplomacy.partnership_approvals.shapes import NoticeRow


def changed_since_seen(notice: NoticeRow, user: str) -> list[str]:
	"""The labels of the content that changed since the person's last decision or message about the matter.

	Empty for somebody who meets it for the first time: to them all of it is new.
	"""
	seen = last_seen(notice.reference_doctype, notice.reference_name, user)
	return changed_since(notice.reference_doctype, notice.reference_name, seen) if seen else []


def last_seen(doctype: str, name: str, user: str) -> datetime | None:
	"""When the person last decided on a document or was told about it."""
	about = {"reference_doctype": doctype, "reference_name": name}
	# What the person did and was told; read by the engine to compose their message.
	decided = frappe.get_all(
		"Approval Clearance",
		filters={**about, "decided_by": user},
		pluck="decided_on",
		order_by="decided_on desc",
		limit=1,
	)
	told = frappe.get_all(
		"Approval Notice",
		filters={**about, "for_user": user, "status": NoticeStatus.DELIVERED},
		pluck="delivered_on",
		order_by="delivered_on desc",
		limit=1,
	)
	return max((moment for moment in (*decided, *told) if moment), default=None)


def changed_since(doctype: str, name: str, moment: datetime) -> list[str]:
	"""The labels of the content fields that changed after `moment`, in the order of the form."""
	versions = frappe.get_all(
		"Version",
		filters={"ref_doctype": doctype, "docname": name, "creation": [">", moment]},
		pluck="data",
		limit_page_length=0,
	)
	changed: set[str] = set()
	for data in versions:
		changed |= fields_named(json.loads(data or "{}"))
	routing = routing_of(doctype)
	return [
		_(df.label)
		for df in frappe.get_meta(doctype).fields
		if df.fieldname in changed
		and df.label
		and df.fieldtype not in NOT_CONTENT
		and not df.read_only
		and not routing.is_open(df.fieldname)
		and df.fieldname != routing.state_field
	]


def fields_named(version: dict[str, Any]) -> set[str]:
	"""The fields of the document that one Version names, tables whose rows changed among them."""
	kinds = ("changed", "added", "removed", "row_changed")
	return {entry[0] for kind in kinds for entry in version.get(kind) or ()}
