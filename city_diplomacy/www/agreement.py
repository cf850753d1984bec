"""One agreement: its way through city hall for those inside, what is published of it for everybody else."""

import frappe
from frappe import _
from frappe.utils import fmt_money

from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.partnerships.public_pages.public_register import public_agreement
from city_diplomacy.templates.agreement_brief import brief
from city_diplomacy.templates.page import (
	answer_not_found,
	asked,
	begin,
	day,
	may_see_register,
	require_sign_in,
)
from city_diplomacy.templates.route_drawing import draw


def get_context(context) -> None:
	name = asked("name")
	if asked("sign_in"):
		# The link of a letter: its reader is one of us, and shown the inside once they have signed in.
		require_sign_in(f"/agreement/{name}")
	if doc := _readable(name):
		_show_inside(context, doc)
		return
	shown = public_agreement(name) if name and may_see_register() else None
	if not shown:
		answer_not_found(context)
		return
	_show_public(context, shown)


def _readable(name: str):
	"""The agreement, if it exists and the person signed in may read it; a guest never gets so far."""
	if not name or frappe.session.user == "Guest" or not frappe.db.exists("MOU", name):
		return None
	doc = frappe.get_doc("MOU", name)
	return doc if doc.has_permission("read") else None


def _show_inside(context, doc) -> None:
	view = approvals.view(doc)
	page = begin(context, view["title"])
	page.update(
		{
			"inside": True,
			"agreement": brief(doc),
			"standing": _(view["state"]),
			"policy": view["policy"],
			"requested_by": view["requested_by_name"],
			"route": draw(view),
			"yours": [
				f"/clearance/{seat['clearance']}"
				for stage in view["stages"]
				for seat in stage["seats"]
				if seat["yours"] and seat["clearance"]
			],
			"published": bool(public_agreement(doc.name)),
		}
	)


def _show_public(context, shown: dict) -> None:
	page = begin(context, shown["title"], here="agreements")
	page["inside"] = False
	page["shown"] = {
		**shown,
		"standing": _(shown["workflow_state"]),
		"signed_on": day(shown["signed_on"], shown["signed_precision"]),
		"effective_date": day(shown["effective_date"]),
		"expiry_date": day(shown["expiry_date"]),
		"signatories": [{**row, "signed_on": day(row["signed_on"])} for row in shown.get("signatories", ())],
		"value": _value(shown),
	}


def _value(shown: dict) -> str:
	if "financial_value" not in shown:
		return ""
	if not shown["financial_value"]:
		return _("None stated")
	return fmt_money(shown["financial_value"], currency=shown.get("currency") or None)
