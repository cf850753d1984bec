"""The public list of agreements."""

from frappe import _

from city_diplomacy.partnerships.agreements.mou_routing import STANDINGS
from city_diplomacy.partnerships.public_pages.public_register import (
	agreement_choices,
	list_agreements,
	register_is_open,
)
from city_diplomacy.templates.page import (
	answer_not_found,
	asked,
	asked_page,
	begin,
	beside,
	day,
	may_see_register,
)


def get_context(context) -> None:
	if not may_see_register():
		answer_not_found(context)
		return
	page = begin(context, _("Agreements"), here="agreements")
	wanted = {
		"q": asked("q"),
		"type": asked("type"),
		"country": asked("country"),
		"standing": asked("standing"),
	}
	found = list_agreements(
		agreement_type=wanted["type"],
		country=wanted["country"],
		standing=wanted["standing"],
		words=wanted["q"],
		page=asked_page(),
	)
	page.update(
		{
			"open": register_is_open(),
			"wanted": wanted,
			"filtered": any(wanted.values()),
			"choices": {**agreement_choices(), "standings": STANDINGS},
			"found": {
				"count": found["count"],
				"page": found["page"],
				"pages": found["pages"],
				**beside("/agreements", wanted, found["page"]),
				"rows": [
					{
						**row,
						"standing": _(row["workflow_state"]),
						"link": f"/agreement/{row['name']}",
						"signed_on": day(row["signed_on"], row["signed_precision"]),
						"counterparts": [party for party in row["parties"] if party["side"] == "Counterpart"],
					}
					for row in found["rows"]
				],
			},
		}
	)
