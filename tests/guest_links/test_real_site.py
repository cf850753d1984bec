"""What only a real site shows: headers, statements, Frappe's own doors with a token, and two answers at once."""

from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY
from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import answers, links
from tests import factories
from tests.approvals.workers import Job, Workers
from tests.desk.counting import counted_statements
from tests.guest_links.sending import MARKER, entry, link_of, open_form, post, send

pytestmark = pytest.mark.real_site
# The link with its hash, the record with its five tables, and the count. What else a page asks is Frappe's own frame.
STATEMENTS_PER_OPENING = 8
# What saves an answer with one correction, its notification and what Frappe asks for that.
STATEMENTS_PER_ANSWER = 60
OF_LINKS = ("tabGuest Link", "tabDiaspora Organisation", "tabHeritage Country", "tabSpoken Language", "tabTopic Link",
	"tabPublication Consent", "tabAlternate Name", "tabCountry", "tabCity Diplomacy Settings")  # fmt: skip


@pytest.mark.parametrize("is_real", [True, False])
def test_the_address_goes_nowhere_and_nothing_is_kept(client, sent, is_real):
	token = sent[2] if is_real else f"0000000000-{'A' * 43}"
	headers = client().get(f"/link/{token}").headers
	assert headers["Referrer-Policy"] == "no-referrer"
	assert headers["Cache-Control"] == "no-store"
	assert "noindex" in headers["X-Robots-Tag"]
	assert "default-src 'none'" in headers["Content-Security-Policy"]
	assert headers["X-Frame-Options"] == "DENY"


def test_other_pages_keep_their_own_headers(client):
	assert "Content-Security-Policy" not in client().get("/login").headers


def test_opening_a_link_asks_the_database_little(client, sent):
	_doc, _link, token = sent
	guest = client()
	guest.get(f"/link/{token}")
	with counted_statements() as asked:
		assert guest.get(f"/link/{token}").status_code == 200
	ours = [statement for statement in asked if any(table in statement for table in OF_LINKS)]
	assert len(ours) == STATEMENTS_PER_OPENING, "\n".join(ours)


def test_answering_asks_the_database_little(client, sent):
	_doc, _link, token = sent
	guest = client()
	form = open_form(guest, token)
	with counted_statements() as asked:
		assert post(guest, token, {**form, "q_phone": "+1 555 0199"}).status_code == 200
	assert len(asked) <= STATEMENTS_PER_ANSWER, "\n".join(asked)


def test_a_token_opens_nothing_but_its_form(client, sent):
	"""Frappe's own doors, asked by a guest with the token in every place one could be put."""
	doc, link, token = sent
	guest = client()
	places = {"token": token, "key": token, "sid": token, "_token": token}
	addresses = [
		f"/api/resource/{doc.doctype}/{doc.name}",
		f"/api/resource/{doc.doctype}",
		f"/api/resource/Guest Link/{link}",
		f"/api/resource/Guest Link Key/{link}",
		f"/api/v2/document/{doc.doctype}/{doc.name}",
		f"/api/method/frappe.client.get?doctype={doc.doctype}&name={doc.name}",
		f"/api/method/city_diplomacy.guest_links.api.about?doctype={doc.doctype}&name={doc.name}",
		f"/printview?doctype={doc.doctype}&name={doc.name}&format=Standard",
		f"/app/diaspora-organisation/{doc.name}",
		f"/link/{token}/../../organisations",
		f"/clearance/{token}",
		f"/agreement/{token}",
		"/organisations",
		"/private/files/secret.txt",
	]
	for address in addresses:
		answer = guest.request(
			"GET",
			address,
			query_string=None if "?" in address else places,
			headers={"Authorization": f"token {token}"},
		)
		text = answer.get_data(as_text=True)
		assert MARKER not in text, address
		assert "office@harbor.example" not in text, address
	assert MARKER not in guest.get(f"/link/{token}").get_data(as_text=True)


def test_a_bearer_of_a_token_is_still_a_guest(client, sent):
	doc, _link, token = sent
	guest = client()
	open_form(guest, token)
	answer = guest.read("frappe.auth.get_logged_user")
	assert answer.status_code == 403
	assert guest.read("frappe.client.get", doctype=doc.doctype, name=doc.name).status_code == 403


@pytest.mark.parametrize("column", ["token_hash"])
def test_hashes_are_read_through_no_list_by_any_role(client, sent, column):
	_doc, link, token = sent
	from city_diplomacy.access.rights import ROLES

	person = factories.make_user("everything@city.example", *ROLES).name
	browser = client(person)
	for doctype in (links.DOCTYPE, links.KEYS):
		for answer in (
			browser.get(f"/api/resource/{doctype}", fields=f'["name", "{column}"]'),
			browser.get(f"/api/resource/{doctype}/{link}"),
		):
			assert links.hashed(token) not in answer.get_data(as_text=True)


def test_letters_in_the_queue_are_read_by_nobody_of_the_office(client, sent):
	_doc, link, token = sent
	from city_diplomacy.access.rights import ROLES

	person = factories.make_user("everything@city.example", *ROLES).name
	queued = link_of(link).email_queue
	browser = client(person)
	for answer in (
		browser.get(f"/api/resource/Email Queue/{queued}"),
		browser.get("/api/resource/Email Queue", fields='["message"]'),
		browser.read("frappe.client.get_value", doctype="Email Queue", filters=queued, fieldname="message"),
	):
		assert answer.status_code == 403
		assert token not in answer.get_data(as_text=True)


def test_a_head_request_is_no_opening(client, sent):
	_doc, link, token = sent
	client().request("HEAD", f"/link/{token}")
	assert link_of(link).times_opened == 0


@pytest.fixture
def workers(committed) -> Iterator[Workers]:
	workers = Workers(2)
	yield workers
	workers.dismiss()


def answer_as_guest(token: str, form: dict[str, str]) -> str:
	return answers.take(token, form)[0].name


@pytest.mark.parametrize("order", ["at_once", "in_turn"])
def test_of_two_answers_at_once_one_is_kept(workers, order):
	person = factories.make_user("community.at.once@city.example", COMMUNITY).name
	with factories.acting_as(person):
		doc = entry("Society of Two Answers")
		link, token = send(doc)
	form = form_from(doc, link)
	frappe.db.commit()
	jobs = [
		Job("Guest", f"{__name__}.answer_as_guest", {"token": token, "form": {**form, "q_phone": phone}})
		for phone in ("+1 555 0101", "+1 555 0102")
	]
	said = getattr(workers, order)(jobs)
	assert sorted(one.went_well for one in said) == [False, True]
	assert [one.error for one in said if one.error] == ["LinkRefusedError"]
	frappe.db.rollback()
	rows = frappe.get_all(links.ANSWERS, {"parent": link}, pluck="said")
	assert len(rows) == 1
	assert link_of(link).status == LinkStatus.ANSWERED


def form_from(doc, link: str) -> dict[str, str]:
	"""What the form of a link would send as it is."""
	from city_diplomacy.diaspora_relations.verification import VERIFY_OUR_ENTRY, questions

	stored = frappe.get_doc(doc.doctype, doc.name)
	fields = questions(stored)
	return {
		"purpose": link_of(link).purpose,
		"shown": answers.shown_of(fields, VERIFY_OUR_ENTRY.facts(stored)),
		**{f"q_{field.name}": field.held for field in fields if field.kind != "check"},
	}
