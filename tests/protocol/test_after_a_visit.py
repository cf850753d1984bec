"""After a visit: one engagement, letters of thanks, and nothing kept of what guests ate and needed."""

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.visits import api, needs
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.guest_links import api as links_api
from tests import factories
from tests.clock import set_to
from tests.guest_links.sending import open_form, post, token_of
from tests.protocol.factories import delegate, make_delegation_visit

NEEDS = "XQHALALXQ"


def held(**fields):
	given = {
		"status": "Held",
		"arrives_on": "2026-10-01",
		"leaves_on": "2026-10-02",
		"delegates": [
			delegate("Haruka Sato", email="sato@sakata.example", diet=NEEDS, form_of_address="Mayor Sato"),
			delegate("Ken Abe", access_needs=NEEDS),
			delegate("Maya Ortiz", side="Host", email="ortiz@city.example"),
		],
	}
	return make_delegation_visit(**(given | fields))


def test_a_visit_becomes_an_engagement_once():
	city = factories.make_partner_city("Sakata", "Japan")
	visit = held(
		partners=[{"partner_type": "Partner City", "partner": city.name}], outcome="They send plans."
	)
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		made = api.make_engagement(visit.name)["name"]
		assert api.make_engagement(visit.name)["name"] == made
	engagement = frappe.get_doc("Partner Engagement", made)
	assert (engagement.engagement_type, engagement.outcome) == ("Visit", "They send plans.")
	assert [row.partner for row in engagement.partners] == [city.name]
	assert [(row.participant, row.side) for row in engagement.participants] == [
		("Haruka Sato", "Counterpart"),
		("Ken Abe", "Counterpart"),
		("Maya Ortiz", "Ours"),
	]


def test_nothing_came_of_a_visit_that_has_not_begun():
	with pytest.raises(VisitError, match="while it is Under way or Held"):
		api.make_engagement(make_delegation_visit().name)


def test_who_only_reads_records_no_engagement():
	visit = held()
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		api.make_engagement(visit.name)


def test_each_guest_with_an_address_is_thanked_once():
	visit = held()
	(draft,) = api.draft_thanks(visit.name)
	assert draft["email"] == "sato@sakata.example"
	assert "Dear Mayor Sato" in draft["message"]
	assert api.send_thanks(visit.name, [draft, draft]) == {"sent": 1}
	assert api.draft_thanks(visit.name) == []
	assert api.send_thanks(visit.name, [draft]) == {"sent": 0}
	(letter,) = factories.outbox()
	assert "Dear Mayor Sato" in letter.body
	assert [row.kind for row in frappe.get_doc("Delegation Visit", visit.name).letters] == ["Thank you"]


def test_nobody_is_thanked_for_a_visit_that_was_not_held():
	with pytest.raises(VisitError, match="while it is Held"):
		api.draft_thanks(make_delegation_visit().name)


# what is not kept


def kept_of(visit) -> str:
	"""Everything the database holds of a visit, its history and what was answered about it."""
	links = frappe.get_all("Guest Link", {"reference_name": visit.name}, pluck="name")
	return frappe.as_json(
		[
			frappe.get_all("Visit Delegate", {"parent": visit.name}, ["*"]),
			frappe.get_all("Version", {"docname": visit.name}, ["data"]),
			frappe.get_all("Guest Link Answer", {"parent": ["in", links or [""]]}, ["*"]),
		]
	)


@pytest.mark.parametrize(("day", "is_kept"), [("2026-11-01", True), ("2026-11-02", False)])
def test_needs_are_deleted_thirty_days_after_the_visit(day, is_kept):
	visit = held()
	with set_to(f"{day} 02:00:00"):
		needs.delete_needs()
	assert (NEEDS in kept_of(visit)) is is_kept
	assert "Haruka Sato" in kept_of(visit)


def test_they_leave_the_history_and_the_answers_too(client):
	visit = make_delegation_visit(
		arrives_on="2026-12-10",
		leaves_on="2026-12-11",
		delegates=[delegate("Ken Abe")],
		triage_reason="Invited.",
	)
	visit.status = "Accepted"
	visit.save()
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		token = token_of(
			links_api.send(visit.doctype, visit.name, "Who is coming", "Ken Abe", "abe@sakata.example")[
				"link"
			]
		)
	form = open_form(client(), token)
	(ken,) = [name.removesuffix("_name_as_written") for name, value in form.items() if value == "Ken Abe"]
	form |= {f"{ken}_diet": NEEDS, "q_n_0_name_as_written": "Ana", "q_n_0_access_needs": NEEDS}
	assert post(client(), token, form).status_code == 200
	visit.reload()
	visit.delegates[0].diet = f"{NEEDS} and more"
	visit.save()
	assert kept_of(visit).count(NEEDS) >= 4
	with set_to("2027-02-01 02:00:00"):
		needs.delete_needs()
	assert NEEDS not in kept_of(visit)


def test_a_reason_keeps_them():
	with pytest.raises(VisitError, match="Say why"):
		held(keep_needs=1)
	visit = held(keep_needs=1, keep_needs_reason="A complaint is open.")
	with set_to("2027-02-01 02:00:00"):
		needs.delete_needs()
	assert NEEDS in kept_of(visit)


def test_what_is_entered_later_is_deleted_again():
	visit = held()
	with set_to("2027-02-01 02:00:00"):
		needs.delete_needs()
	visit.reload()
	assert visit.needs_deleted_on
	visit.delegates[0].diet = NEEDS
	visit.save()
	with set_to("2027-02-02 02:00:00"):
		needs.delete_needs()
	assert NEEDS not in kept_of(visit)


def test_they_go_in_lots(monkeypatch):
	monkeypatch.setattr(needs, "AT_ONCE", 2)
	visits = [held(visit_title=f"Visit {number}") for number in range(3)]
	left = []
	monkeypatch.setattr(needs, "enqueue_next", lambda method, after: left.append(after))
	with set_to("2027-02-01 02:00:00"):
		needs.delete_needs()
		assert left == [visits[1].name]
		needs.delete_needs(left[0])
	assert not any(NEEDS in kept_of(visit) for visit in visits)
