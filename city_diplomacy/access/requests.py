"""Looks at every request before Frappe answers it.

Many of Frappe's methods take a DocType and a name and answer in their own way: for a record one may not know of
some say "not permitted", some "does not exist", and some say what is in it. Whatever method it is, a request
that names a record of ours one may not know of gets one answer here, the same as for a record that does not
exist. What Frappe answers without naming a record is narrowed by `rows` and `doors`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import frappe
from frappe import _

from city_diplomacy.access import doors, prepared_reports
from city_diplomacy.access.guarded import ANSWERED_HERE, APP, is_guarded
from city_diplomacy.access.rows import EVERY_RECORD, is_stored, known_records
from city_diplomacy.access.unknown import refuse_unknown, refuse_unless_known

# Arguments by which Frappe's methods are told of a record: its DocType in the one, its name in the other.
NAMED_BY = (
	("doc", ("name",)),
	("doctype", ("name", "docname", "docnames", "doc_name", "names", "document", "old_name", "old")),
	("dt", ("dn", "docs")),
	("document_type", ("document_name",)),
	("reference_doctype", ("reference_name", "reference_docname")),
	("reference_dt", ("reference_doc",)),
	("ref_doctype", ("ref_name", "ref_docname")),
	("reminder_doctype", ("reminder_docname",)),
	("share_doctype", ("share_name",)),
	("source_doctype", ("source_name",)),
)
# Arguments that hold whole documents.
DOCUMENTS = ("doc", "docs", "document", "target_doc")
# Arguments that hold names of columns.
COLUMNS = (
	"fields",
	"fieldname",
	"field",
	"filter_fields",
	"filters",
	"or_filters",
	"order_by",
	"group_by",
	"group_by_field",
	"aggregate_on_field",
	"columns",
	"select_columns",
	"searchfield",
	"stats",
)
THROUGH_A_LINK = re.compile(r"\b(\w+)\.\W?\w")


def check() -> None:
	"""Hook `auth_hooks`: runs once a request's person is known. Raises UnknownRecordError or PermissionError."""
	request = getattr(frappe.local, "request", None)
	if request is None or frappe.session.user == "Administrator":
		return
	arguments = _arguments(request)
	prepared_reports.refuse_others_name(arguments)
	for name in prepared_reports.named_by(arguments):
		refuse_unknown(prepared_reports.DOCTYPE, name)
	method = arguments.get("cmd")
	if isinstance(method, str) and method:
		doors.refuse_other_names(method)
		if method.split(".")[0] == APP or method in ANSWERED_HERE:
			# These ask for permission themselves.
			return
	for doctype, name in _records_named(arguments):
		refuse_unless_known(doctype, name)
	_refuse_columns_of_linked_records(arguments)


def _arguments(request: Any) -> dict[str, Any]:
	"""The request's arguments, with what its address says of method, DocType and name."""
	arguments = dict(frappe.local.form_dict)
	if not request.path.startswith("/api/"):
		return arguments
	from frappe.api import API_URL_MAP
	from werkzeug.exceptions import HTTPException

	try:
		_endpoint, in_address = API_URL_MAP.bind_to_environ(request.environ).match()
	except HTTPException:
		# Frappe says itself that there is nothing at this address.
		return arguments
	method = in_address.pop("method", None)
	if method and "name" not in in_address:
		doctype = in_address.pop("doctype", None)
		arguments["cmd"] = _method_of(doctype, method) if doctype else method.split("/")[0]
	return {**arguments, **in_address}


def _method_of(doctype: str, method: str) -> str:
	"""The dotted name of a method that v2 of the API calls by DocType."""
	try:
		return f"{frappe.modules.utils.load_doctype_module(doctype).__name__}.{method}"
	except (ImportError, frappe.DoesNotExistError):
		frappe.clear_last_message()
		return method


def _records_named(arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
	"""(DocType, name) of each guarded record a request names, in its arguments or as a document."""
	for kind, names in NAMED_BY:
		doctype = arguments.get(kind)
		if not is_guarded(doctype):
			continue
		for argument in names:
			for name in _names_in(arguments.get(argument)):
				yield doctype, name
	for argument in DOCUMENTS:
		given = _read(arguments.get(argument))
		for document in given if isinstance(given, list) else [given]:
			yield from _record_of(document)


def _record_of(document: Any) -> Iterator[tuple[str, str]]:
	"""The record a posted document claims to be; one that is only being written names none."""
	if not isinstance(document, Mapping):
		return
	doctype, name = document.get("doctype"), document.get("name") or document.get("docname")
	if is_guarded(doctype) and isinstance(name, str):
		is_new = document.get("__islocal") and not is_stored(doctype, name)
		if not is_new:
			yield doctype, name


def _names_in(value: Any) -> Iterator[str]:
	"""The names an argument gives. Frappe takes filters for a name too; they are no name of any record."""
	value = _read(value)
	if isinstance(value, list):
		yield from (name for name in value if isinstance(name, str))
	elif value and not (isinstance(value, Mapping) and "doctype" in value):
		yield value if isinstance(value, str) else json.dumps(value, default=str)


def _read(value: Any) -> Any:
	"""A JSON list or object as what it holds, anything else as it is."""
	if isinstance(value, str) and value[:1] in "[{":
		try:
			return json.loads(value)
		except ValueError:
			return value
	return value


def _refuse_columns_of_linked_records(arguments: Mapping[str, Any]) -> None:
	"""Frappe joins `link.column` without the conditions of the linked DocType. Raises PermissionError."""
	doctype = arguments.get("doctype")
	given = [arguments[name] for name in COLUMNS if arguments.get(name)]
	links = {link for value in given for link in THROUGH_A_LINK.findall(_text(value))}
	if not links or not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
		return
	user = frappe.session.user
	for df in frappe.get_meta(doctype).get_link_fields():
		narrowed = df.fieldname in links and is_guarded(df.options)
		if narrowed and known_records(df.options, user) is not EVERY_RECORD:
			frappe.throw(
				_("Columns of {0} cannot be read through {1}; open the record itself.").format(
					_(df.options), _(df.label)
				),
				frappe.PermissionError,
			)


def _text(value: Any) -> str:
	return value if isinstance(value, str) else json.dumps(value, default=str)
