"""An exported record is checked by a program that has nothing but the file and the key."""

import copy
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record import disclosure, ledger, signatures
from city_diplomacy.domain.record import exported as files
from tests.static.sources import CHECKOUT

KEY = b"kept outside the database"
SIGNING = signatures.new_private_key()
PUBLIC = signatures.public_key_of(SIGNING)
WORDS = ["", "The annex is missing.", "契約の準拠法を示してください。", ""]


def exported(version="internal", marks=(), **more):
	"""A record as the site exports it: four decisions, then `marks` as (sequence, mark, law); `more` in each payload."""
	facts = [{"event": "Decided", "words": words} for words in WORDS]
	facts += [
		{"event": disclosure.MARKED, "words": "", "about": str(of), "marked_as": mark, "authority": law}
		for of, mark, law in marks
	]
	rows, payloads, previous = [], [], ledger.GENESIS
	for sequence, said in enumerate(facts, start=1):
		words, salt = said.pop("words"), f"salt-{sequence}"
		payload = {
			**said,
			"actor": "counsel@city.example",
			"document": "MOU/MOU-1",
			"route": "r1",
			"sequence": sequence,
			"disclosure": "Deliberative" if words else None,
			"remark_digest": ledger.remark_digest(words, salt),
			**more,
		}
		text = ledger.canonical(payload)
		own = ledger.entry_hash(KEY, previous, text)
		rows.append(
			{
				"sequence": sequence,
				"payload": text,
				"previous_hash": previous,
				"entry_hash": own,
				"words": words,
				"salt": salt,
			}
		)
		payloads.append(payload)
		previous = own
	words_of = disclosure.words_by_entry(payloads)
	for row in rows:
		words, salt = row.pop("words"), row.pop("salt")
		of = words_of.get(row["sequence"])
		if of and (of.released or version == "internal"):
			row.update({"remark": words, "salt": salt})
		elif of:
			row["withheld"] = of.notice
	return {
		"format": files.FORMAT,
		"version": version,
		"document": "MOU/MOU-1",
		"title": "Understanding",
		"made_on": "2026-11-25T03:00:00",
		"ledger": {"route": "r1", "count": len(rows), "head": previous, "key_id": ledger.key_id(KEY)},
		"entries": rows,
	}


MARKS = [(2, "Public", None), (3, "Exempt", "§ 1")]
both_versions = pytest.mark.parametrize("version", ["internal", "releasable"])


def problems(record, key=KEY, heads=()):
	return files.check(record, key, heads).findings


@both_versions
def test_an_untouched_record_is_whole(version):
	assert files.check(exported(version, MARKS), KEY).code == files.WHOLE


def test_without_the_key_the_order_is_checked_and_nothing_is_promised():
	record = exported()
	assert files.check(record, None).code == files.UNDECIDED
	record["entries"][1]["remark"] = "Something else."
	assert files.check(record, None).code == files.CHANGED


def test_another_key_is_named():
	first, *others = problems(exported(), b"another key")
	assert "not the key" in first.problem
	assert others


@both_versions
@given(data=st.data())
def test_any_changed_character_of_any_entry_is_found(version, data):
	record = exported(version, MARKS)
	row = data.draw(st.sampled_from(record["entries"]))
	name = data.draw(
		st.sampled_from(
			[name for name, value in row.items() if isinstance(value, str) and value and name != "salt"]
		)
	)
	position = data.draw(st.integers(0, len(row[name]) - 1))
	other = data.draw(st.characters(codec="utf-8").filter(lambda char: char != row[name][position]))
	row[name] = row[name][:position] + other + row[name][position + 1 :]
	assert problems(record)


@given(st.permutations(range(6)))
def test_rows_in_another_order_are_found(order):
	record = exported(marks=MARKS)
	rows = record["entries"]
	record["entries"] = [rows[position] for position in order]
	assert bool(problems(record)) == (list(order) != list(range(6)))


@pytest.mark.parametrize("position", range(6))
def test_a_row_left_out_or_put_in_twice_is_found(position):
	for rows in (
		lambda entries: entries[:position] + entries[position + 1 :],
		lambda entries: [*entries[:position], entries[position], *entries[position:]],
	):
		record = exported(marks=MARKS)
		record["entries"] = rows(record["entries"])
		assert problems(record)


def test_a_tail_cut_with_count_and_head_is_found_by_a_kept_head():
	record = exported(marks=MARKS)
	head = {"route": "r1", "count": 6, "head": record["ledger"]["head"]}
	record["entries"].pop()
	record["ledger"].update(count=5, head=record["entries"][-1]["entry_hash"])
	# Nothing in the record itself tells.
	assert "withheld" not in record["entries"][2]
	assert problems(record) == ()
	assert any("cut off" in found.problem for found in problems(record, heads=[head]))


def test_a_rewritten_chain_is_found_by_the_key_and_by_a_kept_head():
	record, forged = exported(), exported()
	payload = {**json.loads(forged["entries"][0]["payload"]), "actor": "mayor@city.example"}
	previous = ledger.GENESIS
	for row in forged["entries"]:
		row["payload"] = ledger.canonical(payload) if row["sequence"] == 1 else row["payload"]
		row["previous_hash"] = previous
		row["entry_hash"] = previous = ledger.entry_hash(b"a guess", previous, row["payload"])
	forged["ledger"]["head"] = previous
	assert problems(forged)
	head = {"route": "r1", "count": 4, "head": record["ledger"]["head"]}
	assert files.check(forged, None, [head]).code == files.CHANGED


def test_a_forged_entry_at_the_end_is_found():
	record = exported()
	last = record["entries"][-1]
	payload = ledger.canonical({**json.loads(last["payload"]), "sequence": 5, "decision": "Clear"})
	own = ledger.entry_hash(b"a guess", last["entry_hash"], payload)
	record["entries"].append(
		{"sequence": 5, "payload": payload, "previous_hash": last["entry_hash"], "entry_hash": own}
	)
	record["ledger"].update(count=5, head=own)
	assert problems(record)


def test_words_left_out_without_the_ledgers_reason_are_found():
	record = exported("releasable", MARKS)
	withheld = next(row for row in record["entries"] if row.get("withheld"))
	withheld["withheld"] = "withheld: Exempt (some other law)"
	assert problems(record)
	del withheld["withheld"]
	assert problems(record)


def test_an_entry_of_another_record_is_found():
	record = exported()
	record["document"] = "MOU/MOU-2"
	assert len(problems(record)) == 4


@pytest.mark.parametrize(
	"changed",
	[{"format": "something"}, {"entries": None}, {"entries": ["x"]}, {"ledger": None}, {"ledger": "x"}],
)
def test_what_is_no_record_is_refused_in_a_sentence(changed):
	with pytest.raises(files.BundleError, match=r"\.$"):
		files.check({**exported(), **changed}, KEY)


@given(
	st.recursive(
		st.none() | st.integers() | st.text(),
		lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
		max_leaves=8,
	)
)
def test_whatever_stands_in_an_entry_is_found_or_refused(value):
	for name in ("sequence", "payload", "previous_hash", "entry_hash", "remark", "salt", "withheld"):
		record = copy.deepcopy(exported())
		if record["entries"][1].get(name) == value or (name in ("withheld",) and not value):
			continue
		record["entries"][1][name] = value
		assert problems(record), name


def test_a_record_is_checked_with_all_the_keys_of_its_site():
	assert files.check(exported(marks=MARKS), ledger.Keyring((KEY, b"the key since"))).code == files.WHOLE


def signed_heads(record, count=None, **changed):
	"""The night's export of the record's head after `count` entries, signed."""
	rows = record["entries"][:count]
	head = {
		"route": "r1",
		"document": record["document"],
		"count": len(rows),
		"head": rows[-1]["entry_hash"],
		"digest": files.digest_of(row["payload"] for row in rows),
	}
	export = {"format": files.HEADS_FORMAT, "public_key": PUBLIC, "heads": [head], **changed}
	return {**export, "signature": signatures.sign(SIGNING, files.said_of(export))}


def judged(record, *exports, public_keys=(PUBLIC,)):
	"""The verdict of an outsider, who has the public key alone."""
	heads = [head for export in exports for head in files.heads_of(export, None, record, public_keys)]
	return files.check(record, None, heads, public_keys)


@both_versions
def test_an_outsider_proves_a_record_with_the_public_key(version):
	record = exported(version, MARKS)
	assert judged(record, signed_heads(record)).code == files.WHOLE
	record["signed"] = signed_heads(record)
	assert judged(record).code == files.WHOLE


def test_entries_after_the_last_signed_head_are_not_proved():
	record = exported(marks=MARKS)
	verdict = judged(record, signed_heads(record, 4))
	assert (verdict.code, verdict.signed, verdict.checked) == (files.UNDECIDED, 4, 6)
	assert "4 of 6 entries are signed" in files.report(record, verdict)


def test_a_chain_rewritten_with_the_ledgers_key_is_found_by_an_outsider():
	"""Whoever has the ledger's key writes hashes that verify; they cannot write the city's signature."""
	record = exported()
	kept = signed_heads(record)
	payload = {**json.loads(record["entries"][0]["payload"]), "actor": "mayor@city.example"}
	record["entries"][0]["payload"] = ledger.canonical(payload)
	previous = ledger.GENESIS
	for row in record["entries"]:
		row["previous_hash"] = previous
		row["entry_hash"] = previous = ledger.entry_hash(KEY, previous, row["payload"])
	record["ledger"]["head"] = previous
	assert files.check(record, KEY).code == files.WHOLE
	assert judged(record, kept).code == files.CHANGED


def test_an_entry_changed_beneath_its_own_hash_is_found_by_an_outsider():
	record = exported()
	kept = signed_heads(record)
	record["entries"][0]["payload"] = record["entries"][0]["payload"].replace("counsel", "council")
	assert judged(record, kept).code == files.CHANGED


@pytest.mark.parametrize(
	("changed", "public_keys"),
	[
		({"exported_on": "2026-11-30"}, (PUBLIC,)),
		({"signature": "00" * 64}, (PUBLIC,)),
		({"signature": None}, (PUBLIC,)),
		({"public_key": signatures.public_key_of(signatures.new_private_key())}, (PUBLIC,)),
		({}, (signatures.public_key_of(signatures.new_private_key()),)),
		({}, ()),
	],
)
def test_heads_that_are_not_the_citys_as_signed_are_refused(changed, public_keys):
	export = {**signed_heads(exported()), **changed}
	with pytest.raises(files.BundleError, match=r"\.$"):
		files.heads_of(export, KEY, None, public_keys)


@pytest.mark.parametrize("kind", [files.SEALED_HEADS_FORMAT, files.HEADS_FORMAT])
def test_a_record_that_signs_itself_proves_nothing(kind):
	"""Heads anybody could have written, in either form, do not pass for the city's."""
	record = exported()
	export = {**signed_heads(record), "format": kind, "signature": "00" * 64}
	with pytest.raises(files.BundleError):
		judged({**record, "signed": export})
	with pytest.raises(files.BundleError):
		judged(record, export)


def test_a_digest_in_an_export_nobody_signed_counts_for_nothing():
	record = exported()
	unsigned = {**signed_heads(record), "format": files.SEALED_HEADS_FORMAT}
	verdict = files.check(record, None, files.heads_of(unsigned, None, record))
	assert (verdict.code, verdict.signed) == (files.UNDECIDED, 0)


def test_a_record_without_entries_is_not_proved_by_nothing():
	record = {**exported(), "entries": []}
	record["ledger"] = {**record["ledger"], "count": 0, "head": ledger.GENESIS}
	assert judged(record).code != files.WHOLE


def test_heads_sealed_before_they_were_signed_are_still_read():
	keyring = ledger.Keyring((KEY, b"the key since"))
	sealed = {"format": files.SEALED_HEADS_FORMAT, "heads": [], "key_id": keyring.ids[-1]}
	sealed["seal"] = files.seal_of(sealed, keyring.current)
	assert files.heads_of(sealed, keyring) == []
	with pytest.raises(files.BundleError):
		files.heads_of(sealed, KEY)
	with pytest.raises(files.BundleError):
		files.heads_of({**sealed, "key_id": keyring.ids[0]}, keyring)


# the command


def run(tmp_path, record, *arguments):
	path = tmp_path / "record.json"
	path.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
	(tmp_path / "key.hex").write_text(KEY.hex() + "\n")
	return subprocess.run(
		[
			sys.executable,
			*([] if "--public-key" in arguments else ["-S"]),
			"tools/check_record.py",
			str(path),
			*arguments,
		],
		cwd=CHECKOUT,
		capture_output=True,
		text=True,
		env={"PYTHONIOENCODING": "utf-8"},
	)


def test_the_command_reads_without_frappe_and_says_whole(tmp_path):
	done = run(tmp_path, exported("releasable", MARKS), "--key-file", str(tmp_path / "key.hex"))
	assert done.returncode == 0, done.stderr
	assert "WHOLE: 6 entries" in done.stdout
	assert "withheld: Exempt (§ 1)" in done.stdout
	assert "The annex is missing." in done.stdout


def test_the_command_names_what_was_changed(tmp_path):
	record = exported()
	record["entries"][1]["remark"] = "Fine with me."
	done = run(tmp_path, record, "--key-file", str(tmp_path / "key.hex"))
	assert done.returncode == 1
	assert "entry 2: The remark is not the one" in done.stdout
	assert "CHANGED" in done.stdout


def test_the_command_reads_what_frappes_api_answers(tmp_path):
	assert run(tmp_path, {"message": exported()}, "--key-file", str(tmp_path / "key.hex")).returncode == 0


def test_the_command_checks_against_heads_kept_elsewhere(tmp_path):
	record = exported()
	(tmp_path / "heads.json").write_text(json.dumps(signed_heads(record)))
	arguments = ("--public-key", PUBLIC, "--heads", str(tmp_path / "heads.json"))
	done = run(tmp_path, record, *arguments)
	assert (done.returncode, "WHOLE: 4 entries" in done.stdout) == (0, True), done.stderr
	shorter = copy.deepcopy(record)
	shorter["entries"].pop()
	shorter["ledger"].update(count=3, head=shorter["entries"][-1]["entry_hash"])
	done = run(tmp_path, shorter, *arguments)
	assert (done.returncode, "4 entries were here" in done.stdout) == (1, True)
	assert run(tmp_path, record, "--heads", str(tmp_path / "heads.json")).returncode == 2


def test_the_command_says_what_a_signature_needs(tmp_path):
	record = {**exported(), "signed": signed_heads(exported())}
	path = tmp_path / "record.json"
	path.write_text(json.dumps(record))
	command = [sys.executable, "-E", "-S", "tools/check_record.py", str(path), "--public-key", PUBLIC]
	done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
	assert (done.returncode, "needs the Python package cryptography" in done.stderr) == (2, True)


def test_the_command_reads_several_keys_one_a_line(tmp_path):
	(tmp_path / "keys.hex").write_text(f"{KEY.hex()}\n{'ab' * 32}\n")
	assert run(tmp_path, exported(), "--key-file", str(tmp_path / "keys.hex")).returncode == 0
	(tmp_path / "keys.hex").write_text(f"{KEY.hex()}\n{KEY.hex()}\n")
	assert run(tmp_path, exported(), "--key-file", str(tmp_path / "keys.hex")).returncode == 2


@pytest.mark.parametrize("content", ["", "[]", "nonsense", "{}", '"text"'])
def test_the_command_refuses_what_is_no_record(tmp_path, content):
	done = run(tmp_path, content, "--key-file", str(tmp_path / "key.hex"))
	assert done.returncode == 2
	assert done.stderr.startswith("UNDECIDED: ")


def test_the_command_refuses_what_is_no_key(tmp_path):
	(tmp_path / "other.hex").write_text("not a key")
	assert run(tmp_path, exported(), "--key-file", str(tmp_path / "other.hex")).returncode == 2
	assert run(tmp_path, exported(), "--key-file", str(tmp_path / "missing.hex")).returncode == 2
	assert run(tmp_path, exported()).returncode == 2
