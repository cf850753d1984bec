"""Who tries the doors of File: the three weakest accounts a city gives out, and what they want to get at."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT
from tests import factories
from tests.approvals import scenes

WEAK_ACCOUNTS = ("a reviewer", "a visitor with an account", "an employee without roles")


def make_weak(kind: str) -> str:
	if kind == "a reviewer":
		return factories.make_user("reviewer.without.desk@city.example", DEPARTMENT).name
	if kind == "a visitor with an account":
		return factories.make_user("visitor@city.example").name
	if not frappe.db.exists("Role", "Desk Only"):
		frappe.get_doc({"doctype": "Role", "role_name": "Desk Only", "desk_access": 1}).insert()
	return factories.make_user("desk.only@city.example", "Desk Only").name


@pytest.fixture(params=WEAK_ACCOUNTS)
def weak(request) -> str:
	"""Each of the weakest accounts in turn, as Administrator of the test makes it."""
	return make_weak(request.param)


@pytest.fixture
def reviewer() -> str:
	"""A Website User whose only role is a reviewer's, and who is not asked about anything."""
	return make_weak("a reviewer")


@pytest.fixture
def letter():
	"""A private upload of the office that hangs on nothing yet."""
	with factories.acting_as(scenes.office()):
		return factories.make_file("letter-to-the-mayor.txt", "Between the office and the mayor.")


@pytest.fixture(scope="module")
def confidential_text(arranged) -> tuple[str, str]:
	with factories.acting_as(scenes.office()):
		file = factories.make_file("secret-text.txt", "What nobody else may read.")
	return scenes.under_way(confidential=1, texts=[scenes_text(file)]).name, file.name


@pytest.fixture
def text(confidential_text):
	"""The text of a confidential agreement that people are clearing: (agreement, its File)."""
	agreement, file = confidential_text
	return frappe.get_doc("MOU", agreement), frappe.get_doc("File", file)


def scenes_text(file, **fields) -> dict:
	return {"language": "en", "version_number": 1, "file": file.file_url, **fields}


@pytest.fixture
def client(client):
	"""As everywhere, and the browser knows whose it is."""

	def signed_in(user: str | None = None):
		browser = client(user)
		browser.user = user
		return browser

	return signed_in
