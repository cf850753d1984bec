"""What a form may carry that is open to everybody, without an account: so much, from so few, and plain text alone.

Frappe's Web Form inserts what it is sent past permissions, whoever sends it. A DocType with such a form says in one
`PublicForm` what may be sent, and its controller calls `take` in `before_insert`, first of all. Whatever is refused is
refused with one sentence before anything is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import add_to_date, cstr, now_datetime

from city_diplomacy.registers.errors import RegisterError

GUEST = "Guest"
SENT_PER_HOUR = 5
"""From one address of the network."""
WAITING_AT_MOST = 3
"""With one e-mail address, in a day."""
# A tag, a comment, or an address that runs.
_MARKUP = re.compile(r"<\s*[a-z!/?]|javascript\s*:", re.IGNORECASE)
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor", "Select", "Link")


class PublicFormError(RegisterError):
	"""Something a form open to everybody does not take."""


@dataclass(frozen=True)
class PublicForm:
	"""What a form open to everybody may carry.

	Attributes:
		longest: by field, how many characters it takes; 0 for what is no text
		required: what has to be filled in, more than the record itself asks for
		email: the field with the address of whoever sends it
	"""

	longest: Mapping[str, int]
	required: tuple[str, ...]
	email: str


def is_public(doc: Any) -> bool:
	"""Whether a new record comes by a form that is open to everybody, and not from somebody who may make one."""
	return doc.is_new() and (frappe.session.user == GUEST or bool(frappe.flags.in_web_form))


def take(doc: Any, form: PublicForm) -> None:
	"""Raises PublicFormError or RateLimitExceededError for what a public form does not take; else does nothing."""
	if not is_public(doc):
		return
	count_sent()
	_refuse_unasked(doc, form)
	for fieldname, longest in form.longest.items():
		_check_text(doc, fieldname, longest)
	_refuse_missing(doc, form)
	_refuse_many_waiting(doc, form)


@rate_limit(limit=lambda: SENT_PER_HOUR, seconds=60 * 60)
def count_sent() -> None:
	"""Raises RateLimitExceededError when an address sends more forms in an hour."""


def _refuse_unasked(doc: Any, form: PublicForm) -> None:
	"""A field the form does not show holds what every new record starts with."""
	fresh = frappe.new_doc(doc.doctype)
	for df in doc.meta.fields:
		value = doc.get(df.fieldname)
		if value and df.fieldname not in form.longest and cstr(value) != cstr(fresh.get(df.fieldname)):
			frappe.throw(_("This form does not ask for {0}.").format(_(df.label)), PublicFormError)


def _check_text(doc: Any, fieldname: str, longest: int) -> None:
	df, value = doc.meta.get_field(fieldname), doc.get(fieldname)
	if df.fieldtype not in TEXTS or not value:
		return
	if not isinstance(value, str):
		frappe.throw(_("{0} must be a text.").format(_(df.label)), PublicFormError)
	if len(value) > longest:
		frappe.throw(
			_("{0} has {1} characters; please keep it under {2}.").format(_(df.label), len(value), longest),
			PublicFormError,
		)
	if _MARKUP.search(value):
		frappe.throw(
			_("Please write {0} as plain text, without markup.").format(_(df.label)), PublicFormError
		)


def _refuse_missing(doc: Any, form: PublicForm) -> None:
	missing = [name for name in form.required if not cstr(doc.get(name)).strip()]
	if missing:
		frappe.throw(
			_("Please fill in: {0}.").format(", ".join(_(doc.meta.get_label(name)) for name in missing)),
			PublicFormError,
		)


def _refuse_many_waiting(doc: Any, form: PublicForm) -> None:
	sent = frappe.db.count(
		doc.doctype,
		{
			form.email: cstr(doc.get(form.email)).strip(),
			"owner": GUEST,
			"creation": [">", add_to_date(now_datetime(), days=-1)],
		},
	)
	if sent >= WAITING_AT_MOST:
		frappe.throw(
			_("We have {0} messages of yours from today and answer those first.").format(sent),
			PublicFormError,
		)
