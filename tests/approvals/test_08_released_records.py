"""Property 8, the lawful side: a released record holds what may be released and nothing else, and verifies alone."""

import io
import json
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from city_diplomacy.domain.record import exported as files
from city_diplomacy.partnership_approvals.api import records as records_api
from city_diplomacy.partnership_approvals.exceptions import RecordsError
from city_diplomacy.partnership_approvals.ledger import keys
from city_diplomacy.partnership_approvals.records import custody
from tests import factories
from tests.approvals import scenes
from tests.approvals.custody import (
	LAW,
	SECRET,
	bundle,
	custodian,
	returned_once,
	words_of,
)

pytestmark = pytest.mark.real_site


@pytest.fixture
def agreement():
	return returned_once()


HTML_SAFE = st.text(
	st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs")), min_size=12, max_size=60
).map(lambda text: f"§{text}§")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
	words=HTML_SAFE, mark=st.sampled_from([None, "Deliberative", "Privileged", "Exempt"]), gone=st.booleans()
)
def test_no_withheld_word_is_ever_released(words, mark, gone):
	frappe.db.savepoint("example")
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Return", words)
	entry = words_of(agreement)
	with custodian():
		if mark:
			custody.mark(entry.name, mark, LAW, None)
		if gone:
			custody.redact(entry.name, "By order.")
	released = bundle(agreement)
	page = releasable_page(agreement)
	frappe.db.rollback(save_point="example")
	text = json.dumps(released, ensure_ascii=False)
	assert entry.remarks not in text
	assert entry.remarks_salt not in text
	assert frappe.utils.escape_html(entry.remarks) not in page
	assert entry.remarks not in page
	assert entry.remarks_salt not in page
	assert ("redacted" if gone else "withheld: ") in text


def releasable_page(agreement) -> str:
	with custodian():
		return frappe.get_print("MOU", agreement.name, print_format="Releasable Approval Record")


def test_public_words_are_released_with_their_salt_and_fit(agreement):
	with custodian():
		custody.mark(words_of(agreement).name, "Public", None, None)
	(released,) = [row for row in bundle(agreement)["entries"] if row.get("remark")]
	assert released["remark"] == SECRET
	assert files.check(bundle(agreement), keys.keyring()).code == files.WHOLE
	assert SECRET in releasable_page(agreement)


def test_what_is_withheld_says_by_which_law(agreement):
	with custodian():
		custody.mark(words_of(agreement).name, "Exempt", LAW, None)
	withheld = [row["withheld"] for row in bundle(agreement)["entries"] if row.get("withheld")]
	assert withheld == [f"withheld: Exempt ({LAW})"]
	assert f"withheld: Exempt ({LAW})" in releasable_page(agreement)


def test_the_releasable_record_names_people_as_the_ledger_does_and_no_file_name():
	agreement = scenes.under_way()
	text = json.dumps(bundle(agreement))
	assert frappe.utils.get_fullname(scenes.office()) not in text
	assert set(bundle(agreement)) == {
		"format",
		"version",
		"document",
		"title",
		"state",
		"made_on",
		"content_sha256",
		"texts",
		"ledger",
		"signed",
		"entries",
	}


@pytest.mark.parametrize("role", [OFFICER, LEGAL])
def test_a_releasable_record_is_printed_by_those_who_may_release_it(agreement, role):
	"""Frappe wraps whatever stops a print format; the sentence says who may."""
	with (
		factories.acting_as(factories.make_person(role).name),
		pytest.raises(frappe.ValidationError, match="You need one of these roles to release"),
	):
		frappe.get_print("MOU", agreement.name, print_format="Releasable Approval Record")


# on paper


def pages_of(pdf: bytes) -> list[str]:
	"""The text of each page, by the reader Frappe brings."""
	from pypdf import PdfReader

	return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def assets(monkeypatch):
	"""The bench's style sheets at an address wkhtmltopdf can reach; a test has no web server."""
	handler = partial(QuietHandler, directory=frappe.local.sites_path)
	server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	monkeypatch.setitem(frappe.local.conf, "host_name", f"http://127.0.0.1:{server.server_port}")
	yield
	server.shutdown()
	server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
	def log_message(self, *_said):
		"""Requests are not news."""


LONG = " ".join(f"Sentence {number} about the port, its cranes and its customs." for number in range(160))
IN_OTHER_SCRIPTS = (
	"契約の準拠法を示してください。 يرجى ذكر القانون الواجب التطبيق. Прошу указать применимое право."
)


def has_font_for(language: str) -> bool:
	listed = subprocess.run(["fc-list", f":lang={language}", "file"], capture_output=True, text=True)
	return bool(listed.stdout.strip())


@pytest.mark.skipif(not shutil.which("wkhtmltopdf"), reason="wkhtmltopdf is not installed here")
@pytest.mark.parametrize("print_format", ["Approval Record", "Releasable Approval Record"])
def test_the_record_is_a_pdf_an_auditor_reads_alone(assets, print_format):
	"""Long words run over pages, other scripts are there, and so are the hashes and how to check them."""
	agreement = scenes.under_way(title="Häfen & 港")
	factories.decide_all(agreement, "Return", f"{IN_OTHER_SCRIPTS}\n{LONG}")
	factories.clear_every_stage(agreement)
	with custodian():
		custody.mark(words_of(agreement).name, "Public", None, None)
		pdf = frappe.get_print("MOU", agreement.name, print_format=print_format, as_pdf=True)
	pages = pages_of(pdf)
	text = "".join("".join(pages).split())
	assert len(pages) >= 2
	assert "Sentence159about" in text
	# A PDF holds the letters its machine has a font for.
	assert ("準拠法" in text) or not has_font_for("ja")
	assert "применимое" in text
	for entry in scenes.entries_of(agreement):
		assert entry.entry_hash in text
	assert "tools/check_record.py" in text


@pytest.mark.skipif(not shutil.which("wkhtmltopdf"), reason="wkhtmltopdf is not installed here")
def test_a_withheld_word_is_not_in_the_pdf_and_its_law_is(assets, agreement):
	with custodian():
		custody.mark(words_of(agreement).name, "Exempt", LAW, None)
		pdf = frappe.get_print("MOU", agreement.name, print_format="Releasable Approval Record", as_pdf=True)
	text = "".join("".join(pages_of(pdf)).split())
	assert "".join(SECRET.split()) not in text
	assert "".join(LAW.split()) in text


# the exported record away from this site


@pytest.mark.parametrize("version", ["internal", "releasable"])
def test_an_exported_record_verifies_offline_after_every_lawful_act(agreement, version):
	with custodian():
		custody.mark(words_of(agreement).name, "Exempt", LAW, "The attorney asked.")
		custody.place_hold("MOU", agreement.name, "A claim.")
		custody.lift_hold("MOU", agreement.name, "Settled.")
		custody.redact(words_of(agreement).name, "By order.")
	record = json.loads(json.dumps(bundle(agreement, version)))
	assert files.check(record, keys.keyring()).findings == ()


def test_an_internal_record_tells_every_word_and_its_hash_fits(agreement):
	assert SECRET in json.dumps(bundle(agreement, "internal"))
	with factories.acting_as(factories.make_person(MANAGER).name):
		assert records_api.export_record("MOU", agreement.name, "internal")["entries"]
	with pytest.raises(RecordsError), custodian():
		records_api.export_record("MOU", agreement.name, "everything")


def test_a_draft_has_no_record_to_export():
	agreement = scenes.draft_by(scenes.office())
	with custodian(), pytest.raises(RecordsError):
		records_api.export_record("MOU", agreement.name, "releasable")
