"""The texts of a routed document a council may adopt in its own words."""

import re

import frappe
from frappe.utils import cstr, escape_html, strip_html

from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of
from city_diplomacy.partnership_approvals.shapes import Document, Field
from city_diplomacy.registers.readable import readable

PLAIN = ("Data", "Small Text", "Text", "Long Text")
FORMATTED = "Text Editor"
ENDS_A_LINE = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote)>", re.IGNORECASE)


def amendable(doc: Document) -> dict[str, Field]:
	"""The text fields of a document that are part of what is cleared, by name: their definitions in order.

	Choices, dates, money and tables are not words; a council that changes them sends the document back.
	"""
	content = content_of(doc)
	return {
		df.fieldname: df
		for df in doc.meta.fields
		if df.fieldname in content and df.fieldtype in (*PLAIN, FORMATTED) and not df.hidden
	}


def as_plain(df: Field, stored: object) -> str:
	"""A stored text as people write it into a plain field: paragraphs on lines of their own."""
	if df.fieldtype != FORMATTED:
		return cstr(stored).strip()
	lines = strip_html(ENDS_A_LINE.sub("\n", cstr(stored))).split("\n")
	return "\n".join(line.strip() for line in lines if line.strip())


def as_stored(df: Field, text: str) -> str:
	"""A text as adopted, fit for its field: plain lines become paragraphs of a formatted one."""
	if df.fieldtype != FORMATTED:
		return text.strip()
	lines = (line.strip() for line in text.splitlines())
	return "".join(f"<p>{escape_html(line)}</p>" for line in lines if line)


def is_as_it_was(df: Field, stored: object, text: str) -> bool:
	"""Whether a text as adopted says what the document says already."""
	return as_plain(df, stored) == as_plain(df, as_stored(df, text))


def list_for(doctype: str, name: str) -> list[dict[str, str]]:
	"""The texts a form offers: [{"fieldname", "label", "text": as it stands}]. For those who may read the document."""
	doc = readable(doctype, name)
	return [
		{"fieldname": fieldname, "label": frappe._(df.label), "text": as_plain(df, doc.get(fieldname))}
		for fieldname, df in amendable(doc).items()
	]
