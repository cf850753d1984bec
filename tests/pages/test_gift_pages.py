"""The public log of gifts shows quarters that are over and no way to reach anybody; the other page logs a gift."""

import csv
import io

import frappe
import pytest

from city_diplomacy.access.rights import MAYOR, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.gifts.public_log import SHOWN, as_csv, list_gifts
from tests import factories
from tests.clock import set_to
from tests.pages.reading import open_page
from tests.protocol.factories import make_official_gift

DOWNLOAD = "city_diplomacy.diplomatic_protocol.gifts.public_log.download"
LATER = "2026-08-01 09:00"


@pytest.fixture
def log():
	"""The log is on; a gift of May, and one of July, whose quarter is not over on LATER."""
	with set_to(LATER):
		switch(1)
		make_official_gift(
			"=Lacquer box", description="Sent by h.tanaka@nagoya.example, tel. +81 52 555 0142",
			other_email="h.tanaka@nagoya.example", other_contact="1-2-3 Sakae, Nagoya", storage_location="Room 9",
		)  # fmt: skip
		make_official_gift("July vase", gift_date="2026-07-02")
		make_official_gift("Withheld", withhold=1, withhold_reason="A matter of security")


def switch(on: int) -> None:
	settings = frappe.get_doc("Protocol Settings")
	settings.use_public_gift_log = on
	settings.save()


def test_only_quarters_that_are_over_are_published_without_contact_data(log, client):
	with set_to(LATER):
		page = open_page(client(), "/gifts")
		for shown in ("Lacquer box", "Hiro Tanaka", "City of Nagoya", "2026-Q2", "Sent by […], tel. […]"):
			assert shown in page.text
		for hidden in ("nagoya.example", "555 0142", "Sakae", "Room 9", "July vase", "Withheld", "2026-Q3"):
			assert hidden not in page.text
		assert "July vase" not in open_page(client(), "/gifts", quarter="2026-Q3").text
	with set_to("2026-10-01 09:00"):
		assert "July vase" in open_page(client(), "/gifts", quarter="2026-Q3").text


def test_the_file_holds_the_same_and_no_formula(log):
	with set_to(LATER):
		text = as_csv(list_gifts("2026-Q2")["rows"])
	labels, row = list(csv.reader(io.StringIO(text)))
	assert len(labels) == len(row) == len(SHOWN)
	assert row[SHOWN.index("gift")] == "'=Lacquer box"
	assert "nagoya.example" not in text


def test_a_log_that_is_off_is_for_staff_alone(log, client):
	with set_to(LATER):
		switch(0)
		open_page(client(), "/gifts", status=404)
		assert "switched off" in open_page(client(factories.make_person(PROTOCOL).name), "/gifts").text


def test_a_guest_downloads_a_quarter_that_is_published_and_no_other(log, client):
	with set_to(LATER):
		answer = downloaded(client, "2026-Q2")
		assert answer.status_code == 200
		assert "Lacquer box" in answer.text
		for quarter in ("2026-Q3", "2020-Q1", "' OR 1=1"):
			assert downloaded(client, quarter).status_code == 404
		switch(0)
		assert downloaded(client, "2026-Q2").status_code == 404


def downloaded(client, quarter: str):
	return client().read(DOWNLOAD, quarter=quarter)


def test_the_mayors_office_logs_a_gift_on_a_page(client):
	mayor = factories.make_person(MAYOR).name
	with factories.acting_as(mayor):
		make_official_gift("Model ship")
	page = open_page(client(mayor), "/gift")
	assert "public record" in page.text
	assert "Model ship" in page.text


def test_others_find_no_page_to_log_one(client):
	open_page(client(factories.make_person(TRADE).name), "/gift", status=404)
	assert client().get("/gift").status_code in (301, 302)
