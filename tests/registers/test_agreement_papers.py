"""What must be on file before clearance and at signature, and who opens it."""

from pathlib import Path

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, DEPARTMENT, LEGAL, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.files.uploaded import file_at, readable_file
from city_diplomacy.partnerships.agreements import signing
from city_diplomacy.partnerships.exceptions import (
	IntakeNotCompleteError,
	SignedCopyMissingError,
	TextFileError,
)
from city_diplomacy.patches.v1_0 import attach_texts_to_agreements as patch
from tests.approvals import scenes
from tests.factories import (
	acting_as,
	clear_every_stage,
	make_agreement,
	make_agreement_type,
	make_file,
	make_person,
	start_clearance,
	submit_for_intake,
)


def text(file) -> dict:
	return {"language": "en", "version_number": 1, "file": file.file_url}


# what must be on file


def typed(**fields):
	"""A draft of the officer of a type that asks for the papers given."""
	kind = make_agreement_type("Paper Understanding", **fields)
	officer = make_person(OFFICER).name
	with acting_as(officer):
		return make_agreement(agreement_type=kind.name, sponsor=officer)


def with_text(agreement):
	with acting_as(make_person(OFFICER).name):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.append("texts", text(make_file()))
		return agreement.save()


def test_the_seeded_types_ask_for_a_text_and_a_signed_copy():
	kinds = frappe.get_all(
		"Agreement Type", {"name": "Letter of Intent"}, ["text_before_clearance", "copy_at_signature"]
	)
	assert kinds == [{"text_before_clearance": 1, "copy_at_signature": 1}]


def test_clearance_does_not_start_without_a_text():
	agreement = typed(text_before_clearance=1)
	with acting_as(make_person(OFFICER).name), pytest.raises(IntakeNotCompleteError, match="Attach the text"):
		start_clearance(agreement)


def test_everything_that_is_missing_is_said_at_once():
	agreement = typed(text_before_clearance=1)
	with acting_as(make_person(OFFICER).name), pytest.raises(IntakeNotCompleteError) as refusal:
		submit_for_intake(agreement).check_intake_complete()
	assert "Still to be checked" in str(refusal.value)
	assert "Attach the text" in str(refusal.value)


def test_with_its_text_it_sets_out_and_keeps_it():
	agreement = with_text(typed(text_before_clearance=1))
	with acting_as(make_person(OFFICER).name):
		agreement = start_clearance(agreement)
		agreement.texts = []
		with pytest.raises(TextFileError, match="Attach the text"):
			agreement.save()


def test_a_running_agreement_does_not_change_to_a_type_that_lacks_its_text():
	agreement = typed()
	strict = make_agreement_type("Strict Understanding", text_before_clearance=1)
	with acting_as(make_person(OFFICER).name):
		agreement = start_clearance(agreement)
		agreement.agreement_type = strict.name
		with pytest.raises(TextFileError, match="Attach the text"):
			agreement.save()


def test_what_set_out_before_its_type_asked_goes_on():
	agreement = typed()
	with acting_as(make_person(OFFICER).name):
		agreement = start_clearance(agreement)
	frappe.db.set_value("Agreement Type", agreement.agreement_type, "text_before_clearance", 1)
	assert clear_every_stage(agreement).workflow_state == "Ready to Sign"


def test_it_is_not_signed_without_the_signed_copy():
	agreement = typed(copy_at_signature=1)
	agreement = clear_every_stage(agreement)
	with acting_as(make_person(MANAGER).name):
		with pytest.raises(SignedCopyMissingError, match="Attach the signed copy"):
			signing.sign(agreement.name, frappe.utils.nowdate())
		copy = make_file("signed.txt", "Signed by both.").file_url
		signing.sign(agreement.name, frappe.utils.nowdate(), copy)
	assert frappe.db.get_value("MOU", agreement.name, ["workflow_state", "signed_copy"]) == ("Active", copy)


# who opens the files


def put_to_attorney():
	"""An agreement under way whose text was uploaded before the agreement had its name."""
	make_person(LEGAL)
	scenes.make_policy(scenes.rule("City Attorney", role=LEGAL))
	with acting_as(make_person(OFFICER).name):
		file = make_file("before.txt")
		return start_clearance(make_agreement(texts=[text(file)])).texts[0].file


@pytest.mark.parametrize(
	("role", "opens"), [(LEGAL, True), (CLERK, True), (MANAGER, True), (DEPARTMENT, False)]
)
def test_whoever_reads_the_agreement_opens_its_text_and_nobody_else(role, opens):
	address = put_to_attorney()
	with acting_as(make_person(role).name):
		assert bool(readable_file(address)) is opens


@pytest.mark.real_site
def test_the_attorney_opens_the_text_in_a_browser_and_a_stranger_does_not(client):
	address = put_to_attorney()
	assert client(make_person(LEGAL).name).get(address).status_code == 200
	assert client(make_person(DEPARTMENT).name).get(address).status_code == 403


def test_texts_of_before_are_hung_on_their_agreements_by_the_patch():
	with acting_as(make_person(OFFICER).name):
		agreement = make_agreement(texts=[text(make_file("before.txt"))])
	manager, place = (
		make_person(MANAGER).name,
		{"attached_to_doctype": "MOU", "attached_to_name": agreement.name},
	)
	frappe.db.delete("File", place)
	with acting_as(manager):
		assert not readable_file(agreement.texts[0].file)
	patch.execute()
	patch.execute()
	with acting_as(manager):
		assert readable_file(agreement.texts[0].file)
	assert frappe.db.count("File", place) == 1


def test_a_text_whose_bytes_are_gone_does_not_keep_a_site_from_migrating():
	with acting_as(make_person(OFFICER).name):
		agreement = make_agreement(texts=[text(make_file("lost.txt"))])
	place = {"attached_to_doctype": "MOU", "attached_to_name": agreement.name}
	frappe.db.delete("File", place)
	Path(file_at(agreement.texts[0].file).get_full_path()).unlink()
	patch.execute()
	assert not frappe.db.exists("File", place)
