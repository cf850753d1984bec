"""The head of a delegation says by a link who is coming: taken at once, whole or not at all."""

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.visits import who_is_coming
from city_diplomacy.guest_links import api
from city_diplomacy.guest_links.exceptions import GuestLinkError
from tests import factories
from tests.guest_links.sending import open_form, post, token_of
from tests.pages.reading import open_page
from tests.protocol.factories import delegate, item, make_delegation_visit

MARKER = "XQNOTFORGUESTSXQ"


@pytest.fixture
def chief():
	return factories.make_person(PROTOCOL).name


@pytest.fixture
def asked(chief):
	"""(the visit, the token of the link its head was sent)"""
	with factories.acting_as(chief):
		visit = make_delegation_visit(
			delegates=[delegate("Haruka Sato", is_head=1, email="sato@sakata.example"), delegate("Ken Abe")],
			programme=[item("Tour", "10:00", "11:00", takes_part="Ken Abe", remarks=MARKER)],
			donts=MARKER,
			triage_reason="They are invited.",
		)
		visit.status = "Accepted"
		visit.save()
		return visit, token_of(ask(visit))


def ask(visit, email: str = "sato@sakata.example") -> str:
	return api.send(visit.doctype, visit.name, who_is_coming.KEY, "Haruka Sato", email)["link"]


def rows(visit) -> dict:
	return {row.name_as_written: row for row in frappe.get_doc(visit.doctype, visit.name).delegates}


def places(form) -> tuple[str, str]:
	"""The prefixes of the second named guest and of the first free place."""
	(second,) = [name for name, value in form.items() if value == "Ken Abe"]
	return second.removesuffix("_name_as_written"), "q_n_0"


def test_the_head_is_written_to(asked):
	visit, _token = asked
	found = who_is_coming.addressee(visit)
	assert (found.person, found.email) == ("Haruka Sato", "sato@sakata.example")


def test_nothing_of_the_offices_is_shown(asked, client):
	_visit, token = asked
	page = open_page(client(), f"/link/{token}")
	assert "Ken Abe" in str(open_form(client(), token))
	assert MARKER not in page.text


def test_guests_are_named_corrected_and_withdrawn_at_once(asked, client, chief):
	visit, token = asked
	form = open_form(client(), token)
	ken, free = places(form)
	form |= {
		f"{ken}_name_as_written": "Kenji Abe",
		f"{ken}_diet": "No pork",
		f"{free}_name_as_written": "山田 花子",
		f"{free}_name_as_spoken": "yah-MAH-dah hah-NAH-koh",
		f"{free}_access_needs": "Step-free ways",
	}
	assert post(client(), token, form).status_code == 200
	found = rows(visit)
	assert set(found) == {"Haruka Sato", "Kenji Abe", "山田 花子"}
	assert found["Kenji Abe"].diet == "No pork"
	assert found["山田 花子"].access_needs == "Step-free ways"
	# The programme follows the name.
	assert frappe.get_doc(visit.doctype, visit.name).programme[0].takes_part == "Kenji Abe"
	assert frappe.db.exists("Notification Log", {"for_user": chief, "subject": ["like", "%has answered%"]})


def test_who_does_not_come_is_noted_and_kept(asked, client):
	visit, token = asked
	form = open_form(client(), token)
	ken, _free = places(form)
	form[f"{ken}_withdrawn"] = "1"
	assert post(client(), token, form).status_code == 200
	assert rows(visit)["Ken Abe"].withdrawn_on
	assert not rows(visit)["Haruka Sato"].withdrawn_on


@pytest.mark.parametrize(
	("typed", "sentence"),
	[
		({"diet": "No pork"}, "name of every guest"),
		({"name_as_written": "haruka  SATO"}, "stands there twice"),
		({"name_as_written": "Ana", "email": "nowhere"}, "is not an e-mail address"),
		({"name_as_written": "x" * 141}, "under 140 characters"),
	],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(asked, client, typed, sentence):
	visit, token = asked
	form = open_form(client(), token)
	_ken, free = places(form)
	form |= {f"{free}_{name}": value for name, value in typed.items()}
	answer = post(client(), token, form)
	assert 400 <= answer.status_code < 500
	assert sentence in answer.get_data(as_text=True)
	assert set(rows(visit)) == {"Haruka Sato", "Ken Abe"}


def test_words_of_guests_run_nowhere(asked, client):
	visit, token = asked
	form = open_form(client(), token)
	_ken, free = places(form)
	form[f"{free}_name_as_written"] = "<script>alert(1)</script>"
	post(client(), token, form)
	assert not any("<script>" in name for name in rows(visit))


def test_nobody_is_asked_before_a_visit_is_accepted(chief):
	with factories.acting_as(chief):
		visit = make_delegation_visit(requester_email="x@example.org")
		with pytest.raises(GuestLinkError, match="once a visit is accepted"):
			ask(visit)


def test_a_visit_that_is_cancelled_is_asked_about_no_more(asked, client):
	visit, token = asked
	visit.reload()
	visit.update({"status": "Cancelled", "status_reason": "Storm"})
	visit.save()
	assert client().get(f"/link/{token}").status_code in (404, 410)


def test_who_only_reads_visits_sends_no_link(asked):
	visit, _token = asked
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		ask(visit)
