"""What is said of an exported record that is not as the ledger was written, and of heads that cannot be used."""

import sys

import pytest

from city_diplomacy.domain.record import exported as files
from city_diplomacy.domain.record import ledger, signatures
from tests.domain.test_exported_records import KEY, MARKS, PUBLIC, SIGNING, exported, signed_heads

ANOTHER = "This is not the entry whose hash was exported."


def said(record, keys=KEY, heads=(), public_keys=()):
	findings = files.check(record, keys, heads, public_keys).findings
	return [(finding.sequence, finding.problem) for finding in findings]


def sealed_heads(*heads):
	"""An export of before, sealed with the ledger's key."""
	export = {"format": files.SEALED_HEADS_FORMAT, "heads": list(heads)}
	return {**export, "seal": files.seal_of(export, KEY)}


def head_of(record, count, changed=None):
	return {"route": "r1", "count": count, "head": record["entries"][count - 1]["entry_hash"]} | (
		changed or {}
	)


# the record


def test_another_key_is_said_first_and_of_the_whole():
	assert said(exported(), b"another key")[0] == (0, "This is not the key the ledger was written with.")


def test_words_that_are_left_out_or_there_against_the_ledger_are_named_by_their_entry():
	record = exported("releasable", MARKS)
	record["entries"][2]["withheld"] = "withheld: Exempt (§ 2)"
	assert said(record) == [(3, "The words are left out for another reason than the ledger gives.")]
	record = exported("internal", MARKS)
	record["entries"][2]["withheld"] = "withheld: Exempt (§ 1)"
	assert said(record) == [(3, "Words are here that the ledger says were removed.")]


def test_each_entry_of_another_record_is_named():
	record = exported()
	record["ledger"]["route"] = "r2"
	assert said(record) == [(number, "This entry belongs to another record.") for number in (1, 2, 3, 4)]


def test_an_entry_without_words_needs_no_salt():
	assert said(exported(format=2, key=ledger.key_id(KEY))) == []


@pytest.mark.parametrize("head", [None, "", ledger.GENESIS])
def test_the_head_of_a_ledger_without_entries_may_be_blank(head):
	record = {**exported(), "entries": []}
	record["ledger"] = {**record["ledger"], "count": 0, "head": head}
	assert said(record) == []


# heads kept elsewhere


def test_each_head_that_was_kept_is_held_against_the_record():
	record = exported()
	right, wrong = head_of(record, 4), head_of(record, 2, {"head": "f" * 64})
	assert said(record, heads=[right]) == []
	assert said(record, heads=[wrong, right]) == [(2, ANOTHER)]
	assert said(record, heads=[right, wrong]) == [(2, ANOTHER)]
	assert said(record, heads=[head_of(record, 1, {"head": "f" * 64})]) == [(1, ANOTHER)]


def test_a_head_of_more_entries_than_there_are_tells_that_the_end_was_cut_off():
	record = exported()
	assert said(record, heads=[head_of(record, 4, {"count": 6})]) == [
		(0, "6 entries were here when the head was exported, 4 are here: the end was cut off.")
	]


def test_a_digest_that_does_not_fit_is_of_all_entries_up_to_it():
	record = exported()
	assert said(record, heads=[head_of(record, 3, {"digest": "f" * 64})]) == [
		(0, "The first 3 entries are not those the city signed.")
	]


@pytest.mark.parametrize("count", [None, "4", 0, -1])
def test_a_head_that_counts_nothing_is_held_against_nothing(count):
	record = exported()
	assert said(record, heads=[head_of(record, 4, {"count": count, "head": "f" * 64})]) == []


def test_heads_given_and_the_records_own_are_both_held_against_it():
	record = exported()
	record["signed"] = signed_heads(record)
	wrong = head_of(record, 2, {"head": "f" * 64})
	assert said(record, None, [wrong], (PUBLIC,)) == [(2, ANOTHER)]
	assert files.check(record, None, (), (PUBLIC,)).signed == 4


def test_the_records_own_heads_may_be_sealed_as_they_were_before():
	record = exported()
	record["signed"] = sealed_heads(head_of(record, 2, {"head": "f" * 64}))
	assert said(record, KEY, (), (PUBLIC,)) == [(2, ANOTHER)]


def test_of_the_records_own_heads_those_of_its_route_are_its():
	record = exported()
	heads = [{"route": "r2", "count": 9, "head": "f" * 64}, "no head", head_of(record, 4)]
	export = {"format": files.HEADS_FORMAT, "public_key": PUBLIC, "heads": heads}
	record["signed"] = {**export, "signature": signatures.sign(SIGNING, files.said_of(export))}
	assert said(record, None, (), (PUBLIC,)) == []
	assert files.heads_of(record["signed"], None, record, (PUBLIC,)) == heads[2:]
	assert files.heads_of(record["signed"], None, None, (PUBLIC,)) == [heads[0], heads[2]]


def test_heads_that_are_none_in_an_earlier_export_are_left_out_as_well():
	head = {"route": "r1", "count": 1, "head": "f" * 64, "digest": "not signed"}
	assert files.heads_of(sealed_heads("no head", head), KEY) == [{**head, "digest": None}]


# what cannot be used


@pytest.mark.parametrize(
	("changed", "sentence"),
	[
		({"format": "something"}, "This is not an exported approval record."),
		({"entries": None}, "This is not an exported approval record."),
		({"entries": ["x"]}, "The entries of this record cannot be read."),
		({"ledger": None}, "The file does not say how many entries the ledger has."),
	],
)
def test_what_is_no_record_is_refused(changed, sentence):
	with pytest.raises(files.BundleError) as refusal:
		files.check({**exported(), **changed}, KEY)
	assert str(refusal.value) == sentence


STRANGER = signatures.public_key_of(signatures.new_private_key())
SIGNED, SEALED = signed_heads(exported()), sealed_heads()
NO_EXPORT = "This is not an export of heads."


@pytest.mark.parametrize(
	("export", "keys", "public_keys", "sentence"),
	[
		({**SIGNED, "format": "something"}, KEY, (PUBLIC,), NO_EXPORT),
		({**SIGNED, "heads": None}, KEY, (PUBLIC,), NO_EXPORT),
		(SIGNED, KEY, (), "The export of heads is signed; give the city's public key to check it."),
		(SIGNED, KEY, (STRANGER,), "The export of heads was signed with another key than the city's."),
		({**SIGNED, "heads": []}, KEY, (PUBLIC,), "The export of heads was changed since it was signed."),
		(
			SEALED,
			None,
			(PUBLIC,),
			"The export of heads is sealed, not signed; the ledger's key alone checks it.",
		),
		({**SEALED, "heads": [{}]}, KEY, (), "The export of heads was changed, or made with another key."),
		(SEALED, b"another key", (), "The export of heads was changed, or made with another key."),
	],
)
def test_heads_that_cannot_be_used_are_refused_with_what_is_wrong(export, keys, public_keys, sentence):
	with pytest.raises(files.BundleError) as refusal:
		files.heads_of(export, keys, None, public_keys)
	assert str(refusal.value) == sentence


def test_without_the_package_that_checks_signatures_its_name_is_said(monkeypatch):
	room = sys.modules[signatures.__package__]
	monkeypatch.delattr(room, "signatures")
	monkeypatch.setitem(sys.modules, signatures.__name__, None)
	with pytest.raises(files.BundleError) as refusal:
		files.heads_of(SIGNED, None, None, (PUBLIC,))
	assert str(refusal.value) == "Checking a signature needs the Python package cryptography."


def test_a_payload_with_half_a_character_has_a_digest():
	"""A broken row is found like any other; it does not stop the check."""
	record = exported()
	kept = signed_heads(record)
	record["entries"][0]["payload"] = "\ud800"
	assert said(record, None, kept["heads"])
