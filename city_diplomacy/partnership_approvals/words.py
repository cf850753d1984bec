"""The one way by which words people write enter an approval: the engine's writes pass no sanitiser of Frappe's.

Every remark, condition, question, answer and reason is taken here before it is stored, hashed or told anybody, so
that what the ledger keeps is what everybody is shown.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.exceptions import ApprovalError

LONGEST_WORDS = 10_000  # characters


def take(text: Any) -> str:
	"""Somebody's words without markup and surrounding space; empty for none.

	Raises ApprovalError for what is no text, and for more than LONGEST_WORDS.
	"""
	if text is not None and not isinstance(text, str):
		frappe.throw(_("Words are expected here, not a value of another kind."), ApprovalError)
	words = neutral(text or "").strip()
	if len(words) > LONGEST_WORDS:
		frappe.throw(
			_("That is {0} characters; keep it under {1} and attach the rest as a file.").format(
				len(words), LONGEST_WORDS
			),
			ApprovalError,
		)
	return words


def require(text: Any, sentence: str) -> str:
	"""As `take`. Raises ApprovalError with `sentence` when there are no words."""
	words = take(text)
	if not words:
		frappe.throw(sentence, ApprovalError)
	return words
