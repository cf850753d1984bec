"""The tamper-evident record of decisions: how rows are written, chained and checked.

Each row holds a canonical payload, the hash of the row before it, and its own hash: HMAC-SHA256 (RFC 2104)
over both, under a key that is not in the database. Who can change rows but lacks the key cannot make the
chain whole again. Remarks stay outside the payload; the payload holds only a salted digest, so a remark can
be redacted or disposed of on schedule while the chain still verifies.

What a chain alone cannot show is a tail cut off together with the recorded count and head. That is why
heads are exported daily: verify against the exported count and head as well.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

GENESIS = "0" * 64
"""The hash before the first row."""

HASH_DOES_NOT_FIT = "The hash does not fit: the payload or the hash was changed, or another key was used."

FIRST_SEQUENCE = 1
LARGEST_COUNT = 2**63


class LedgerError(ValueError):
	"""A payload or key the ledger does not accept; the message is a sentence."""


@dataclass(frozen=True)
class Entry:
	"""A stored row. `remark` is None once redacted; `salt` is the one its digest was made with."""

	sequence: int
	payload: str
	previous_hash: str
	entry_hash: str
	remark: str | None = None
	salt: str = ""


@dataclass(frozen=True)
class Finding:
	"""Something wrong with a row (by its sequence), or with the whole (sequence 0)."""

	sequence: int
	problem: str


@dataclass(frozen=True)
class Verification:
	"""What a check of a chain found; `checked` counts the rows read."""

	checked: int
	findings: tuple[Finding, ...]

	@property
	def intact(self) -> bool:
		"""Whether every row is as it was written and none is missing."""
		return not self.findings


def canonical(payload: Mapping[str, Any]) -> str:
	"""The one way to write a payload: JSON, keys sorted, no spaces, text in NFC, not escaped to ASCII.

	Dates are ISO text, datetimes always with microseconds, None stays null. Floats and decimals are refused
	(LedgerError): their text depends on who prints them, so amounts go in as text.
	"""
	return json.dumps(
		_plain(payload, "payload"), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
	)


def remark_digest(remark: str, salt: str) -> str:
	"""SHA-256 of a salted remark in hex; "" for an empty remark. The salt's length is hashed in front of it,
	so that no part of the salt can pass for the remark."""
	if not remark:
		return ""
	return hashlib.sha256(_bytes(f"{len(salt)}:{salt}{remark}")).hexdigest()


def entry_hash(key: bytes, previous_hash: str, canonical_payload: str) -> str:
	"""HMAC-SHA256 in hex over the previous row's hash and this row's payload. LedgerError without a key."""
	if not isinstance(key, bytes | bytearray) or not key:
		raise LedgerError("The ledger has no key; a chain without a key could be rewritten by anybody.")
	return hmac.new(key, _bytes(f"{previous_hash}\n{canonical_payload}"), hashlib.sha256).hexdigest()


def key_id(key: bytes) -> str:
	"""Eight hex digits by which people tell keys apart; the key cannot be worked out from them."""
	return entry_hash(key, GENESIS, "key id")[:8]


def verify(entries: Iterable[Entry], key: bytes, expected_count: int, expected_head: str) -> Verification:
	"""Read a chain in its order and report everything that is not as it was written; never raises.

	`expected_count` and `expected_head` come from the route, or from an export kept elsewhere; an empty
	head stands for the beginning of the chain.
	"""
	rows = list(entries)
	findings: list[Finding] = []
	previous = GENESIS
	seen: set[int] = set()
	for position, row in enumerate(rows, start=FIRST_SEQUENCE):
		if not isinstance(row, Entry):
			findings.append(Finding(position, "This is not a row of the ledger."))
			continue
		named = row.sequence if _is_count(row.sequence) else position
		problems = [
			_order_problem(row, position, seen),
			_link_problem(row, previous),
			_hash_problem(row, key),
			*_payload_problems(row),
		]
		findings.extend(Finding(named, problem) for problem in problems if problem)
		seen.add(named)
		previous = row.entry_hash
	findings.extend(
		Finding(0, problem) for problem in _end_problems(rows, previous, expected_count, expected_head)
	)
	return Verification(len(rows), tuple(findings))


def _order_problem(row: Entry, position: int, seen: set[int]) -> str:
	if not _is_count(row.sequence):
		return "The sequence of this row is not a number."
	if row.sequence == position:
		return ""
	if row.sequence in seen:
		return f"Another row already carries the number {row.sequence}: a row was copied or put in."
	return (
		f"Row {row.sequence} stands where row {position} belongs: a row is missing, put in or out of order."
	)


def _link_problem(row: Entry, previous: Any) -> str:
	if _same(row.previous_hash, previous):
		return ""
	return "This row does not follow from the one before it: a row was changed, removed or put in between."


def _hash_problem(row: Entry, key: bytes) -> str:
	if not isinstance(row.payload, str) or not isinstance(row.previous_hash, str):
		return "The payload or the previous hash of this row is not text."
	try:
		expected = entry_hash(key, row.previous_hash, row.payload)
	except LedgerError as error:
		return str(error)
	if _same(row.entry_hash, expected):
		return ""
	return HASH_DOES_NOT_FIT


def _payload_problems(row: Entry) -> list[str]:
	if not isinstance(row.payload, str):
		return []
	try:
		payload = json.loads(row.payload)
		is_canonical = isinstance(payload, dict) and canonical(payload) == row.payload
	except (ValueError, RecursionError):
		is_canonical = False
	if not is_canonical:
		return ["The payload is not written in the ledger's canonical form."]
	problems = []
	if not _is_count(payload.get("sequence")) or payload["sequence"] != row.sequence:
		problems.append("The sequence in the payload is not the sequence of the row.")
	if row.remark is not None and not _remark_fits(row, payload.get("remark_digest") or ""):
		problems.append("The remark is not the one that was written with this decision.")
	return problems


def _remark_fits(row: Entry, digest: Any) -> bool:
	if not isinstance(row.remark, str) or not isinstance(row.salt, str):
		return False
	return _same(remark_digest(row.remark, row.salt), digest)


def _end_problems(rows: list[Entry], last_hash: Any, count: Any, head: Any) -> list[str]:
	problems = []
	if not _is_count(count):
		problems.append("The recorded number of rows is not a number.")
	elif count != len(rows):
		problems.append(f"{count} rows were written, {len(rows)} are here: rows were cut off or put in.")
	if not _same(last_hash, head or GENESIS):
		problems.append(
			"The last row is not the recorded head: the end of the ledger was cut off or changed."
		)
	return problems


def _is_count(value: Any) -> bool:
	return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_COUNT


def _same(left: Any, right: Any) -> bool:
	return (
		isinstance(left, str) and isinstance(right, str) and hmac.compare_digest(_bytes(left), _bytes(right))
	)


def _bytes(text: str) -> bytes:
	return text.encode("utf-8", "surrogatepass")


def _plain(value: Any, place: str) -> Any:
	"""The value as JSON can hold it, or LedgerError naming the place."""
	if isinstance(value, Enum):
		value = value.value
	if value is None or isinstance(value, bool | int):
		return value
	if isinstance(value, str):
		return _plain_text(value, place)
	if isinstance(value, datetime):
		return value.isoformat(timespec="microseconds")
	if isinstance(value, date):
		return value.isoformat()
	if isinstance(value, list | tuple):
		return [_plain(member, f"{place}[{index}]") for index, member in enumerate(value)]
	if isinstance(value, Mapping):
		return _plain_mapping(value, place)
	raise LedgerError(
		f"{place} is of type {type(value).__name__}; write amounts as text and the rest as plain values."
	)


def _plain_text(value: str, place: str) -> str:
	try:
		value.encode("utf-8")
	except UnicodeEncodeError as error:
		raise LedgerError(f"{place} holds characters that are not valid text.") from error
	return unicodedata.normalize("NFC", value)


def _plain_mapping(value: Mapping[Any, Any], place: str) -> dict[str, Any]:
	plain: dict[str, Any] = {}
	for name, member in value.items():
		if not isinstance(name, str):
			raise LedgerError(f"{place} has a name that is not text: {name!r}.")
		written = _plain_text(str(name), place)
		if written in plain:
			raise LedgerError(f'{place} names "{written}" twice.')
		plain[written] = _plain(member, f"{place}.{written}")
	return plain
