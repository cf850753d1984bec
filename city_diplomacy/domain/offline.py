"""Checking an exported approval record where there is no Frappe and no database.

    python -m city_diplomacy.domain.offline record.json --key-file key.hex [--heads heads.json]

Needs Python 3.10 and this folder, nothing else. The key file holds the site's keys in hexadecimal, one a line,
the oldest first: each entry names the key it was written with. Ends with 0 when the record is whole, 1 when it was changed,
2 when that cannot be said: the file cannot be read, or there is no key. Without the key the order of the
entries, their number and the released words are still checked, and the verdict says so; who has changed an
entry and everything after it is found with the key alone, which the city's auditor keeps.

The only module of the rules that reads files and prints: it is a program for people who have nothing else.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from city_diplomacy.domain.record import disclosure, ledger

FORMAT = "city-diplomacy-approval-record/1"
HEADS_FORMAT = "city-diplomacy-ledger-heads/1"
WHOLE, CHANGED, UNDECIDED = 0, 1, 2


class BundleError(ValueError):
	"""The file is not a record this program can read; the message is a sentence."""


@dataclass(frozen=True)
class Verdict:
	"""What a check found. `with_key` tells whether the entries' own hashes were checked."""

	checked: int
	findings: tuple[ledger.Finding, ...]
	with_key: bool

	@property
	def code(self) -> int:
		if self.findings:
			return CHANGED
		return WHOLE if self.with_key else UNDECIDED


def check(
	record: Mapping[str, Any],
	keys: bytes | ledger.Keyring | None,
	heads: Iterable[Mapping[str, Any]] = (),
) -> Verdict:
	"""Whether an exported record is as the ledger was written. Raises BundleError for what is no record.

	`keys` are those of the site's ledgers; `heads` are those kept in safe places since: they must all be in it.
	"""
	entries = _entries(record)
	told = record.get("ledger")
	if not isinstance(told, Mapping):
		raise BundleError("The file does not say how many entries the ledger has.")
	verification = ledger.verify(
		entries, keys, told.get("count"), str(told.get("head") or ""), check_hashes=bool(keys)
	)
	findings = list(verification.findings)
	if keys and told.get("key_id") not in ledger.Keyring.of(keys).ids:
		findings.insert(0, ledger.Finding(0, "This is not the key the ledger was written with."))
	findings += _word_findings(record, entries, verification.payloads)
	findings += _document_findings(record, entries, verification.payloads)
	for head in heads:
		findings += _head_findings(head, entries)
	return Verdict(len(entries), tuple(findings), bool(keys))


def report(record: Mapping[str, Any], verdict: Verdict) -> str:
	"""The record and the verdict in lines a person reads."""
	told = record["ledger"]
	lines = [
		f"{record.get('title') or record.get('document')} ({record.get('document')})",
		f"Version: {record.get('version')}, made on {record.get('made_on')}",
		f"Ledger: {told.get('count')} entries, key {told.get('key_id')}",
		f"Head: {told.get('head')}",
		"",
	]
	for row in record["entries"]:
		lines += _lines_of(row)
	lines.append("")
	lines += [
		f"{'whole record' if not finding.sequence else f'entry {finding.sequence}'}: {finding.problem}"
		for finding in verdict.findings
	]
	lines.append(
		{
			WHOLE: f"WHOLE: {verdict.checked} entries are as they were written, and none is missing.",
			CHANGED: "CHANGED: this is not what was written.",
			UNDECIDED: f"UNDECIDED: {verdict.checked} entries follow one another; without the key nobody can say "
			"that they were not written anew.",
		}[verdict.code]
	)
	return "\n".join(lines)


def read_keys(text: str) -> ledger.Keyring:
	"""The keys from their hexadecimal text, one a line, the oldest first. Raises BundleError when there is none."""
	try:
		keys = tuple(bytes.fromhex(line) for line in text.split())
	except ValueError as error:
		raise BundleError("The key file does not hold keys in hexadecimal digits.") from error
	if not keys:
		raise BundleError("The key file is empty.")
	try:
		return ledger.Keyring(keys)
	except ledger.LedgerError as error:
		raise BundleError(str(error)) from error


def main(arguments: Sequence[str] | None = None) -> int:
	"""The command: prints the record with its verdict, answers the exit code."""
	parser = argparse.ArgumentParser(
		prog="python -m city_diplomacy.domain.offline", description="Checks an exported approval record."
	)
	parser.add_argument("record", type=Path, help="the exported record, a JSON file")
	parser.add_argument(
		"--key-file", type=Path, help="the ledgers' keys in hexadecimal, one a line, from the administrator"
	)
	parser.add_argument("--heads", type=Path, nargs="*", default=[], help="exported heads kept since")
	chosen = parser.parse_args(arguments)
	try:
		record = read_json(chosen.record)
		keys = read_keys(chosen.key_file.read_text()) if chosen.key_file else None
		heads = [head for path in chosen.heads for head in heads_of(read_json(path), keys, record)]
		verdict = check(record, keys, heads)
	except (OSError, UnicodeDecodeError, BundleError) as error:
		print(f"UNDECIDED: {error}", file=sys.stderr)
		return UNDECIDED
	print(report(record, verdict))
	return verdict.code


def heads_of(
	exported: Mapping[str, Any],
	keys: bytes | ledger.Keyring | None,
	record: Mapping[str, Any] | None = None,
) -> list[Mapping[str, Any]]:
	"""The heads in an export, of one record or all. Raises BundleError when the export itself was changed.

	An export names the key it was sealed with; one that names none was sealed with the first.
	"""
	heads = exported.get("heads")
	if exported.get("format") != HEADS_FORMAT or not isinstance(heads, list):
		raise BundleError("This is not an export of heads.")
	if keys:
		key = ledger.Keyring.of(keys).find(exported.get("key_id"))
		if key is None or exported.get("seal") != seal_of(exported, key):
			raise BundleError("The export of heads was changed, or made with another key.")
	route = record["ledger"].get("route") if record and isinstance(record.get("ledger"), Mapping) else None
	return [
		head for head in heads if isinstance(head, Mapping) and (not record or head.get("route") == route)
	]


def seal_of(exported: Mapping[str, Any], key: bytes) -> str:
	"""The keyed hash over everything else an export of heads says."""
	said = {name: value for name, value in exported.items() if name != "seal"}
	return ledger.entry_hash(key, ledger.GENESIS, ledger.canonical(said))


def _entries(record: Mapping[str, Any]) -> list[ledger.Entry]:
	rows = record.get("entries")
	if record.get("format") != FORMAT or not isinstance(rows, list):
		raise BundleError("This is not an exported approval record.")
	if not all(isinstance(row, Mapping) for row in rows):
		raise BundleError("The entries of this record cannot be read.")
	return [
		ledger.Entry(
			row.get("sequence"),
			row.get("payload"),
			row.get("previous_hash"),
			row.get("entry_hash"),
			row.get("remark"),
			row.get("salt") or "",
		)
		for row in rows
	]


def _word_findings(
	record: Mapping[str, Any], entries: list[ledger.Entry], payloads: Sequence[Mapping[str, Any]]
) -> list[ledger.Finding]:
	"""Words are missing only where the record says why, and then as the ledger itself says."""
	standing = disclosure.standing(payloads)
	findings = []
	for row, entry in zip(record["entries"], entries, strict=True):
		words = standing.get(entry.sequence) if isinstance(entry.sequence, int) else None
		withheld = row.get("withheld") or ""
		if words and entry.remark is None and withheld != words.notice:
			findings.append(
				ledger.Finding(
					entry.sequence, "The words are left out for another reason than the ledger gives."
				)
			)
		if words and entry.remark is not None and (words.removed or withheld):
			findings.append(
				ledger.Finding(entry.sequence, "Words are here that the ledger says were removed.")
			)
	return findings


def _document_findings(
	record: Mapping[str, Any], entries: list[ledger.Entry], payloads: Sequence[Mapping[str, Any]]
) -> list[ledger.Finding]:
	told = record["ledger"]
	findings = []
	for entry, payload in zip(entries, payloads, strict=True):
		if payload and (payload.get("document"), payload.get("route")) != (
			record.get("document"),
			told.get("route"),
		):
			findings.append(ledger.Finding(entry.sequence, "This entry belongs to another record."))
	return findings


def _head_findings(head: Mapping[str, Any], entries: list[ledger.Entry]) -> list[ledger.Finding]:
	count = head.get("count")
	if not isinstance(count, int) or count < 1:
		return []
	if count > len(entries):
		return [
			ledger.Finding(
				0,
				f"{count} entries were here when the head was exported, {len(entries)} are here: the end was cut off.",
			)
		]
	if entries[count - 1].entry_hash != head.get("head"):
		return [ledger.Finding(count, "This is not the entry whose hash was exported.")]
	return []


def _lines_of(row: Mapping[str, Any]) -> list[str]:
	said = ledger.parsed(row.get("payload"))
	what = ": ".join(str(said[name]) for name in ("event", "decision") if said.get(name))
	who = f"by {said.get('actor') or 'nobody named'}" + (
		f" for {said['acting_for']}" if said.get("acting_for") else ""
	)
	place = f", {said['seat']}" if said.get("seat") else ""
	lines = [f"{row.get('sequence')}. {str(said.get('happened_on') or '')[:19]}  {what}{place}, {who}"]
	if said.get("about"):
		cited = ", ".join(str(said[name]) for name in ("marked_as", "authority") if said.get(name))
		lines.append(f"     about entry {said['about']}{f': {cited}' if cited else ''}")
	if row.get("remark"):
		lines += [f"     {line}" for line in str(row["remark"]).splitlines()]
	if row.get("withheld"):
		lines.append(f"     [{row['withheld']}]")
	return lines


def read_json(path: Path) -> dict[str, Any]:
	"""An exported file as it was written, or as Frappe's API answers it. Raises BundleError for what is none."""
	try:
		read = json.loads(path.read_text(encoding="utf-8"))
	except (ValueError, RecursionError) as error:
		raise BundleError(f"{path.name} is not a JSON file.") from error
	if not isinstance(read, dict):
		raise BundleError(f"{path.name} is not an exported record.")
	# Frappe's own API puts what it answers under "message".
	return read["message"] if isinstance(read.get("message"), dict) else read


if __name__ == "__main__":
	sys.exit(main())
