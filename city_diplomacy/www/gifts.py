"""The public log of official gifts, quarter by quarter."""

from urllib.parse import urlencode

from frappe import _
from frappe.utils import fmt_money

from city_diplomacy.diplomatic_protocol.gifts.public_log import list_gifts, log_is_open, quarters
from city_diplomacy.templates.page import (
	answer_not_found,
	asked,
	asked_page,
	begin,
	beside,
	day,
	may_see_gift_log,
)

DOWNLOAD = "/api/method/city_diplomacy.diplomatic_protocol.gifts.public_log.download"


def get_context(context) -> None:
	if not may_see_gift_log():
		answer_not_found(context)
		return
	page = begin(context, _("Gifts"), here="gifts")
	known = quarters()
	quarter = asked("quarter") or (known[0]["quarter"] if known else "")
	found = list_gifts(quarter, asked_page())
	page.update(
		{
			"open": log_is_open(),
			"quarters": known,
			"quarter": quarter,
			"download": f"{DOWNLOAD}?{urlencode({'quarter': quarter})}"
			if found["count"] and log_is_open()
			else "",
			"found": {
				**found,
				**beside("/gifts", {"quarter": quarter}, found["page"]),
				"rows": [
					{
						**row,
						"when": day(row["gift_date"]),
						"worth": fmt_money(row["value"], currency=row["currency"]) if row["value"] else "",
					}
					for row in found["rows"]
				],
			},
		}
	)
