"""A small list to try screening with, and what the sample city's office found of the partners of its agreements."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from city_diplomacy.demo.loader import DOMAIN, Loader, acting_as
from city_diplomacy.domain.trade.screening.list_files import Format
from city_diplomacy.trade_promotion.screening import gates, lists

TRADE_OFFICER = f"trade.officer@{DOMAIN}"
FILE = "restricted_parties.csv"
NAME = "Sample list, stale by design, not for real screening"
GOOD_FOR_DAYS = 180


def load_list(load: Loader) -> None:
	"""Eight entries of public lists as they were years ago, imported as an office would."""
	if frappe.db.exists(lists.LIST, NAME):
		load.report.there_already[lists.LIST] += 1
		return
	content = (load.folder / FILE).read_text(encoding="utf-8")
	with acting_as(TRADE_OFFICER):
		name = load.insert(
			{
				"doctype": lists.LIST,
				"list_name": NAME,
				"source": "Taken from public lists of 2022 to 2024 for the sample city",
				"file_format": Format.PLAIN,
				"file": load.file(FILE, content),
			}
		)
		lists.import_list(name, TRADE_OFFICER)


def screen_counterparts(load: Loader, agreement: Any) -> None:
	"""What the office was told of the counterparts of an agreement that were not screened yet."""
	for doctype, name in gates.counterparts(agreement):
		if gates.what_is_missing(doctype, name):
			load.insert(
				{
					"doctype": "Party Screening",
					"method": "Elsewhere",
					"subject_type": doctype,
					"subject": name,
					"done_by": "Sample export desk of the state",
					"done_where": "All lists of the United States, invented for the sample city",
					"done_on": nowdate(),
					"valid_until": add_days(nowdate(), GOOD_FOR_DAYS),
					"done_words": "Nothing was found.",
				}
			)
