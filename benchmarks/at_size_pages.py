"""Pages and forms at size: the inbox, the partners, a partner's connections, the preview of a route, the names."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.desk import notifications
from frappe.utils import set_request
from frappe.website.serve import get_response_without_exception_handling

from benchmarks import city_at_size
from benchmarks.at_size_lists import page
from benchmarks.decisions import Site
from benchmarks.registers_at_size import PREFIX
from benchmarks.taking_turns import Line, compare
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.partnerships.partners import connections
from city_diplomacy.partnerships.public_pages.public_partners import PARTNER_STAGES

PARTNER = "Harbor 03 at Size, France"


def measure_pages(site: Site, rounds: int) -> Iterator[Line]:
	reviewer = city_at_size.HEADS[7]
	with site.request(reviewer):
		sent = len(_opened("clearances"))
	yield compare(
		site,
		"inbox against the list of actions",
		reviewer,
		lambda: _inbox(reviewer),
		_native_inbox,
		rounds,
		"at most 0.5",
	)
	yield compare(
		site,
		"/clearances, all of the page",
		reviewer,
		lambda: _opened("clearances"),
		None,
		rounds,
		note=f"{sent / 1024:.0f} KB sent",
	)
	yield compare(
		site, "/partners against its rows", "Guest", lambda: _opened("partners"), _partner_rows, rounds
	)
	yield compare(
		site, "/agreements against its rows", "Guest", lambda: _opened("agreements"), _agreement_rows, rounds
	)
	yield compare(
		site,
		"a partner's connections against Frappe's",
		city_at_size.OFFICE,
		lambda: connections.count("Partner City", PARTNER),
		lambda: notifications.get_open_count("Partner City", PARTNER),
		rounds,
		"no slower than Frappe's own",
	)
	yield _preview(site, rounds)
	yield compare(
		site,
		"likely duplicates of a new partner",
		city_at_size.OFFICE,
		_look_for_duplicates,
		None,
		rounds,
		"20 ms",
	)


def _opened(path: str) -> bytes:
	set_request(method="GET", path=f"/{path}")
	frappe.local.form_dict = frappe._dict()
	frappe.local.request_ip = "127.0.0.1"
	# A session with its token, as whoever signed in has one.
	frappe.local.session.data.csrf_token = "at-size"
	return get_response_without_exception_handling(path).data


def _inbox(person: str) -> Any:
	# Before there were pages of it, all of it was shown.
	try:
		pages = frappe.get_module("city_diplomacy.partnership_approvals.views.inbox_pages")
	except ImportError:
		return approvals.inbox(person)
	return pages.page_of(person, 1)


def _native_inbox() -> Any:
	"""Frappe's list of what waits, as somebody with Desk opens it; the reviewer has none."""
	frappe.set_user(city_at_size.OFFICE)
	return page("Workflow Action")()


def _partner_rows() -> Any:
	filters = {"relationship_stage": ["in", PARTNER_STAGES]}
	frappe.db.count("Partner City", filters)
	return frappe.get_all("Partner City", filters, ["*"], order_by="city_name asc", limit_page_length=20)


def _agreement_rows() -> Any:
	filters = {"publish": 1, "docstatus": 1}
	frappe.db.count("MOU", filters)
	return frappe.get_all("MOU", filters, ["*"], order_by="signed_on desc", limit_page_length=20)


def _preview(site: Site, rounds: int) -> Line:
	with site.request():
		name = frappe.get_all(
			"MOU", {"name": ["like", f"{PREFIX}%"], "workflow_state": "In Clearance"}, pluck="name", limit=1
		)[0]
	at_hand: dict[str, Any] = {}

	def read() -> None:
		at_hand["doc"] = frappe.get_doc("MOU", name)

	return compare(
		site,
		"preview of a route against get_doc",
		city_at_size.OFFICE,
		lambda: planning.preview(at_hand["doc"]),
		lambda: frappe.get_doc("MOU", name),
		rounds * 8,
		"at most 1.5",
		before=read,
	)


def _look_for_duplicates() -> None:
	doc = frappe.get_doc({"doctype": "Partner City", "city_name": "Baberton", "country": "Germany"})
	doc.set_search_names()
	doc.name = "Baberton, Germany"
	doc.warn_of_likely_duplicates()
