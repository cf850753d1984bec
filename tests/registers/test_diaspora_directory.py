"""Nothing about people is shown without their consent, and the directory knows when it was last checked."""

import frappe
import pytest

from city_diplomacy.diaspora_relations.exceptions import ConsentError, DirectoryEntryError
from city_diplomacy.setup.permissions import COMMUNITY
from tests.factories import acting_as, make_diaspora_organisation, make_user


def consent(shown_field: str, given_on: str = "2026-01-10", **fields) -> dict:
	return {"shown_field": shown_field, "given_on": given_on, "given_by": "The chair", **fields}


CONTACT = {
	"contact_person": "Maria Santos",
	"email": "office@pcc.example",
	"phone": "+1 555 0100",
	"website": "https://pcc.example",
	"size_range": "50 to 249",
	"neighbourhoods": "Harbor side",
}


def test_without_consent_only_the_organisation_is_shown():
	shown = make_diaspora_organisation(**CONTACT).public_view()
	assert shown["organisation_name"] == "Philippine Community Center"
	assert not set(CONTACT) & set(shown)


def test_only_what_was_consented_to_is_shown():
	organisation = make_diaspora_organisation(consents=[consent("Website"), consent("Size")], **CONTACT)
	shown = organisation.public_view()
	assert (shown["website"], shown["size_range"]) == ("https://pcc.example", "50 to 249")
	assert not {"contact_person", "email", "phone"} & set(shown)


@pytest.mark.parametrize(
	("consents", "is_shown"),
	[
		([consent("E-mail", withdrawn_on="2026-03-01")], False),
		([consent("E-mail"), consent("E-mail", "2026-05-01", withdrawn_on="2026-06-01")], False),
		([consent("E-mail", "2026-05-01"), consent("E-mail", withdrawn_on="2026-03-01")], True),
	],
	ids=["withdrawn", "given twice, the last one withdrawn", "withdrawn and given again"],
)
def test_the_latest_consent_decides(consents, is_shown):
	organisation = make_diaspora_organisation(consents=consents, **CONTACT)
	assert ("email" in organisation.public_view()) is is_shown


def test_a_consent_is_withdrawn_after_it_was_given():
	with pytest.raises(ConsentError, match="before it is given"):
		make_diaspora_organisation(consents=[consent("E-mail", withdrawn_on="2025-12-31")])


def test_who_enters_a_new_day_has_verified_the_entry():
	officer = make_user("community@city.example", COMMUNITY).name
	organisation = make_diaspora_organisation()
	with acting_as(officer):
		organisation.last_verified = "2026-10-31"
		organisation.save()
	organisation.verified_by = "Administrator"
	organisation.save()
	assert organisation.verified_by == officer
	assert str(organisation.next_verification) == "2027-10-31"


def test_a_namesake_of_the_same_heritage_is_refused():
	first = {"heritage_countries": [{"country": "Japan"}]}
	make_diaspora_organisation("Friendship Society", **first)
	other = make_diaspora_organisation("Friendship Society", heritage_countries=[{"country": "Kenya"}])
	assert other.name == "Friendship Society, Kenya"
	with pytest.raises(DirectoryEntryError, match="already in the directory"):
		make_diaspora_organisation("Friendship Society", **first)


def test_an_organisation_is_found_by_its_own_script():
	organisation = make_diaspora_organisation(alternate_names=[{"alternate_name": "Sentro ng Pamayanan"}])
	assert "sentro ng pamayanan" in frappe.db.get_value(
		"Diaspora Organisation", organisation.name, "search_names"
	)
