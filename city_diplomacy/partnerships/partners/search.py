"""Finding records under any of their names: Bombay finds Mumbai, Muenchen finds München, and what was agreed there."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.partnership_approvals.arguments import Filters, Line, Name, PageLength, Start, checked
from city_diplomacy.registers.errors import RegisterError

# DocType: what is shown beside the name
SHOWN_BESIDE = {
	"Partner City": ("region", "relationship_stage"),
	"Partner Organisation": ("kind", "country"),
	"City Network": ("acronym", "theme"),
	"Diaspora Organisation": ("kind",),
	"MOU": ("title", "workflow_state"),
	"Trade Lead": ("company_name", "market"),
}


@frappe.whitelist()
@checked
@frappe.validate_and_sanitize_search_inputs
def find_partner(
	doctype: Name,
	txt: Line,
	searchfield: Line,
	start: Start,
	page_len: PageLength,
	filters: Filters = None,
) -> list[tuple]:
	"""Rows of (name, what is shown beside it) for a link field, as far as the person may read them.

	Every word typed is looked for, in its folded form, among the names of each record. Raises RegisterError for a
	DocType that keeps no other names.
	"""
	if doctype not in SHOWN_BESIDE:
		frappe.throw(_("{0} is not searched by other names.").format(_(doctype)), RegisterError)
	filters = frappe.parse_json(filters) if isinstance(filters, str) else filters
	rows = _find(doctype, txt, filters, SHOWN_BESIDE[doctype], start, page_len)
	return [(row.name, *(row[column] for column in SHOWN_BESIDE[doctype])) for row in rows]


def find_for_search_bar(doctype: str, txt: str, start: int, limit: int) -> list[dict[str, Any]]:
	"""What Desk's search bar shows of the records a person may read, in Frappe's form: {doctype, name, content}.

	Declared for each DocType by the hook `found_by_any_name`.
	"""
	title = frappe.get_meta(doctype).title_field
	columns = tuple(dict.fromkeys((title, *SHOWN_BESIDE[doctype])))
	return [
		{
			"doctype": doctype,
			"name": row.name,
			"content": escape_html(_shown(txt, [row[column] for column in columns if row[column]])),
			"rank": 1.0,
		}
		for row in _find(doctype, txt, None, columns, start, limit)
	]


def _shown(txt: str, words: list[str]) -> str:
	"""Frappe shows of what is found the parts that hold what was typed, so that stands in front."""
	return f"{_('Found by')} : {txt}: {', '.join(_(word) for word in words)}"


def _find(
	doctype: str, txt: str, filters: Any, columns: tuple[str, ...], start: int, limit: int
) -> list[Any]:
	"""Records the person may read among whose names is every word of the text; all of them for no text."""
	txt = (txt or "").strip()
	words = search_form(txt).split()
	if txt and not words:
		return []
	if isinstance(filters, dict):
		filters = [
			[column, *(value if isinstance(value, list | tuple) else ("=", value))]
			for column, value in filters.items()
		]
	return frappe.get_list(
		doctype,
		filters=[*(filters or []), *(["search_names", "like", f"%{word}%"] for word in words)],
		fields=["name", *columns],
		order_by="name asc",
		limit_start=start,
		limit_page_length=limit,
	)
