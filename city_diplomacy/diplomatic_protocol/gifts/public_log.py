"""What the public may see of official gifts: those of quarters that are over, without any way to reach somebody.

Nothing here asks Frappe for permissions: what passes `published` and is named in SHOWN is public for anybody, and
nothing else is read.
"""

import csv
import io
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count
from frappe.rate_limiter import rate_limit

from city_diplomacy.diplomatic_protocol.settings import SETTINGS
from city_diplomacy.domain.cells import guarded
from city_diplomacy.domain.protocol.gifts import quarter_of, without_contact_data
from city_diplomacy.partnership_approvals.arguments import Line, checked
from city_diplomacy.partnerships.public_pages.public_register import pages_of
from city_diplomacy.registers.record_dates import today

GIFT = "Official Gift"
PAGE_LENGTH = 50
# Of one address.
DOWNLOADS_PER_MINUTE = 20
INSTEAD = "[…]"
SHOWN = (
	"gift_date",
	"direction",
	"gift",
	"description",
	"value",
	"currency",
	"value_basis",
	"official",
	"official_role",
	"other_name",
	"affiliation",
	"source_kind",
	"country",
	"occasion",
	"custody",
	"disposal",
	"disposed_on",
)
TRANSLATED = ("direction", "value_basis", "official_role", "source_kind", "country", "custody", "disposal")


def log_is_open() -> bool:
	"""Whether the office has switched the public log on."""
	return bool(frappe.get_cached_doc(SETTINGS).use_public_gift_log)


def published(gift: Any) -> Criterion:
	"""The condition, over `frappe.qb.DocType("Official Gift")`, that a gift is public: its quarter is over."""
	return (gift.withhold == 0) & (gift.gift_quarter < quarter_of(today()))


def quarters() -> list[dict[str, Any]]:
	"""The quarters that are published, the latest first: {"quarter", "count"}."""
	gift = frappe.qb.DocType(GIFT)
	query = frappe.qb.from_(gift).select(gift.gift_quarter, Count("*")).where(published(gift))
	rows = query.groupby(gift.gift_quarter).run()
	return [{"quarter": quarter, "count": count} for quarter, count in sorted(rows, reverse=True)]


def list_gifts(quarter: str, page: int = 1) -> dict[str, Any]:
	"""The published gifts of a quarter in the order of their days: {"count", "page", "pages", "rows"}."""
	gift = frappe.qb.DocType(GIFT)
	wanted = published(gift) & (gift.gift_quarter == quarter)
	count = frappe.qb.from_(gift).select(Count("*")).where(wanted).run()[0][0]
	pages, page = pages_of(count, page)
	return {
		"count": count,
		"page": page,
		"pages": pages,
		"rows": _rows(wanted, PAGE_LENGTH, (page - 1) * PAGE_LENGTH),
	}


@frappe.whitelist(allow_guest=True, methods=["GET"])
@checked
@rate_limit(limit=lambda: DOWNLOADS_PER_MINUTE, seconds=60)
def download(quarter: Line) -> None:
	"""Sends the published gifts of a quarter as a CSV file that spreadsheets open without working anything out."""
	gift = frappe.qb.DocType(GIFT)
	rows = _rows(published(gift) & (gift.gift_quarter == quarter)) if log_is_open() else []
	if not rows:
		frappe.throw(_("There is no published log of that quarter."), frappe.DoesNotExistError)
	frappe.local.response.filename = f"gifts-{rows[0]['gift_quarter']}.csv"
	frappe.local.response.filecontent = as_csv(rows).encode("utf-8-sig")
	frappe.local.response.type = "download"


def as_csv(rows: list[dict[str, Any]]) -> str:
	"""The rows under their labels."""
	out, meta = io.StringIO(), frappe.get_meta(GIFT)
	writer = csv.writer(out)
	writer.writerow([_(meta.get_label(column)) for column in SHOWN])
	for row in rows:
		writer.writerow([guarded(row[column]) for column in SHOWN])
	return out.getvalue()


def _rows(wanted: Criterion, length: int | None = None, start: int = 0) -> list[dict[str, Any]]:
	gift = frappe.qb.DocType(GIFT)
	query = frappe.qb.from_(gift).select(gift.gift_quarter, *(gift[column] for column in SHOWN)).where(wanted)
	query = query.orderby(gift.gift_date).orderby(gift.name)
	if length:
		query = query.limit(length).offset(start)
	return [_shown(row) for row in query.run(as_dict=True)]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
	"""The row as it is published: choices in the reader's language, and no address or telephone in any text."""
	texts = {key: value for key, value in row.items() if isinstance(value, str)}
	return {
		**row,
		**{
			key: _(value) if key in TRANSLATED else without_contact_data(value, INSTEAD)
			for key, value in texts.items()
			if key != "gift_quarter"
		},
	}
