"""Methods of Frappe that are answered by this app: what those who may know get, and everybody else's DocTypes."""

import json

import frappe
import pytest

from city_diplomacy.access import doors
from city_diplomacy.access.rights import DEPARTMENT, LEGAL, MANAGER, OFFICER
from city_diplomacy.access.rows import FRAPPE
from tests import factories
from tests.doors import desk

pytestmark = pytest.mark.real_site

TITLE = "Understanding nobody talks about"
WORDS = [["MOU", "title", "like", "%nobody talks%"]]


@pytest.fixture
def stranger():
	"""Somebody with a desk and no role."""
	user = factories.make_user("stranger@city.example")
	user.db_set("user_type", "System User")
	return user.name


@pytest.fixture
def officer():
	return factories.make_person(OFFICER).name


@pytest.fixture
def agreement():
	"""A confidential draft of the manager, who alone knows of it."""
	with factories.acting_as(factories.make_person(MANAGER).name):
		return factories.make_agreement(title=TITLE, confidential=1)


def ask(person: str, method: str, **arguments):
	"""What a person is answered over HTTP's way, as (status, text)."""
	with factories.acting_as(person):
		return desk.ask("GET", method, {key: _sent(value) for key, value in arguments.items()})


def _sent(value):
	return value if isinstance(value, str) else json.dumps(value)


def told(person: str, method: str, **arguments):
	status, text = ask(person, method, **arguments)
	assert status == 200, text
	return json.loads(text)[0]


def validated(person: str, name: str):
	"""What a link field gets for the name of an agreement, with its title; Frappe v16 has another method for it."""
	fields, link = ["title"], {"doctype": "MOU", "docname": name}
	if FRAPPE >= 16:
		return told(person, "frappe.client.validate_link_and_fetch", fields_to_fetch=fields, **link)
	return told(person, "frappe.client.validate_link", fields=fields, **link)


# who may know


def test_whoever_may_know_counts_finds_and_reads(agreement):
	manager = agreement.owner
	assert told(manager, "frappe.client.get_count", doctype="MOU", filters=WORDS) == 1
	found = told(manager, "frappe.desk.search.search_link", doctype="MOU", txt="nobody talks")
	assert [row["value"] for row in found] == [agreement.name]
	assert validated(manager, agreement.name) == {"name": agreement.name, "title": TITLE}
	assert told(manager, "frappe.client.get", doctype="MOU", filters=WORDS)["name"] == agreement.name


def test_who_may_not_know_gets_what_is_told_of_no_record(agreement, officer):
	assert told(officer, "frappe.client.get_count", doctype="MOU", filters=WORDS) == 0
	assert told(officer, "frappe.desk.search.search_link", doctype="MOU", txt="nobody talks",
		ignore_user_permissions="1") == []  # fmt: skip
	assert validated(officer, agreement.name) == {}


@pytest.mark.parametrize(
	"filters", [{"title": ["like", "%nobody talks%"]}, {"title": ["like", "%nobody says%"]}]
)
def test_a_document_asked_for_by_its_words_is_no_oracle(agreement, officer, filters):
	status, text = ask(officer, "frappe.client.get", doctype="MOU", filters=filters)
	assert (status, "UnknownRecordError" in text) == (403, True)


@pytest.mark.parametrize("method", ["frappe.desk.form.load.get_docinfo", "frappe.desk.form.load.getdoc"])
def test_filters_are_no_name(agreement, officer, client, method):
	"""A method that takes a name hands it to the database as it comes, and filters are as good as a name there."""
	answers = [
		client(officer).call(method, doctype="MOU", name={"title": ["like", words]})
		for words in ("%nobody talks%", "%nobody says%")
	]
	assert answers[0].status_code == answers[1].status_code
	assert not any(answer.status_code == 200 and answer.json.get("docs") for answer in answers)
	assert answers[0].json.get("exc_type") == answers[1].json.get("exc_type")


def test_desk_opens_a_new_form_as_ever(officer):
	status, text = ask(officer, "frappe.desk.form.load.getdoc", doctype="MOU", name="new-mou-abcdefgh")
	assert (status, json.loads(text)[0]) == (200, [])


def test_what_is_counted_beside_a_record_is_what_one_may_know():
	reviewer = factories.make_person(DEPARTMENT).name
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(manager):
		agreement = factories.make_agreement(readers=[{"user": reviewer}])
		factories.make_commitment(source_doctype="MOU", source_name=agreement.name)
	counted = {
		person: told(person, "frappe.desk.notifications.get_open_count", doctype="MOU", name=agreement.name,
			items=["Partnership Commitment"])["count"]["external_links_found"][0]["count"]
		for person in (reviewer, manager)
	}  # fmt: skip
	assert counted == {reviewer: 0, manager: 1}


# rows of Frappe's about a record


@pytest.mark.parametrize("about", ["the agreement", "nothing of ours"])
def test_comments_about_a_hidden_record_are_counted_by_nobody_else(agreement, stranger, about):
	reference = ("MOU", agreement.name) if about == "the agreement" else ("Company", factories.our_company())
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Info",
			"reference_doctype": reference[0],
			"reference_name": reference[1],
			"content": "Wait for the election.",
		}
	).insert()
	filters = {"content": ["like", "%election%"]}
	status, text = ask(stranger, "frappe.client.get_count", doctype="Comment", filters=filters)
	# Frappe v16 lets nobody count what they may not read.
	assert status == 403 or json.loads(text)[0] == (0 if about == "the agreement" else 1)


def test_a_file_of_a_hidden_record_is_listed_for_nobody_else(agreement, officer):
	factories.make_file("talks.txt", attached_to_doctype="MOU", attached_to_name=agreement.name)
	for person, expected in ((officer, []), (agreement.owner, ["talks.txt"])):
		with factories.acting_as(person):
			assert frappe.get_list("File", {"file_name": "talks.txt"}, pluck="file_name") == expected


def test_a_person_keeps_sight_of_their_own_to_do(agreement, stranger):
	todo = frappe.get_doc(
		{"doctype": "ToDo", "description": "Call", "allocated_to": stranger, "reference_type": "MOU",
			"reference_name": agreement.name}
	).insert()  # fmt: skip
	with factories.acting_as(stranger):
		assert frappe.get_list("ToDo", pluck="name") == [todo.name]
		assert frappe.get_doc("ToDo", todo.name).has_permission("read")


# child rows


def test_a_row_is_known_with_the_record_it_belongs_to(agreement, officer, client):
	row = agreement.parties[1].name
	assert client(officer).get(f"/api/resource/MOU Party/{row}").status_code == 403
	assert client(agreement.owner).get(f"/api/resource/MOU Party/{row}").status_code == 200
	listed = {}
	for person in (officer, agreement.owner):
		found = client(person).get(
			"/api/resource/MOU Party", parent="MOU", filters=json.dumps([["parent", "=", agreement.name]])
		)
		listed[person] = len(found.json["data"])
	assert listed == {officer: 0, agreement.owner: 2}


# through links


def test_columns_are_not_read_through_a_link(agreement, officer, client):
	with factories.acting_as(agreement.owner):
		open_one = factories.make_agreement(parent_agreement=agreement.name)
	for fields in (["parent_agreement.title"], ["name", "parent_agreement.recitals as words"]):
		answer = client(officer).get("/api/resource/MOU", fields=json.dumps(fields))
		assert answer.status_code == 403
		assert TITLE not in answer.text
	assert client(officer).get(f"/api/resource/MOU/{open_one.name}").status_code == 200


def test_no_link_shows_the_title_of_an_agreement(agreement, officer):
	with factories.acting_as(agreement.owner):
		open_one = factories.make_agreement(parent_agreement=agreement.name)
	status, text = ask(officer, "frappe.desk.form.load.getdoc", doctype="MOU", name=open_one.name)
	assert status == 200
	assert TITLE not in text
	with pytest.raises(frappe.ValidationError, match="not shown in links"):
		frappe.make_property_setter(
			{"doctype": "MOU", "doctype_or_field": "DocType", "property": "show_title_field_in_link", "value": "1",
				"property_type": "Check"}
		)  # fmt: skip


# other names of the same doors


def test_a_door_has_one_name(monkeypatch):
	monkeypatch.setattr(
		"frappe.desk.like.under_another_name", frappe.get_attr("frappe.client.get_count"), raising=False
	)
	with pytest.raises(frappe.PermissionError, match="its own name"):
		doors.refuse_other_names("frappe.desk.like.under_another_name")


@pytest.mark.parametrize("query", ["frappe.desk.search.get_link_title", "frappe.desk.search.search_widget",
	"erpnext.controllers.queries.lead_query"])  # fmt: skip
def test_a_search_is_not_made_by_another_method(agreement, officer, query):
	status, text = ask(officer, "frappe.desk.search.search_widget", doctype="MOU", txt="x", query=query)
	assert (status, TITLE in text) == (403, False)


def test_a_partner_is_still_found_by_the_apps_own_search(officer):
	factories.make_partner_city("Nagoya")
	found = told(officer, "frappe.desk.search.search_link", doctype="Partner City", txt="nagoya")
	assert [row["value"] for row in found] == ["Nagoya, Japan"]


# one answer


def test_one_answer_for_what_is_hidden_and_what_is_not_there(agreement, officer, client):
	browser = client(officer)
	answers = []
	for name in (agreement.name, "MOU-1900-00000"):
		answer = browser.get(f"/api/resource/MOU/{name}")
		sentence = json.loads(json.loads(answer.json["_server_messages"])[0])["message"]
		answers.append((answer.status_code, answer.json["exc_type"], sentence.replace(name, "…")))
	assert (
		answers[0] == answers[1] == (403, "UnknownRecordError", "There is no MOU …, or you may not open it.")
	)


def test_where_every_record_may_be_known_frappe_says_that_one_is_missing(officer, client):
	assert client(officer).get("/api/resource/Partner City/Nowhere, Japan").status_code == 404


def test_a_record_shared_by_frappes_own_means_opens(stranger, client):
	lead = factories.make_trade_lead()
	assert client(stranger).get(f"/api/resource/Trade Lead/{lead.name}").status_code == 403
	frappe.share.add("Trade Lead", lead.name, stranger)
	assert client(stranger).get(f"/api/resource/Trade Lead/{lead.name}").status_code == 200
	title = told(stranger, "frappe.desk.search.get_link_title", doctype="Trade Lead", docname=lead.name)
	assert title == frappe.get_attr("frappe.desk.search.get_link_title")("Trade Lead", lead.name)


# everybody else's DocTypes


@pytest.mark.parametrize("doctype", ["Company", "Country", "Role", "User", "Note", "Customer"])
def test_other_doctypes_get_frappes_own_answer(stranger, doctype):
	name = frappe.get_all(doctype, limit=1, pluck="name", order_by="creation asc")
	name = name[0] if name else "nobody"
	asked = {
		"frappe.client.get_count": {"doctype": doctype, "filters": {"name": ["like", "%a%"]}},
		"frappe.desk.search.search_link": {"doctype": doctype, "txt": "a"},
		"frappe.desk.search.search_widget": {"doctype": doctype, "txt": "a", "ignore_user_permissions": True},
		"frappe.desk.search.get_link_title": {"doctype": doctype, "docname": name},
		"frappe.client.get": {"doctype": doctype, "name": name},
	}
	with factories.acting_as(stranger):
		for method, arguments in asked.items():
			if (doctype, method) == ("User", "frappe.desk.search.get_link_title"):
				# Answered more narrowly here; see below.
				continue
			ours = _outcome(
				frappe.get_attr(f"city_diplomacy.access.doors.{method.split('.')[-1]}"), arguments
			)
			assert ours == _outcome(frappe.get_attr(method), arguments), method


def _outcome(method, arguments) -> str:
	try:
		return json.dumps(method(**arguments), default=str)
	except (frappe.PermissionError, frappe.DoesNotExistError) as refusal:
		return type(refusal).__name__


def test_whose_an_account_is_is_told_on_desk_and_to_nobody_else(officer):
	reviewer = factories.make_user("ada@city.example", LEGAL, first_name="Ada").name
	asked = {"doctype": "User", "docname": reviewer}
	# On Frappe 16 accounts show their address unless the city sets this itself.
	frappe.make_property_setter(
		{
			"doctype_or_field": "DocType",
			"doctype": "User",
			"property": "show_title_field_in_link",
			"value": 1,
			"property_type": "Check",
		}
	)
	assert told(officer, "frappe.desk.search.get_link_title", **asked) == "Ada"
	for docname in (officer, "no.such.account@city.example"):
		assert told(reviewer, "frappe.desk.search.get_link_title", doctype="User", docname=docname) == docname
