"""Routing policies as JSON text: written from a policy, and read back on this site or another.

A file says what an administrator writes on the form, by the same field names; what the form leaves empty is left
out. A file is read as if somebody filled in the form: what the form refuses, inserting refuses. Beside that only
what Frappe would take without a word is refused here, so that a file is taken whole or not at all.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import PolicyFileError
from city_diplomacy.partnership_approvals.shapes import Document

POLICY = "Routing Policy"
LARGEST_NUMBER = 2**31 - 1

_TEXTS = ("Data", "Select", "Link", "Autocomplete", "Small Text", "Text", "Long Text", "Code")
_NUMBERS = ("Int", "Float", "Percent", "Currency")
# Written by the server, yet carried along: running rounds are compared with new versions by it.
_CARRIED_ALONG = ("rule_key",)


def text_of(policy: Any) -> str:
	"""A policy as JSON, its fields in the order of the form."""
	return json.dumps(_said(policy), indent="\t", ensure_ascii=False, default=str) + "\n"


def make_from(content: str) -> Any:
	"""Insert a draft from the JSON of a policy, as the signed-in person, and return it.

	Raises PolicyFileError with a sentence naming what in the file is unknown, missing or of a wrong kind, Frappe's
	own errors for what is too long, no choice or not on this site, and the policy's for rules that make no sense.
	Nothing is inserted then.
	"""
	values = _parsed(content)
	_refuse_unfit(POLICY, values, _("Policy"))
	return frappe.get_doc({"doctype": POLICY, **values}).insert()


def _fields(doctype: str) -> dict[str, Any]:
	"""What somebody can say about a document of this DocType, by field name."""
	kinds = (*_TEXTS, *_NUMBERS, "Check", "Table")
	return {
		df.fieldname: df
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in kinds and (df.fieldname in _CARRIED_ALONG or not (df.read_only or df.hidden))
	}


def _said(doc: Document) -> dict[str, Any]:
	said: dict[str, Any] = {}
	for fieldname, df in _fields(doc.doctype).items():
		value = doc.get(fieldname)
		if df.fieldtype == "Table":
			value = [_said(row) for row in value or ()]
		if value in (None, "", []) or (not value and not df.reqd and not df.default):
			continue
		said[fieldname] = value
	return said


def _parsed(content: str) -> dict[str, Any]:
	try:
		values = json.loads(content, object_pairs_hook=_without_doubles)
	except json.JSONDecodeError as error:
		_refuse(_("The file is not JSON: line {0} cannot be read.").format(error.lineno))
	except (RecursionError, ValueError):
		_refuse(_("The file is not a policy: it is nested too deeply, or a number in it is too long."))
	if not isinstance(values, dict):
		_refuse(_("The file is not a policy: it must be one object in curly brackets."))
	return values


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
	values: dict[str, Any] = {}
	for fieldname, value in pairs:
		if fieldname in values:
			_refuse(_("The file says {0} twice in one place.").format(fieldname))
		values[fieldname] = value
	return values


def _refuse_unfit(doctype: str, values: Mapping[str, Any], where: str) -> None:
	"""Raise PolicyFileError for what Frappe would leave out, bend or fill in; `where` leads to the row.

	It leaves out fields there are not, makes a number of any text, and a choice nobody made is the first one.
	"""
	fields = _fields(doctype)
	for fieldname, value in values.items():
		df = fields.get(fieldname)
		if not df:
			_refuse(_("{0}: there is no {1}; known are {2}.").format(where, fieldname, ", ".join(fields)))
		label = _(df.label)
		if not _is_of_its_kind(df.fieldtype, value):
			_refuse(_must_be(df.fieldtype).format(f"{where}, {label}"))
		if df.fieldtype == "Table":
			for number, row in enumerate(value, start=1):
				_refuse_unfit(df.options, row, _("{0} row {1}").format(label, number))
	for fieldname, df in fields.items():
		if df.reqd and not df.default and not values.get(fieldname) and values.get(fieldname) != 0:
			_refuse(_("{0}: {1} is missing.").format(where, _(df.label)))


def _is_of_its_kind(fieldtype: str, value: Any) -> bool:
	if fieldtype == "Table":
		return isinstance(value, list) and all(isinstance(row, dict) for row in value)
	if fieldtype == "Check":
		return isinstance(value, int) and value in (0, 1)
	if fieldtype in _NUMBERS:
		kinds = int if fieldtype == "Int" else (int, float)
		return isinstance(value, kinds) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER
	return isinstance(value, str)


def _must_be(fieldtype: str) -> str:
	if fieldtype == "Table":
		return _("{0} must be a list of rows, each in curly brackets.")
	if fieldtype == "Check":
		return _("{0} must be 1 or 0.")
	if fieldtype in _NUMBERS:
		return _("{0} must be a number.")
	return _("{0} must be text in quotation marks.")


def _refuse(sentence: str) -> NoReturn:
	frappe.throw(sentence, PolicyFileError)
