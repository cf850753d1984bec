"""Finding partners in link fields under any of their names: Bombay finds Mumbai, Munchen finds München."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.folding import fold
from city_diplomacy.partnership_approvals.arguments import Filters, Line, Name, PageLength, Start, checked
from city_diplomacy.partnerships.exceptions import RegisterError

# DocType: what is shown beside the name
SHOWN_BESIDE = {
	"Partner City": ("region", "relationship_stage"),
	"Partner Organisation": ("kind", "country"),
	"City Network": ("acronym", "theme"),
	"Diaspora Organisation": ("kind",),
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

	`txt` is compared in its folded form with the folded names of each record, and as typed with its name.
	Raises RegisterError for a DocType that keeps no other names.
	"""
	if doctype not in SHOWN_BESIDE:
		frappe.throw(_("{0} is not searched by other names.").format(_(doctype)), RegisterError)
	rows = frappe.get_list(
		doctype,
		filters=frappe.parse_json(filters) if isinstance(filters, str) else filters,
		or_filters=_matching(doctype, txt),
		fields=["name", *SHOWN_BESIDE[doctype]],
		order_by="name asc",
		limit_start=start,
		limit_page_length=page_len,
	)
	return [(row.name, *(row[column] for column in SHOWN_BESIDE[doctype])) for row in rows]


def _matching(doctype: str, txt: str) -> list[list[Any]]:
	txt = (txt or "").strip()
	if not txt:
		return []
	matches = [[doctype, "name", "like", f"%{txt}%"]]
	if folded := fold(txt):
		matches.append([doctype, "search_names", "like", f"%{folded}%"])
	return matches
