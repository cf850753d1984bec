"""A guest is shown pages and sent texts at the pace of a person, not of a machine."""

import pytest

from city_diplomacy.diplomatic_protocol.gifts import public_log
from city_diplomacy.partnerships.public_pages import public_register
from city_diplomacy.templates import page

DOWNLOAD = "city_diplomacy.partnerships.public_pages.public_register.download_text"
GIFTS = "city_diplomacy.diplomatic_protocol.gifts.public_log.download"
A_FEW = 3


@pytest.fixture(autouse=True)
def a_few_a_minute(monkeypatch):
	monkeypatch.setattr(page, "GUEST_PAGES_PER_MINUTE", A_FEW)
	monkeypatch.setattr(public_register, "DOWNLOADS_PER_MINUTE", A_FEW)
	monkeypatch.setattr(public_log, "DOWNLOADS_PER_MINUTE", A_FEW)


def test_a_guest_who_searches_without_end_is_told_to_wait(client, publish):
	publish()
	guest = client()
	answers = [guest.get("/agreements", q=f"port {turn}").status_code for turn in range(A_FEW)]
	assert set(answers) == {200}

	assert guest.get("/agreements", q="port").status_code == 429
	assert guest.get("/partners").status_code == 429


def test_somebody_signed_in_is_not_counted(client, officer):
	inside = client(officer)
	answers = [inside.get("/agreements").status_code for _turn in range(A_FEW + 1)]
	assert set(answers) == {200}


def test_texts_are_downloaded_at_a_pace(client):
	guest = client()
	answers = [guest.read(DOWNLOAD, agreement="MOU-1", text="x").status_code for _turn in range(A_FEW + 1)]
	assert (set(answers[:-1]), answers[-1]) == ({404}, 429)


def test_files_of_gifts_are_sent_at_that_pace_too(client):
	answers = [client().read(GIFTS, quarter="2020-Q1").status_code for _turn in range(A_FEW + 1)]
	assert answers == [404] * A_FEW + [429]
