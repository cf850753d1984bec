"""Approval records and ledger heads as files: what they say, and whether they are as the city wrote them.

A record is proved in one of two ways. With the ledger's own keys, which the city's auditor keeps, each entry is
recomputed; whoever has them could also write one. With the city's public key, which anybody may have, the signed heads
are checked: each carries a digest of all entries up to it. `tools/check_record.py` does both away from the system.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from city_diplomacy.domain.record import disclosure, ledger

FORMAT = "city-diplomacy-approval-record/1"
HEADS_FORMAT = "city-diplomacy-ledger-heads/2"
# Sealed with the ledger's key instead of signed; exports kept from before are still read.
SEALED_HEADS_FORMAT = "city-diplomacy-ledger-heads/1"
WHOLE, CHANGED, UNDECIDED = 0, 1, 2


class BundleError(ValueError):
	"""The file is not a record this program can read; the message is a sentence."""


@dataclass(frozen=True)
class Verdict:
	"""What a check found.

	Attributes:
		checked: how many entries the record has
		with_key: whether the entries' own hashes were checked
		signed: how many entries, from the first on, are those a signature of the city is about
	"""

	checked: int
	findings: tuple[ledger.Finding, ...]
	with_key: bool
	signed: int = 0

	@property
	def code(self) -> int:
		"""CHANGED, WHOLE or UNDECIDED."""
		if self.findings:
			return CHANGED
		return WHOLE if self.with_key or 0 < self.checked <= self.signed else UNDECIDED


def check(
	record: Mapping[str, Any],
	keys: bytes | ledger.Keyring | None,
	heads: Iterable[Mapping[str, Any]] = (),
	public_keys: Collection[str] = (),
) -> Verdict:
	"""Whether an exported record is as the ledger was written. Raises BundleError for what is no record.

	`keys` are those of the site's ledgers; `public_keys` the city's, in hexadecimal; `heads` are those kept in safe
	places since, checked by `heads_of`: they must all be in it.
	"""
	entries, heads = _entries(record), list(heads)
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
	if public_keys and isinstance(record.get("signed"), Mapping):
		heads += heads_of(record["signed"], keys, record, public_keys)
	for head in heads:
		findings += _head_findings(head, entries)
	signed = [head["count"] for head in heads if head.get("digest")]
	return Verdict(len(entries), tuple(findings), bool(keys), max(signed, default=0))


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
			UNDECIDED: f"UNDECIDED: {verdict.signed} of {verdict.checked} entries are signed by the city; of the others "
			"nobody can say without a key that they were not written anew.",
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


def heads_of(
	exported: Mapping[str, Any],
	keys: bytes | ledger.Keyring | None,
	record: Mapping[str, Any] | None = None,
	public_keys: Collection[str] = (),
) -> list[Mapping[str, Any]]:
	"""The heads in an export, of one record or all.

	Raises BundleError when the export was changed, and when it cannot be checked with what is given: a signed one with
	the city's public keys, an earlier one with the ledger's keys. With neither, an earlier one is taken as it is; what
	it says of a digest is left out, so that a digest always is a signed one.
	"""
	heads, kind = exported.get("heads"), exported.get("format")
	if kind not in (HEADS_FORMAT, SEALED_HEADS_FORMAT) or not isinstance(heads, list):
		raise BundleError("This is not an export of heads.")
	if kind == HEADS_FORMAT:
		_check_signature(exported, public_keys)
	else:
		_check_seal(exported, keys, public_keys)
		heads = [{**head, "digest": None} for head in heads if isinstance(head, Mapping)]
	route = record["ledger"].get("route") if record and isinstance(record.get("ledger"), Mapping) else None
	return [
		head for head in heads if isinstance(head, Mapping) and (not record or head.get("route") == route)
	]


def _check_seal(
	exported: Mapping[str, Any], keys: bytes | ledger.Keyring | None, public_keys: Collection[str]
) -> None:
	if not keys:
		if public_keys:
			raise BundleError("The export of heads is sealed, not signed; the ledger's key alone checks it.")
		return
	# One that names no key was sealed with the first.
	key = ledger.Keyring.of(keys).find(exported.get("key_id"))
	if key is None or exported.get("seal") != seal_of(exported, key):
		raise BundleError("The export of heads was changed, or made with another key.")


def _check_signature(exported: Mapping[str, Any], public_keys: Collection[str]) -> None:
	if not public_keys:
		raise BundleError("The export of heads is signed; give the city's public key to check it.")
	if exported.get("public_key") not in public_keys:
		raise BundleError("The export of heads was signed with another key than the city's.")
	try:
		# Imported here: who checks with the ledger's keys needs nothing but Python.
		from city_diplomacy.domain.record import signatures
	except ImportError as error:
		raise BundleError("Checking a signature needs the Python package cryptography.") from error
	if not signatures.is_signed(exported["public_key"], said_of(exported), exported.get("signature")):
		raise BundleError("The export of heads was changed since it was signed.")


def said_of(exported: Mapping[str, Any]) -> str:
	"""What an export of heads says, as the text that is signed."""
	return ledger.canonical({name: value for name, value in exported.items() if name != "signature"})


def seal_of(exported: Mapping[str, Any], key: bytes) -> str:
	"""The keyed hash over everything else an export of before said."""
	said = {name: value for name, value in exported.items() if name != "seal"}
	return ledger.entry_hash(key, ledger.GENESIS, ledger.canonical(said))


def digest_of(payloads: Iterable[Any]) -> str:
	"""The SHA-256, in hexadecimal, over the payloads of entries in their order: anybody can compute it."""
	digest = hashlib.sha256()
	for payload in payloads:
		digest.update(f"{payload}\n".encode("utf-8", "surrogatepass"))
	return digest.hexdigest()


def from_text(text: str, name: str) -> dict[str, Any]:
	"""An exported file as it was written, or as Frappe's API answers it. Raises BundleError for what is none."""
	try:
		read = json.loads(text)
	except (ValueError, RecursionError) as error:
		raise BundleError(f"{name} is not a JSON file.") from error
	if not isinstance(read, dict):
		raise BundleError(f"{name} is not an exported record.")
	# Frappe's own API puts what it answers under "message".
	return read["message"] if isinstance(read.get("message"), dict) else read


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
	words_of = disclosure.words_by_entry(payloads)
	findings = []
	for row, entry in zip(record["entries"], entries, strict=True):
		words = words_of.get(entry.sequence) if isinstance(entry.sequence, int) else None
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
				"{0} entries were here when the head was exported, {1} are here: the end was cut off.",
				(count, len(entries)),
			)
		]
	if entries[count - 1].entry_hash != head.get("head"):
		return [ledger.Finding(count, "This is not the entry whose hash was exported.")]
	if head.get("digest") and head["digest"] != digest_of(entry.payload for entry in entries[:count]):
		return [ledger.Finding(0, "The first {0} entries are not those the city signed.", (count,))]
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
