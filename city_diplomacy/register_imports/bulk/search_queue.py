"""New records handed to Frappe's search, all by one command: as `update_global_search` hands over one."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import frappe
from frappe.utils import cstr

QUEUE = "global_search_queue"


def add(documents: Sequence[Any]) -> None:
	"""Put what is found of documents into the queue from which Frappe fills its index."""
	from frappe.utils import global_search

	if frappe.conf.get("disable_global_search") or not documents:
		return
	meta = documents[0].meta
	if meta.has_field("enabled") or meta.has_field("disabled") or meta.allow_guest_to_view:
		# What is not shown is not found; Frappe asks for that one by one.
		for doc in documents:
			global_search.update_global_search(doc)
		return
	found = [value for doc in documents for value in _value_of(doc)]
	if found:
		_put(found)


def _put(found: list[dict[str, Any]]) -> None:
	import redis
	from frappe.utils import global_search

	try:
		frappe.cache.execute_command("LPUSH", frappe.cache.make_key(QUEUE), *map(json.dumps, found))
	except redis.exceptions.ConnectionError:
		for value in found:
			global_search.sync_value_in_queue(value)


def _value_of(doc: Any) -> Iterator[dict[str, Any]]:
	from frappe.utils.global_search import get_formatted_value

	tables = [df.fieldname for df in doc.meta.get_table_fields()]
	content = [
		get_formatted_value(row.get(df.fieldname), df)
		for row in (doc, *(row for table in tables for row in doc.get(table)))
		for df in row.meta.get_global_search_fields()
		if df.fieldname not in tables and row.get(df.fieldname)
	]
	if content:
		yield {
			"doctype": doc.doctype,
			"name": doc.name,
			"content": " ||| ".join(content),
			"published": 0,
			"title": cstr(doc.get_title())[: int(frappe.db.VARCHAR_LEN)],
			"route": doc.get("route"),
		}
