"""The public page of community programmes."""

from frappe import _

from city_diplomacy.diaspora_relations.public_directory import directory_is_open
from city_diplomacy.diaspora_relations.public_programmes import list_programmes, programme_kinds
from city_diplomacy.templates.page import (
	answer_not_found,
	asked,
	asked_page,
	begin,
	beside,
	day,
	may_see_directory,
)


def get_context(context) -> None:
	if not may_see_directory():
		answer_not_found(context)
		return
	page = begin(context, _("Community programmes"), here="programmes")
	wanted = {"kind": asked("kind")}
	found = list_programmes(kind=wanted["kind"], page=asked_page())
	page.update(
		{
			"open": directory_is_open(),
			"wanted": wanted,
			"filtered": bool(wanted["kind"]),
			"kinds": programme_kinds(),
			"found": {
				**found,
				**beside("/programmes", wanted, found["page"]),
				"rows": [_as_read(row) for row in found["rows"]],
			},
		}
	)


def _as_read(row: dict) -> dict:
	sessions = [{**session, "day": day(session["held_on"])} for session in row["sessions"]]
	return {**row, "starts": day(row["starts_on"]), "ends": day(row["ends_on"]), "sessions": sessions}
