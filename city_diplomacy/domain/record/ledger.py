"""The tamper-evident record of decisions: how rows are written, chained and checked.

Each row holds a canonical payload, the hash of the row before it, and its own hash: HMAC-SHA256 (RFC 2104)
over both, under a key that is not in the database. Who can change rows but lacks the key cannot make the
chain whole again. The payload names the key it was hashed with, so that a key can be replaced by another one
while what it wrote still verifies. Remarks stay outside the payload; the payload holds only a salted digest, so a remark can
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
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from ..sentences import _

GENESIS = "0" * 64
"""The hash before the first row."""

FORMAT = 2
"""How payloads are written now. Those that name no format are of the first one: they name no key either."""

FIRST_SEQUENCE = 1
LARGEST_COUNT = 2**63

NESTED = frozenset({"clearances", "whole", "standing", "rules", "snapshots"})
"""The members of a payload that hold more than one value."""


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
	"""Something wrong with a row (by its sequence), or with the whole (sequence 0): a sentence and what fills it."""

	sequence: int
	sentence: str
	values: tuple[Any, ...] = ()

	@property
	def problem(self) -> str:
		"""The finding in English."""
		return self.sentence.format(*self.values)


class Problem(NamedTuple):
	"""What is wrong, as a sentence and what fills its places."""

	sentence: str
	values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Keyring:
	"""The keys of one site's ledgers, the oldest first. The last one writes; the first one wrote what names none.

	Raises LedgerError without a key, or when two of them are the same.
	"""

	keys: tuple[bytes, ...]

	def __post_init__(self) -> None:
		if not self.keys or not all(isinstance(key, bytes | bytearray) and key for key in self.keys):
			raise LedgerError(
				_("The ledger has no key; a chain without a key could be rewritten by anybody.")
			)
		if len(set(self.keys)) != len(self.keys):
			raise LedgerError(_("The same key is in the keyring twice."))

	@classmethod
	def of(cls, keys: "bytes | Keyring | None") -> "Keyring":
		"""A keyring as it is, or one that holds a single key. Raises LedgerError for none."""
		if isinstance(keys, Keyring):
			return keys
		return cls((keys or b"",))

	@property
	def current(self) -> bytes:
		return self.keys[-1]

	@property
	def ids(self) -> tuple[str, ...]:
		return tuple(key_id(key) for key in self.keys)

	def find(self, named: Any) -> bytes | None:
		"""The key of an id; the first one for what names none; None for a key that is not here."""
		if named in (None, ""):
			return self.keys[0]
		return next((key for key in self.keys if key_id(key) == named), None)


@dataclass(frozen=True)
class Verification:
	"""What a check of a chain found; `checked` counts the rows read.

	`payloads` are what the rows say, each read once, in their order; an empty mapping where one is not readable. A
	value of a shape no row is written with is left out, so that nobody who reads on stumbles over it.
	"""

	checked: int
	findings: tuple[Finding, ...]
	payloads: tuple[Mapping[str, Any], ...] = ()

	@property
	def intact(self) -> bool:
		"""Whether every row is as it was written and none is missing."""
		return not self.findings


def canonical(payload: Mapping[str, Any]) -> str:
	"""The one way to write a payload: JSON, keys sorted, no spaces, text in NFC, not escaped to ASCII.

	Dates are ISO text, datetimes always with microseconds, None stays null. Floats and decimals are refused
	(LedgerError): their text depends on who prints them, so amounts go in as text.
	"""
	return _dumped(_plain(payload, "payload"))


def _readable(payload: Mapping[str, Any]) -> Mapping[str, Any]:
	return {
		name: value
		for name, value in payload.items()
		if name in NESTED or not isinstance(value, list | Mapping)
	}


def _dumped(plain: Mapping[str, Any]) -> str:
	return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def remark_digest(remark: str, salt: str) -> str:
	"""SHA-256 of a salted remark in hex; "" for an empty remark. The salt's length is hashed in front of it,
	so that no part of the salt can pass for the remark."""
	if not remark:
		return ""
	return hashlib.sha256(_bytes(f"{len(salt)}:{salt}{remark}")).hexdigest()


def entry_hash(key: bytes, previous_hash: str, canonical_payload: str) -> str:
	"""HMAC-SHA256 in hex over the previous row's hash and this row's payload. LedgerError without a key."""
	if not isinstance(key, bytes | bytearray) or not key:
		raise LedgerError(_("The ledger has no key; a chain without a key could be rewritten by anybody."))
	return hmac.new(key, _bytes(f"{previous_hash}\n{canonical_payload}"), hashlib.sha256).hexdigest()


def key_id(key: bytes) -> str:
	"""Eight hex digits by which people tell keys apart; the key cannot be worked out from them."""
	return entry_hash(key, GENESIS, "key id")[:8]


def keyed_digest(key: bytes, text: str) -> str:
	"""HMAC-SHA256 in hex of a text that is not to be guessed from its digest; "" for an empty one."""
	return entry_hash(key, "digest", text) if text else ""


def parsed(payload: Any) -> dict[str, Any]:
	"""What a payload says; nothing where it cannot be read."""
	try:
		# No payload holds a fraction; what is read as one has no canonical form.
		said = json.loads(payload, parse_float=Decimal)
	except (TypeError, ValueError, RecursionError):
		return {}
	return said if isinstance(said, dict) else {}


def verify(
	entries: Iterable[Entry],
	keys: bytes | Keyring | None,
	expected_count: object,
	expected_head: object,
	*,
	check_hashes: bool = True,
) -> Verification:
	"""Read a chain in its order and report everything that is not as it was written; never raises.

	`expected_count` and `expected_head` come from the route, or from an export kept elsewhere; an empty
	head stands for the beginning of the chain. `check_hashes` is False for those who have no key: the rows' own
	hashes are left unchecked then, which proves little.
	"""
	rows = list(entries)
	findings: list[Finding] = []
	said: list[Mapping[str, Any]] = []
	ring = _Ring(keys) if check_hashes else None
	previous = GENESIS
	seen: set[int] = set()
	for position, row in enumerate(rows, start=FIRST_SEQUENCE):
		if not isinstance(row, Entry):
			findings.append(Finding(position, _("This is not a row of the ledger.")))
			said.append({})
			continue
		payload = parsed(row.payload)
		named = row.sequence if _is_count(row.sequence) else position
		problems = [
			_order_problem(row, position, seen),
			_link_problem(row, previous),
			_hash_problem(row, payload, ring),
			*_payload_problems(row, payload),
		]
		findings.extend(Finding(named, *problem) for problem in problems if problem)
		said.append(_readable(payload))
		seen.add(named)
		previous = row.entry_hash
	findings.extend(
		Finding(0, *problem) for problem in _end_problems(rows, previous, expected_count, expected_head)
	)
	return Verification(len(rows), tuple(findings), tuple(said))


class _Ring:
	"""Checks the hash of each row of one chain with the key it names; keys are never taken back into use."""

	def __init__(self, keys: bytes | Keyring | None):
		self.problem: Problem | None = None
		self.known: dict[str | None, tuple[int, bytes]] = {}
		self.oldest = 0
		try:
			ring = Keyring.of(keys)
		except LedgerError as error:
			self.problem = Problem(str(error))
			return
		self.known = {
			named: (age, key) for age, (named, key) in enumerate(zip(ring.ids, ring.keys, strict=True))
		}
		self.known[None] = (0, ring.keys[0])

	def problem_with(self, row: Entry, payload: Mapping[str, Any]) -> Problem | None:
		if self.problem:
			return self.problem
		named = payload.get("key")
		known = self.known.get(named) if named is None or isinstance(named, str) else None
		if known is None:
			return Problem(_("This row was written with the key {0}, which is not in the keyring."), (named,))
		age, key = known
		if not _same(row.entry_hash, entry_hash(key, row.previous_hash, row.payload)):
			return Problem(
				_("The hash does not fit: the payload or the hash was changed, or another key was used.")
			)
		if age < self.oldest:
			return Problem(_("This row was written with a key that had been replaced by then."))
		self.oldest = age
		return None


def _order_problem(row: Entry, position: int, seen: set[int]) -> Problem | None:
	if not _is_count(row.sequence):
		return Problem(_("The sequence of this row is not a number."))
	if row.sequence == position:
		return None
	if row.sequence in seen:
		return Problem(
			_("Another row already carries the number {0}: a row was copied or put in."), (row.sequence,)
		)
	return Problem(
		_("Row {0} stands where row {1} belongs: a row is missing, put in or out of order."),
		(row.sequence, position),
	)


def _link_problem(row: Entry, previous: Any) -> Problem | None:
	if _same(row.previous_hash, previous):
		return None
	return Problem(
		_("This row does not follow from the one before it: a row was changed, removed or put in between.")
	)


def _hash_problem(row: Entry, payload: Mapping[str, Any], ring: _Ring | None) -> Problem | None:
	if not isinstance(row.payload, str) or not isinstance(row.previous_hash, str):
		return Problem(_("The payload or the previous hash of this row is not text."))
	return ring.problem_with(row, payload) if ring else None


def _payload_problems(row: Entry, payload: Mapping[str, Any]) -> list[Problem]:
	if not isinstance(row.payload, str):
		return []
	if not payload or not _is_canonical(row.payload, payload):
		return [Problem(_("The payload is not written in the ledger's canonical form."))]
	problems = []
	if not _is_count(payload.get("sequence")) or payload["sequence"] != row.sequence:
		problems.append(Problem(_("The sequence in the payload is not the sequence of the row.")))
	digest = payload.get("remark_digest") or ""
	if row.remark is not None and not _remark_fits(row, digest):
		problems.append(Problem(_("The remark is not the one that was written with this decision.")))
	if row.salt and not digest and payload.get("format"):
		problems.append(Problem(_("There is a salt here, and no remark was written with this decision.")))
	return problems


def _is_canonical(text: str, payload: Mapping[str, Any]) -> bool:
	"""Whether `text`, of which `payload` was read, is the one way to write it."""
	try:
		text.encode("utf-8")
		if unicodedata.is_normalized("NFC", text):
			# What was read from JSON is plain already, so nothing is to be gone through value by value.
			return _dumped(payload) == text
		return canonical(payload) == text
	except (TypeError, ValueError, RecursionError):
		return False


def _remark_fits(row: Entry, digest: Any) -> bool:
	if not isinstance(row.remark, str) or not isinstance(row.salt, str):
		return False
	return _same(remark_digest(row.remark, row.salt), digest)


def _end_problems(rows: list[Entry], last_hash: Any, count: Any, head: Any) -> list[Problem]:
	problems = []
	if not _is_count(count):
		problems.append(Problem(_("The recorded number of rows is not a number.")))
	elif count != len(rows):
		problems.append(
			Problem(
				_("{0} rows were written, {1} are here: rows were cut off or put in."), (count, len(rows))
			)
		)
	if not _same(last_hash, head or GENESIS):
		problems.append(
			Problem(_("The last row is not the recorded head: the end of the ledger was cut off or changed."))
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
