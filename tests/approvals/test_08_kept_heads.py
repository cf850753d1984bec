"""Property 8: what was exported and kept outside proves what was there, whatever was set back on the site."""

import json

import frappe
import pytest

from city_diplomacy.partnership_approvals.records import kept_heads, watch
from tests import factories
from tests.approvals import lives, scenes
from tests.approvals.custody import findings, returned_once, write

pytestmark = pytest.mark.real_site


@pytest.fixture
def agreement():
	return returned_once()


@pytest.fixture
def safe(tmp_path):
	"""A folder outside, with the day's export; a function that puts another one there."""

	def keep(name: str) -> str:
		file = frappe.get_doc("File", watch.export_heads()[-1])
		(tmp_path / f"{name}.json").write_text(file.get_content())
		return str(tmp_path / f"{name}.json")

	keep.folder = str(tmp_path)
	return keep


def cut_tail(agreement, entries: int = 1) -> None:
	"""The last entries, and consistently with them whatever else tells of them: route, document, clearances and
	the head that was exported."""
	rows = scenes.entries_of(agreement)
	last = json.loads(rows[-entries - 1].payload)
	route = scenes.route_of(agreement).name
	for row in rows[-entries:]:
		frappe.db.delete("Approval Decision", {"name": row.name})
		for name in json.loads(row.payload)["whole"]:
			frappe.db.delete("Approval Clearance", {"name": name})
	head = {"entry_count": last["sequence"], "head": rows[-entries - 1].entry_hash}
	write(
		"Approval Route",
		route,
		ledger_count=head["entry_count"],
		ledger_head=head["head"],
		workflow_state=last["state"],
		stage=last["stage"],
		round=last["round"],
		**last["standing"],
	)
	write("Ledger Head", frappe.db.get_value("Ledger Head", {"route": route}), **head)
	write("MOU", agreement.name, workflow_state=last["state"])


def compared(capsys, *paths: str) -> tuple[int, str]:
	"""The exit code of the command, and what it printed."""
	with pytest.raises(SystemExit) as ended:
		kept_heads.compare_with_export(list(paths) if len(paths) > 1 else paths[0])
	captured = capsys.readouterr()
	return ended.value.code, captured.out + captured.err


def test_what_is_as_it_was_exported_ends_with_nought(agreement, safe, capsys):
	code, told = compared(capsys, safe("monday"))
	assert code == kept_heads.AS_KEPT
	assert "0 are not here as they were exported" in told


def test_a_consistently_cut_tail_that_nothing_on_the_site_tells_of_is_found(safe, capsys):
	"""Ready to sign, set back to just before it: every row agrees with every other one."""
	agreement = lives.set_out()
	factories.clear_every_stage(agreement)
	path = safe("monday")
	cut_tail(agreement)
	assert scenes.events_of(agreement)[-1] != "Ready to Sign"
	assert findings(agreement) == []
	code, told = compared(capsys, path)
	assert code == kept_heads.DIFFERENT
	assert f"MOU/{agreement.name}: " in told
	assert "the end was cut off" in told


def test_the_head_of_the_site_may_be_deleted_too(agreement, safe, capsys):
	path = safe("monday")
	cut_tail(agreement)
	frappe.db.delete("Ledger Head", {"reference_name": agreement.name})
	assert compared(capsys, path)[0] == kept_heads.DIFFERENT


def test_a_ledger_written_anew_with_the_key_is_found(agreement, safe, capsys):
	path = safe("monday")
	entry = scenes.entries_of(agreement)[-1]
	write("Approval Decision", entry.name, entry_hash="f" * 64)
	code, told = compared(capsys, path)
	assert (code, "written anew" in told) == (kept_heads.DIFFERENT, True)


def test_a_record_that_is_gone_or_that_is_another_documents_now_is_found(agreement, safe, capsys):
	path = safe("monday")
	write("Approval Route", scenes.route_of(agreement).name, reference_name="MOU-OTHER")
	assert "is about MOU/MOU-OTHER now" in compared(capsys, path)[1]
	frappe.db.delete("Approval Route", {"reference_name": "MOU-OTHER"})
	assert "is gone" in compared(capsys, path)[1]


def test_a_folder_or_several_files_are_compared_at_once(agreement, safe, capsys):
	monday = safe("monday")
	factories.start_clearance(scenes.draft_by(scenes.office(), title="Another"))
	tuesday = safe("tuesday")
	for paths in ((safe.folder,), (monday, tuesday)):
		code, told = compared(capsys, *paths)
		assert (code, "in 2 exports" in told) == (kept_heads.AS_KEPT, True)
	cut_tail(agreement)
	assert compared(capsys, safe.folder)[0] == kept_heads.DIFFERENT


def test_a_changed_export_and_what_is_none_cannot_be_compared(agreement, safe, capsys, tmp_path):
	path = safe("monday")
	with open(path) as file:
		forged = json.load(file)
	forged["heads"][0]["count"] = 1
	(tmp_path / "monday.json").write_text(json.dumps(forged))
	code, told = compared(capsys, path)
	assert (code, "was changed" in told) == (kept_heads.UNREADABLE, True)
	for content in ("", "{}", "[]"):
		(tmp_path / "monday.json").write_text(content)
		assert compared(capsys, path)[0] == kept_heads.UNREADABLE
	(tmp_path / "monday.json").unlink()
	assert compared(capsys, path)[0] == kept_heads.UNREADABLE
	assert compared(capsys, safe.folder)[0] == kept_heads.UNREADABLE
