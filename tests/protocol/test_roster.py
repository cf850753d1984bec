"""The roster: the corps in precedence as of a day, each place with its reason, national days and duty telephones."""

import frappe
import pytest
from frappe.utils import formatdate

from city_diplomacy.access.rights import AUDITOR, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol import charts
from city_diplomacy.diplomatic_protocol.corps import calendar, roster
from city_diplomacy.diplomatic_protocol.corps.api import compare
from city_diplomacy.diplomatic_protocol.report.consular_duty_telephones import consular_duty_telephones
from city_diplomacy.diplomatic_protocol.report.consular_roster import consular_roster
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_dates import today
from tests import factories
from tests.clock import set_to
from tests.desk.counting import counted_statements as statements
from tests.protocol.factories import head, make_consular_mission

DAY = "2026-06-01"


def rows_of(**filters) -> list[dict]:
	return consular_roster.execute({"as_of": DAY, **filters})[1]


@pytest.fixture
def corps():
	"""Japan since March 2024, Peru since January, an acting head of Chile, an honorary consul and an office."""
	acting = head("Acting", position="Acting head of post", exequatur=None, from_date="2026-02-01")
	return {
		"Japan": make_consular_mission(),
		"Peru": make_consular_mission("Consulate-General of Peru", "Peru", officers=[head("P", exequatur="2024-01-02")]),
		"Chile": make_consular_mission("Consulate-General of Chile", "Chile", officers=[acting]),
		"Malta": make_consular_mission(
			"Consulate of Malta", "Malta", mission_type="Honorary consulate",
			officers=[head("M", rank="Consul", category="Honorary", exequatur="2001-01-01")],
		),
		"Canada": make_consular_mission("Quebec Office", "Canada", mission_type="Representative office"),
	}  # fmt: skip


def test_each_place_has_its_reason_and_the_rule_it_is_from(corps):
	found = [(row["country"], row["why"], row["rule"]) for row in rows_of()]
	assert found == [
		("Peru", "No other stands before it.", ""),
		(
			"Japan",
			f"After Peru: admitted on {formatdate('2024-03-01')}, Peru on {formatdate('2024-01-02')}.",
			"VCCR 16(1), (2)",
		),
		(
			"Malta",
			"After Japan: the class of Consul comes after that of Consul-general.",
			"VCCR 9, 16(1)",
		),
		("Chile", "After Malta: an acting head stands after heads of posts.", "VCCR 16(4)"),
		(
			"Canada",
			"After Chile: representative offices stand after consular posts.",
			"The city’s own",
		),
	]
	assert [row["place"] for row in rows_of(country="Chile")] == [4]


def test_the_roster_is_that_of_its_day(corps):
	corps["Peru"].update({"closed_on": "2026-01-01", "opened_on": "2020-01-01"})
	corps["Peru"].save()
	assert "Peru" not in [row["country"] for row in rows_of()]
	assert rows_of(as_of="2025-12-31")[0]["country"] == "Peru"
	assert "Peru" not in [row["country"] for row in rows_of(as_of="2019-12-31")]
	chile = next(row for row in rows_of(as_of="2025-01-01") if row["country"] == "Chile")
	assert chile["head"] == ""
	assert chile["why"].endswith("nobody heads this mission on that day.")


def test_a_day_that_is_none_is_refused():
	with pytest.raises(RegisterError, match="As of: whenever is not a date"):
		rows_of(as_of="whenever")


def test_the_city_varies_the_order(corps):
	settings = frappe.get_doc("Protocol Settings")
	settings.update({"dean": corps["Malta"].name, "dean_first": 1})
	settings.save()
	first, second = rows_of()[:2]
	assert first["country"] == "Malta"
	assert second["why"] == "After Malta, the dean of the corps."


def test_of_any_two_it_is_said_why_one_stands_first(corps):
	names = {country: mission.name for country, mission in corps.items()}
	answer = compare(names["Japan"], names["Chile"], DAY)
	assert answer == {
		"sentence": "Consulate-General of Chile: After Japan: an acting head stands after heads of posts.",
		"rule": "VCCR 16(4)",
	}
	assert compare(names["Chile"], names["Japan"], DAY) == answer
	assert "Choose two" in compare(names["Japan"], names["Japan"], DAY)["sentence"]


def test_two_missions_of_one_country_are_called_by_their_names():
	make_consular_mission("Consulate in Kobe")
	make_consular_mission("Consulate in Osaka")
	assert (
		rows_of()[1]["why"] == "After Consulate in Kobe: equal in rank and date, and later in the alphabet."
	)


def test_heads_of_one_day_stand_by_their_commissions():
	for country, presented in (("Peru", "2024-02-09"), ("Chile", "2024-02-10"), ("Brazil", None)):
		officer = head(country, commission_presented=presented)
		make_consular_mission(f"Consulate of {country}", country, officers=[officer])
	_first, second, third = rows_of()
	assert second["why"] == (
		f"After Peru: admitted on one day, the commission presented on {formatdate('2024-02-10')}, that of Peru on "
		f"{formatdate('2024-02-09')}."
	)
	assert third["why"].startswith("After Chile: admitted on one day; the commission of Chile was presented")
	assert [row["rule"] for row in (second, third)] == ["VCCR 16(3)"] * 2


def test_whoever_is_not_admitted_yet_and_acting_heads_are_told_apart():
	make_consular_mission("Consulate of Peru", "Peru")
	make_consular_mission("Consulate of Chile", "Chile", officers=[head("C", exequatur=None)])
	for country, since in (("Brazil", "2026-02-01"), ("Kenya", "2026-03-01"), ("Malta", None)):
		acting = head(country, position="Acting head of post", exequatur=None, from_date=since)
		make_consular_mission(f"Consulate of {country}", country, officers=[acting])
	assert [row["why"] for row in rows_of()][1:] == [
		"After Peru: not admitted yet on that day.",
		"After Chile: an acting head stands after heads of posts.",
		f"After Brazil: acting since {formatdate('2026-03-01')}, Brazil since {formatdate('2026-02-01')}.",
		"After Kenya: it is not said since when the acting head acts.",
	]


def test_embassies_honorary_heads_and_vacant_posts_have_their_sentences():
	frappe.get_doc("Protocol Settings").update({"embassies_first": 1}).save()
	make_consular_mission("Embassy of Fiji", "Fiji", mission_type="Embassy office")
	make_consular_mission("Consulate of Peru", "Peru", officers=[head("P", rank="Consul")])
	honorary = head("M", rank="Consul", category="Honorary", exequatur="2001-01-01")
	make_consular_mission(
		"Consulate of Malta", "Malta", mission_type="Honorary consulate", officers=[honorary]
	)
	make_consular_mission("Consulate of Chile", "Chile", officers=[])
	assert [row["why"] for row in rows_of()][1:] == [
		"After Fiji: embassy offices stand before consular posts.",
		"After Peru: an honorary head stands after career heads.",
		"After Malta: nobody heads this mission on that day.",
	]


def test_a_larger_corps_takes_no_more_statements(corps):
	roster.places_on(today())
	with statements() as few:
		roster.places_on(today())
	for number in range(10):
		make_consular_mission(f"Consulate {number}")
	with statements() as many:
		assert len(roster.places_on(today())) == len(corps) + 10
	assert len(many) == len(few) <= 3


def test_national_days_are_in_the_calendar_in_every_year(corps):
	corps["Japan"].update(
		{"national_day_month": "February", "national_day_day": 23, "national_day_name": "Birthday"}
	)
	corps["Japan"].save()
	found = calendar.national_days("2026-01-01", "2027-12-31")
	assert [(str(one["start"]), one["title"]) for one in found] == [
		("2026-02-23", "Japan: Birthday"),
		("2027-02-23", "Japan: Birthday"),
	]
	with set_to("2026-02-23 09:00"):
		assert len(calendar.national_days("", "")) == 1
	with set_to("2026-02-01 09:00"):
		assert calendar.ahead() == [corps["Japan"].name]
	with set_to("2026-03-01 09:00"):
		assert calendar.ahead() == []


def test_duty_telephones_stand_by_country(corps):
	corps["Japan"].update({"duty_telephone": "+1 213 555 0100"})
	corps["Japan"].save()
	rows = consular_duty_telephones.execute()[1]
	assert [row["country"] for row in rows] == ["Canada", "Chile", "Japan", "Malta", "Peru"]
	assert [row["duty_telephone"] for row in rows][2] == "+1 213 555 0100"
	assert len(consular_duty_telephones.execute({"without_duty_telephone": 1})[1]) == 4
	assert len(consular_duty_telephones.execute({"country": "Japan"})[1]) == 1


def test_missions_are_counted_by_type(corps):
	counts = charts.missions_by_type()
	assert dict(zip(counts["labels"], counts["datasets"][0]["values"], strict=True)) == {
		"Consulate-general": 3,
		"Honorary consulate": 1,
		"Representative office": 1,
	}


@pytest.mark.parametrize("report", [consular_roster, consular_duty_telephones])
def test_whoever_may_read_no_mission_is_told_nothing(report, corps):
	with factories.acting_as(factories.make_user("stranger@city.example").name):
		try:
			told = report.execute({"as_of": DAY})[1]
		except frappe.PermissionError:
			told = []
	assert told == []


@pytest.mark.real_site
@pytest.mark.parametrize("role", [PROTOCOL, TRADE, AUDITOR])
def test_the_reports_open_on_desk_for_those_they_are_for(role, client):
	browser = client(factories.make_person(role).name)
	for name in ("Consular Roster", "Consular Duty Telephones"):
		answer = browser.call(
			"frappe.desk.query_report.run", report_name=name, filters=frappe.as_json({"as_of": DAY})
		)
		assert answer.status_code == 200, answer.text
		assert answer.get_json()["message"]["columns"]
