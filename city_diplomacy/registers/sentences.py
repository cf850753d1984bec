"""Sentences that are stored now and read later: kept in English with their values, composed for whoever reads them."""

import json
from typing import Any

from frappe import _

# Values that name states, actions, roles, joins and kinds of records are translated as they are everywhere else.
NAMES = frozenset(
	{"action", "awaited", "doctype", "first_join", "first_state", "join", "precedence", "role", "state", "to"}
)


def kept(sentence: str, **values: str) -> str:
	"""A sentence marked by `domain.sentences._`, as text to be stored, with values for its places by their names."""
	return json.dumps({"sentence": sentence, "values": values}, ensure_ascii=False)


def in_words(text: str | None, **values: str) -> str:
	"""What `kept` gave, in the language of `frappe.local.lang`; `values` are those that were not kept with it.

	Other text is answered as it is: a sentence finished when it was stored.
	"""
	found = _read(text)
	if not found:
		return text or ""
	return _(found["sentence"]).format(
		**{name: said(name, value) for name, value in {**found["values"], **values}.items()}
	)


def said(name: str, value: Any) -> str:
	"""A value of a sentence by its name in it, in the language of `frappe.local.lang`."""
	return _(value) if name in NAMES and value else str(value)


def _read(text: str | None) -> dict[str, Any] | None:
	if not text or not text.startswith('{"sentence":'):
		return None
	try:
		return json.loads(text)
	except ValueError:
		return None
