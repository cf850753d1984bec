"""What an agreement can say: terms from its type, a calendar that follows, parties on both sides."""

import re

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER
from city_diplomacy.partnerships.agreements.existing import record_existing
from city_diplomacy.partnerships.exceptions import (
	AgreementError,
	ExistingAgreementError,
	IntakeNotCompleteError,
	NotReadyForIntakeError,
)
from city_diplomacy.registers.errors import RegisterError
from tests.factories import (
	acting_as,
	make_agreement,
	make_agreement_type,
	make_file,
	make_partner_city,
	make_person,
	make_user,
	our_company,
	the_usual_partner_city,
)


def year_long_type(**fields):
	return make_agreement_type(
		"Year-long Understanding",
		**{"default_term_months": 12, "review_interval_months": 6, "notice_days": 30, **fields},
	).name


def test_a_draft_takes_its_terms_from_its_type():
	agreement = make_agreement(agreement_type=year_long_type(council_must_adopt=1))
	terms = (agreement.term_months, agreement.review_interval_months, agreement.notice_days)
	assert terms == (12, 6, 30)
	assert agreement.council_must_adopt


def test_terms_somebody_entered_stay():
	agreement = make_agreement(agreement_type=year_long_type(), term_months=24)
	assert agreement.term_months == 24


def test_another_type_brings_its_terms_where_nobody_has_entered_others():
	agreement = make_agreement(agreement_type=year_long_type(), notice_days=45)
	agreement.agreement_type = make_agreement_type(
		"Two-year Understanding", default_term_months=24, notice_days=60
	).name
	agreement.save()
	assert (agreement.term_months, agreement.notice_days) == (24, 45)


def test_another_type_never_spares_the_council():
	agreement = make_agreement(agreement_type=year_long_type(council_must_adopt=1))
	agreement.agreement_type = make_agreement_type("Letter of Intent for Tests").name
	agreement.save()
	assert agreement.council_must_adopt


def test_the_council_cannot_be_unticked_where_the_type_asks_for_it():
	agreement = make_agreement(agreement_type=year_long_type(council_must_adopt=1))
	agreement.council_must_adopt = 0
	with pytest.raises(AgreementError, match="The council adopts every"):
		agreement.save()


def test_a_type_no_longer_in_use_is_refused():
	with pytest.raises(AgreementError, match="no longer in use"):
		make_agreement(agreement_type=year_long_type(disabled=1))


def test_the_calendar_follows_from_the_terms():
	agreement = make_agreement(agreement_type=year_long_type(), effective_date="2026-05-01")
	assert str(agreement.expiry_date) == "2027-05-01"
	assert str(agreement.notice_date) == "2027-04-01"
	assert str(agreement.next_review_date) > frappe.utils.nowdate()


def test_a_changed_term_moves_the_expiry_it_led_to():
	agreement = make_agreement(agreement_type=year_long_type(), effective_date="2026-05-01")
	agreement.term_months = 24
	agreement.save()
	assert str(agreement.expiry_date) == "2028-05-01"


def test_an_expiry_entered_by_hand_stays():
	agreement = make_agreement(
		agreement_type=year_long_type(), effective_date="2026-05-01", expiry_date="2030-12-31"
	)
	agreement.term_months = 24
	agreement.save()
	assert str(agreement.expiry_date) == "2030-12-31"


def test_dates_that_cannot_be_right_are_told_in_one_message():
	with pytest.raises(AgreementError) as refusal:
		make_agreement(signed_on="2026-03-01", effective_date="2026-05-01", expiry_date="2026-02-01")
	said = str(refusal.value)
	assert re.search(r"Expiry date \(.*\) lies before Effective date \(.*\); correct one of the two", said)
	assert re.search(r"Expiry date \(.*\) lies before Signed on \(.*\); correct one of the two", said)


@pytest.mark.parametrize(
	"dates",
	[
		{"effective_date": "2026-05-01", "expiry_date": "2026-06-01", "notice_days": 60},
		{"effective_date": "2026-05-01", "next_review_date": "2026-04-30"},
	],
	ids=["notice before the beginning", "review before the beginning"],
)
def test_dates_that_cannot_be_right_are_refused(dates):
	with pytest.raises(AgreementError, match="lies before"):
		make_agreement(**dates)


def recorded(**fields) -> dict:
	"""The days of an agreement signed before the system, as they are stored."""
	partner = the_usual_partner_city()
	values = {
		"title": "Understanding of 1998",
		"purpose": "Learn from each other.",
		"agreement_type": make_agreement_type().name,
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": our_company()},
			{"side": "Counterpart", "party_type": partner.doctype, "party": partner.name},
		],
		**fields,
	}
	with acting_as(make_person(MANAGER).name):
		scan = make_file("scan.txt").file_url
		name = record_existing(values, scan, "From the archive.")["name"]
	days = frappe.db.get_value("MOU", name, ["signed_on", "effective_date"], as_dict=True)
	return {field: str(day) for field, day in days.items()}


def test_a_signature_known_to_the_month_is_kept_as_its_first_day():
	assert recorded(signed_on="1998-07-19", signed_precision="Month")["signed_on"] == "1998-07-01"


def test_an_agreement_may_be_signed_after_it_takes_effect():
	days = {"signed_on": "1998-07-19", "effective_date": "1998-01-01"}
	assert recorded(**days) == days


def test_a_value_is_in_the_city_s_currency_unless_it_says_otherwise():
	assert make_agreement(financial_value=1000).currency
	assert (
		make_agreement(title="In yen", counterpart=city("Kobe"), financial_value=1, currency="JPY").currency
		== "JPY"
	)


def city(name: str):
	return make_partner_city(name, "Japan")


# parties


def test_a_party_brings_its_name_and_country():
	agreement = make_agreement(city("Osaka"))
	assert (agreement.parties[1].party_name, agreement.parties[1].country) == ("Osaka", "Japan")


def test_a_party_s_name_is_not_the_client_s_to_set():
	agreement = make_agreement(city("Osaka"))
	agreement.parties[1].party_name = "Elsewhere"
	agreement.save()
	assert agreement.parties[1].party_name == "Osaka"


def parties(*counterparts: dict, ours: dict | None = None) -> list[dict]:
	ours = ours or {"party_type": "Company", "party": our_company()}
	return [{"side": "Ours", **ours}, *({"side": "Counterpart", **row} for row in counterparts)]


def test_a_party_is_named_once():
	osaka = {"party_type": "Partner City", "party": city("Osaka").name}
	with pytest.raises(AgreementError, match="is a party already"):
		make_agreement(parties=parties(osaka, osaka))


def test_a_user_is_no_party():
	with pytest.raises(AgreementError, match="a party is one of"):
		make_agreement(parties=parties({"party_type": "User", "party": "Administrator"}))


def test_a_city_abroad_is_not_our_side():
	ours = {"party_type": "Partner City", "party": city("Osaka").name}
	with pytest.raises(AgreementError, match="cannot stand on the side"):
		make_agreement(parties=parties(ours=ours))


# intake


def test_intake_names_everything_that_is_missing():
	sponsor = make_user("gone@city.example")
	agreement = make_agreement(parties=parties(), sponsor=sponsor.name)
	frappe.db.set_value("User", sponsor.name, "enabled", 0)
	with pytest.raises(NotReadyForIntakeError) as refusal:
		agreement.check_ready_for_intake()
	assert "Counterpart" in str(refusal.value)
	assert "gone@city.example is disabled" in str(refusal.value)


def test_a_complete_draft_is_ready_for_intake():
	assert make_agreement().check_ready_for_intake() is None


def test_the_intake_checklist_names_what_is_open():
	agreement = make_agreement(tier_checked=1, jurisdiction_checked=1)
	with pytest.raises(IntakeNotCompleteError, match="No agreement of the same kind"):
		agreement.check_intake_complete()


# relations


def test_an_agreement_is_not_its_own_grandparent():
	first = make_agreement()
	second = make_agreement(city("Osaka"), title="Annex", parent_agreement=first.name)
	first.reload()
	first.parent_agreement = second.name
	with pytest.raises(AgreementError, match="its own parent"):
		first.save()


def test_an_agreement_does_not_supersede_itself():
	agreement = make_agreement()
	agreement.supersedes = agreement.name
	with pytest.raises(AgreementError, match="cannot supersede itself"):
		agreement.save()


def test_a_stored_agreement_is_not_inserted_again_as_new():
	agreement = frappe.get_doc("MOU", make_agreement().name)
	agreement.set("__islocal", 1)
	with pytest.raises(RegisterError, match="is stored already"):
		agreement.save()


@pytest.mark.real_site
def test_rest_cannot_copy_a_hidden_agreement_by_calling_it_new(client):
	officer = make_user("nosy.officer@city.example", OFFICER)
	hidden = make_agreement(confidential=1)
	before = frappe.db.count("MOU")
	answer = client(officer.name).request("PUT", f"/api/resource/MOU/{hidden.name}", json={"__islocal": 1})
	assert answer.status_code in (403, 417)
	assert hidden.purpose not in answer.text
	assert frappe.db.count("MOU") == before


# marks of an existing agreement


@pytest.mark.parametrize(
	"mark", [{"existing_agreement": 1}, {"source_file": "/private/files/x.pdf"}, {"existing_reason": "Old"}]
)
def test_nobody_marks_an_agreement_as_existing_by_hand(mark):
	with pytest.raises(ExistingAgreementError):
		make_agreement(**mark)
	agreement = make_agreement()
	agreement.update(mark)
	with pytest.raises(ExistingAgreementError):
		agreement.save()


def test_a_client_s_flags_do_not_open_the_door():
	with pytest.raises(ExistingAgreementError):
		make_agreement(existing_agreement=1, flags={"recording_existing": True})
