"""My commitments: what the signed-in person or a department of theirs has promised, the next due first."""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.partnerships.commitments import OPEN
from city_diplomacy.partnership_approvals.routing.permissions import departments_of
from city_diplomacy.partnerships.public_pages.public_register import titles_of_published
from city_diplomacy.templates.page import answer_not_found, begin, day, require_sign_in

COMMITMENT = "Partnership Commitment"
AGREEMENT = "MOU"
SHOWN = 200
NEVER = "9999-12-31"


def get_context(context) -> None:
	require_sign_in("/commitments")
	if not frappe.has_permission(COMMITMENT, "read"):
		answer_not_found(context)
		return
	page = begin(context, _("My commitments"), here="commitments")
	rows = owed_by(frappe.session.user)
	page["late"] = [row for row in rows if row["late"]]
	page["ahead"] = [row for row in rows if not row["late"]]


def owed_by(user: str) -> list[dict]:
	"""The open commitments of a person and of the departments they speak for, as far as they may see them."""
	departments = departments_of(user)
	mine = {"user": user, **({"department": ["in", departments]} if departments else {})}
	rows = frappe.get_list(
		COMMITMENT,
		filters={"status": ["in", OPEN]},
		or_filters=mine,
		fields=[
			"name",
			"commitment",
			"status",
			"due_date",
			"owed_by",
			"department",
			"source_doctype",
			"source_name",
		],
		limit_page_length=SHOWN,
		order_by="due_date asc",
	)
	today = getdate(nowdate())
	titles = _titles([row.source_name for row in rows if row.source_doctype == AGREEMENT])
	return [
		{
			"commitment": row.commitment,
			"status": _(row.status),
			"who": _department(row.department) if row.department else _("You"),
			"due": day(row.due_date),
			"late": bool(row.due_date) and getdate(row.due_date) < today,
			**_source(row, titles),
		}
		for row in sorted(rows, key=lambda row: str(row.due_date or NEVER))
	]


def _source(row: dict, titles: dict[str, str]) -> dict[str, str]:
	"""Where the promise was made; an agreement is called by its title, and opens, for who may read it."""
	if row.source_doctype == AGREEMENT:
		title = titles.get(row.source_name, "")
		return {"source": title, "link": f"/agreement/{row.source_name}" if title else ""}
	return {"source": f"{_(row.source_doctype)} {row.source_name}" if row.source_name else "", "link": ""}


def _titles(agreements: list[str]) -> dict[str, str]:
	"""Those of the agreements whose page opens for the signed-in person, with their titles."""
	if not agreements:
		return {}
	readable = frappe.get_list(
		AGREEMENT, {"name": ["in", agreements]}, ["name", "title"], limit_page_length=0
	)
	return {**titles_of_published(agreements), **{row.name: row.title for row in readable}}


def _department(name: str) -> str:
	return frappe.get_cached_value("Department", name, "department_name")
