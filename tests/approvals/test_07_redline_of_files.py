"""Two versions of a text's file are laid over each other, for whoever cleared the first."""

from io import BytesIO

import frappe
import pytest
from pypdf import PdfWriter

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.demo.word_file import word_document
from city_diplomacy.partnership_approvals.files import texts
from city_diplomacy.partnership_approvals.ledger import snapshots
from tests import factories
from tests.approvals import scenes

BEFORE = ["Understanding", "1. Each city pays for its own people."]
AFTER = ["Understanding", "1. Each city pays for its own people, abroad too."]


def pdf(words: str) -> bytes:
	"""One page of a PDF that says `words`."""
	stream = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
	objects = (
		b"<< /Type /Catalog /Pages 2 0 R >>",
		b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
		b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
		b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
	)
	written, places = b"%PDF-1.4\n", []
	for number, content in enumerate(objects, 1):
		places.append(len(written))
		written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
	table = b"".join(b"%010d 00000 n \n" % place for place in places)
	return (
		written
		+ b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
		% (
			table,
			len(written),
		)
	)


FORMATS = {
	"txt": lambda paragraphs: "\n".join(paragraphs),
	"md": lambda paragraphs: "\n".join(paragraphs),
	"docx": word_document,
	"pdf": lambda paragraphs: pdf(" ".join(paragraphs)),
}


def text(version: int, file) -> dict:
	return {"language": "en", "version_number": version, "file": file.file_url}


def cleared_and_changed(ending: str, before, after) -> list[dict]:
	"""What the attorney, who cleared the first version, finds changed in the second."""
	scenes.make_policy(scenes.rule("City Attorney", user=factories.make_person(LEGAL).name))
	with factories.acting_as(scenes.office()):
		first = factories.make_file(f"first.{ending}", before)
	agreement = scenes.under_way(texts=[text(1, first)])
	factories.decide(scenes.clearance_for(agreement, "City Attorney"))
	with factories.acting_as(scenes.office()):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.append("texts", text(2, factories.make_file(f"second.{ending}", after)))
		agreement.save()
	asked_again = scenes.clearance_for(agreement, "City Attorney")
	with factories.acting_as(factories.make_person(LEGAL).name):
		return snapshots.changes_for(asked_again.name)["changes"]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_words_that_came_are_shown(ending):
	write = FORMATS[ending]
	changes = cleared_and_changed(ending, write(BEFORE), write(AFTER))
	(words,) = [change for change in changes if change["label"] == "Text (English)"]
	added = "".join(part["text"] for part in words["stretches"] if part["kind"] == "added")
	assert added.strip() == ", abroad too"
	assert not [part for part in words["stretches"] if part["kind"] == "removed"]


def locked_pdf(words: str) -> bytes:
	"""A PDF that opens with a password nobody here has; Frappe 16 takes no file for a PDF that is none."""
	writer, written = PdfWriter(clone_from=BytesIO(pdf(words))), BytesIO()
	writer.encrypt("known to the counterpart")
	writer.write(written)
	return written.getvalue()


UNREADABLE = {"docx": "no archive {}".format, "pdf": locked_pdf, "png": "a picture {}".format}


@pytest.mark.parametrize("ending", UNREADABLE)
def test_what_cannot_be_read_is_named_and_not_compared(ending):
	write = UNREADABLE[ending]
	changes = cleared_and_changed(ending, write("one"), write("two"))
	assert [change["label"] for change in changes] == ["Language versions"]


def test_a_text_that_is_too_long_is_not_compared():
	file = factories.make_file("long.txt", "word " * (texts.LONGEST // 4))
	assert texts.words_of(file) is None


def test_a_word_file_that_unfolds_to_more_than_is_read_has_no_words(monkeypatch):
	file = factories.make_file("bomb.docx", word_document(["word " * 5000]))
	monkeypatch.setattr(texts, "LARGEST_FILE", 20_000)
	assert texts.words_of(file) is None


def test_whoever_is_asked_is_told_about_a_changed_text_with_the_document_it_is_in():
	scenes.make_policy(scenes.rule("City Attorney", user=factories.make_person(LEGAL).name))
	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		agreement = frappe.get_doc("MOU", agreement.name)
		agreement.purpose = "Learn from each other's harbours."
		agreement.save()
	told = frappe.get_all(
		"Approval Notice", {"kind": "Text Changed"}, ["reference_doctype", "reference_name"]
	)
	assert told == [{"reference_doctype": "MOU", "reference_name": agreement.name}]
