"""The organisation reads what we hold, says that it is right, corrects it, or takes its consent back."""

import frappe
import pytest
from frappe.utils import add_months, getdate, nowdate

from city_diplomacy.access.rights import OFFICER
from city_diplomacy.diaspora_relations.public_directory import list_organisations
from city_diplomacy.domain.guest_links.answers import AnswerState
from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import api
from city_diplomacy.patches.v1_0 import send_links_to_people_outside
from tests import factories
from tests.guest_links.sending import MARKER, VERIFY, entry, link_of, open_form, post, send
from tests.pages.reading import open_page


@pytest.fixture
def sent(officer):
	"""(the organisation, the name of the link, its token)"""
	with factories.acting_as(officer):
		doc = entry(consents=[{"shown_field": "E-mail", "given_on": "2026-01-10", "given_by": "The chair"}])
		return doc, *send(doc)


def answers_of(link: str) -> list:
	rows = frappe.get_all(
		"Guest Link Answer", {"parent": link}, ["name", "field", "held", "said", "state"], order_by="idx"
	)
	return list(rows)


def test_the_organisation_sees_its_own_entry_and_none_of_our_remarks(client, sent):
	_doc, _link, token = sent
	page = open_page(client(), f"/link/{token}")
	values = {field.get("value") for field in page.all("input")}
	assert {"Harbor Society", "Maria Santos", "office@harbor.example"} <= values
	assert MARKER not in str(page.elements) + page.text


def test_sent_as_it_is_the_entry_is_verified_by_whom_it_is_about(client, sent):
	doc, link, token = sent
	guest = client()
	answer = post(guest, token, open_form(guest, token))

	assert answer.status_code == 200
	doc.reload()
	assert getdate(doc.last_verified) == getdate(nowdate())
	assert (doc.verified_by, doc.verified_through) == (None, link)
	assert getdate(doc.next_verification) == getdate(add_months(nowdate(), 12))
	assert link_of(link).status == LinkStatus.ANSWERED
	assert answers_of(link) == []


def test_corrections_wait_for_a_person_and_change_nothing_meanwhile(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	answer = post(guest, token, {**form, "q_phone": "+1 555 0199", "q_website": "https://harbor.example"})

	assert answer.status_code == 200
	doc.reload()
	assert (doc.phone or "", doc.website or "", doc.last_verified) == ("", "", None)
	assert [(row.field, row.said, row.state) for row in answers_of(link)] == [
		("phone", "+1 555 0199", AnswerState.PROPOSED),
		("website", "https://harbor.example", AnswerState.PROPOSED),
	]
	assert link_of(link).to_decide == 2


def test_the_officer_accepts_one_and_leaves_the_other_and_then_it_is_verified(client, sent, officer):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	post(guest, token, {**form, "q_phone": "+1 555 0199", "q_website": "https://harbor.example"})
	phone, website = answers_of(link)

	with factories.acting_as(officer):
		assert api.decide(link, phone.name, 1) == {"left": 1}
		doc.reload()
		assert (doc.phone, doc.last_verified) == ("+1 555 0199", None)
		assert api.decide(link, website.name, 0) == {"left": 0}
	doc.reload()
	assert (doc.phone, doc.website or "") == ("+1 555 0199", "")
	assert getdate(doc.last_verified) == getdate(nowdate())
	assert (doc.verified_by, doc.verified_through) == (officer, link)
	assert [row.state for row in answers_of(link)] == [AnswerState.ACCEPTED, AnswerState.LEFT]


def test_a_proposal_is_decided_once(client, sent, officer):
	_doc, link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_phone": "+1 555 0199"})
	[row] = answers_of(link)
	with factories.acting_as(officer):
		api.decide(link, row.name, 0)
		with pytest.raises(frappe.ValidationError, match="decided before"):
			api.decide(link, row.name, 1)


def test_what_the_register_refuses_stays_a_proposal(client, sent, officer):
	doc, link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_website": "not an address"})
	[row] = answers_of(link)
	browser = client(officer)
	answer = browser.call("city_diplomacy.guest_links.api.decide", link=link, proposal=row.name, accept=1)
	assert 400 <= answer.status_code < 500
	doc.reload()
	assert not doc.website
	assert [row.state for row in answers_of(link)] == [AnswerState.PROPOSED]


def test_other_words_are_read_by_somebody_before_the_entry_counts_as_verified(client, sent, officer):
	doc, link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_remark": "We moved to the north side."})
	doc.reload()
	assert doc.last_verified is None
	[row] = answers_of(link)
	assert row.said == "We moved to the north side."
	with factories.acting_as(officer):
		api.decide(link, row.name, 1)
	doc.reload()
	assert getdate(doc.last_verified) == getdate(nowdate())


def test_a_consent_is_withdrawn_by_the_link_and_gone_at_once(client, sent):
	doc, link, token = sent
	shown = list_organisations(words="harbor")["rows"]
	assert [row["email"] for row in shown] == ["office@harbor.example"]
	guest = client()
	form = open_form(guest, token)
	assert "q_withdraw_email" not in form
	post(guest, token, {**form, "q_withdraw_email": "1", "q_phone": "+1 555 0199"})

	assert list_organisations(words="harbor")["rows"] == []
	doc.reload()
	assert getdate(doc.consents[0].withdrawn_on) == getdate(nowdate())
	assert (doc.phone or "", doc.last_verified) == ("", None)
	assert [(row.field, row.state) for row in answers_of(link)] == [
		("withdraw_email", AnswerState.NOTED),
		("phone", AnswerState.PROPOSED),
	]


def test_only_what_is_public_can_be_taken_down(client, sent):
	_doc, _link, token = sent
	page = open_page(client(), f"/link/{token}")
	assert [field["name"] for field in page.all("input", type="checkbox")] == ["q_withdraw_email"]


def test_a_partner_organisation_verifies_its_entry(client):
	officer = factories.make_user("officer@city.example", OFFICER).name
	with factories.acting_as(officer):
		port = factories.make_partner_organisation(
			"Port of Rotterdam", country="Netherlands", notes=MARKER, source=MARKER
		)
		link, token = send(port, email="office@port.example", person="Anna de Vries")
	guest = client()
	page = open_page(guest, f"/link/{token}")
	assert MARKER not in str(page.elements) + page.text
	assert "relationship_stage" not in str(page.elements)
	form = open_form(guest, token)
	assert form["q_country"] == "Netherlands"
	assert post(guest, token, form).status_code == 200
	port.reload()
	assert (getdate(port.last_verified), port.verified_through) == (getdate(nowdate()), link)


def test_whom_to_write_to_is_taken_from_the_record(officer):
	doc = entry()
	port = factories.make_partner_organisation()
	factories.make_contact(
		"Anna", port, last_name="de Vries", email_ids=[{"email_id": "anna@port.example", "is_primary": 1}]
	)
	[offered] = api.about(doc.doctype, doc.name)["purposes"]
	assert (offered["person"], offered["email"]) == ("Maria Santos", "office@harbor.example")
	[offered] = api.about(port.doctype, port.name)["purposes"]
	assert (offered["person"], offered["email"]) == ("Anna de Vries", "anna@port.example")


def test_many_are_asked_at_once_and_those_without_an_address_are_named(officer):
	with factories.acting_as(officer):
		asked = [entry("Harbor Society"), entry("River Society", email="office@river.example")]
		without = entry("Quiet Society", email=None)
		answer = api.send_many(without.doctype, [doc.name for doc in (*asked, without)], VERIFY)
	frappe.db.commit()
	assert answer == {"sending": 2, "without_address": [without.name]}
	written_to = {address for letter in factories.outbox() for address in letter.recipients}
	assert written_to == {"office@harbor.example", "office@river.example"}


def test_who_sent_it_is_told_of_the_answer(client, sent, officer):
	_doc, link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_phone": "+1 555 0199"})
	told = frappe.get_all("Notification Log", {"for_user": officer}, ["subject", "document_name"])
	assert [row.document_name for row in told] == [link]
	assert "Maria Santos" in told[0].subject


def test_an_entry_that_is_changed_by_hand_is_no_longer_verified_through_a_link(client, sent, officer):
	doc, link, token = sent
	guest = client()
	post(guest, token, open_form(guest, token))
	with factories.acting_as(officer):
		doc.reload()
		doc.update({"last_verified": "2026-10-31", "verified_through": link, "verified_by": "Administrator"})
		doc.save()
	assert (doc.verified_by, doc.verified_through) == (officer, None)


def test_upgrading_lists_partner_organisations_nobody_verified_and_keeps_the_settings_chosen():
	port = factories.make_partner_organisation()
	settings = "City Diplomacy Settings"
	port.db_set("next_verification", None)
	for fieldname, value in (("link_valid_days", 3), ("link_mails_at_most", None)):
		frappe.db.set_single_value(settings, fieldname, value)
	for _time in range(2):
		send_links_to_people_outside.execute()
	port.reload()
	assert getdate(port.next_verification) == getdate(port.creation)
	stored = frappe.db.get_singles_dict(settings)
	assert [int(stored[name]) for name in send_links_to_people_outside.FIELDS] == [3, 4, 7]
