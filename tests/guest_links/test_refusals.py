"""What does not open a link, and that nothing is told or written then."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import api, links
from city_diplomacy.guest_links.exceptions import LinkRefusedError
from city_diplomacy.www import guest_link as page
from tests import factories
from tests.desk.counting import counted_statements
from tests.guest_links.sending import MARKER, entry, link_of, open_form, post, send
from tests.pages.reading import Page, as_the_app_wrote_it

HELD = "office@harbor.example"


def both_ways(browser, token: str, form: dict[str, str]) -> list:
	"""What is answered to a GET and to a POST of what would have been a good form."""
	return [browser.get(f"/link/{token}"), post(browser, token, form)]


def is_plain(answer, status: int) -> str:
	"""Checks that an answer is a plain page of one heading without a form; returns its heading and words."""
	assert answer.status_code == status, answer.get_data(as_text=True)[-1000:]
	html = as_the_app_wrote_it(answer).partition("</body>")[0]
	told = Page(html)
	assert len(told.all("h1")) == 1
	assert not told.all("form")
	assert not told.badly_closed
	for words in ("Harbor", "Santos", HELD, MARKER):
		assert words not in html
	return told.text


def nothing_was_written(doc, link: str, status: str = LinkStatus.WAITING) -> None:
	stored = link_of(link)
	assert (stored.status, stored.answered_on, stored.to_decide or 0) == (status, None, 0)
	assert frappe.db.count("Guest Link Answer", {"parent": link}) == 0
	doc.reload()
	assert doc.last_verified is None


def test_an_unknown_link_and_a_wrong_secret_get_one_answer(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	wrong_secret = f"{link}-{'A' * 43}"
	unknown = f"{'0' * len(link)}-{'A' * 43}"
	no_token = "anything"
	said = [
		is_plain(answer, 404)
		for one in (wrong_secret, unknown, no_token)
		for answer in both_ways(guest, one, form)
	]
	assert len(set(said)) == 1
	nothing_was_written(doc, link)


def test_the_same_statements_answer_an_unknown_link_and_a_wrong_secret(sent):
	_doc, link, token = sent
	counts = [statements_of(one) for one in (f"{link}-{'A' * 43}", f"{'0' * 10}-{'A' * 43}", "x")]
	assert counts == [1, 1, 1]
	assert links.find(token).name == link


def statements_of(token: str) -> int:
	"""How many statements it takes to find that a token opens nothing."""
	with counted_statements() as asked, pytest.raises(LinkRefusedError, match="unknown"):
		links.find(token)
	return len(asked)


def test_no_token_is_kept_where_somebody_reads(sent):
	_doc, link, token = sent
	secret = token.partition("-")[2]
	for doctype in (links.DOCTYPE, links.KEYS):
		row = frappe.db.get_value(doctype, link, "*", as_dict=True)
		assert not [column for column, value in row.items() if secret in str(value)]
	assert frappe.db.get_value(links.KEYS, link, "token_hash") == links.hashed(token)


def test_two_tokens_have_nothing_in_common(officer):
	with factories.acting_as(officer):
		tokens = [send(entry(f"Society {number}"), f"a{number}@x.example")[1] for number in "AB"]
	first, second = (token.partition("-")[2] for token in tokens)
	assert first != second
	assert {len(first), len(second)} == {43}


def test_a_link_past_its_date(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	links.change(link, expires_on=now_datetime() - timedelta(seconds=1))
	for answer in both_ways(guest, token, form):
		assert "past its date" in is_plain(answer, 410)
	nothing_was_written(doc, link)


def test_a_link_that_was_revoked(client, sent, officer):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	with factories.acting_as(officer):
		api.revoke(link)
	for answer in both_ways(guest, token, form):
		assert "taken back" in is_plain(answer, 410)
	nothing_was_written(doc, link, LinkStatus.REVOKED)
	assert link_of(link).revoked_by == officer


def test_a_link_that_was_replaced(client, sent, officer):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	with factories.acting_as(officer):
		newer, newer_token = send(doc)
	for answer in both_ways(guest, token, form):
		assert "newer link" in is_plain(answer, 410)
	nothing_was_written(doc, link, LinkStatus.REPLACED)
	assert link_of(link).replaced_by == newer
	assert guest.get(f"/link/{newer_token}").status_code == 200


def test_a_link_to_another_person_stays(client, sent, officer):
	doc, _link, token = sent
	with factories.acting_as(officer):
		send(doc, email="secretary@harbor.example", person="Jo Reyes")
	assert client().get(f"/link/{token}").status_code == 200


def test_an_answer_that_is_sent_again(client, sent):
	_doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	assert post(guest, token, form).status_code == 200
	verified_on = link_of(link).answered_on
	for answer in both_ways(guest, token, {**form, "q_phone": "+1 555 0199"}):
		assert "already answered. Thank you" in is_plain(answer, 410)
	assert link_of(link).answered_on == verified_on
	assert frappe.db.count("Guest Link Answer", {"parent": link}) == 0


def test_a_form_of_another_purpose(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	is_plain(post(guest, token, {**form, "purpose": "Confirm a win"}), 404)
	is_plain(post(guest, token, {name: value for name, value in form.items() if name != "purpose"}), 404)
	nothing_was_written(doc, link)


def test_the_page_under_another_address_opens_nothing(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	is_plain(guest.get("/guest_link", token=token), 404)
	is_plain(guest.request("POST", "/guest_link", data={**form, "token": token}), 404)
	is_plain(guest.get(f"/link/{'0' * 10}-{'A' * 43}", token=token), 404)
	nothing_was_written(doc, link)


def test_a_purpose_nobody_declares_any_more(client, sent, monkeypatch):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	monkeypatch.setattr(links, "declared", dict)
	for answer in both_ways(guest, token, form):
		is_plain(answer, 410)
	nothing_was_written(doc, link)


def test_whoever_is_signed_in_as_somebody_else(client, sent, officer):
	"""The officer who sent it does not answer in the organisation's place."""
	doc, link, token = sent
	form = open_form(client(), token)
	inside = client(officer)
	assert "somebody else" in is_plain(inside.get(f"/link/{token}"), 403)
	is_plain(inside.request("POST", f"/link/{token}", data=form), 403)
	nothing_was_written(doc, link)


def test_the_addressee_may_be_signed_in(client, officer):
	factories.make_user(HELD)
	with factories.acting_as(officer):
		doc = entry()
		link, token = send(doc)
	inside = client(HELD)
	form = open_form(inside, token)
	assert form["csrf_token"]
	assert post(inside, token, form).status_code == 200
	assert link_of(link).status == LinkStatus.ANSWERED


def test_a_record_that_is_deleted_takes_its_links_along(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	doc.delete()
	assert not frappe.db.exists(links.DOCTYPE, link)
	assert not frappe.db.exists(links.KEYS, link)
	for answer in both_ways(guest, token, form):
		is_plain(answer, 404)


def test_a_record_that_is_gone_by_other_ways(client, sent):
	doc, _link, token = sent
	guest = client()
	form = open_form(guest, token)
	frappe.db.delete(doc.doctype, {"name": doc.name})
	for answer in both_ways(guest, token, form):
		assert "no longer there" in is_plain(answer, 410)


def test_a_record_that_is_renamed_keeps_its_link(sent):
	doc, link, _token = sent
	frappe.qb.update(frappe.qb.DocType(doc.doctype)).set("name", "Harbor Club").where(
		frappe.qb.DocType(doc.doctype).name == doc.name
	).run()
	renamed = frappe.get_doc(doc.doctype, "Harbor Club")
	links.follow_new_name(renamed, "after_rename", doc.name, "Harbor Club")
	assert link_of(link).reference_name == "Harbor Club"


def test_wrong_links_without_end_are_told_to_wait_and_real_ones_open(client, sent, monkeypatch):
	_doc, _link, token = sent
	monkeypatch.setattr(page, "WRONG_LINKS_PER_HOUR", 3)
	guest = client()
	said = [guest.get(f"/link/{number:010d}-{'A' * 43}").status_code for number in range(5)]
	assert said == [404, 404, 404, 429, 429]
	is_plain(guest.get(f"/link/{'0' * 10}-{'A' * 43}"), 429)
	assert guest.get(f"/link/{token}").status_code == 200


def test_an_address_that_hammers_is_told_to_wait(client, sent, monkeypatch):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	monkeypatch.setattr(page.pages, "GUEST_PAGES_PER_MINUTE", 1)
	for answer in both_ways(guest, token, form):
		assert "wait" in is_plain(answer, 429)
	nothing_was_written(doc, link)


def test_opening_changes_a_count_and_nothing_else(client, sent):
	doc, link, token = sent
	before, modified = link_of(link), doc.modified
	guest = client()
	for _turn in range(3):
		guest.get(f"/link/{token}")
	after = link_of(link)
	assert (before.times_opened, after.times_opened) == (0, 3)
	changed = {column for column, value in after.items() if value != before[column]}
	assert changed == {"times_opened", "last_opened"}
	doc.reload()
	assert str(doc.modified) == str(modified)


def test_an_answer_in_the_address_is_no_answer(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	answer = guest.get(f"/link/{token}", **form)
	assert answer.status_code == 200
	assert Page(answer.get_data(as_text=True)).all("input", name="q_organisation_name")
	nothing_was_written(doc, link)


@pytest.mark.parametrize(
	("wrong", "sentence"),
	[
		({"q_organisation_name": ""}, "Organisation name: please answer this."),
		({"q_organisation_name": "   "}, "Organisation name: please answer this."),
		({"q_phone": "1" * 141}, "Phone: please keep it under 140 characters."),
		({"q_remark": "x" * 2001}, "please keep it under 2000 characters."),
		({"q_kind": "No such kind"}, "Kind: please choose one of the answers."),
		({"q_kind": "\x00"}, "Kind: please type it again"),
		({"shown": "0" * 16}, "changed while you were reading"),
	],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(client, sent, wrong, sentence):
	doc, link, token = sent
	guest = client()
	form = {**open_form(guest, token), **wrong}
	answer = post(guest, token, form)
	assert answer.status_code == 400
	assert sentence in Page(answer.get_data(as_text=True)).text
	nothing_was_written(doc, link)


def test_what_was_typed_is_still_there_beside_the_sentence(client, sent):
	_doc, _link, token = sent
	guest = client()
	form = {**open_form(guest, token), "q_organisation_name": "", "q_phone": "<b>555</b>"}
	answer = post(guest, token, form)
	told = Page(answer.get_data(as_text=True))
	assert told.all("input", name="q_phone")[0]["value"] == "<b>555</b>"
	assert told.all("input", name="q_organisation_name")[0]["aria-invalid"] == "true"
	assert not told.all("b", value="555")


def test_json_with_other_shapes_is_refused_as_bad_input(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	answer = guest.post(f"/link/{token}", **{**form, "q_phone": {"a": 1}, "q_kind": ["x"]})
	assert answer.status_code == 400
	nothing_was_written(doc, link)


def test_an_entry_that_changed_meanwhile_is_shown_anew(client, sent):
	doc, link, token = sent
	guest = client()
	form = open_form(guest, token)
	doc.reload()
	doc.phone = "+1 555 0100"
	doc.save()
	answer = post(guest, token, form)
	assert answer.status_code == 400
	assert Page(answer.get_data(as_text=True)).all("input", name="q_phone")[0]["value"] == "+1 555 0100"
	nothing_was_written(doc, link)


def test_what_the_record_refuses_is_our_fault_and_told_without_its_words(client, sent):
	doc, link, token = sent
	guest = client()
	factories.make_diaspora_organisation("Harbour Society")
	frappe.db.set_value(doc.doctype, doc.name, "organisation_name", "Harbour Society")
	form = open_form(guest, token)
	said = is_plain(post(guest, token, form), 409)
	assert "already in the" not in said
	nothing_was_written(doc, link)
	assert frappe.db.count("Error Log", {"reference_doctype": links.DOCTYPE, "reference_name": link}) == 1
