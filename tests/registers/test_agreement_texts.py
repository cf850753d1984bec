"""Language versions carry the hash of their bytes; what is confidential is neither published nor public."""

import hashlib

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER
from city_diplomacy.partnerships.exceptions import AgreementError, TextFileError
from tests.factories import (
	acting_as,
	clear_every_stage,
	make_agreement,
	make_file,
	make_user,
	submit_for_intake,
)

TEXT = "The parties intend to work together."
PDF = b"%PDF-1.7\n\xff\xfe\x80\x81 not text"


def text(file, **fields) -> dict:
	return {"language": "en", "version_number": 1, "file": file.file_url, **fields}


@pytest.mark.parametrize("content", [TEXT, PDF], ids=["text", "binary"])
def test_a_text_gets_the_hash_of_its_bytes(content):
	agreement = make_agreement(texts=[text(make_file("understanding.bin", content))])
	as_bytes = content.encode() if isinstance(content, str) else content
	assert agreement.texts[0].sha256 == hashlib.sha256(as_bytes).hexdigest()
	assert agreement.texts[0].uploaded_on


def test_a_client_cannot_send_another_hash():
	agreement = make_agreement(texts=[text(make_file(), sha256="0" * 64)])
	taken = agreement.texts[0].sha256
	assert taken != "0" * 64
	agreement.texts[0].sha256 = "0" * 64
	agreement.save()
	assert agreement.texts[0].sha256 == taken


def test_another_file_gets_its_own_hash():
	agreement = make_agreement(texts=[text(make_file())])
	before = agreement.texts[0].sha256
	agreement.texts[0].file = make_file("second.txt", "Another text.").file_url
	agreement.save()
	assert agreement.texts[0].sha256 != before


@pytest.mark.parametrize(
	"address", ["/private/files/nowhere.pdf", "https://elsewhere.example/text.pdf", "<script>"]
)
def test_a_file_that_was_not_uploaded_is_refused(address):
	with pytest.raises(TextFileError, match="no uploaded file that you may read"):
		make_agreement(texts=[{"language": "en", "version_number": 1, "file": address}])


def test_somebody_else_s_private_file_is_refused():
	file = make_file()
	officer = make_user("officer.texts@city.example", OFFICER)
	agreement = make_agreement(sponsor=officer.name)
	agreement.append("texts", text(file))
	with acting_as(officer.name), pytest.raises(TextFileError):
		agreement.save()


def test_a_version_is_there_once():
	file = make_file()
	with pytest.raises(TextFileError, match="is there already"):
		make_agreement(texts=[text(file), text(file)])


def test_versions_are_counted_from_one():
	with pytest.raises(TextFileError, match="counted from 1"):
		make_agreement(texts=[text(make_file(), version_number=0)])


def test_the_text_of_a_confidential_agreement_is_private():
	file = make_file(is_private=0)
	with pytest.raises(TextFileError, match="anybody can open this file"):
		make_agreement(confidential=1, texts=[text(file)])


# readers and the public


def test_a_draft_is_not_public():
	with pytest.raises(AgreementError, match="once it is in force"):
		make_agreement(publish=1)


def test_what_is_confidential_is_not_public():
	with pytest.raises(AgreementError, match="confidential agreement cannot be in the public register"):
		make_agreement(publish=1, confidential=1)


def test_parts_are_not_public_without_the_agreement():
	assert not make_agreement(publish_value=1).publish_value


def test_a_reader_is_named_once():
	reader = make_user("reader@city.example").name
	with pytest.raises(AgreementError, match="twice"):
		make_agreement(confidential=1, readers=[{"user": reader}, {"user": reader}])


def test_a_reader_s_account_is_in_use():
	reader = make_user("reader@city.example").name
	frappe.db.set_value("User", reader, "enabled", 0)
	with pytest.raises(AgreementError, match="disabled"):
		make_agreement(confidential=1, readers=[{"user": reader}])


def test_a_signed_agreement_can_be_published():
	from city_diplomacy.access.rights import CLERK, MANAGER
	from city_diplomacy.partnerships.agreements import signing

	officer = make_user("officer.publishes@city.example", OFFICER)
	manager = make_user("manager.signs@city.example", MANAGER, CLERK)
	with acting_as(officer.name):
		agreement = make_agreement(counterpart=None)
		submit_for_intake(agreement)
	with acting_as(manager.name):
		agreement = clear_every_stage(agreement)
		signing.sign(agreement.name, frappe.utils.nowdate())
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.publish = 1
		agreement.save()
	assert frappe.db.get_value("MOU", agreement.name, ["workflow_state", "publish"]) == ("Active", 1)
