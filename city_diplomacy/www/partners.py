"""The public register of partner cities."""

from frappe import _

from city_diplomacy.domain.partnerships.relationship import RelationshipStage
from city_diplomacy.partnerships.public_pages.public_partners import list_partners
from city_diplomacy.partnerships.public_pages.public_register import register_is_open
from city_diplomacy.templates.page import (
	address_with,
	answer_not_found,
	asked,
	asked_page,
	begin,
	beside,
	day,
	may_see_register,
	safe_link,
)

# The drawing shows 80° N to 56° S in an equirectangular projection, 1,000 units wide.
MAP_WIDTH, MAP_NORTH, MAP_SOUTH = 1000, 80, -56
UNITS_PER_DEGREE = MAP_WIDTH / 360


def get_context(context) -> None:
	if not may_see_register():
		answer_not_found(context)
		return
	page = begin(context, _("Partner cities"), here="partners")
	wanted = {"q": asked("q"), "country": asked("country"), "stage": asked("stage")}
	found = list_partners(
		country=wanted["country"], stage=wanted["stage"], words=wanted["q"], page=asked_page()
	)
	page.update(
		{
			"open": register_is_open(),
			"wanted": wanted,
			"filtered": any(wanted.values()),
			"choices": found["choices"],
			"dots": [dot for place in found["places"] if (dot := on_map(place))],
			"found": {
				"count": found["count"],
				"page": found["page"],
				"pages": found["pages"],
				**beside("/partners", wanted, found["page"]),
				"rows": [
					{
						**row,
						"stage": _(row["relationship_stage"]),
						"since": day(row["relationship_since"], row["since_precision"]),
						"link": safe_link(row["website"]),
						"agreements_link": address_with("/agreements", {"q": row["city_name"]}),
					}
					for row in found["rows"]
				],
			},
		}
	)


def on_map(place: dict) -> dict | None:
	"""Where a place is drawn; None for coordinates off the drawing or off the earth."""
	latitude, longitude = place["latitude"], place["longitude"]
	if not (MAP_SOUTH <= latitude <= MAP_NORTH and -180 <= longitude <= 180):
		return None
	return {
		"x": round((longitude + 180) * UNITS_PER_DEGREE, 1),
		"y": round((MAP_NORTH - latitude) * UNITS_PER_DEGREE, 1),
		"label": ", ".join(part for part in (place["city_name"], place["country"]) if part),
		"formal": place["relationship_stage"]
		in (RelationshipStage.SISTER_CITY, RelationshipStage.FRIENDSHIP_CITY),
	}
