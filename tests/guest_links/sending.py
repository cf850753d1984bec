"""Sending a link, taking its address out of the letter, and answering as whoever got it."""

import re

import frappe

from city_diplomacy.guest_links import api, links
from tests import factories
from tests.pages.reading import Page

VERIFY = "Verify our entry"
MARKER = "XQNOTFOROUTSIDERSQX"
ADDRESS = re.compile(r"/link/([a-z0-9]+-[\w-]{43})")


def entry(name: str = "Harbor Society", **fields):
	"""A community organisation with a person to write to, and with words of the office that are nobody else's."""
	return factories.make_diaspora_organisation(
		name,
		**{
			"contact_person": "Maria Santos",
			"email": "office@harbor.example",
			"notes": f"<p>{MARKER}</p>",
			"source": MARKER,
			**fields,
		},
	)


def send(
	doc, email: str = "office@harbor.example", person: str = "Maria Santos", language: str | None = None
):
	"""The signed-in person sends a link to verify an entry; returns (name of the link, token)."""
	name = api.send(doc.doctype, doc.name, VERIFY, person, email, language)["link"]
	return name, token_of(name)


def token_of(link: str) -> str:
	"""The token in the letter a link came in."""
	found = (ADDRESS.search(letter.body) for letter in factories.outbox())
	return next(one[1] for one in found if one and one[1].startswith(f"{link}-"))


def form_of(page: Page) -> dict[str, str]:
	"""What a browser without script would send of the form as it is: hidden fields, fields and choices."""
	values = {}
	for field in page.all("input"):
		if field.get("type") in ("checkbox", "radio") and "checked" not in field:
			continue
		values[field["name"]] = field.get("value") or ""
	chosen = iter(page.elements)
	name = None
	for tag, attributes in chosen:
		if tag == "select":
			name = attributes["name"]
			values[name] = ""
		elif tag == "option" and name and "selected" in attributes:
			values[name] = attributes["value"]
		elif tag == "textarea":
			values[attributes["name"]] = ""
	return values


def open_form(browser, token: str) -> dict[str, str]:
	"""Open a link and return what its form would send; texts of several lines are left to the test."""
	answer = browser.get(f"/link/{token}")
	assert answer.status_code == 200, answer.get_data(as_text=True)[-1500:]
	return form_of(Page(answer.get_data(as_text=True)))


def post(browser, token: str, form: dict[str, str]):
	return browser.request("POST", f"/link/{token}", data=form)


def link_of(name: str):
	return frappe.db.get_value(links.DOCTYPE, name, "*", as_dict=True)
