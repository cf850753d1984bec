"""What is said of a gift before it is given: given before, above a threshold, and better not given there."""

import frappe
import pytest

from city_diplomacy.access.rights import MAYOR, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.gifts import api
from tests import factories
from tests.protocol.factories import make_gift_threshold, make_official_gift

CLOCK = {
	"gift": "Brass clock",
	"direction": "Given",
	"gift_date": "2026-06-01",
	"other_name": "Li Wei",
	"country": "China",
}


@pytest.fixture
def advice():
	settings = frappe.get_doc("Protocol Settings")
	settings.append(
		"gift_advice", {"country": "China", "words": "clock, watch", "advice": "Clocks stand for a farewell."}
	)
	settings.append("gift_advice", {"country": "Japan", "advice": "Never four of anything."})
	settings.save()


def test_advice_is_shown_for_the_country_and_what_the_gift_is_called(advice):
	assert api.warnings(CLOCK) == ["Clocks stand for a farewell."]
	assert api.warnings({**CLOCK, "gift": "Clockwork orange"}) == []
	assert api.warnings({**CLOCK, "gift": "Book", "description": "On the WATCH trade"}) == [
		"Clocks stand for a farewell."
	]
	assert api.warnings({**CLOCK, "country": "Peru"}) == []
	assert api.warnings({**CLOCK, "gift": "Tea", "country": "Japan"}) == ["Never four of anything."]


def test_what_they_were_given_before_is_remembered():
	given = {"direction": "Given", "affiliation": "City of Kobe", "custody": "With the recipient"}
	make_official_gift("Old bowl", gift_date="2019-01-01", **given)
	make_official_gift("Silver bowl", gift_date="2025-01-01", **given)
	make_official_gift("Received bowl", gift_date="2025-01-02", affiliation="City of Kobe")
	said = api.warnings({**CLOCK, "affiliation": "City of Kobe"})
	assert [line.split(" was given to")[0] for line in said] == ["Silver bowl"]


def test_a_gift_does_not_remember_itself():
	gift = make_official_gift(direction="Given", custody="With the recipient")
	assert api.about(gift.name)["warnings"] == []
	assert api.warnings({field: gift.get(field) for field in ("name", *CLOCK, "affiliation")}) == []


def test_a_threshold_is_named_with_its_amount():
	make_gift_threshold()
	gift = make_official_gift(value=500)
	(said,) = api.about(gift.name)["warnings"]
	assert "50" in said
	assert "Gifts to elected officials" in said


def test_whoever_may_enter_no_gift_is_told_nothing(advice):
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		api.warnings(CLOCK)


@pytest.mark.parametrize(
	"values", [{"gift_date": "soon"}, {"gift": {"a": 1}}, {"gift_date": "2026-06-01", "other_name": ["x"]}]
)
def test_what_is_no_gift_is_refused_with_a_sentence(values):
	with pytest.raises(frappe.ValidationError):
		api.warnings(values)


ENTERED = {
	"gift": "Model ship",
	"direction": "Received",
	"gift_date": "2026-05-04",
	"official": "Mayor of Harborview",
	"official_role": "Elected official",
	"other_name": "Hiro Tanaka",
	"source_kind": "City or region",
	"value": "120.50",
	"currency": "USD",
}


def test_the_mayors_office_enters_a_gift_above_a_threshold_and_protocol_is_told():
	make_gift_threshold()
	chief = factories.make_person(PROTOCOL).name
	with factories.acting_as(factories.make_person(MAYOR).name):
		answer = api.enter(**ENTERED)
	gift = frappe.get_doc("Official Gift", answer["name"])
	assert (gift.status, gift.value, gift.owner) == (
		"To Be Decided",
		120.5,
		factories.make_person(MAYOR).name,
	)
	assert "Protocol decides" in answer["message"]
	(told,) = frappe.get_all(
		"Notification Log", {"document_name": gift.name, "for_user": chief}, pluck="subject"
	)
	assert told == "A gift above a threshold is to be decided: Model ship."
	gift.occasion = "Anniversary"
	gift.save()
	assert frappe.db.count("Notification Log", {"document_name": gift.name, "for_user": chief}) == 1


@pytest.mark.parametrize(
	("changes", "sentence"),
	[
		({"value": "a lot"}, "must be a number"),
		({"value": "-5"}, "must be a number"),
		({"value": "1e400"}, "must be a number"),
		({"currency": "QQQ"}, "QQQ"),
		({"gift_date": ""}, "Say on which day"),
		({"gift_date": "2999-01-01"}, "still to come"),
		({"official_role": "Emperor"}, "cannot be"),
		({"gift": ""}, "Gift"),
	],
)
def test_what_does_not_fit_is_refused_and_nothing_is_logged(changes, sentence):
	before = frappe.db.count("Official Gift")
	with (
		factories.acting_as(factories.make_person(MAYOR).name),
		pytest.raises(frappe.ValidationError) as refusal,
	):
		api.enter(**{**ENTERED, **changes})
	said = " ".join([str(refusal.value), *(str(entry["message"]) for entry in frappe.get_message_log())])
	assert sentence in said
	assert frappe.db.count("Official Gift") == before


def test_others_enter_none():
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		api.enter(**ENTERED)
