"""The methods of protocol, events and community that take a record, and the records they are tried on."""

from tests import factories
from tests.community.factories import make_committee_duty, make_directory_registration
from tests.events.factories import make_international_event
from tests.protocol.factories import (
	make_ceremonial_request,
	make_consular_mission,
	make_delegation_visit,
	make_guest_list,
	make_invited_guest,
	make_official_gift,
)

PROTOCOL = "city_diplomacy.diplomatic_protocol"
GUESTS = f"{PROTOCOL}.guests.api"
VISITS = f"{PROTOCOL}.visits.api"
COMMUNITY = "city_diplomacy.diaspora_relations.api"

ABOUT_A_VISIT = {"visit": "visit"}
ABOUT_A_REQUEST = {"request": "request"}
ABOUT_A_LIST = {"guest_list": "guest list"}
ABOUT_A_GUEST = {"guest": "guest"}
ABOUT_A_REGISTRATION = {"registration": "registration"}
SEAT = {"table": "1", "seat": 1}
# method: its arguments; the value "visit" stands for the name of one, and so do the others in `made`
CALLS_OF_FUNCTIONS = {
	f"{PROTOCOL}.briefing.api.page": ABOUT_A_VISIT,
	f"{PROTOCOL}.briefing.api.pdf": ABOUT_A_VISIT,
	f"{VISITS}.calendar_file": ABOUT_A_VISIT,
	f"{VISITS}.decide": {**ABOUT_A_VISIT, "accept": True},
	f"{VISITS}.draft_letter": ABOUT_A_VISIT,
	f"{VISITS}.draft_thanks": ABOUT_A_VISIT,
	f"{VISITS}.make_engagement": ABOUT_A_VISIT,
	f"{VISITS}.make_event": ABOUT_A_VISIT,
	f"{VISITS}.send_letter": {**ABOUT_A_VISIT, "subject": "Your visit", "message": "Welcome."},
	f"{VISITS}.send_thanks": {**ABOUT_A_VISIT, "letters": "[]"},
	f"{PROTOCOL}.ceremonies.api.draft": ABOUT_A_REQUEST,
	f"{PROTOCOL}.ceremonies.api.findings": ABOUT_A_REQUEST,
	f"{PROTOCOL}.ceremonies.api.letter": ABOUT_A_REQUEST,
	f"{PROTOCOL}.corps.api.compare": {"first": "mission", "second": "mission"},
	f"{PROTOCOL}.gifts.api.about": {"gift": "gift"},
	f"{PROTOCOL}.gifts.api.decide": {"gift": "gift", "approve": True},
	f"{GUESTS}.ask_all": ABOUT_A_LIST,
	f"{GUESTS}.plan_seating": ABOUT_A_LIST,
	f"{GUESTS}.print_paper": {**ABOUT_A_LIST, "paper": "Place cards"},
	f"{GUESTS}.view_seating": ABOUT_A_LIST,
	f"{GUESTS}.free_seat": ABOUT_A_GUEST,
	f"{GUESTS}.move_guest": {**ABOUT_A_GUEST, **SEAT},
	f"{GUESTS}.what_move_breaks": {**ABOUT_A_GUEST, **SEAT},
	f"{COMMUNITY}.accept_registration": ABOUT_A_REGISTRATION,
	f"{COMMUNITY}.close_registration": {**ABOUT_A_REGISTRATION, "organisation": "organisation"},
	f"{COMMUNITY}.decline_registration": {**ABOUT_A_REGISTRATION, "reason": "Not of this city."},
	f"{COMMUNITY}.complete_duty": {"duty": "duty", "result": "Sent."},
	"city_diplomacy.hosted_events.api.make_project": {"event": "international event"},
}
NAMING_OF_FUNCTIONS = {
	"visit",
	"request",
	"first",
	"second",
	"gift",
	"guest_list",
	"guest",
	"registration",
	"duty",
}
# A gift that is entered has no name yet; what is sent as `gift` is what it is.
MAKES_ONE = {f"{PROTOCOL}.gifts.api.enter"}


def made() -> dict[str, str]:
	"""The name of a record of each kind, none of which a reviewer knows of."""
	guest = make_invited_guest(guest_list=make_guest_list())
	return {
		"visit": make_delegation_visit().name,
		"request": make_ceremonial_request().name,
		"mission": make_consular_mission().name,
		"gift": make_official_gift().name,
		"guest list": guest.guest_list,
		"guest": guest.name,
		"registration": make_directory_registration().name,
		"organisation": factories.make_diaspora_organisation().name,
		"duty": make_committee_duty().name,
		"international event": make_international_event().name,
	}
