"""Texts for a table that a spreadsheet will open, so that it works none of them out as a formula."""

import re
from typing import TypeVar

Cell = TypeVar("Cell")

# A spreadsheet takes what begins with one of these for a formula; some leave out spaces before it.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def guarded(cell: Cell) -> Cell | str:
	"""A cell with an apostrophe before what would be worked out; numbers and other texts as they are."""
	if isinstance(cell, str) and _begins_a_formula(cell) and not _PLAIN_NUMBER.fullmatch(cell.strip(" ")):
		return f"'{cell}"
	return cell


def unguarded(text: str) -> str:
	"""A text without the apostrophe by which `guarded` kept it from being worked out."""
	return text[1:] if text[:1] == "'" and _begins_a_formula(text[1:]) else text


def _begins_a_formula(text: str) -> bool:
	return text.lstrip(" ").startswith(BEGINNINGS)
