"""Nothing about people is shown without their consent, and the directory knows when it was last checked."""

import frappe
import pytest
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rights import COMMUNITY, LEGAL
from city_diplomacy.diaspora_relations import public_directory
from city_diplomacy.diaspora_relations.exceptions import ConsentError, DirectoryEntryError
from city_diplomacy.diaspora_relations.report.directory_verification import directory_verification
from city_diplomacy.patches.v1_0 import list_organisations_never_verified
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


def shown_of(organisation) -> dict | None:
	"""What the public directory says of an organisation; None where it is not in it."""
	rows = public_directory.list_organisations(words=organisation.organisation_name)["rows"]
	return next((row for row in rows if row["organisation_name"] == organisation.organisation_name), None)


def test_without_consent_an_organisation_is_not_in_the_directory():
	assert shown_of(make_diaspora_organisation(**CONTACT)) is None


def test_only_what_was_consented_to_is_shown():
	organisation = make_diaspora_organisation(consents=[consent("Website"), consent("Size")], **CONTACT)
	shown = shown_of(organisation)
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
	assert ("email" in (shown_of(organisation) or {})) is is_shown


def test_a_consent_is_withdrawn_after_it_was_given():
	with pytest.raises(ConsentError, match=r"^Row 1, Withdrawn on \(.*\) lies before Given on \("):
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


def test_an_entry_never_verified_is_due_since_it_was_entered():
	organisation = make_diaspora_organisation()
	assert getdate(organisation.next_verification) == getdate(nowdate())


def test_entries_from_before_are_due_once_the_patch_ran():
	organisation = make_diaspora_organisation()
	frappe.db.set_value(organisation.doctype, organisation.name, "next_verification", None)
	list_organisations_never_verified.execute()
	organisation.reload()
	assert getdate(organisation.next_verification) == getdate(organisation.creation)


def test_the_worklist_has_what_was_never_verified_and_what_is_due_again():
	never = make_diaspora_organisation("Never Looked At")
	again = make_diaspora_organisation("Looked At Long Ago", last_verified="2020-01-01")
	fresh = make_diaspora_organisation("Looked At Today", last_verified=nowdate())
	with acting_as(make_user("community@city.example", COMMUNITY).name):
		_columns, rows = directory_verification.execute({})
	listed = [row["organisation"] for row in rows]
	assert listed.index(again.name) < listed.index(never.name)
	assert fresh.name not in listed
	for standing, alone in (("Never verified", never), ("To be verified again", again)):
		_columns, rows = directory_verification.execute({"standing": standing})
		assert [row["organisation"] for row in rows] == [alone.name]


def test_where_nothing_is_verified_anew_the_worklist_has_what_never_was():
	frappe.db.set_single_value("City Diplomacy Settings", "verify_every_months", 0)
	make_diaspora_organisation("Looked At Once", last_verified="2020-01-01")
	never = make_diaspora_organisation("Never Looked At")
	with acting_as(make_user("community@city.example", COMMUNITY).name):
		_columns, rows = directory_verification.execute({})
	assert [row["organisation"] for row in rows] == [never.name]


def test_who_may_not_read_the_directory_has_no_worklist():
	make_diaspora_organisation()
	with acting_as(make_user("legal@city.example", LEGAL).name), pytest.raises(frappe.PermissionError):
		directory_verification.execute({})


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
