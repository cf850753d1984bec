"""Routing policies as JSON text: written from a policy, and read back on this site or another.

A file says what an administrator writes on the form, by the same field names; what the form leaves empty is left
out. What a file says is checked against the form's own fields before anything is made, so that a file is taken
whole or not at all.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import PolicyFileError

POLICY = "Routing Policy"
LONGEST_FILE = 200_000
LONGEST_VALUE = 140
LARGEST_NUMBER = 2**31 - 1

_SHORT_TEXTS = ("Data", "Select", "Link", "Autocomplete")
_TEXTS = (*_SHORT_TEXTS, "Small Text", "Text", "Long Text", "Code")
_NUMBERS = ("Int", "Float", "Percent", "Currency")
# Written by the server, yet carried along: running rounds are compared with new versions by it.
_CARRIED_ALONG = ("rule_key",)
# An expression that follows from a condition of the policy is written anew from it.
_FOLLOWS = {"condition": "applies_when"}


def text_of(policy: Any) -> str:
	"""A policy as JSON, its fields in the order of the form."""
	return json.dumps(_said(policy), indent="\t", ensure_ascii=False, default=str) + "\n"


def make_from(content: str) -> Any:
	"""Insert a draft from the JSON of a policy, as the signed-in person, and return it.

	Raises PolicyFileError with a sentence naming what in the file is unknown, missing or of a wrong kind, and
	the policy's own errors for rules that make no sense. Nothing is inserted then.
	"""
	values = _parsed(content)
	_check(POLICY, values, _("Policy"))
	return frappe.get_doc({"doctype": POLICY, **values}).insert()


def _fields(doctype: str) -> dict[str, Any]:
	"""What somebody can say about a document of this DocType, by field name."""
	kinds = (*_TEXTS, *_NUMBERS, "Check", "Table")
	return {
		df.fieldname: df
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in kinds and (df.fieldname in _CARRIED_ALONG or not (df.read_only or df.hidden))
	}


def _said(doc: Any) -> dict[str, Any]:
	said: dict[str, Any] = {}
	for fieldname, df in _fields(doc.doctype).items():
		value = doc.get(fieldname)
		if df.fieldtype == "Table":
			value = [_said(row) for row in value or ()]
		if fieldname in _FOLLOWS and doc.get(_FOLLOWS[fieldname]):
			continue
		if value in (None, "", []) or (not value and not df.reqd and not df.default):
			continue
		said[fieldname] = value
	return said


def _parsed(content: str) -> dict[str, Any]:
	if len(content) > LONGEST_FILE:
		_refuse(_("The file is longer than {0} characters; no policy is.").format(LONGEST_FILE))
	try:
		values = json.loads(content, object_pairs_hook=_without_doubles, parse_constant=_not_a_number)
	except json.JSONDecodeError as error:
		_refuse(_("The file is not JSON: line {0} cannot be read.").format(error.lineno))
	except RecursionError:
		_refuse(_("The file is not a policy: it is nested too deeply."))
	if not isinstance(values, dict):
		_refuse(_("The file is not a policy: it must be one object in curly brackets."))
	return values


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
	values = dict(pairs)
	if len(values) != len(pairs):
		twice = next(key for position, (key, _value) in enumerate(pairs) if key in dict(pairs[:position]))
		_refuse(_("The file says {0} twice in one place.").format(twice))
	return values


def _not_a_number(word: str) -> None:
	_refuse(_("The file says {0}, which is not a number.").format(word))


def _check(doctype: str, values: Mapping[str, Any], where: str) -> None:
	"""Raise PolicyFileError for the first thing said that the form could not say; `where` leads to the row."""
	fields = _fields(doctype)
	for fieldname, value in values.items():
		if fieldname not in fields:
			_refuse(_("{0}: there is no {1}; known are {2}.").format(where, fieldname, ", ".join(fields)))
		df = fields[fieldname]
		if df.fieldtype == "Table":
			for place, row in _rows(df, value):
				_check(df.options, row, place)
		else:
			_check_value(df, value, f"{where}, {_(df.label)}")
	for fieldname, df in fields.items():
		if df.reqd and not df.default and values.get(fieldname) in (None, "", []):
			_refuse(_("{0}: {1} is missing.").format(where, _(df.label)))


def _rows(df: Any, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
	if not isinstance(value, list):
		_refuse(_("{0} must be a list in square brackets.").format(_(df.label)))
	for number, row in enumerate(value, start=1):
		place = _("{0} row {1}").format(_(df.label), number)
		if not isinstance(row, dict):
			_refuse(_("{0} must be an object in curly brackets.").format(place))
		yield place, row


def _check_value(df: Any, value: Any, where: str) -> None:
	if df.fieldtype == "Check":
		if value not in (0, 1) or isinstance(value, float):
			_refuse(_("{0} must be 1 or 0.").format(where))
	elif df.fieldtype in _NUMBERS:
		kinds = (int,) if df.fieldtype == "Int" else (int, float)
		if isinstance(value, bool) or not isinstance(value, kinds) or abs(value) > LARGEST_NUMBER:
			_refuse(_("{0} must be a number.").format(where))
	elif not isinstance(value, str):
		_refuse(_("{0} must be text in quotation marks.").format(where))
	else:
		_check_text(df, value, where)


def _check_text(df: Any, value: str, where: str) -> None:
	if df.fieldtype in _SHORT_TEXTS and len(value) > LONGEST_VALUE:
		_refuse(_("{0} is longer than {1} characters.").format(where, LONGEST_VALUE))
	if not value:
		return
	if df.fieldtype == "Select" and value not in df.options.split("\n"):
		choices = ", ".join(filter(None, df.options.split("\n")))
		_refuse(_("{0} cannot be {1}; choose one of {2}.").format(where, value, choices))
	if df.fieldtype == "Link" and not frappe.db.exists(df.options, value):
		_refuse(_("{0}: there is no {1} called {2} here.").format(where, _(df.options), value))


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, PolicyFileError)
