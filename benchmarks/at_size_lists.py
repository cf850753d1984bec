"""Every list of ours, as every role opens it, against the same rows without any permission."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.desk import reportview

from benchmarks import city_at_size
from benchmarks.decisions import Site
from benchmarks.taking_turns import Line, compare
from city_diplomacy.access import guarded

ROWS = 20
GOAL = 0.1


def measure_lists(site: Site, rounds: int) -> Iterator[Line]:
	people = (*city_at_size.PEOPLE, city_at_size.HEADS[7])
	for person in people:
		with site.request(person):
			lists = [
				doctype for doctype in guarded.guarded_doctypes() if frappe.has_permission(doctype, "read")
			]
		for doctype in lists:
			line = compare(
				site, f"list of {doctype}", person, page(doctype), bare_page(doctype), rounds, "under 100 ms"
			)
			# The rows of those that are quick would hide the others.
			if line.ours > GOAL / 2:
				yield line
		with site.request(person):
			native = frappe.has_permission("Workflow Action", "read")
		if native:
			yield _workflow_actions(site, person, rounds)


def _workflow_actions(site: Site, person: str, rounds: int) -> Line:
	"""The list as we narrow it, against the same without our condition."""
	return compare(
		site,
		"list of Workflow Action",
		person,
		page("Workflow Action"),
		lambda: _without_ours(page("Workflow Action")),
		rounds,
		"at most 1.5 of it without our condition",
	)


def page(doctype: str) -> Callable[[], Any]:
	"""The first page as Desk asks for it, with the columns the list shows."""

	def asked() -> Any:
		columns = [df.fieldname for df in frappe.get_meta(doctype).fields if df.in_list_view]
		frappe.local.form_dict = frappe._dict(
			doctype=doctype,
			fields=json.dumps([f"`tab{doctype}`.`{name}`" for name in ("name", "modified", *columns)]),
			order_by=f"`tab{doctype}`.`modified` desc",
			start=0,
			page_length=ROWS,
			view="List",
		)
		return reportview.get()

	return asked


def bare_page(doctype: str) -> Callable[[], Any]:
	return lambda: frappe.get_all(doctype, fields=["*"], order_by="modified desc", limit_page_length=ROWS)


def _without_ours(act: Callable[[], Any]) -> Any:
	hooks = frappe.get_hooks("permission_query_conditions")
	kept = [path for path in hooks["Workflow Action"] if not path.startswith(guarded.APP)]
	get_hooks = frappe.get_hooks

	def narrowed(hook: str | None = None, *args: Any, **kwargs: Any) -> Any:
		found = get_hooks(hook, *args, **kwargs)
		return {**found, "Workflow Action": kept} if hook == "permission_query_conditions" else found

	frappe.get_hooks = narrowed
	try:
		return act()
	finally:
		frappe.get_hooks = get_hooks
