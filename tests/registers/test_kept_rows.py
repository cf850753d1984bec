"""Rows of a record are changed through the record; by themselves they refuse, and their record stays free."""

import frappe
import pytest

from city_diplomacy.registers.errors import KeptRowError
from tests.factories import (
	make_agreement,
	make_commitment,
	make_department,
	make_diaspora_organisation,
	make_file,
	make_partnership_topic,
	make_user,
)


@pytest.fixture
def agreement():
	return make_agreement(
		texts=[{"language": "en", "version_number": 1, "file": make_file().file_url}],
		signatories=[{"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor"}],
		departments=[{"department": make_department("Harbor Affairs").name}],
		readers=[{"user": make_user("reader@city.example").name}],
		topics=[{"topic": make_partnership_topic().name}],
	)


TABLES = ["parties", "texts", "signatories", "departments", "readers", "topics"]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_deleted_by_itself(agreement, table):
	row = agreement.get(table)[0]
	with pytest.raises(KeptRowError, match=f"Open the agreement {agreement.name}"):
		frappe.delete_doc(row.doctype, row.name)
	assert frappe.db.exists(row.doctype, row.name)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_saved_by_itself(agreement, table):
	row = frappe.get_doc(agreement.get(table)[0].doctype, agreement.get(table)[0].name)
	with pytest.raises(KeptRowError):
		row.save()


def test_a_row_does_not_get_free_by_naming_another_owner(agreement):
	row = frappe.get_doc("Topic Link", agreement.topics[0].name)
	row.update({"parenttype": "Diaspora Organisation", "parent": make_diaspora_organisation().name})
	with pytest.raises(KeptRowError):
		row.save()


def test_a_row_is_not_added_by_itself(agreement):
	with pytest.raises(KeptRowError):
		frappe.get_doc(
			{
				"doctype": "MOU Signatory",
				"parenttype": "MOU",
				"parent": agreement.name,
				"parentfield": "signatories",
				"side": "Ours",
				"signatory": "B. Clerk",
				"capacity": "Clerk",
			}
		).insert()


def test_the_agreement_changes_its_own_rows(agreement):
	agreement.signatories[0].capacity = "Deputy Mayor"
	agreement.topics = []
	agreement.save()
	agreement.reload()
	assert agreement.signatories[0].capacity == "Deputy Mayor"
	assert not agreement.topics


def test_consents_and_evidence_are_kept_with_their_record_too():
	organisation = make_diaspora_organisation(
		consents=[{"shown_field": "Website", "given_on": "2026-01-05", "given_by": "The chair"}]
	)
	commitment = make_commitment(evidence=[{"link": "https://example.org/report", "description": "Report"}])
	for row in (organisation.consents[0], commitment.evidence[0]):
		with pytest.raises(KeptRowError):
			frappe.get_doc(row.doctype, row.name).save()


@pytest.mark.real_site
@pytest.mark.parametrize(("method", "body"), [("PUT", {"role": "witness"}), ("DELETE", None)])
def test_rest_cannot_reach_a_row(client, agreement, method, body):
	row = agreement.parties[1]
	answer = client("Administrator").request(method, f"/api/resource/MOU Party/{row.name}", json=body)
	assert answer.status_code == 403
	assert frappe.db.get_value("MOU Party", row.name, "role") in (None, "")
