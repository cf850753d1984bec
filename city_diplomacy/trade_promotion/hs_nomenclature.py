"""The Harmonized System's subheadings: loaded into ERPNext's list of tariff numbers, and found there by words."""

import csv
from functools import lru_cache
from importlib import resources
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.access.rights import LEAD_CONVERSION
from city_diplomacy.domain.names.folding import fold
from city_diplomacy.trade_promotion.exceptions import TariffRightError

TARIFF = "Customs Tariff Number"
EVENT = "city_diplomacy_hs_codes"
COLUMNS = ("name", "owner", "creation", "modified", "modified_by", "tariff_number", "description")
# ERPNext keeps so much of a text; what was cut off is still searched.
LONGEST_DESCRIPTION = 140
LOT = 500


@lru_cache(maxsize=1)
def subheadings() -> dict[str, str]:
	"""The text of each of the 5,613 codes of six digits; `data/README.md` says where they are from."""
	return _texts("subheadings")


@lru_cache(maxsize=1)
def chapters() -> dict[str, str]:
	"""The text of each chapter by its two digits."""
	return _texts("chapters")


def _texts(level: str) -> dict[str, str]:
	text = resources.files("city_diplomacy").joinpath(f"data/hs/{level}.csv").read_text(encoding="utf-8")
	return {row["code"]: row["description"] for row in csv.DictReader(text.splitlines())}


def enqueue_load() -> int:
	"""Load the missing codes by a job; answers how many. Raises TariffRightError for whoever converts no leads."""
	if not set(LEAD_CONVERSION) & set(frappe.get_roles()):
		frappe.throw(
			_("HS codes are loaded by {0}.").format(", ".join(_(role) for role in LEAD_CONVERSION)),
			TariffRightError,
		)
	missing = len(_missing())
	if missing:
		# Not deduplicated: a job whose worker was killed counts as running for minutes, and nobody could start anew.
		frappe.enqueue(f"{__name__}.load", queue="long", enqueue_after_commit=True, user=frappe.session.user)
	return missing


def load(user: str) -> None:
	"""A job: enter the codes that are not there yet, telling `user` how far it is. What is there stays as it is."""
	missing = _missing()
	for start in range(0, len(missing), LOT):
		now = now_datetime()
		lot = missing[start : start + LOT]
		rows = [(code, user, now, now, user, code, _shortened(subheadings()[code])) for code in lot]
		# Two jobs at once, or somebody's own entry meanwhile, leave one row of each.
		frappe.db.bulk_insert(TARIFF, list(COLUMNS), rows, ignore_duplicates=True)
		told = {"done": start + len(lot), "total": len(missing)}
		frappe.publish_realtime(EVENT, told, user=user, after_commit=False)


def _missing() -> list[str]:
	known = set(frappe.get_all(TARIFF, pluck="name", limit_page_length=0))
	return [code for code in subheadings() if code not in known]


def _shortened(text: str) -> str:
	return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"


def find(txt: str, start: int, limit: int) -> list[tuple[str, str]]:
	"""(code, text) of the tariff numbers whose code begins with the text, or whose text has every word of it.

	Only those the person may read. Words are looked for in what the site has and in the full text of the codes.
	"""
	words = fold(txt).split()
	if txt.strip() and not words:
		return []
	digits = "".join(words)
	if not digits or digits.isdigit():
		found = _listed({"name": ["like", f"{digits}%"]}, start, limit)
	else:
		found = sorted(set(_with_words(words)))[start : start + limit]
	return [(code, subheadings().get(code, text)) for code, text in found]


def _with_words(words: list[str]) -> list[tuple[str, str]]:
	codes = [code for code, text in _folded().items() if all(word in text for word in words)]
	here = [["description", "like", f"%{word}%"] for word in words]
	return _listed(here) + (_listed({"name": ["in", codes]}) if codes else [])


def _listed(filters: Any, start: int = 0, limit: int = 0) -> list[tuple[str, str]]:
	rows = frappe.get_list(
		TARIFF,
		filters=filters,
		fields=["name", "description"],
		order_by="name asc",
		limit_start=start,
		limit_page_length=limit,
	)
	return [(row.name, row.description or "") for row in rows]


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
	return {code: fold(text) for code, text in subheadings().items()}
