"""HTML made harmless by bleach, as Frappe does it; SVG, MathML and style sheets are not kept here."""

import html
import json
import re

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bleach_allowlist import all_styles

from sandbox.strict import ROOT, own_names

_LISTS = json.loads((ROOT / "data" / "html.json").read_text())
_TAGS, _ATTRIBUTES = frozenset(_LISTS["tags"].split()), frozenset(_LISTS["attributes"].split()) | {"style"}
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


def sanitize_html(text, always_sanitize=False):
	"""Text without a tag, and JSON, stay as they are unless `always_sanitize`."""
	if not isinstance(text, str) or (not always_sanitize and (not _TAG.search(text) or is_json(text))):
		return text
	return bleach.clean(
		text,
		tags=_TAGS,
		attributes=lambda _tag, name, _value: name in _ATTRIBUTES or name.startswith("data-"),
		css_sanitizer=CSSSanitizer(allowed_css_properties=all_styles),
		strip_comments=False,
		protocols={"cid", "http", "https", "mailto"},
	)


def is_json(text) -> bool:
	try:
		json.loads(text)
	except ValueError:
		return False
	return True


def strip_html(text) -> str:
	return re.sub(r"<[^>]*>", "", str(text))


def escape_html(text):
	return html.escape(text).replace("&#x27;", "&#39;") if isinstance(text, str) else text


__all__ = own_names(globals())
