"""Words people write, kept so that they read the same as plain text and as HTML, and never run.

Desk shows stored text as HTML in many places (read-only fields, report views, print views), our pages show it as
plain text. Escaping or stripping would spoil one of the two. So only what an HTML parser would take for the
beginning of a tag is changed: its angle brackets become angle quotes. "a < b", "R&D" and quotation marks stay as
they are, and "<ann@city.example>" stays readable.
"""

import re
from collections.abc import Iterable
from typing import Any

# HTML's tokenizer opens a tag, a comment or a declaration at "<" only before one of these. At the end of a text
# "<" could be completed by what is written after it.
_TAG = re.compile(r"<(?=[A-Za-z/!?]|\s*$)([^<>]*)(>?)")
# No control character but tab and line ends has a place in a text; databases and XML refuse some.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Halves of characters, which no encoding can store.
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def neutral(text: str) -> str:
	"""The text without anything that opens markup, control characters or halves of characters.

	Neutral text is answered as it is.
	"""
	text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
	return _TAG.sub(_quoted, text) if "<" in text else text


def typographic(text: str) -> str:
	"""The text with “ and ” for straight double quotation marks: “ where a word begins."""
	return re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")


def neutral_rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The same rows, every text in them neutral: for lists shown by what makes HTML of a value."""
	rows = list(rows)
	for row in rows:
		row.update({key: neutral(value) for key, value in row.items() if isinstance(value, str)})
	return rows


def _quoted(tag: re.Match[str]) -> str:
	return f"‹{tag[1]}{'›' if tag[2] else ''}"
