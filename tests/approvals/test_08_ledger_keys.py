"""Property 8: the ledgers' keys are their own, one can take the place of another, and none is made silently."""

import json
import os
import subprocess
import sys

import frappe
import pytest

from city_diplomacy.domain.record import exported as files
from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.exceptions import LedgerKeyError
from city_diplomacy.partnership_approvals.ledger import baselines, keys
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.records import bundle, watch
from city_diplomacy.patches.v1_0 import give_the_ledger_a_key_of_its_own as patch
from city_diplomacy.patches.v1_0 import state_what_ledgers_rest_on
from city_diplomacy.patches.v1_0 import take_dates_and_signatories_for_content as widening
from tests import factories
from tests.approvals import lives, old_ledgers, scenes
from tests.approvals.spoiling_rows import for_a_moment, problems, write

OLD, NEW = "ab" * 32, "cd" * 32


@pytest.fixture
def config(monkeypatch):
	"""The site's configuration; what is written to it is not written to its file, and put back afterwards."""
	monkeypatch.setattr(
		keys, "update_site_config", lambda key, value: frappe.local.conf.__setitem__(key, value)
	)
	before = {setting: frappe.local.conf.get(setting) for setting in (keys.SETTING, keys.SIGNING)}
	yield frappe.local.conf
	frappe.local.conf.update(before)


def test_a_site_has_a_key_that_is_derived_from_nothing():
	(row, *_others) = reversed(frappe.conf[keys.SETTING])
	assert len(bytes.fromhex(row["key"])) == keys.KEY_BYTES
	assert row["key"] not in json.dumps(
		{name: value for name, value in frappe.conf.items() if name != keys.SETTING}, default=str
	)


def test_each_entry_names_its_key(config):
	agreement = scenes.under_way()
	current = chain.key_id(keys.keyring().current)
	assert {json.loads(entry.payload)["key"] for entry in scenes.entries_of(agreement)} == {current}
	assert scenes.route_of(agreement).ledger_key_id == current


@pytest.mark.parametrize("stored", [None, [], "ab" * 32, [{"key": "not hexadecimal"}], [{}], [{"key": ""}]])
def test_without_a_key_nothing_is_written_nor_verified_and_none_is_made(config, stored):
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "City Attorney")
	config[keys.SETTING] = stored
	before = len(scenes.entries_of(agreement))
	with pytest.raises(LedgerKeyError, match=r"site_config\.json does not hold a key"):
		ledger.verify("MOU", agreement.name)
	with (
		factories.acting_as(factories.who_answers(clearance)),
		pytest.raises(LedgerKeyError, match="second history"),
	):
		decide.decide(clearance.name, "Clear")
	keys.make_first_key()
	assert config[keys.SETTING] == stored
	assert len(scenes.entries_of(agreement)) == before


def test_a_site_with_another_sites_key_writes_no_second_history(config):
	agreement = scenes.under_way()
	clearance = scenes.clearance_for(agreement, "City Attorney")
	config[keys.SETTING] = [keys.new_key()]
	with (
		factories.acting_as(factories.who_answers(clearance)),
		pytest.raises(LedgerKeyError, match=scenes.route_of(agreement).ledger_key_id),
	):
		decide.decide(clearance.name, "Clear")
	assert "another key" in problems(agreement)[0]


def test_the_keys_copied_to_a_restored_site_verify_there(config):
	agreement = scenes.under_way()
	copied = json.loads(json.dumps(config[keys.SETTING]))
	config[keys.SETTING] = None
	config.encryption_key = "another site's"
	config[keys.SETTING] = copied
	assert problems(agreement) == []


def test_a_first_key_is_made_where_there_is_no_entry_yet(config):
	frappe.db.delete("Approval Decision")
	config.pop(keys.SETTING)
	assert keys.make_first_key()
	assert not keys.make_first_key()
	assert len(keys.keyring().keys) == 1


# another key


@pytest.fixture
def rotated(config):
	"""An agreement on its way whose ledger was sealed with a new key."""
	agreement = scenes.under_way()
	scenes.without_workers(baselines.rotate_ledger_key)
	baselines.write_entries()
	return agreement


@pytest.mark.real_site
def test_a_new_key_seals_every_ledger_once(rotated):
	entries = scenes.entries_of(rotated)
	before, now = (key for key in keys.keyring().ids[-2:])
	assert entries[-1].event == "Key Changed"
	assert [json.loads(entry.payload)["key"] for entry in entries[-2:]] == [before, now]
	baselines.write_entries()
	assert len(scenes.entries_of(rotated)) == len(entries)
	factories.clear_every_stage(rotated)
	assert problems(rotated) == []


@pytest.mark.real_site
def test_whoever_has_the_old_key_cannot_rewrite_what_was_sealed(rotated):
	entries, old = scenes.entries_of(rotated), keys.keyring().keys[-2]
	forge(entries[2], old, actor="mayor@city.example")
	assert any("does not follow" in problem for problem in problems(rotated))


@pytest.mark.real_site
def test_an_entry_with_a_key_that_was_replaced_is_found_after_the_seal(rotated):
	last, old = scenes.entries_of(rotated)[-1], keys.keyring().keys[-2]
	payload = {**json.loads(last.payload), "sequence": last.sequence + 1, "key": chain.key_id(old)}
	text = chain.canonical(payload)
	digest = chain.entry_hash(old, last.entry_hash, text)
	row = {**last, "doctype": "Approval Decision", "name": "forged", "sequence": last.sequence + 1}
	frappe.get_doc(
		{**row, "payload": text, "previous_hash": last.entry_hash, "entry_hash": digest}
	).db_insert()
	route = scenes.route_of(rotated).name
	write("Approval Route", route, ledger_count=last.sequence + 1, ledger_head=digest)
	assert any("had been replaced" in problem for problem in problems(rotated))


@pytest.mark.real_site
def test_a_ledger_cut_back_to_before_the_seal_is_found_when_the_jobs_are_done(rotated, config):
	seal, before = scenes.entries_of(rotated)[-1], scenes.entries_of(rotated)[-2]
	frappe.db.delete("Approval Decision", {"name": seal.name})
	write(
		"Approval Route",
		scenes.route_of(rotated).name,
		ledger_count=before.sequence,
		ledger_head=before.entry_hash,
		ledger_key_id=json.loads(before.payload)["key"],
	)
	assert problems(rotated) == []
	config[keys.SETTING][-1]["since"] = "2020-01-01T00:00:00"
	assert any("was replaced on" in problem for problem in problems(rotated))


def forge(entry, key: bytes, **said) -> None:
	payload = chain.canonical({**json.loads(entry.payload), **said})
	write(
		"Approval Decision",
		entry.name,
		payload=payload,
		entry_hash=chain.entry_hash(key, entry.previous_hash, payload),
		**said,
	)


@pytest.mark.real_site
def test_records_and_heads_from_before_and_after_verify_with_both_keys(rotated):
	keyring = keys.keyring()
	record = json.loads(json.dumps(bundle.record_of(frappe.get_doc("MOU", rotated.name), "internal")))
	exported = json.loads(frappe.get_doc("File", watch.export_heads()[-1]).get_content())
	assert [head["key_id"] for head in exported["heads"]] == [keyring.ids[-1]]
	assert record["ledger"]["key_id"] == keyring.ids[-1]
	heads = files.heads_of(exported, keyring, record, keys.public_keys())
	assert files.check(record, keyring, heads).code == files.WHOLE
	assert files.check(record, keyring.keys[-1], heads).code == files.CHANGED


# the keys that sign


def test_a_new_signing_key_leaves_earlier_signatures_valid(config):
	agreement = scenes.under_way()
	before = json.loads(json.dumps(bundle.record_of(frappe.get_doc("MOU", agreement.name), "releasable")))
	known = keys.rotate_signing_key()["public_keys"]
	after = json.loads(json.dumps(bundle.record_of(frappe.get_doc("MOU", agreement.name), "releasable")))
	assert [before["signed"]["public_key"], after["signed"]["public_key"]] == known[-2:]
	for record in (before, after):
		assert files.check(record, None, public_keys=known).code == files.WHOLE
	with pytest.raises(files.BundleError):
		files.check(after, None, public_keys=known[:-1])


def test_without_a_signing_key_nothing_is_exported_and_none_is_made(config):
	scenes.under_way()
	config[keys.SIGNING] = []
	with pytest.raises(LedgerKeyError, match=keys.SIGNING):
		watch.export_heads()
	assert config[keys.SIGNING] == []


# coming from a derived key


@pytest.fixture
def upgraded(config):
	"""An agreement whose ledger was written in the first format with the derived key, and then the patch."""
	legacy = patch.derived_key().hex()
	config[keys.SETTING] = [{"key": legacy, "since": ""}]
	with old_ledgers.written():
		agreement = lives.set_out()
		factories.decide(
			scenes.clearance_for(agreement, "City Attorney"), "Clear with Conditions", conditions="Pay."
		)
	assert problems(agreement) == []
	config.pop(keys.SETTING)
	patch.execute()
	widening.execute()
	return agreement


@pytest.mark.real_site
def test_the_derived_key_is_kept_and_another_one_writes(upgraded, config):
	legacy, own = keys.keyring().keys
	assert legacy == patch.derived_key()
	assert own != legacy
	assert problems(upgraded) == []
	config.encryption_key = "changed since"
	assert problems(upgraded) == []


@pytest.mark.real_site
def test_an_old_ledger_gets_a_baseline_once_and_is_compared_from_then_on(upgraded):
	clearance = scenes.clearance_for(upgraded, "Mayor or City Manager")
	rule = frappe.db.get_value("Routing Rule", {"parent": scenes.route_of(upgraded).policy}, "name")
	changes = (
		("Approval Clearance", clearance.name, {"mandatory": 1 - clearance.mandatory}),
		("Routing Rule", rule, {"working_days": 99}),
	)
	assert [is_found(upgraded, *change) for change in changes] == [False, False]
	baselines.write_entries()
	assert [is_found(upgraded, *change) for change in changes] == [True, True]
	assert scenes.events_of(upgraded)[-1] == "Baseline Recorded"
	state_what_ledgers_rest_on.execute()
	assert scenes.events_of(upgraded).count("Baseline Recorded") == 1
	factories.clear_every_stage(upgraded)
	assert problems(upgraded) == []


def is_found(agreement, doctype: str, name: str, values: dict) -> bool:
	with for_a_moment():
		write(doctype, name, **values)
		return bool(problems(agreement))


@pytest.mark.real_site
def test_a_baseline_hides_nothing_that_was_found_before(upgraded):
	attorney = scenes.clearance_for(upgraded, "City Attorney", "Decided")
	write("Approval Clearance", attorney.name, decision="Clear")
	before = problems(upgraded)
	assert before
	baselines.write_entries()
	assert set(before) <= set(problems(upgraded))


@pytest.mark.real_site
def test_a_baseline_does_not_state_text_that_is_not_what_the_ledger_ended_with(upgraded):
	write("MOU", upgraded.name, title="Changed beneath the engine")
	baselines.write_entries()
	assert any("not what was recorded" in problem for problem in problems(upgraded))


@pytest.mark.real_site
def test_a_new_key_hides_nothing_that_entries_told(config):
	agreement = scenes.under_way()
	write("Approval Clearance", scenes.clearance_for(agreement, "City Attorney").name, mandatory=0, veto=1)
	before = problems(agreement)
	assert before
	scenes.without_workers(baselines.rotate_ledger_key)
	baselines.write_entries()
	assert set(before) <= set(problems(agreement))


@pytest.mark.real_site
def test_an_old_ledger_that_moved_on_before_its_baseline_gets_one_all_the_same(upgraded):
	factories.decide(scenes.clearance_for(upgraded, "Mayor or City Manager"))
	assert problems(upgraded) == []
	baselines.write_entries()
	assert "Baseline Recorded" in scenes.events_of(upgraded)
	assert problems(upgraded) == []


@pytest.mark.real_site
def test_a_lost_key_is_not_replaced_by_the_patch(upgraded, config):
	baselines.write_entries()
	config.pop(keys.SETTING)
	with pytest.raises(LedgerKeyError):
		patch.execute()
	assert keys.SETTING not in config


@pytest.mark.real_site
def test_baselines_take_no_more_statements_for_many_than_for_one(config):
	from tests.desk.counting import counted_statements

	sent = []
	for many in (1, 4):
		with old_ledgers.written():
			for number in range(many):
				scenes.under_way(title=f"Old {many}.{number}")
		with counted_statements() as run:
			baselines.write_entries()
		sent.append(len(run))
	# A text that is on file already is filled in one by one.
	assert sent[1] - sent[0] <= 3


@pytest.mark.real_site
def test_batches_follow_one_another(upgraded, monkeypatch):
	monkeypatch.setattr(baselines, "BATCH", 1)
	with old_ledgers.written():
		other = scenes.under_way(title="Another")
	after, batches = "", 0
	while after is not None:
		after = baselines.write_batch(after)
		batches += 1
	assert batches >= 2
	assert [scenes.events_of(one).count("Baseline Recorded") for one in (upgraded, other)] == [1, 1]


# the console


@pytest.mark.real_site
def test_the_console_prints_the_keys_and_a_script_learns_what_was_compared(outside_transaction, tmp_path):
	def bench(method: str, **arguments) -> subprocess.CompletedProcess:
		command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
		command += ["execute", f"city_diplomacy.partnership_approvals.{method}"]
		command += ["--kwargs", repr(arguments)] if arguments else []
		return subprocess.run(command, cwd=os.environ["CITY_DIPLOMACY_SITES"], capture_output=True, text=True)

	told = json.loads(bench("ledger.keys.show_ledger_key").stdout)
	assert told["key_id"] == keys.keyring().ids[-1]
	(tmp_path / "none.json").write_text("{}")
	done = bench("records.kept_heads.compare_with_export", paths=str(tmp_path / "none.json"))
	assert done.returncode == 2, done.stderr
	assert "Cannot be compared: none.json" in done.stderr
