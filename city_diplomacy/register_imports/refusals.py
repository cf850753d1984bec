"""Trying something that a rule may refuse, and the sentences of the refusal."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import strip_html

REFUSALS = (frappe.ValidationError, frappe.PermissionError, frappe.NameError)
SAVEPOINT = "one_line"
Problems = list[tuple[str, str]]


def attempt(act: Callable[[], Any]) -> tuple[Any, Problems]:
	"""What `act` answers and no problems; or None and, column by column as far as it is known, what was refused.

	A refusal undoes what was written in the act.
	"""
	said = len(frappe.local.message_log)
	frappe.db.savepoint(SAVEPOINT)
	try:
		answer = act()
	except REFUSALS as refusal:
		frappe.db.rollback(save_point=SAVEPOINT)
		return None, [("", sentence) for sentence in _sentences(refusal, said)]
	finally:
		# What forms would show to a person has nobody to read it here.
		del frappe.local.message_log[said:]
	frappe.db.release_savepoint(SAVEPOINT)
	return answer, []


def judge(act: Callable[[], Any]) -> Problems:
	"""As `attempt`, for an act that writes nothing."""
	said = len(frappe.local.message_log)
	try:
		act()
	except REFUSALS as refusal:
		return [("", sentence) for sentence in _sentences(refusal, said)]
	finally:
		del frappe.local.message_log[said:]
	return []


def trial(act: Callable[[], Any]) -> Problems:
	"""As `attempt`; what was written is undone in any case."""
	frappe.db.savepoint("whole_trial")
	_answer, problems = attempt(act)
	frappe.db.rollback(save_point="whole_trial")
	return problems


def _sentences(refusal: Exception, said: int) -> list[str]:
	messages = [message.get("message") for message in frappe.get_message_log()[said:]]
	texts = [_plain(text) for text in messages if text] or [_plain(str(refusal))]
	return list(dict.fromkeys(text for text in texts if text)) or [_("You may not do this with this record.")]


def _plain(text: str) -> str:
	"""A message without its markup; what it says is shown as text."""
	return " ".join(strip_html(str(text).replace("<br>", " ")).split())
