"""Names of documents: field, format, series, prompt, hash, and controllers' own autoname."""

import base64
import re
import secrets
import time

import frappe
from frappe import _, throw
from frappe.utils import cint, cstr, now_datetime

_BRACED = re.compile(r"\{[\w#]+\}")
_DATE_PARTS = {"YY": "%y", "MM": "%m", "DD": "%d", "YYYY": "%Y"}


def set_new_name(doc):
	"""Give the document its name by its DocType's rule; hash where there is none."""
	doc.run_method("before_naming")
	rule = doc.meta.autoname or ""
	if rule.lower() != "prompt" and not frappe.flags.in_import:
		doc.name = None
	if doc.get("amended_from"):
		frappe.refuse("amending a document")
	if doc.meta.issingle:
		doc.name = doc.doctype
	if not doc.name:
		doc.run_method("autoname")
	if not doc.name and rule:
		_set_by_rule(rule, doc)
	doc.name = validate_name(doc.doctype, doc.name or make_autoname("hash"))


def _set_by_rule(rule: str, doc):
	kind = rule.lower()
	if kind.startswith("field:"):
		doc.name = cstr(doc.get(rule[6:])).strip()
		if not doc.name:
			throw(_("{0} is required").format(doc.meta.get_label(rule[6:])))
	elif kind.startswith("naming_series:"):
		options = (doc.meta.get_field("naming_series").options or "").split("\n")
		doc.naming_series = doc.naming_series or next(filter(None, options), None)
		if not doc.naming_series:
			throw(_("A naming series is required"))
		doc.name = make_autoname(doc.naming_series + ".#####", doc)
	elif kind == "prompt":
		throw(_("Please give the document a name"))
	elif kind.startswith("format:"):
		# as in Frappe v15, each part is its own series: all `format:` numbers count together
		doc.name = _BRACED.sub(lambda match: _from_parts([match.group()[1:-1]], doc), rule[7:])
	elif "#" in rule or rule == "hash":
		doc.name = make_autoname(rule, doc)
	else:
		frappe.refuse(f"the naming rule {rule!r}")


def make_autoname(key: str, doc=None) -> str:
	"""`hash`, or a series such as `MOU-.YYYY.-.####`."""
	if key == "hash":
		moment = base64.b32hexencode((int(time.time() * 10) % 32**4).to_bytes(5, "big")).decode()[-3:]
		return (moment + base64.b32hexencode(secrets.token_bytes(7)).decode()[:7]).lower()
	return _from_parts(key.split("."), doc)


def _from_parts(parts, doc) -> str:
	name, now = "", now_datetime()
	for part in filter(None, parts):
		if part.startswith("#"):
			name += _next_number(name, len(part))
		elif part in _DATE_PARTS:
			name += now.strftime(_DATE_PARTS[part])
		elif part in ("WW", "timestamp"):
			frappe.refuse(f"the part {part} of a naming series")
		else:
			name += cstr(doc.get(part)).strip() if part in doc.__dict__ else part
	return name


def _next_number(prefix: str, digits: int) -> str:
	"""The next number of a series, with leading zeros."""
	sql = "INSERT INTO tabSeries VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET current = current + 1"
	frappe.db.execute(sql, [prefix])
	return str(frappe.db.get_value("Series", prefix, "current", order_by=None)).zfill(digits)


def revert_series_if_last(key, name, doc):
	"""Give the number back when the newest document of a series is deleted."""
	prefix = _from_parts(key.rsplit(".#", 1)[0].split("."), doc)
	current = frappe.db.get_value("Series", prefix, "current", order_by=None)
	if current and current == cint(name.replace(prefix, "")):
		frappe.db.set_value("Series", prefix, "current", current - 1, update_modified=False)


def validate_name(doctype: str, name: str):
	name = name.strip()
	if name.startswith("New " + doctype) or (doctype == name and not frappe.get_meta(doctype).issingle):
		throw(_("{0} cannot be the name of a {1}").format(name, doctype), frappe.NameError)
	if "<" in name or ">" in name:
		throw(_("A name cannot contain < or >: {0}").format(frappe.utils.escape_html(name)), frappe.NameError)
	return name


def append_number_if_name_exists(doctype, value, separator="-"):
	"""The value itself when it is free, else with the next number behind it."""
	if not frappe.db.exists(doctype, value):
		return value
	numbered = re.compile(re.escape(value + separator) + r"(\d+)$", re.IGNORECASE)
	taken = frappe.get_all(doctype, filters={"name": ["like", f"{value}{separator}%"]}, pluck="name")
	numbers = [int(found.group(1)) for name in taken if (found := numbered.match(name))]
	return f"{value}{separator}{max(numbers, default=0) + 1}"
