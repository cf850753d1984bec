"""What the engine tells people is composed in the language of whoever reads it, never of whoever acts.

What many read, such as the ledger, is in the site's language.
"""

import json
from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, LEGAL
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.notices import deliver, notify
from city_diplomacy.partnership_approvals.records import watch
from city_diplomacy.registers import sentences
from tests import factories
from tests.approvals import scenes
from tests.approvals.custody import findings, write
from tests.speaking import speak

pytestmark = pytest.mark.delivers

GERMAN = {
	"Your clearance is asked: {0}": "Ihre Freigabe wird erbeten: {0}",
	"Please read it and decide.": "Bitte lesen und entscheiden Sie.",
	"Please decide by {0}.": "Bitte entscheiden Sie bis {0}.",
	"{0}: decide on {1}": "{0}: Entscheidung zu {1}",
	"News of {0} matters": "Neues zu {0} Vorgängen",
	"Changed since you last saw it: {0}.": "Geändert, seit Sie es zuletzt sahen: {0}.",
	"Purpose": "Zweck",
	"Term": "Laufzeit",
	"{title} ended: {state}": "{title} ist beendet: {state}",
	"Withdrawn": "Zurückgezogen",
	"The ledger of {0} does not verify": "Das Protokoll von {0} ist nicht unversehrt",
	"The column {0} no longer says what was hashed.": "Die Spalte {0} sagt nicht mehr, was gehasht wurde.",
	"{0} rows were written, {1} are here: rows were cut off or put in.": "{1} von {0} Zeilen sind noch da.",
}


@pytest.fixture(autouse=True)
def some_german(monkeypatch):
	speak(monkeypatch, "de", GERMAN)


@pytest.fixture(params=["de", "en"])
def actors_language(request, monkeypatch):
	"""Whoever acts, and whatever job delivers, does so in either language."""
	monkeypatch.setattr(frappe.local, "lang", request.param)


@pytest.fixture(autouse=True)
def site_speaks():
	"""A function that sets the site's language, which is English to begin with."""

	def speaks(language: str) -> None:
		frappe.db.set_single_value("System Settings", "language", language)
		_read_settings_anew()

	speaks("en")
	yield speaks
	_read_settings_anew()


def _read_settings_anew() -> None:
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.local.system_settings = None


def reader(language: str | None, role: str = LEGAL, office: str = "reviewer") -> str:
	"""Somebody who reads `language`; None for an account that names none."""
	user = factories.make_user(f"{office}.of.{language or 'none'}@city.example", role).name
	frappe.db.set_value("User", user, "language", language)
	return user


@pytest.fixture
def german():
	return reader("de")


@pytest.fixture
def english():
	return reader("en")


@pytest.fixture
def sponsor():
	"""Who is told of every move of the agreement, in German."""
	return reader("de", DEPARTMENT, office="sponsor")


@pytest.fixture
def policy(german, english):
	return scenes.make_policy(
		scenes.rule("Rechtsamt", user=german, why=None), scenes.rule("Attorney", user=english, why=None)
	)


def bells(user: str, **filters) -> list:
	return frappe.get_all(
		"Notification Log",
		filters={"for_user": user, **filters},
		fields=["subject", "email_content"],
		order_by="creation asc",
	)


def letters(user: str) -> list:
	return [letter for letter in factories.outbox() if user in letter.recipients]


def once_a_day(user: str) -> None:
	with factories.acting_as(user):
		hour = (now_datetime() + timedelta(hours=2)).hour
		frappe.get_doc(
			{
				"doctype": "Approval Notification Preference",
				"user": user,
				"deliver": "Daily Digest",
				"digest_hour": hour,
			}
		).insert()


# The same event, each in their own language


def test_a_bell_and_a_letter(policy, german, english, actors_language):
	agreement = scenes.under_way()

	for user, asked, read_it in (
		(german, "Ihre Freigabe wird erbeten", "Bitte lesen und entscheiden Sie."),
		(english, "Your clearance is asked", "Please read it and decide."),
	):
		(bell,), (letter,) = bells(user), letters(user)
		assert bell.subject == letter.subject == f"{asked}: {agreement.title}"
		assert read_it in bell.email_content
		assert read_it in letter.body


def test_a_to_do(policy, german, english, actors_language):
	agreement = scenes.under_way()

	todos = frappe.get_all(
		"ToDo", {"allocated_to": ["in", [german, english]]}, ["allocated_to", "description"]
	)
	assert {todo.allocated_to: todo.description for todo in todos} == {
		german: f"Rechtsamt: Entscheidung zu {agreement.title}",
		english: f"Attorney: decide on {agreement.title}",
	}


def test_a_daily_digest(policy, german, english, actors_language):
	once_a_day(german)
	once_a_day(english)
	for title in ("On ports", "On rivers"):
		scenes.under_way(title=title)

	deliver.deliver(now_datetime() + timedelta(hours=4))

	for user, news, asked in (
		(german, "Neues zu 2 Vorgängen", "Ihre Freigabe wird erbeten"),
		(english, "News of 2 matters", "Your clearance is asked"),
	):
		(bell,) = bells(user)
		assert bell.subject == news
		assert all(f"{asked}: {title}" in bell.email_content for title in ("On ports", "On rivers"))


def test_a_move_with_the_state_it_came_to(policy, sponsor, actors_language):
	agreement = scenes.under_way(sponsor=sponsor)
	with factories.acting_as(scenes.manager()):
		routes.withdraw("MOU", agreement.name, "The partner withdrew.")

	assert bells(sponsor)[-1].subject == f"{agreement.title} ist beendet: Zurückgezogen"
	assert bells(scenes.office())[-1].subject == f"{agreement.title} ended: Withdrawn"


def test_the_fields_of_a_text_that_changed(policy, german, english, actors_language):
	agreement = scenes.under_way()
	rows = [scenes.clearance_for(agreement, seat) for seat in ("Rechtsamt", "Attorney")]

	notify.tell_text_changed(rows, agreement, ["Purpose", "Term"])

	assert "Geändert, seit Sie es zuletzt sahen: Zweck, Laufzeit." in bells(german)[-1].email_content
	assert "Changed since you last saw it: Purpose, Term." in bells(english)[-1].email_content


def test_a_ledger_that_does_not_verify(policy, actors_language):
	german, english = (reader(language, AUDITOR, office="auditor") for language in ("de", "en"))
	agreement = scenes.under_way()
	write("Approval Decision", scenes.entries_of(agreement)[1].name, actor="Guest")

	watch.verify_ledgers()
	watch.verify_ledgers()

	(told,) = bells(german, document_name=agreement.name, type="Alert")
	assert told.subject == f"Das Protokoll von {agreement.name} ist nicht unversehrt"
	assert "sagt nicht mehr, was gehasht wurde" in told.email_content
	(told,) = bells(english, document_name=agreement.name, type="Alert")
	assert told.subject == f"The ledger of {agreement.name} does not verify"
	assert "no longer says what was hashed" in told.email_content
	problem = frappe.db.get_value("Ledger Head", {"reference_name": agreement.name}, "first_problem")
	assert "no longer says what was hashed" in problem


@pytest.mark.parametrize(
	("language", "problem"),
	[
		("de", "{1} von {0} Zeilen sind noch da."),
		("en", "{0} rows were written, {1} are here: rows were cut off or put in."),
	],
)
def test_what_the_rules_of_the_ledger_find(policy, monkeypatch, language, problem):
	agreement = scenes.under_way()
	here = scenes.route_of(agreement).ledger_count
	write("Approval Route", scenes.route_of(agreement).name, ledger_count=here + 1)
	monkeypatch.setattr(frappe.local, "lang", language)

	assert problem.format(here + 1, here) in [found["problem"] for found in findings(agreement)]


# Whoever has chosen no language, and what many read


def test_an_account_without_a_language_reads_the_sites(actors_language):
	nobodys = reader(None)
	scenes.make_policy(scenes.rule("Attorney", user=nobodys))
	agreement = scenes.under_way()

	assert bells(nobodys)[0].subject == f"Your clearance is asked: {agreement.title}"
	assert frappe.db.get_value("ToDo", {"allocated_to": nobodys}, "description").startswith(
		"Attorney: decide"
	)


def test_on_a_german_site_they_read_german(site_speaks, actors_language):
	site_speaks("de")
	nobodys = reader(None)
	scenes.make_policy(scenes.rule("Attorney", user=nobodys))
	agreement = scenes.under_way()

	assert bells(nobodys)[0].subject == f"Ihre Freigabe wird erbeten: {agreement.title}"


@pytest.mark.parametrize(("sites", "changed"), [("de", "Zweck"), ("en", "Purpose")])
def test_the_ledger_is_in_the_sites_language(policy, site_speaks, actors_language, sites, changed):
	site_speaks(sites)
	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.purpose = "Learn how each other's ports cut emissions."
		doc.save()

	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Text Changed"]
	assert entry.remarks == changed


# What is stored


def test_a_notice_is_stored_without_a_language_and_read_in_anybodys(
	policy, sponsor, monkeypatch, actors_language
):
	agreement = scenes.under_way(sponsor=sponsor)
	with factories.acting_as(scenes.manager()):
		routes.withdraw("MOU", agreement.name, "The partner withdrew.")

	notice = frappe.get_doc("Approval Notice", {"for_user": sponsor, "kind": "Moved"})
	assert json.loads(notice.what) == {"sentence": "{title} ended: {state}", "values": {"state": "Withdrawn"}}
	monkeypatch.setattr(frappe.local, "lang", "de")
	notice.onload()
	assert notice.what == f"{agreement.title} ist beendet: Zurückgezogen"


@pytest.mark.parametrize("title", ["Ports", "Plan {B}", '{"sentence": "Ports"}'])
def test_a_notice_stored_as_a_finished_sentence_is_delivered_as_it_is(
	policy, sponsor, title, actors_language
):
	agreement = scenes.without_workers(lambda: scenes.under_way(title=title, sponsor=sponsor))
	with factories.acting_as(scenes.manager()):
		scenes.without_workers(lambda: routes.withdraw("MOU", agreement.name, "The partner withdrew."))
	moved = {"for_user": sponsor, "kind": "Moved"}
	frappe.db.set_value("Approval Notice", moved, "what", f"{title} ended: Withdrawn")

	deliver.deliver(now_datetime() + timedelta(minutes=4))

	assert f"{title} ended: Withdrawn" in [bell.subject for bell in bells(sponsor)]


def test_changed_fields_stored_as_a_finished_list_are_delivered_as_they_are(policy, german, actors_language):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, "Rechtsamt")
	scenes.without_workers(lambda: notify.tell_text_changed([row], agreement, ["Purpose"]))
	frappe.db.set_value(
		"Approval Notice", {"for_user": german, "kind": "Text Changed"}, "changed", "Purpose, Term"
	)

	deliver.deliver(now_datetime() + timedelta(minutes=4))

	assert "Geändert, seit Sie es zuletzt sahen: Purpose, Term." in bells(german)[-1].email_content


def test_a_reason_stored_as_a_finished_sentence_is_shown_as_it_is():
	assert (
		sentences.in_words("Its worker ended before it was done.") == "Its worker ended before it was done."
	)
	assert sentences.in_words(None) == ""
