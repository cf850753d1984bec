"""What a guest meets: published agreements and partners, field by field, and nothing else."""

import hashlib
from datetime import date

import frappe
import pytest
from babel.dates import format_date

from tests import factories
from tests.desk.counting import counted_statements
from tests.pages.reading import as_read, as_the_app_wrote_it, open_page, site_language


def test_an_unpublished_agreement_answers_as_a_name_that_does_not_exist(client, in_clearance):
	hidden = client().get(f"/agreement/{in_clearance.name}")
	absent = client().get("/agreement/MOU-1900-9999")

	assert hidden.status_code == absent.status_code == 404
	assert as_the_app_wrote_it(hidden) == as_the_app_wrote_it(absent)


def test_a_confidential_agreement_never_appears_even_if_published(client, publish):
	agreement = publish("Quiet understanding")
	# The form refuses the two together; the register does not rely on it.
	agreement.db_set("confidential", 1)

	open_page(client(), f"/agreement/{agreement.name}", status=404)
	assert "Quiet understanding" not in open_page(client(), "/agreements").text


def test_a_published_agreement_shows_its_parties_and_dates(client, publish):
	agreement = publish("Friendship agreement")

	page = open_page(client(), f"/agreement/{agreement.name}")

	signed = format_date(date(2011, 6, 14), "d MMMM yyyy", locale=site_language())
	for shown in ("Friendship agreement", "Nagoya", signed, as_read("Active")):
		assert shown in page.text


@pytest.mark.parametrize(
	("switch", "words"),
	[
		("publish_purpose", "A purpose only some may read."),
		("publish_value", "750,000"),
		("publish_signatories", "Ada Mayor"),
	],
)
def test_a_field_is_shown_only_with_its_switch(client, publish, switch, words):
	fields = {
		"financial_value": 750000,
		"signatories": [{"side": "Ours", "signatory": "Ada Mayor", "capacity": "Mayor"}],
	}
	without = open_page(client(), f"/agreement/{publish(**fields).name}")
	with_it = open_page(client(), f"/agreement/{publish(**fields, **{switch: 1}).name}")

	assert words not in without.text
	assert words in with_it.text


def test_what_stays_inside_is_on_no_public_page(client, publish):
	agreement = publish(
		"Friendship agreement",
		publish_purpose=1,
		publish_value=1,
		publish_signatories=1,
		recitals="<p>Inner recital</p>",
		governing_law="Law of the inner chamber",
		source="A private letter",
	)

	page = open_page(client(), f"/agreement/{agreement.name}")

	for inner in ("Inner recital", "inner chamber", "private letter", "Signed long ago", agreement.sponsor):
		assert inner not in page.text


def test_an_authentic_text_is_sent_to_the_public_only_when_texts_are_published(client, publish, manager):
	text = {"language": "en", "version_number": 1, "authentic": 1}
	names = {}
	for switch in (0, 1):
		with factories.acting_as(manager):
			file = factories.make_file(f"text-{switch}.txt", f"We agree, number {switch}.")
		agreement = publish(texts=[{**text, "file": file.file_url}], publish_texts=switch)
		names[switch] = (agreement.name, agreement.texts[0].name)

	method = "city_diplomacy.partnerships.public_pages.public_register.download_text"
	hidden = client().read(method, agreement=names[0][0], text=names[0][1])
	shown = client().read(method, agreement=names[1][0], text=names[1][1])

	assert hidden.status_code == 404
	assert (shown.status_code, shown.data) == (200, b"We agree, number 1.")


def published_text(publish, manager):
	"""A published agreement, its text's row, and the File its author uploaded."""
	with factories.acting_as(manager):
		file = factories.make_file("text.txt", "We agree.")
	text = {"language": "en", "version_number": 1, "authentic": 1, "file": file.file_url}
	agreement = publish(texts=[text], publish_texts=1)
	return agreement, agreement.texts[0].name, file


def asked_for(client, agreement, text):
	method = "city_diplomacy.partnerships.public_pages.public_register.download_text"
	return client().read(method, agreement=agreement.name, text=text)


def test_a_text_is_sent_while_it_is_what_was_recorded(client, publish, manager):
	agreement, text, file = published_text(publish, manager)
	assert asked_for(client, agreement, text).data == b"We agree."
	with open(file.get_full_path(), "w") as stored:
		stored.write("We agree to everything.")
	answer = asked_for(client, agreement, text)
	assert answer.status_code == 404
	assert b"everything" not in answer.data


def test_a_file_a_stranger_attached_is_not_sent_as_a_text(client, publish, manager):
	"""Whatever address comes to stand in the row, the register sends what the record keeps for this agreement."""
	agreement, text, _file = published_text(publish, manager)
	with factories.acting_as(manager):
		secret = factories.make_file(
			"secret.txt", "Not for the public.", attached_to_doctype="MOU", attached_to_name=agreement.name
		)
	digest = hashlib.sha256(b"Not for the public.").hexdigest()
	frappe.db.set_value("MOU Text", text, {"file": secret.file_url, "sha256": digest})

	answer = asked_for(client, agreement, text)

	assert answer.status_code == 404
	assert b"Not for the public" not in answer.data


def test_the_list_is_narrowed_by_country_standing_and_any_name_of_a_partner(client, publish):
	mumbai = factories.make_partner_city("Mumbai", "India", alternate_names=[{"alternate_name": "Bombay"}])
	publish("Films and festivals", mumbai)
	publish("Ports and harbours")

	def titles(**query):
		text = open_page(client(), "/agreements", **query).text
		return {title for title in ("Films and festivals", "Ports and harbours") if title in text}

	assert titles() == {"Films and festivals", "Ports and harbours"}
	assert titles(country="India") == {"Films and festivals"}
	assert titles(q="Bombay") == {"Films and festivals"}
	assert titles(q="harbours") == {"Ports and harbours"}
	assert titles(standing="Expired") == set()
	assert titles(q="%") == titles()


def test_a_list_where_nothing_fits_says_so(client, publish):
	publish()

	assert "No published agreement fits" in open_page(client(), "/agreements", q="zzz").text


@pytest.mark.parametrize("number", ["0", "-3", "99999999999", "two", "٣", ""])
def test_an_impossible_page_number_shows_a_page_that_exists(client, publish, number):
	publish("Friendship agreement")

	assert "Friendship agreement" in open_page(client(), "/agreements", page=number).text


def test_the_list_comes_in_pages_of_fifty(client, publish):
	agreement = publish("Agreement zero")
	columns = frappe.db.get_value("MOU", agreement.name, "*", as_dict=True)
	names = list(columns)
	rows = [
		[{**columns, "name": f"MOU-1990-{number:04}", "title": f"Agreement {number}"}[key] for key in names]
		for number in range(1, 56)
	]
	frappe.db.bulk_insert("MOU", names, rows)

	first = open_page(client(), "/agreements")
	second = open_page(client(), "/agreements", page="2")

	assert "56 agreements" in first.text
	assert [len(page.all("th", scope="row")) for page in (first, second)] == [50, 6]
	assert first.all("a", rel="next")
	assert not second.all("a", rel="next")


def test_partners_are_shown_from_friendship_upwards(client):
	factories.make_partner_city("Rotterdam", "Netherlands", relationship_stage="Sister City")
	factories.make_partner_city("Oslo", "Norway", relationship_stage="Network Peer")
	factories.make_partner_city("Lima", "Peru", relationship_stage="Contact")

	text = open_page(client(), "/partners").text

	assert "Rotterdam" in text
	assert "Oslo" not in text
	assert "Lima" not in text


def test_a_partner_by_memorandum_is_shown_once_the_memorandum_is(client, publish):
	hidden = factories.make_partner_city("Giza", "Egypt", relationship_stage="MOU")
	shown = factories.make_partner_city("Quito", "Ecuador", relationship_stage="MOU")
	publish(partner=hidden, publish=0)
	publish(partner=shown)

	text = open_page(client(), "/partners").text

	assert "Quito" in text
	assert "Giza" not in text


def test_a_partner_is_found_under_another_name_and_without_its_accents(client):
	factories.make_partner_city("Bogotá", "Colombia", relationship_stage="Friendship City")
	factories.make_partner_city(
		"Mumbai", "India", relationship_stage="Sister City", alternate_names=[{"alternate_name": "बंबई"}]
	)

	assert "Bogotá" in open_page(client(), "/partners", q="bogota").text
	assert "Mumbai" in open_page(client(), "/partners", q="बंबई").text


def test_a_partner_names_its_networks_and_what_is_only_known_by_year(client):
	city = factories.make_partner_city(
		"Nagoya", relationship_stage="Sister City", relationship_since="1959-01-01", since_precision="Year"
	)
	factories.make_membership(
		factories.make_city_network("C40 Cities", acronym="C40"), partner_city=city.name
	)

	page = open_page(client(), "/partners")

	assert "C40" in page.text
	assert "1959" in page.text
	assert "January" not in page.text


def test_a_partner_with_coordinates_is_a_named_dot_on_the_map(client):
	factories.make_partner_city("Nagoya", relationship_stage="Sister City", latitude=35.18, longitude=136.9)

	page = open_page(client(), "/partners")

	assert page.all("circle", cx="880.3", cy="124.5")
	assert "World map with 1 partner cities" in page.text


@pytest.mark.parametrize("path", ["/agreements", "/partners"])
def test_with_the_register_switched_off_only_the_office_sees_it(client, publish, officer, outsider, path):
	agreement = publish()
	frappe.db.set_single_value("City Diplomacy Settings", "use_public_register", 0)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")

	open_page(client(), path, status=404)
	open_page(client(outsider), path, status=404)
	open_page(client(), f"/agreement/{agreement.name}", status=404)
	assert "switched off" in open_page(client(officer), path).text


@pytest.mark.parametrize("path", ["/agreements", "/partners"])
def test_a_longer_list_takes_no_more_statements(client, publish, path):
	def add(count):
		for _turn in range(count):
			city = factories.make_partner_city(
				f"City {frappe.generate_hash(length=6)}",
				"Japan",
				relationship_stage="Sister City",
				latitude=35.0,
				longitude=136.0,
			)
			publish(partner=city)

	add(2)
	client().get(path)
	with counted_statements() as few:
		client().get(path)
	add(10)
	with counted_statements() as many:
		client().get(path)

	assert len(many) == len(few)
	# Frappe asks for more of its own around every page; these are ours.
	assert 3 <= len([query for query in many if "tabMOU" in query or "tabPartner City" in query]) <= 8
