"""Who sends links, who sees what became of them, and that nobody writes one by hand."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, LEGAL, MAYOR, OFFICER, PROTOCOL, TRADE
from city_diplomacy.guest_links import api, links
from tests import factories
from tests.guest_links.sending import VERIFY, entry, link_of, open_form, post

API = "city_diplomacy.guest_links.api"


def sends(client, person: str, doc) -> int:
	answer = client(person).call(
		f"{API}.send",
		doctype=doc.doctype,
		name=doc.name,
		purpose=VERIFY,
		person="Jo Reyes",
		email="jo@harbor.example",
	)
	return answer.status_code


@pytest.mark.parametrize(
	("role", "may"), [(COMMUNITY, True), (OFFICER, True), (TRADE, False), (AUDITOR, False), (LEGAL, False)]
)
def test_who_sends_links_about_community_organisations(client, role, may):
	doc = entry()
	status = sends(client, factories.make_person(role).name, doc)
	assert (status == 200) is may
	assert status == 200 or 400 <= status < 500
	assert frappe.db.count(links.DOCTYPE) == len(factories.outbox()) == int(may)


def test_who_may_write_a_record_does_not_for_that_send_links_about_it(client):
	port = factories.make_partner_organisation()
	protocol = factories.make_person(PROTOCOL).name
	with factories.acting_as(protocol):
		assert port.has_permission("write")
	assert sends(client, protocol, port) == 403
	assert factories.outbox() == []


def test_a_guest_sends_none(client):
	assert sends(client, "Guest", entry()) == 403
	assert factories.outbox() == []


@pytest.mark.parametrize(
	("method", "arguments"), [("send_again", {}), ("revoke", {}), ("decide", {"proposal": "x", "accept": 1})]
)
@pytest.mark.parametrize("role", [TRADE, AUDITOR, LEGAL])
def test_who_may_not_send_does_not_end_or_decide(client, sent, role, method, arguments):
	_doc, link, _token = sent
	before = link_of(link)
	person = factories.make_person(role).name
	answer = client(person).call(f"{API}.{method}", link=link, **arguments)
	assert 400 <= answer.status_code < 500
	assert link_of(link) == before
	assert len(factories.outbox()) == 1


def test_the_officer_sees_what_became_of_it_and_what_may_be_done(client, sent, officer):
	doc, link, token = sent
	guest = client()
	open_form(guest, token)
	with factories.acting_as(officer):
		answer = api.about(doc.doctype, doc.name)
	[shown] = answer["links"]
	assert (shown["name"], shown["times_opened"], shown["may_revoke"]) == (link, 1, True)
	assert [purpose["key"] for purpose in answer["purposes"]] == [VERIFY]
	assert token.partition("-")[2] not in frappe.as_json(answer)


def test_who_only_reads_the_record_sees_and_sends_nothing(sent):
	doc, _link, _token = sent
	with factories.acting_as(factories.make_person(TRADE).name):
		answer = api.about(doc.doctype, doc.name)
	assert answer["purposes"] == []
	assert [(row["may_revoke"], row["may_send_again"]) for row in answer["links"]] == [(False, False)]


@pytest.mark.parametrize("role", [LEGAL, MAYOR])
def test_who_may_not_know_of_the_record_knows_of_no_link(client, sent, role):
	doc, link, _token = sent
	person = factories.make_person(role).name
	with factories.acting_as(person):
		assert not frappe.has_permission(links.DOCTYPE, "read", link)
	answer = client(person).read(f"{API}.about", doctype=doc.doctype, name=doc.name)
	assert "harbor.example" not in answer.get_data(as_text=True)


def test_links_about_records_somebody_may_not_know_of_are_not_listed(sent):
	"""The trade officer reads community organisations; were it not so, their links would be gone from the list."""
	_doc, link, _token = sent
	with factories.acting_as(factories.make_person(TRADE).name):
		assert frappe.get_list(links.DOCTYPE, pluck="name") == [link]
		links.change(link, reference_doctype="User", reference_name="Administrator")
		assert frappe.get_list(links.DOCTYPE, pluck="name") == []


@pytest.mark.parametrize("doctype", [links.DOCTYPE, links.KEYS])
def test_nobody_writes_a_link_by_hand(sent, doctype):
	_doc, link, _token = sent
	stored = frappe.get_doc(doctype, link)
	for act in (stored.save, stored.delete, frappe.copy_doc(stored).insert):
		with pytest.raises(frappe.PermissionError):
			act()


def test_no_role_reads_the_hashes():
	permissions = frappe.get_meta(links.KEYS).permissions
	assert [row.role for row in permissions] == []


def test_an_answer_is_no_row_to_be_changed(client, sent):
	_doc, link, token = sent
	guest = client()
	post(guest, token, {**open_form(guest, token), "q_phone": "+1 555 0199"})
	row = frappe.get_doc(links.ANSWERS, {"parent": link})
	row.said = "something else"
	for act in (row.save, row.delete):
		with pytest.raises(frappe.PermissionError):
			act()
