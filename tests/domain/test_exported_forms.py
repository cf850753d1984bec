"""What an exported record looks like to others: the lines a person reads, the text a signature is over."""

import hashlib
import json

import pytest

from city_diplomacy.domain.record import exported as files
from city_diplomacy.domain.record import ledger

KEY = b"kept outside the database"


def test_what_is_signed_is_all_an_export_says_but_the_signature_in_canonical_form():
	"""An auditor's own program can check it, years later."""
	export = {"signature": "s", "heads": [{"route": "r1", "count": 2}], "format": files.HEADS_FORMAT}
	assert files.said_of(export) == (
		'{"format":"city-diplomacy-ledger-heads/2","heads":[{"count":2,"route":"r1"}]}'
	)
	assert files.digest_of(["one", "two"]) == hashlib.sha256(b"one\ntwo\n").hexdigest()


def test_an_earlier_export_was_sealed_over_all_it_says_but_the_seal():
	export = {"seal": "s", "heads": [], "format": files.SEALED_HEADS_FORMAT}
	said = '{"format":"city-diplomacy-ledger-heads/1","heads":[]}'
	assert files.seal_of(export, KEY) == ledger.entry_hash(KEY, "0" * 64, said)


def told(*said, **rest):
	"""A record of which only what is printed matters."""
	rows = [{"sequence": number, **row} for number, row in enumerate(said, start=1)]
	return {
		"document": "MOU/MOU-1",
		"version": "internal",
		"made_on": "2026-11-25T03:00:00",
		"ledger": {"count": len(rows), "head": "ab12", "key_id": "k1"},
		"entries": rows,
		**rest,
	}


def test_a_record_and_its_verdict_are_read_line_by_line():
	decided = {
		"event": "Decided",
		"decision": "Object",
		"actor": "ann@city.example",
		"acting_for": "bo@city.example",
		"seat": "City Attorney",
		"happened_on": "2026-11-24T09:30:00.123456",
	}
	marked = {"event": "Remark Marked", "about": "1", "marked_as": "Exempt", "authority": "§ 1"}
	record = told(
		{"payload": json.dumps(decided), "remark": "No funds.\nSee annex."},
		{"payload": json.dumps(marked)},
		{"payload": json.dumps({"event": "Remark Redacted", "about": "1"}), "withheld": "redacted (entry 3)"},
		title="Understanding",
	)
	assert files.report(record, files.Verdict(3, (), True)).split("\n") == [
		"Understanding (MOU/MOU-1)",
		"Version: internal, made on 2026-11-25T03:00:00",
		"Ledger: 3 entries, key k1",
		"Head: ab12",
		"",
		"1. 2026-11-24T09:30:00  Decided: Object, City Attorney, by ann@city.example for bo@city.example",
		"     No funds.",
		"     See annex.",
		"2.   Remark Marked, by nobody named",
		"     about entry 1: Exempt, § 1",
		"3.   Remark Redacted, by nobody named",
		"     about entry 1",
		"     [redacted (entry 3)]",
		"",
		"WHOLE: 3 entries are as they were written, and none is missing.",
	]


def test_what_was_found_stands_before_the_verdict():
	found = (
		ledger.Finding(0, "{0} rows were written, {1} are here.", (2, 1)),
		ledger.Finding(1, "This is not a row."),
	)
	lines = files.report(told({"payload": "{}"}), files.Verdict(1, found, True)).split("\n")
	assert lines[0] == "MOU/MOU-1 (MOU/MOU-1)", "a record without a title goes by its name"
	assert lines[-3:] == [
		"whole record: 2 rows were written, 1 are here.",
		"entry 1: This is not a row.",
		"CHANGED: this is not what was written.",
	]


def test_where_nothing_is_proved_it_says_what_a_key_would_tell():
	verdict = files.Verdict(6, (), False, signed=4)
	assert files.report(told(), verdict).split("\n")[-1] == (
		"UNDECIDED: 4 of 6 entries are signed by the city; of the others "
		"nobody can say without a key that they were not written anew."
	)


# what is read


def test_keys_are_read_one_a_line_the_oldest_first():
	assert files.read_keys("ab12\n  CD34\n\n") == ledger.Keyring((b"\xab\x12", b"\xcd\x34"))


@pytest.mark.parametrize(
	("text", "said"),
	[
		("", "The key file is empty."),
		(" \n", "The key file is empty."),
		("a key", "The key file does not hold keys in hexadecimal digits."),
		("ab12\nab12", "The same key is in the keyring twice."),
	],
)
def test_what_holds_no_keys_is_refused_in_a_sentence(text, said):
	with pytest.raises(files.BundleError) as refusal:
		files.read_keys(text)
	assert str(refusal.value) == said


def test_a_file_is_read_as_it_was_exported_or_as_frappes_api_answers_it():
	record = {"format": files.FORMAT, "entries": []}
	assert files.from_text(json.dumps(record), "record.json") == record
	assert files.from_text(json.dumps({"message": record}), "record.json") == record
	assert files.from_text('{"message": "Not permitted"}', "record.json") == {"message": "Not permitted"}


@pytest.mark.parametrize(
	("text", "said"),
	[
		("nonsense", "heads.json is not a JSON file."),
		("", "heads.json is not a JSON file."),
		("[" * 100_000, "heads.json is not a JSON file."),
		("[]", "heads.json is not an exported record."),
		('"text"', "heads.json is not an exported record."),
	],
)
def test_what_is_no_exported_file_is_refused_by_its_name(text, said):
	with pytest.raises(files.BundleError) as refusal:
		files.from_text(text, "heads.json")
	assert str(refusal.value) == said
