"""Methods of Frappe that answer without asking for permission, answered here for the guarded DocTypes.

Each is Frappe's own method under the hook `override_whitelisted_methods`; for every other DocType the answer is
Frappe's, unchanged.
"""

from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe import _
from frappe.permissions import get_role_permissions

from city_diplomacy.access import guarded, rows
from city_diplomacy.access.guarded import ANSWERED_HERE, BOARDS
from city_diplomacy.access.unknown import may_know, refuse_unknown, refuse_unless_known

# The search bar asks for 20 at a time.
LONGEST_ANSWER = 100


def refuse_other_names(method: str) -> None:
	"""Raises PermissionError for a method answered here that is called by the name of a module importing it."""
	if method in ANSWERED_HERE:
		return
	function = _function_of(method)
	# Not every version of Frappe has each of them.
	if function is not None and any(function is _function_of(own) for own in ANSWERED_HERE):
		frappe.throw(_("Call {0} by its own name.").format(function.__name__), frappe.PermissionError)


def _function_of(method: str) -> Callable | None:
	try:
		return frappe.get_attr(method)
	except (ImportError, AttributeError, ValueError, frappe.AppNotInstalledError):
		# Frappe says itself that there is no such method.
		return None


@frappe.whitelist()
def search_link(doctype: str, txt: str, **arguments: Any) -> list[dict[str, Any]]:
	"""Returns what a link field offers: for a guarded DocType, only records the person may read."""
	return _search("frappe.desk.search.search_link", doctype, txt, arguments)


@frappe.whitelist()
def search_widget(doctype: str, txt: str, **arguments: Any) -> Any:
	"""Returns what a search dialog finds: for a guarded DocType, only records the person may read."""
	return _search("frappe.desk.search.search_widget", doctype, txt, arguments)


def _search(method: str, doctype: str, txt: str, arguments: dict[str, Any]) -> Any:
	query = arguments.get("query")
	if query:
		_refuse_query(doctype, query)
	if guarded.is_guarded(doctype) or doctype in guarded.ABOUT_A_RECORD:
		arguments["ignore_user_permissions"] = False
	return frappe.call(method, doctype=doctype, txt=txt, **arguments)


def _refuse_query(doctype: str, query: str) -> None:
	"""A search can be told to call any method; not one answered here, and for our records only one of ours."""
	allowed = query in (frappe.get_hooks("standard_queries") or {}).get(doctype, ())
	if allowed or query.split(".")[0] == guarded.APP:
		return
	refuse_other_names(query)
	if query in ANSWERED_HERE or guarded.is_guarded(doctype):
		frappe.throw(_("{0} is not searched this way.").format(_(doctype)), frappe.PermissionError)


@frappe.whitelist()
def search_everywhere(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[dict[str, Any]]:
	"""Returns what Desk's search bar finds: of guarded DocTypes, records the person may read, by any of their names.

	Frappe's own index holds what records say, whoever may read them; of guarded DocTypes nothing is taken from it.
	"""
	start = max(frappe.utils.cint(start), 0)
	limit = min(max(frappe.utils.cint(limit), 1), LONGEST_ANSWER)
	finders = _finders(doctype)
	ours = [
		row for guarded_doctype, find in finders.items() for row in find(guarded_doctype, text, start, limit)
	]
	if doctype in finders:
		return ours
	theirs = frappe.call("frappe.utils.global_search.search", text, start, limit, doctype)
	return [*ours, *(row for row in theirs if not guarded.is_guarded(row["doctype"]))]


def _finders(doctype: str) -> dict[str, Callable[..., list[dict[str, Any]]]]:
	"""By DocType, what finds its records: of those in Global Search Settings that the person's roles may read."""
	from frappe.desk.doctype.global_search_settings.global_search_settings import (
		get_doctypes_for_global_search,
	)

	declared = frappe.get_hooks("found_by_any_name") or {}
	searched = set(get_doctypes_for_global_search()) & set(frappe.get_user().get_can_read())
	return {
		one: frappe.get_attr(paths[-1])
		for one, paths in declared.items()
		if one in searched and doctype in ("", one)
	}


@frappe.whitelist()
def get(doctype: str, name: Any = None, filters: Any = None, parent: str | None = None) -> dict[str, Any]:
	"""Returns a document by name or by filters; of a guarded DocType, only one the person may know of."""
	if guarded.is_guarded(doctype) and not frappe.get_meta(doctype).issingle:
		name = name or _first_known(doctype, filters, parent)
		refuse_unless_known(doctype, name)
	return frappe.call("frappe.client.get", doctype, name, filters, parent)


@frappe.whitelist()
def getdoc(doctype: str, name: Any) -> Any:
	"""Loads a document for its form; for one the person may not know of, what Desk gets for a new one: nothing."""
	if guarded.is_guarded(doctype) and not frappe.get_meta(doctype).issingle and not may_know(doctype, name):
		return []
	return frappe.call("frappe.desk.form.load.getdoc", doctype, name)


def _first_known(doctype: str, filters: Any, parent: str | None) -> str:
	found = frappe.get_list(
		doctype, filters=_listed(doctype, filters), pluck="name", limit_page_length=1, parent_doctype=parent
	)
	if not found:
		refuse_unknown(doctype, "")
	return found[0]


@frappe.whitelist()
def get_coords(doctype: str, filters: Any, type: str) -> Any:
	"""Returns where records are; of a guarded DocType only to those who may know every record of it."""
	if _is_narrowed(doctype):
		frappe.throw(_("You may not see where {0} are.").format(_(doctype)), frappe.PermissionError)
	return frappe.call("frappe.geo.utils.get_coords", doctype, filters, type)


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None, debug: bool = False, cache: bool = False) -> int:
	"""Returns how many rows match: of a guarded DocType, and of rows about its records, those one may know of."""
	if guarded.is_guarded(doctype):
		return _count_known(doctype, _listed(doctype, filters))
	counted = frappe.call("frappe.client.get_count", doctype, filters, debug=debug, cache=cache)
	is_administrator = frappe.session.user == "Administrator"
	# Frappe counts by permission itself from v16 on.
	if rows.FRAPPE >= 16 or doctype not in guarded.ABOUT_A_RECORD or is_administrator:
		return counted
	kind, _name = guarded.ABOUT_A_RECORD[doctype]
	about_ours = [*_listed(doctype, filters), [doctype, kind, "in", guarded.guarded_doctypes()]]
	return counted - frappe.db.count(doctype, about_ours) + _count_known(doctype, about_ours)


def _count_known(doctype: str, filters: list) -> int:
	"""As the list view counts: in the database, under the conditions of the person."""
	before, frappe.local.form_dict = frappe.local.form_dict, frappe._dict(doctype=doctype, filters=filters)
	try:
		return frappe.call("frappe.desk.reportview.get_count")
	except frappe.PermissionError:
		frappe.clear_last_message()
		return 0
	finally:
		frappe.local.form_dict = before


def _listed(doctype: str, filters: Any) -> list:
	"""Filters in any form Frappe takes as a list of [DocType, column, operator, value]."""
	filters = frappe.utils.get_safe_filters(filters) or []
	if isinstance(filters, str | int):
		filters = {"name": filters}
	if isinstance(filters, dict):
		return [list(frappe.utils.make_filter_tuple(doctype, key, value)) for key, value in filters.items()]
	return [[doctype, *one] if len(one) == 3 else list(one) for one in filters]


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""Returns the title shown for a link; the name itself where the person may not know of the record, or of its DocType."""
	if guarded.is_guarded(doctype) and not may_know(doctype, docname):
		return docname
	# Frappe tells any account the title of any record, such as whose account an address is. Roles are asked alone:
	# everybody's own account is shared with them, and with that the whole DocType would count as readable.
	rights = get_role_permissions(frappe.get_meta(doctype))
	if not (rights.get("select") or rights.get("read")):
		return docname
	return frappe.call("frappe.desk.search.get_link_title", doctype, docname)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: Any = None, **arguments: Any) -> Any:
	"""Returns a link's name and the columns fetched with it; nothing where there is no such record for them."""
	if guarded.is_guarded(doctype) and not may_know(doctype, docname):
		return frappe._dict()
	return frappe.call("frappe.client.validate_link", doctype, docname, fields, **arguments)


@frappe.whitelist()
def validate_link_and_fetch(doctype: str, docname: str, **arguments: Any) -> Any:
	"""What `validate_link` is on Frappe v16."""
	if guarded.is_guarded(doctype) and not may_know(doctype, docname):
		return {}
	return frappe.call("frappe.client.validate_link_and_fetch", doctype, docname, **arguments)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: Any = None) -> dict[str, Any]:
	"""Returns how many records are linked to one; of guarded DocTypes those the person may know of."""
	if guarded.is_guarded(doctype):
		refuse_unless_known(doctype, name)
	answer = frappe.call("frappe.desk.notifications.get_open_count", doctype, name, items)
	found = answer["count"]
	if isinstance(found, dict):
		links = frappe.get_meta(doctype).get_dashboard_data()
		for linked in found["external_links_found"]:
			if _is_narrowed(linked["doctype"]):
				linked.update(_counts_of_known(linked["doctype"], name, links))
		for linked in found["internal_links_found"]:
			if _is_narrowed(linked["doctype"]):
				known = [one for one in linked["names"] if may_know(linked["doctype"], one)]
				linked.update(names=known, count=len(known))
	return answer


@frappe.whitelist(methods=["POST"])
def update_order(board_name: str, order: Any) -> Any:
	"""Puts the cards of a board into columns; of a guarded DocType, none the person may not know of."""
	cards = [card for column in frappe.parse_json(order).values() for card in column]
	_refuse_hidden_cards(board_name, cards)
	return frappe.call(f"{BOARDS}.update_order", board_name, order)


@frappe.whitelist(methods=["POST"])
def update_order_for_single_card(board_name: str, docname: str, **arguments: Any) -> Any:
	"""Moves a card on a board; of a guarded DocType, one the person may know of."""
	_refuse_hidden_cards(board_name, [docname])
	method = f"{BOARDS}.update_order_for_single_card"
	return frappe.call(method, board_name=board_name, docname=docname, **arguments)


@frappe.whitelist(methods=["POST"])
def add_card(board_name: str, docname: str, colname: str) -> Any:
	"""Puts a card on a board; of a guarded DocType, one the person may know of."""
	_refuse_hidden_cards(board_name, [docname])
	return frappe.call(f"{BOARDS}.add_card", board_name, docname, colname)


def _refuse_hidden_cards(board: str, names: Iterable[str]) -> None:
	"""Raises UnknownRecordError: Frappe writes a name onto the board before it asks, and tells the column it is in."""
	doctype = frappe.db.get_value("Kanban Board", board, "reference_doctype")
	if guarded.is_guarded(doctype):
		for name in names:
			refuse_unless_known(doctype, name)


def _is_narrowed(doctype: str) -> bool:
	"""Whether a DocType is a guarded one of which the signed-in person may not know every record."""
	return (
		guarded.is_guarded(doctype)
		and rows.known_records(doctype, frappe.session.user) is not rows.EVERY_RECORD
	)


def _counts_of_known(doctype: str, name: str, links: dict[str, Any]) -> dict[str, int]:
	from frappe.desk.notifications import get_dynamic_link_filters, get_filters_for

	fieldname = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	if not fieldname:
		# The form says of no column that it links the two.
		return {"count": 0, "open_count": 0}
	filters = {fieldname: name, **(get_dynamic_link_filters(doctype, links, fieldname) or {})}
	opened = get_filters_for(doctype)
	return {
		"count": _count_known(doctype, _listed(doctype, filters)),
		"open_count": _count_known(doctype, _listed(doctype, {**filters, **opened})) if opened else 0,
	}


def refuse_titles_in_links(doc: Any, method: str | None = None) -> None:
	"""Hook on Property Setter: a link that shows a record's title shows it to whoever sees the link.

	Raises ValidationError where records of the linked DocType are not for everybody who has a role for them.
	"""
	if doc.property != "show_title_field_in_link" or not frappe.utils.cint(doc.value):
		return
	narrowed = doc.doc_type in (frappe.get_hooks("permission_query_conditions") or {})
	if guarded.is_guarded(doc.doc_type) and narrowed:
		frappe.throw(
			_(
				"Titles of {0} are not shown in links: some are confidential, and links are shown to more people."
			).format(_(doc.doc_type))
		)
