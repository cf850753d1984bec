"""The public directory of community organisations."""

from frappe import _

from city_diplomacy.diaspora_relations.public_directory import (
	directory_choices,
	directory_is_open,
	list_organisations,
)
from city_diplomacy.templates.page import (
	answer_not_found,
	asked,
	asked_page,
	begin,
	beside,
	may_see_directory,
	safe_link,
)


def get_context(context) -> None:
	if not may_see_directory():
		answer_not_found(context)
		return
	page = begin(context, _("Community organisations"), here="organisations")
	wanted = {"q": asked("q"), "kind": asked("kind"), "country": asked("country")}
	found = list_organisations(
		kind=wanted["kind"], country=wanted["country"], words=wanted["q"], page=asked_page()
	)
	page.update(
		{
			"open": directory_is_open(),
			"wanted": wanted,
			"filtered": any(wanted.values()),
			"choices": directory_choices(),
			"found": {
				**found,
				**beside("/organisations", wanted, found["page"]),
				"rows": [{**row, "link": safe_link(row.get("website"))} for row in found["rows"]],
			},
		}
	)
