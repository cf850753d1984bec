"""In which language something is written: what one person reads in theirs, what many read in the site's."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi")


def site_language() -> str:
	"""The language the city keeps its records in, whoever writes them."""
	return frappe.get_system_settings("language") or "en"


def language_of(user: str) -> str:
	"""The language a person reads: their account's, else the site's."""
	return frappe.get_cached_value("User", user, "language") or site_language()


def language_read() -> str | None:
	"""The language in which whoever asks reads the page; None for one that is no Language of the site."""
	language = frappe.local.lang
	return language if language and frappe.db.exists("Language", language) else None


def direction_of(language: str) -> str:
	"""How a page in a language runs, as HTML says it."""
	return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@contextmanager
def in_language(language: str) -> Iterator[None]:
	"""Words and dates of the block are in `language`, whoever's request or job this is."""
	before = frappe.local.lang
	frappe.local.lang = language
	frappe.local.jenv = None
	try:
		yield
	finally:
		frappe.local.lang = before
		frappe.local.jenv = None
