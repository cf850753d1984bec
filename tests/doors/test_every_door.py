"""Nobody reads what is not theirs, through whatever door of Frappe, and no answer tells that it is there.

Every request about a planted row is made once more about a row that does not exist, with a word nobody wrote:
who may not know of the first must get the same answer to both.
"""

import re
from typing import Any

import frappe
import pytest

from city_diplomacy.access.guarded import is_guarded
from city_diplomacy.access.rights import DEPARTMENT, OFFICER, ROLES
from tests import factories
from tests.doors import asking, desk, listed, planted
from tests.doors.planted import Planted

pytestmark = pytest.mark.real_site

# The doors every account is led to with every row; the others are tried by some, with the kinds of row below.
FIRST_DOORS = (
	"frappe.client.get",
	"frappe.client.get_count",
	"frappe.client.get_list",
	"frappe.desk.reportview.get",
	"frappe.desk.search.search_widget",
)
KINDS_OF_ROW = (
	"MOU",
	"MOU Party",
	"Approval Decision",
	"Partner Engagement",
	"Trade Lead",
	"Consular Case",
	"Consular Case Notice",
	"Party Screening",
	"Screening Decision",
	"Comment",
	"Tag Link",
	"File",
)
WITHOUT_A_ROLE = ("somebody with a page", "somebody at a desk")
SEVERAL = (*WITHOUT_A_ROLE, DEPARTMENT, OFFICER)


@pytest.fixture(scope="module")
def rows(arranged) -> list[Planted]:
	factories.make_user(planted.KEEPER, *ROLES)
	return planted.plant()


@pytest.fixture
def account(request):
	"""An account with one role, one without any, or nobody signed in."""
	if request.param == "Guest":
		return frappe._dict(name="Guest", role=None)
	email = "stranger@city.example"
	if request.param in WITHOUT_A_ROLE:
		user = factories.make_user(email)
		if request.param == "somebody at a desk":
			user.db_set("user_type", "System User")
		return frappe._dict(name=email, role=None)
	return frappe._dict(name=factories.make_user(email, request.param).name, role=request.param)


def test_every_door_of_this_frappe_was_looked_at():
	known = listed.reviewed()
	there_are = {*listed.whitelisted_methods(), *listed.rest_addresses()}
	assert sorted(there_are - known.keys()) == []


@pytest.mark.parametrize("account", [*WITHOUT_A_ROLE, *ROLES, "Guest"], indirect=True)
def test_the_first_doors_tell_no_account_what_it_may_not_know(rows, account):
	hidden = [row for row in rows if not row.is_known_to(account.role)]
	# One row of each child table is as good as those of its other parents.
	one_of_each = {row.doctype: row for row in hidden}.values()
	with factories.acting_as(account.name):
		told = [leak for row in one_of_each for door in FIRST_DOORS for leak in told_by(door, row, hidden)]
	assert not told, "\n".join(told)


@pytest.mark.parametrize("account", SEVERAL, indirect=True)
def test_no_door_tells_what_one_may_not_know(rows, account):
	hidden = [row for row in rows if not row.is_known_to(account.role)]
	kinds = [row for row in hidden if row.doctype in KINDS_OF_ROW]
	doors = [door for door, why_not in listed.reviewed().items() if not why_not]
	with factories.acting_as(account.name):
		told = [leak for door in doors for leak in _told_of_several(door, kinds, hidden)]
	assert not told, "\n".join(told)


@pytest.mark.parametrize("account", SEVERAL, indirect=True)
def test_rest_tells_nothing_one_may_not_know(rows, account, client):
	hidden = [row for row in rows if not row.is_known_to(account.role)]
	kinds = [row for row in hidden if row.doctype in KINDS_OF_ROW]
	browser = client(account.name)
	told = [leak for row in kinds for leak in _told_over_rest(browser, row, hidden)]
	assert not told, "\n".join(told)


def _told_of_several(door: str, rows: list[Planted], hidden: list[Planted]) -> list[str]:
	"""What a method tells of rows; a request that is the same for all of them is made once."""
	asked: list[dict] = []
	return [leak for row in rows for leak in told_by(door, row, hidden, asked)]


def told_by(door: str, row: Planted, hidden: list[Planted], asked: list[dict] | None = None) -> list[str]:
	"""What a method tells the signed-in account of a row, and of others, that it may not know.

	A request among those `asked` already is not made again.
	"""
	method = listed.whitelisted_methods().get(door)
	if not method:
		return []
	verb = "GET" if "GET" in frappe.allowed_http_methods_for_whitelisted_func[method] else "POST"
	told = []
	for about_row, about_nothing in asking.pairs_about(row, door, method):
		if asked is not None:
			if about_row in asked:
				continue
			asked.append(about_row)
		of_row = desk.ask(verb, door, about_row)
		of_nothing = of_row if about_row == about_nothing else desk.ask(verb, door, about_nothing)
		if of_row != of_nothing:
			# Some methods answer otherwise the second time.
			of_row = desk.ask(verb, door, about_row)
		answers = [of_nothing, of_row]
		told += _leaks(f"{door} {about_row}", row, answers, hidden, about_row)
	return told


def _told_over_rest(browser: Any, row: Planted, hidden: list[Planted]) -> list[str]:
	told = []
	for address, of_row, of_nothing in asking.addresses_about(row):
		answers = [_read(browser.get(path, **query)) for path, query in (of_nothing, of_row)]
		told += _leaks(address, row, answers, hidden, of_row[1])
	return told


def _read(response: Any) -> tuple[int, str]:
	return response.status_code, response.get_data().decode("utf-8", "replace")


def _leaks(where: str, row: Planted, answers: list, hidden: list[Planted], sent: dict) -> list[str]:
	(status_of_nothing, text_of_nothing), (status, text) = answers
	words = {one.marker for one in hidden if one.marker not in str(sent)}
	found = [f"{where}: {word}" for word in words if word in text]
	# That a comment or a file of some random name exists says nothing; that an agreement of a number does. Who
	# posts a new record under a number that is taken may create them.
	if is_guarded(row.doctype) and "__islocal" not in str(sent):
		told, told_of_nothing = _without_names(text, row), _without_names(text_of_nothing, row)
		if (status, told) != (status_of_nothing, told_of_nothing):
			found.append(f"{where}: {status} {_difference(told, told_of_nothing)}")
	return found


def _without_names(text: str, row: Planted) -> str:
	for word, stands_for in ((row.name, "<name>"), (row.absent.name, "<name>"), (row.marker, "<word>"),
			(row.absent.marker, "<word>")):  # fmt: skip
		text = text.replace(word, stands_for)
	return re.sub(r"\d{4}-\d\d-\d\d[ T][\d:.]+|line \d+|0x[0-9a-f]+|\"exc\": ?\".*|[0-9a-f]{10,}", "~", text)


def _difference(one: str, other: str) -> str:
	pairs = enumerate(zip(one, other, strict=False))
	start = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
	shown = slice(max(0, start - 60), start + 160)
	return f"{one[shown]!r} / {other[shown]!r}"


@pytest.mark.parametrize("account", [*SEVERAL, "City Diplomacy Auditor", "Trade Officer"], indirect=True)
def test_no_report_tells_what_one_may_not_know(rows, account):
	hidden = [row for row in rows if not row.is_known_to(account.role)]
	ours = frappe.get_all("Module Def", {"app_name": "city_diplomacy"}, pluck="name")
	told = []
	for report in frappe.get_all("Report", {"module": ["in", ours]}, pluck="name"):
		with factories.acting_as(account.name):
			_status, text = desk.ask(
				"POST", "frappe.desk.query_report.run", {"report_name": report, "filters": "{}"}
			)
		told += [f"{report}: {row.marker}" for row in hidden if row.marker in text]
	assert not told, "\n".join(told)


def test_whoever_may_know_is_told_through_the_same_doors(rows):
	"""What the tests above ask would be answered, were it not hidden."""
	shown = [row for row in rows if row.doctype in ("MOU", "Partner Engagement")]
	told = set()
	with factories.acting_as(planted.KEEPER):
		for door in (*FIRST_DOORS, "frappe.desk.form.load.getdoc"):
			method = listed.whitelisted_methods().get(door)
			for row in shown if method else ():
				for sent, _of_nothing in asking.pairs_about(row, door, method):
					_status, text = desk.ask("GET", door, sent)
					if row.marker in text and row.marker not in str(sent):
						told.add(door)
		reports = [
			desk.ask("POST", "frappe.desk.query_report.run", {"report_name": name, "filters": "{}"})[1]
			for name in ("MOU Register", "Renewal Radar")
		]
	assert told >= {
		"frappe.client.get",
		"frappe.client.get_list",
		"frappe.desk.form.load.getdoc",
		"frappe.desk.reportview.get",
		"frappe.desk.search.search_widget",
	}
	assert any(planted.SECRET in text for text in reports)
