"""How a door is asked about a planted row: its arguments, filled in by what Frappe calls them."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

from tests.doors.planted import AGREEMENT, Planted

DOCTYPE = ("doctype", "dt", "reference_doctype", "ref_doctype", "document_type", "reminder_doctype", "source_doctype",
	"reference_dt", "goal_doctype", "for_doctype", "child_type", "doc_type")  # fmt: skip
NAME = ("name", "docname", "dn", "doc_name", "reference_name", "reference_docname", "document", "document_name",
	"reference_doc", "old_name", "source_name", "reference", "value", "contact_name", "reminder_docname", "contact")  # fmt: skip
SEVERAL = ("docnames", "names", "source_names")
WORDS = ("txt", "text", "search_term", "message", "subject", "content")
COLUMN = (
	"field",
	"fieldname",
	"workflow_state_field",
	"goal_value_field",
	"goal_total_field",
	"goal_history_field",
)


def pairs_about(planted: Planted, door: str, method: Any) -> Iterator[tuple[dict, dict]]:
	"""The arguments of every request made of a method about a row, and of the same about no row at all."""
	yield from zip(
		_requests_about(planted, door, method), _requests_about(planted.absent, door, method), strict=True
	)


def addresses_about(planted: Planted) -> Iterator[tuple[str, tuple[str, dict], tuple[str, dict]]]:
	"""What is read by its address: (where, (path, query) of the row, the same of no row at all)."""
	parent = {"parent": planted.parent_doctype} if planted.parent_doctype else {}
	for base in (f"/api/resource/{planted.doctype}", f"/api/v2/document/{planted.doctype}"):
		for query in _queries_of(planted):
			of_nothing = _queries_of(planted.absent)[_queries_of(planted).index(query)]
			yield f"{base} {query}", (base, {**query, **parent}), (base, {**of_nothing, **parent})
		yield base, (f"{base}/{planted.name}", {}), (f"{base}/{planted.absent.name}", {})
	copied = "/api/v2/document/{}/{}/copy"
	yield (
		copied,
		(copied.format(planted.doctype, planted.name), {}),
		(copied.format(planted.doctype, planted.absent.name), {}),
	)
	printed = {"doctype": planted.doctype}
	yield (
		"/printview",
		("/printview", {**printed, "name": planted.name}),
		("/printview", {**printed, "name": planted.absent.name}),
	)


def _queries_of(planted: Planted) -> list[dict[str, str]]:
	found = with_marker(planted)
	return [{"fields": '["*"]'}, {"filters": found}, {"or_filters": found, "fields": '["name"]'}]


def _requests_about(planted: Planted, door: str, method: Any) -> Iterator[dict[str, Any]]:
	if special := BY_READING_THE_REQUEST.get(door):
		yield from special(planted)
		return
	arguments = {}
	for name, parameter in inspect.signature(method).parameters.items():
		if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) or name == "self":
			continue
		value = _value_of(name, planted)
		if value is not None:
			arguments[name] = value
		elif parameter.default is inspect.Parameter.empty:
			arguments[name] = "x"
	yield arguments
	if {"doctype", "txt"} <= arguments.keys():
		past_permissions = {**arguments, "ignore_user_permissions": 1, "txt": ""}
		everything = {key: value for key, value in past_permissions.items() if key != "filters"}
		yield {**everything, "filter_fields": json.dumps([planted.column or "name"]), "page_length": 500}
		yield {**past_permissions, "filters": with_marker(planted)}


def _value_of(name: str, planted: Planted) -> Any:
	if name in DOCTYPE:
		return planted.doctype
	if name in NAME:
		return planted.name
	if name in SEVERAL:
		return json.dumps([planted.name])
	if name in WORDS:
		return planted.marker
	if name in COLUMN:
		return planted.column or "name"
	return {
		"doc": json.dumps({"doctype": planted.doctype, "name": planted.name}),
		"docs": json.dumps([{"doctype": planted.doctype, "name": planted.name}]),
		"fields": json.dumps(["*"]),
		"filters": with_marker(planted),
		"items": json.dumps([planted.doctype]),
		"limit": 20,
		"page_length": 20,
		"page_len": 20,
		"parent": planted.parent_doctype or "",
		"parent_doctype": planted.parent_doctype,
		"searchfield": "name",
		"start": 0,
		"with_data": 1,
	}.get(name)


def with_marker(planted: Planted) -> str:
	"""Filters that find the row by a word in it, as one who guesses letter by letter asks."""
	if not planted.column:
		return json.dumps([[planted.doctype, "name", "=", planted.name]])
	return json.dumps([[planted.doctype, planted.column, "like", f"%{planted.marker}%"]])


def _list_view(planted: Planted) -> Iterator[dict[str, Any]]:
	table = f"`tab{planted.doctype}`"
	columns = [f"{table}.`name`"] + ([f"{table}.`{planted.column}`"] if planted.column else [])
	common = {"doctype": planted.doctype, "parent_doctype": planted.parent_doctype}
	for fields in (json.dumps(columns), json.dumps(["*"])):
		yield {**common, "fields": fields, "filters": "[]", "page_length": 500}
	yield {**common, "fields": json.dumps(columns), "filters": with_marker(planted), "with_comment_count": 1}
	for (base, field), column in LINKS_TO.get(planted.doctype, {}).items():
		yield {"doctype": base, "fields": json.dumps([f"{field}.{column} as leaked"]), "filters": "[]"}


def _exported_list(planted: Planted) -> Iterator[dict[str, Any]]:
	for arguments in _list_view(planted):
		yield {**arguments, "file_format_type": "CSV", "title": "x"}


def _list(planted: Planted) -> Iterator[dict[str, Any]]:
	common = {"doctype": planted.doctype, "parent": planted.parent_doctype}
	yield {**common, "fields": json.dumps(["*"]), "limit_page_length": 500}
	yield {**common, "fields": json.dumps(["name"]), "filters": with_marker(planted)}
	yield {**common, "fields": json.dumps(["name"]), "or_filters": with_marker(planted)}


# Link columns by which a row of another DocType leads to a planted one, and what could be read through it.
LINKS_TO = {
	"MOU": {("MOU", "parent_agreement"): "recitals", ("Partner Engagement", "agreement"): "title"},
	"Approval Route": {("Approval Clearance", "route"): "prepared_by"},
}


def _stats(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {
		"doctype": planted.doctype,
		"stats": json.dumps([planted.column or "name", "_user_tags"]),
		"filters": "[]",
	}


def _chart(planted: Planted) -> Iterator[dict[str, Any]]:
	chart = {
		"doctype": "Dashboard Chart",
		"chart_name": "x",
		"chart_type": "Group By",
		"document_type": planted.doctype,
		"parent_document_type": planted.parent_doctype,
		"group_by_type": "Count",
		"group_by_based_on": planted.column or "name",
		"number_of_groups": 0,
		"filters_json": "[]",
		"timeseries": 0,
	}
	yield {"chart": json.dumps(chart)}


def _card(planted: Planted) -> Iterator[dict[str, Any]]:
	card = {
		"doctype": "Number Card",
		"label": "x",
		"type": "Document Type",
		"document_type": planted.doctype,
		"parent_document_type": planted.parent_doctype,
		"function": "Count",
		"filters_json": with_marker(planted),
	}
	yield {"doc": json.dumps(card), "filters": with_marker(planted)}


def _printed(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {"doc": planted.doctype, "name": planted.name}
	yield {"doc": json.dumps({"doctype": planted.doctype, "name": planted.name})}
	yield {"doc": json.dumps({"doctype": planted.doctype, "name": planted.name, "__islocal": 1})}
	yield {
		"doc": json.dumps(
			{"doctype": "Partner Engagement", "subject": "x", "agreement": AGREEMENT, "__islocal": 1}
		)
	}
	yield {"doctype": planted.doctype, "name": planted.name, "no_letterhead": 1}


def _group_by(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {"doctype": planted.doctype, "current_filters": "[]", "field": planted.column or "name"}


def _tree(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {
		"doctype": planted.doctype,
		"parent": "",
		"is_root": 1,
		"label": "x",
		"tree_method": "frappe.desk.treeview.get_children",
	}


def _tags(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {"tag": f"{planted.marker} tag", "doctype": planted.doctype, "txt": planted.marker[:4]}


def _contacts(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {"doctype": planted.doctype, "filters": json.dumps({"link_doctype": planted.doctype, "link_name": planted.name}),
		"txt": "", "searchfield": "name", "start": 0, "page_len": 20}  # fmt: skip


def _exported(planted: Planted) -> Iterator[dict[str, Any]]:
	columns = json.dumps({planted.doctype: ["name", *([planted.column] if planted.column else [])]})
	yield {"doctype": planted.doctype, "parent_doctype": planted.parent_doctype or planted.doctype,
		"select_columns": columns, "with_data": 1, "file_type": "CSV", "template": 1, "export_fields": columns,
		"export_records": "all", "export_filters": "[]", "filters": "[]"}  # fmt: skip


def _calendar(planted: Planted) -> Iterator[dict[str, Any]]:
	yield {"doctype": planted.doctype, "start": "2000-01-01", "end": "2100-01-01",
		"field_map": json.dumps({"start": "creation", "end": "modified", "title": planted.column or "name"}),
		"filters": "[]"}  # fmt: skip


def _coordinates(planted: Planted) -> Iterator[dict[str, Any]]:
	for kind in ("coordinates", "location_field"):
		yield {"doctype": planted.doctype, "filters": with_marker(planted), "type": kind}


def _document(planted: Planted) -> Iterator[dict[str, Any]]:
	common = {"doctype": planted.doctype, "parent": planted.parent_doctype}
	yield {**common, "name": planted.name}
	yield {**common, "filters": planted.name}
	yield {**common, "filters": with_marker(planted)}


def _value(planted: Planted) -> Iterator[dict[str, Any]]:
	common = {"doctype": planted.doctype, "parent": planted.parent_doctype}
	yield {**common, "fieldname": planted.column or "name", "filters": json.dumps({"name": planted.name})}
	yield {
		**common,
		"fieldname": json.dumps(["name", planted.column or "name"]),
		"filters": with_marker(planted),
	}


# Methods that take what they need from the request itself, or several shapes of the same argument.
BY_READING_THE_REQUEST = {
	"frappe.client.get": _document,
	"frappe.client.get_list": _list,
	"frappe.client.get_value": _value,
	"frappe.core.doctype.data_export.exporter.export_data": _exported,
	"frappe.core.doctype.data_import.data_import.download_template": _exported,
	"frappe.contacts.doctype.address.address.address_query": _contacts,
	"frappe.contacts.doctype.contact.contact.contact_query": _contacts,
	"frappe.desk.calendar.get_events": _calendar,
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": _chart,
	"frappe.desk.doctype.number_card.number_card.get_percentage_difference": _card,
	"frappe.desk.doctype.number_card.number_card.get_result": _card,
	"frappe.desk.doctype.tag.tag.get_documents_for_tag": _tags,
	"frappe.desk.doctype.tag.tag.get_tagged_docs": _tags,
	"frappe.desk.doctype.tag.tag.get_tags": _tags,
	"frappe.desk.listview.get_group_by_count": _group_by,
	"frappe.desk.reportview.export_query": _exported_list,
	"frappe.desk.reportview.get": _list_view,
	"frappe.desk.reportview.get_count": _list_view,
	"frappe.desk.reportview.get_filter_dashboard_data": _stats,
	"frappe.desk.reportview.get_list": _list_view,
	"frappe.desk.reportview.get_sidebar_stats": _stats,
	"frappe.desk.reportview.get_stats": _stats,
	"frappe.desk.treeview.get_all_nodes": _tree,
	"frappe.desk.treeview.get_children": _tree,
	"frappe.geo.utils.get_coords": _coordinates,
	"frappe.www.printview.get_html_and_style": _printed,
	"frappe.www.printview.get_rendered_raw_commands": _printed,
	"frappe.utils.print_format.download_pdf": _printed,
}
