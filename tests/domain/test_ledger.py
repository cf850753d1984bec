import hashlib
import hmac
import json
from dataclasses import fields, replace
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record.ledger import (
	GENESIS,
	Entry,
	Keyring,
	LedgerError,
	canonical,
	entry_hash,
	key_id,
	keyed_digest,
	remark_digest,
	verify,
)
from city_diplomacy.domain.route.joins import Decision

KEY = b"a key kept in the site's configuration"


def write(decisions, key=KEY):
	"""A ledger as the engine writes it, from (decision, remark) pairs."""
	entries, previous = [], GENESIS
	for sequence, (decision, remark) in enumerate(decisions, start=1):
		salt = f"salt {sequence}"
		payload = canonical(
			{
				"sequence": sequence,
				"decision": decision,
				"decided_on": datetime(2026, 11, 22, 9, sequence),
				"seat": "City Attorney",
				"remark_digest": remark_digest(remark, salt),
			}
		)
		own = entry_hash(key, previous, payload)
		entries.append(Entry(sequence, payload, previous, own, remark, salt))
		previous = own
	return entries


LEDGER = write(
	[
		("Clear", ""),
		("Object", "The funds clause binds us."),
		("Return", "See the annex."),
		("Clear", "Fine."),
	]
)
HEAD, COUNT = LEDGER[-1].entry_hash, len(LEDGER)


def check(entries, count=COUNT, head=HEAD, key=KEY):
	return verify(entries, key, count, head)


def test_an_untouched_ledger_is_intact():
	verification = check(LEDGER)
	assert verification.intact
	assert verification.checked == 4
	assert verification.findings == ()


def test_an_empty_ledger_is_intact():
	assert verify([], KEY, 0, GENESIS).intact
	assert verify([], KEY, 0, "").intact
	assert not verify([], KEY, 1, GENESIS).intact


def test_redacted_remarks_leave_the_chain_whole():
	redacted = [replace(entry, remark=None, salt="") for entry in LEDGER]
	assert check(redacted).intact


def changed(position, **values):
	return [*LEDGER[:position], replace(LEDGER[position], **values), *LEDGER[position + 1 :]]


def reworded(position, **values):
	"""A row whose payload says something else, still in canonical form."""
	payload = canonical({**json.loads(LEDGER[position].payload), **values})
	return changed(position, payload=payload)


def rechained(entries, key):
	"""What somebody without the key can do: write the whole chain again under another key."""
	previous, rows = GENESIS, []
	for entry in entries:
		own = entry_hash(key, previous, entry.payload)
		rows.append(replace(entry, previous_hash=previous, entry_hash=own))
		previous = own
	return rows


@pytest.mark.parametrize(
	("tampered", "sequence", "words"),
	[
		(reworded(1, decision="Clear"), 2, "hash does not fit"),
		(reworded(1, sequence=7), 2, "sequence in the payload"),
		(changed(1, entry_hash="f" * 64), 2, "hash does not fit"),
		(changed(1, entry_hash="f" * 64), 3, "does not follow"),
		(changed(1, previous_hash="f" * 64), 2, "does not follow"),
		(changed(1, previous_hash="half \ud83d"), 2, "does not follow"),
		([LEDGER[0], *LEDGER[2:]], 3, "does not follow"),
		([LEDGER[0], *LEDGER[2:]], 3, "a row is missing"),
		([LEDGER[0], *LEDGER[2:]], 0, "4 rows were written, 3 are here"),
		(LEDGER[:3], 0, "recorded head"),
		(LEDGER[:3], 0, "4 rows were written, 3 are here"),
		([], 0, "recorded head"),
		([*LEDGER[:2], LEDGER[1], *LEDGER[2:]], 2, "already carries the number 2"),
		([LEDGER[1], LEDGER[0], *LEDGER[2:]], 2, "out of order"),
		([*LEDGER, replace(LEDGER[-1], sequence=5)], 0, "4 rows were written, 5 are here"),
		(changed(1, sequence=3), 3, "out of order"),
		(changed(1, remark="The funds clause does not bind us."), 2, "remark is not the one"),
		(changed(0, remark="Put in later."), 1, "remark is not the one"),
		(changed(1, remark=""), 2, "remark is not the one"),
		(changed(1, salt="another"), 2, "remark is not the one"),
		(changed(1, payload=LEDGER[1].payload.replace(",", ", ")), 2, "canonical"),
		(changed(1, payload='{"amount":1.5,"sequence":2}'), 2, "canonical"),
		(changed(1, payload='{"amount":NaN,"sequence":2}'), 2, "canonical"),
		(changed(1, payload='{"sequence":2,"sequence":2}'), 2, "canonical"),
		(changed(1, payload="[2]"), 2, "canonical"),
		(changed(1, payload="not JSON"), 2, "canonical"),
		(changed(1, payload="[" * 100000), 2, "canonical"),
		(changed(1, payload=None), 2, "not text"),
		(changed(1, sequence="2"), 2, "not a number"),
		(["a row", *LEDGER[1:]], 1, "not a row"),
		(rechained(LEDGER, b"guessed"), 4, "another key"),
		(rechained(LEDGER, b"guessed"), 0, "recorded head"),
	],
)
def test_tampering_is_found_and_named(tampered, sequence, words):
	verification = check(tampered)
	assert not verification.intact
	assert any(words in finding.problem for finding in verification.findings if finding.sequence == sequence)
	for finding in verification.findings:
		assert finding.problem.endswith(".")
		assert not finding.problem[0].islower()


def test_what_is_no_row_says_nothing_and_those_behind_it_are_checked():
	verification = check(["a row", *changed(2, remark="Put in later.")[1:]])
	assert verification.payloads[0] == {}
	assert (3, "The remark is not the one that was written with this decision.") in [
		(finding.sequence, finding.problem) for finding in verification.findings
	]


@pytest.mark.parametrize("key", [None, b"", "text"])
def test_without_a_key_no_hash_is_taken_for_right(key):
	assert [(finding.sequence, finding.problem) for finding in check(LEDGER, key=key).findings] == [
		(row, "The ledger has no key; a chain without a key could be rewritten by anybody.")
		for row in (1, 2, 3, 4)
	]


def test_a_wrong_count_or_head_is_found():
	assert not check(LEDGER, count=5).intact
	assert not check(LEDGER, count=None).intact
	assert not check(LEDGER, head=LEDGER[2].entry_hash).intact
	assert not check(LEDGER, head="").intact


@pytest.mark.parametrize("count", [None, "4", True, -1, 2**63])
def test_a_recorded_number_of_rows_that_is_none_is_named(count):
	assert [(finding.sequence, finding.problem) for finding in check(LEDGER, count=count).findings] == [
		(0, "The recorded number of rows is not a number.")
	]


def test_the_largest_number_of_rows_is_one():
	assert "9223372036854775807 rows were written" in check(LEDGER, count=2**63 - 1).findings[0].problem


def test_a_missing_key_is_a_finding_not_a_crash():
	assert not check(LEDGER, key=b"").intact
	assert not check(LEDGER, key=None).intact


@pytest.mark.parametrize("name", [field.name for field in fields(Entry)])
@given(data=st.data())
def test_any_character_changed_in_any_field_fails(name, data):
	# The first row has no remark, so its salt salts nothing.
	position = data.draw(st.integers(1, len(LEDGER) - 1))
	before = getattr(LEDGER[position], name)
	if isinstance(before, int):
		after = data.draw(st.integers().filter(lambda value: value != before))
	else:
		at = data.draw(st.integers(0, len(before)))
		cut = data.draw(st.integers(0, 1))
		after = before[:at] + data.draw(st.text(max_size=1)) + before[at + cut :]
	verification = check(changed(position, **{name: after}))
	assert verification.intact is (after == before)


@given(st.permutations(range(len(LEDGER))), st.sets(st.integers(0, len(LEDGER) - 1)))
def test_any_selection_or_order_but_the_whole_fails(order, dropped):
	kept = [LEDGER[position] for position in order if position not in dropped]
	assert check(kept).intact is (kept == LEDGER)


garbage = st.one_of(
	st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.integers())
)
surrogates = st.text(st.characters(codec=None), max_size=8)


@given(
	st.lists(st.builds(Entry, *[st.one_of(garbage, surrogates)] * 6), max_size=4), garbage, garbage, garbage
)
def test_garbage_never_raises(entries, key, count, head):
	verification = verify(entries, key, count, head)
	assert verification.checked == len(entries)
	empty = not entries and type(count) is int and count == 0 and not head
	assert verification.intact is empty


class Mark(Enum):
	PUBLIC = "public"


@pytest.mark.parametrize(
	("payload", "written"),
	[
		({"b": 1, "a": None}, '{"a":null,"b":1}'),
		({"a": date(2026, 5, 1)}, '{"a":"2026-05-01"}'),
		({"a": datetime(2026, 5, 1, 9)}, '{"a":"2026-05-01T09:00:00.000000"}'),
		({"a": datetime(2026, 5, 1, 9, tzinfo=timezone.utc)}, '{"a":"2026-05-01T09:00:00.000000+00:00"}'),
		({"a": "Bogota\u0301"}, '{"a":"Bogotá"}'),
		({"a": "Bogotá"}, '{"a":"Bogotá"}'),
		({"a": [1, ("x", True)]}, '{"a":[1,["x",true]]}'),
		({"a": {"z": 1, "b": 2}}, '{"a":{"b":2,"z":1}}'),
		({"a": Decision.CLEAR, "b": Mark.PUBLIC}, '{"a":"Clear","b":"public"}'),
	],
)
def test_a_payload_is_written_in_one_way(payload, written):
	assert canonical(payload) == written


@pytest.mark.parametrize(
	"value",
	[1.0, float("nan"), Decimal("1"), b"bytes", {1, 2}, object(), "\ud800", {1: "a"}, {"é": 1, "e\u0301": 2}],
)
def test_a_payload_refuses_what_has_no_one_text(value):
	with pytest.raises(LedgerError, match="payload"):
		canonical({"amount": value})


@pytest.mark.parametrize(
	("payload", "said"),
	[
		(
			{"sums": [1, 1.5]},
			"payload.sums[1] is of type float; write amounts as text and the rest as plain values.",
		),
		({"seat": {"\ud800": 1}}, "payload.seat holds characters that are not valid text."),
		({"seat": {7: 1}}, "payload.seat has a name that is not text: 7."),
	],
)
def test_what_is_refused_is_said_with_its_place(payload, said):
	with pytest.raises(LedgerError) as refusal:
		canonical(payload)
	assert str(refusal.value) == said


@given(
	st.dictionaries(
		st.text(), st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text())), max_size=5
	)
)
def test_canonical_text_reads_back_and_is_its_own_canon(payload):
	try:
		written = canonical(payload)
	except LedgerError:
		return
	assert canonical(json.loads(written)) == written
	assert canonical(dict(reversed(payload.items()))) == written


def test_a_remark_digest_is_salted():
	assert remark_digest("", "salt") == ""
	assert remark_digest("words", "one") != remark_digest("words", "two")
	assert remark_digest("words", "one") == hashlib.sha256(b"3:onewords").hexdigest()
	assert remark_digest("bc", "a") != remark_digest("c", "ab")


def test_an_entry_hash_is_an_hmac():
	expected = hmac.new(KEY, f"{GENESIS}\n{{}}".encode(), hashlib.sha256).hexdigest()
	assert entry_hash(KEY, GENESIS, "{}") == expected
	for nothing in (b"", None, "text"):
		with pytest.raises(LedgerError, match=r"^The ledger has no key; a chain .* rewritten by anybody\.$"):
			entry_hash(nothing, GENESIS, "{}")


def test_a_key_is_told_apart_without_being_told():
	assert len(key_id(KEY)) == 8
	assert key_id(KEY) != key_id(b"another key")
	assert key_id(KEY) != hashlib.sha256(KEY).hexdigest()[:8]
	# Entries and exports of every year name their key by it.
	assert key_id(KEY) == hmac.new(KEY, f"{GENESIS}\nkey id".encode(), hashlib.sha256).hexdigest()[:8]


# keys that took the place of others

OLD, NEW = b"the first key", b"the key that took its place"


def chained(*keys, names=True):
	"""A chain whose entries are written with one key after the other, and name it unless told otherwise."""
	entries, previous = [], GENESIS
	for sequence, key in enumerate(keys, start=1):
		named = {"key": key_id(key), "format": 2} if names and key != OLD else {}
		payload = canonical({"sequence": sequence, "remark_digest": "", **named})
		own = entry_hash(key, previous, payload)
		entries.append(Entry(sequence, payload, previous, own))
		previous = own
	return entries


def found(entries, *keys):
	verification = verify(entries, Keyring(keys), len(entries), entries[-1].entry_hash)
	return [(finding.sequence, finding.problem) for finding in verification.findings]


def test_each_entry_is_checked_with_the_key_it_names_and_old_ones_with_the_first():
	assert found(chained(OLD, OLD, NEW, NEW), OLD, NEW) == []


def test_an_entry_with_a_key_that_is_not_here_is_named():
	((sequence, problem),) = found(chained(OLD, NEW), OLD, b"yet another key")
	assert (sequence, problem) == (
		2,
		f"This row was written with the key {key_id(NEW)}, which is not in the keyring.",
	)


@pytest.mark.parametrize("named", [["a list"], {"a": "mapping"}, 7, True])
def test_an_entry_that_names_something_else_for_its_key_is_found(named):
	payload = canonical({"sequence": 1, "key": named})
	((sequence, problem),) = found([Entry(1, payload, GENESIS, entry_hash(OLD, GENESIS, payload))], OLD)
	assert (sequence, "which is not in the keyring" in problem) == (1, True)


def test_a_mark_behind_a_line_end_is_canonical_though_the_text_alone_could_be_composed():
	"""JSON writes a line end as a backslash and an n, with which the mark behind it would make one letter."""
	payload = canonical({"sequence": 1, "seat": "\n\u0303"})
	assert found([Entry(1, payload, GENESIS, entry_hash(OLD, GENESIS, payload))], OLD) == []


def test_a_key_that_was_replaced_is_not_taken_back_into_use():
	((sequence, problem),) = found(chained(OLD, NEW, OLD), OLD, NEW)
	assert (sequence, problem) == (3, "This row was written with a key that had been replaced by then.")


def test_an_entry_that_names_no_key_was_written_with_the_first_one():
	assert found(chained(NEW, names=False), OLD, NEW)


@pytest.mark.parametrize(
	("keys", "said"),
	[
		((), "The ledger has no key; a chain without a key could be rewritten by anybody."),
		((b"",), "The ledger has no key; a chain without a key could be rewritten by anybody."),
		(("text",), "The ledger has no key; a chain without a key could be rewritten by anybody."),
		((OLD, OLD), "The same key is in the keyring twice."),
	],
)
def test_what_is_no_keyring_is_refused(keys, said):
	with pytest.raises(LedgerError) as refusal:
		Keyring(keys)
	assert str(refusal.value) == said


def test_a_keyring_finds_the_key_an_entry_names_and_the_first_for_one_that_names_none():
	ring = Keyring((OLD, NEW))
	assert [ring.find(named) for named in (None, "", key_id(OLD), key_id(NEW), "elsewhere")] == [
		OLD,
		OLD,
		OLD,
		NEW,
		None,
	]


def test_a_salt_where_no_words_were_written_is_named():
	(entry,) = chained(NEW)
	assert (1, "There is a salt here, and no remark was written with this decision.") in found(
		[replace(entry, salt="a")], NEW
	)


def test_each_payload_is_answered_as_it_was_read():
	assert [payload["sequence"] for payload in check(LEDGER).payloads] == [1, 2, 3, 4]


def test_a_keyed_digest_is_none_of_an_empty_text_and_another_with_another_key():
	assert keyed_digest(OLD, "") == ""
	assert keyed_digest(OLD, "letter.pdf") != keyed_digest(NEW, "letter.pdf")
	assert keyed_digest(OLD, "letter.pdf") == hmac.new(OLD, b"digest\nletter.pdf", hashlib.sha256).hexdigest()


def test_a_value_of_a_shape_no_row_is_written_with_is_named_and_not_answered():
	found = check(reworded(1, actor=["somebody"], event={"a": 1}, whole=["c1"]))
	payload = found.payloads[1]
	assert 2 in {finding.sequence for finding in found.findings}
	assert {"actor", "event", "whole"} & payload.keys() == {"whole"}
