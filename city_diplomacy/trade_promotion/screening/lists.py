"""Importing a list of restricted parties, in the background and in one transaction.

Who screens meanwhile sees the version of before; a worker that dies leaves nothing of the new one, and the import is
run again. Only entries that are new or changed are written; what a new version leaves out is marked as no longer listed and stays,
because screenings point at it. An entry whose row cannot be read stays listed as it was.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime, nowdate

from city_diplomacy.domain.sentences import _ as marked
from city_diplomacy.domain.trade.screening.list_files import (
	Entry,
	ListFileError,
	Problem,
	is_incomplete,
	read_entries,
)
from city_diplomacy.domain.trade.screening.states import ImportStatus
from city_diplomacy.partnership_approvals.files.uploaded import file_at, readable_file
from city_diplomacy.partnership_approvals.native.retry import is_conflict
from city_diplomacy.registers import many_rows
from city_diplomacy.registers.many_rows import in_lots
from city_diplomacy.registers.sentences import in_words, kept
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import keys, runs

LIST, PARTY = "Restricted Party List", "Restricted Party"
EVENT = "city_diplomacy_list_import"
LOT, MOST_PROBLEMS = 500, 500
FILE_MISSING = marked("The file is missing from the server; attach it again.")
INCOMPLETE = marked(
	"The file has {now} of the {before} entries listed before, so it is taken for incomplete and nothing was changed."
	" If it is right, tick “Most entries may vanish” and import it again."
)
WENT_WRONG = marked("Something went wrong and nothing was changed; the error log has the details.")
COLUMNS = (
	"party_name", "aliases", "kind", "countries", "births", "identifiers", "programme", "details", "source",
	"source_address",
)  # fmt: skip


@dataclass
class Tally:
	"""What an import did."""

	added: int = 0
	changed: int = 0
	unchanged: int = 0
	removed: int = 0
	problems: list[Problem] = field(default_factory=list)
	broken: int = 0
	unread: set[str] = field(default_factory=set)
	"""The numbers of the entries whose row is broken; what is stored of them stays as it was."""

	@property
	def read(self) -> int:
		return self.added + self.changed + self.unchanged + self.broken


def enqueue_import(doc: Any) -> None:
	"""Import the file of a list by a job. Raises ScreeningError without a file the person may read."""
	if not readable_file(doc.file):
		frappe.throw(_("Attach the file of the list, save, and press Import again."), ScreeningError)
	frappe.db.set_value(LIST, doc.name, {"status": ImportStatus.WAITING, "why_failed": ""})
	# Not deduplicated: a job whose worker was killed counts as running for minutes, and nobody could start anew.
	frappe.enqueue(
		f"{__name__}.run_import",
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		list_name=doc.name,
		user=frappe.session.user,
	)


def run_import(list_name: str, user: str) -> None:
	"""A job: bring the entries of a list to what its file says, and have everybody screened again if that is new."""
	try:
		import_list(list_name, user)
	except ListFileError as error:
		_fail(list_name, kept(error.sentence, **error.values))
	except Exception as error:
		if is_conflict(error):
			frappe.db.rollback()
			# Frappe does a job again that asks for it.
			raise frappe.RetryBackgroundJobError from error
		_fail(list_name, kept(WENT_WRONG))
		# Raised, it would take the reason back with the rest.
		frappe.log_error(title=_("Importing {0} failed").format(list_name))
	_tell(user, list_name, done=True)


def import_list(list_name: str, user: str) -> Tally:
	"""Import the file of a list now. Raises ListFileError and leaves what was written to be rolled back."""
	# Whoever imports the same list meanwhile waits here, and finds nothing left to do.
	frappe.db.get_value(LIST, list_name, "name", for_update=True)
	doc = frappe.get_doc(LIST, list_name)
	path = _path_of(doc)
	digest = _digest_of(path, doc.file_format)
	tally = Tally()
	rekeyed = keys.are_outdated(list_name)
	if rekeyed:
		keys.rekey_all(list_name)
	is_new = digest != doc.file_digest or doc.status == ImportStatus.NOT_IMPORTED
	if is_new:
		_bring_up_to_date(doc, path, tally, user)
	_finish(doc, digest, tally, is_new)
	if (is_new or rekeyed) and doc.enabled:
		runs.start()
	return tally


def forget(doc: Any) -> None:
	"""With a list nobody was screened against go its entries. Raises ScreeningError for one screenings rest on."""
	if frappe.db.exists("Screened List", {"restricted_party_list": doc.name}):
		frappe.throw(
			_("Screenings rest on {0}. Take “{1}” out instead of deleting it.").format(
				doc.name, _(doc.meta.get_label("enabled"))
			),
			ScreeningError,
		)
	parties = frappe.get_all(PARTY, {"restricted_party_list": doc.name}, pluck="name", limit_page_length=0)
	keys.forget(parties)
	frappe.db.delete(PARTY, {"restricted_party_list": doc.name})


def problems_in_words(doc: Any) -> list[dict[str, Any]]:
	"""The rows that could not be read, {line, reason}, in the reader's language."""
	return [{"line": line, "reason": in_words(reason)} for line, reason in json.loads(doc.problems or "[]")]


def _bring_up_to_date(doc: Any, path: Path, tally: Tally, user: str) -> None:
	listed = frappe.get_all(
		PARTY,
		filters={"restricted_party_list": doc.name, "removed_on": ["is", "not set"]},
		pluck="name",
		limit_page_length=0,
	)
	seen: set[str] = set()
	for lot in _lots(path, doc.file_format, tally):
		named = {_name_of(doc.name, entry.entry_id): entry for entry in lot}
		_write(doc.name, named, tally)
		seen.update(named)
		_tell(user, doc.name, read=tally.read)
	seen.update(_name_of(doc.name, number) for number in tally.unread)
	gone = [name for name in listed if name not in seen]
	remaining = len(listed) - len(gone)
	if is_incomplete(len(listed), remaining) and not doc.many_may_vanish:
		raise ListFileError(INCOMPLETE, now=str(remaining), before=str(len(listed)))
	_mark_removed(gone)
	tally.removed = len(gone)


def _lots(path: Path, file_format: str, tally: Tally) -> Iterator[list[Entry]]:
	lot: list[Entry] = []
	# What is no UTF-8 is reported with its row.
	with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
		for one in read_entries(lines, file_format):
			if isinstance(one, Problem):
				tally.broken += 1
				tally.unread |= {one.entry_id} - {""}
				tally.problems += [one] if len(tally.problems) < MOST_PROBLEMS else []
				continue
			lot.append(one)
			if len(lot) == LOT:
				yield lot
				lot = []
	if lot:
		yield lot


def _write(list_name: str, named: dict[str, Entry], tally: Tally) -> None:
	stored = {
		row.name: row
		for row in frappe.get_all(
			PARTY,
			filters={"name": ["in", list(named)]},
			fields=["name", "entry_digest", "removed_on"],
			limit_page_length=0,
		)
	}
	new = [name for name in named if name not in stored]
	changed = [
		name for name, row in stored.items() if row.entry_digest != named[name].digest or row.removed_on
	]
	_insert(list_name, {name: named[name] for name in new})
	for name in changed:
		frappe.db.set_value(PARTY, name, {**_values(named[name]), "removed_on": None})
	keys.write({name: (named[name].party_name, *named[name].aliases) for name in (*new, *changed)})
	tally.added += len(new)
	tally.changed += len(changed)
	tally.unchanged += len(stored) - len(changed)


def _insert(list_name: str, entries: dict[str, Entry]) -> None:
	now, user = now_datetime(), frappe.session.user
	columns = ["name", "creation", "modified", "owner", "modified_by", "restricted_party_list", "entry_id"]
	rows = [
		(name, now, now, user, user, list_name, entry.entry_id, *_values(entry).values())
		for name, entry in entries.items()
	]
	many_rows.insert(PARTY, [*columns, *COLUMNS, "entry_digest"], rows)


def _values(entry: Entry) -> dict[str, str]:
	return {
		"party_name": entry.party_name,
		"aliases": "\n".join(entry.aliases),
		"kind": entry.kind,
		"countries": " ".join(entry.countries),
		"births": " ".join(entry.births),
		"identifiers": entry.identifiers,
		"programme": entry.programme,
		"details": entry.details,
		"source": entry.source,
		"source_address": entry.source_address,
		"entry_digest": entry.digest,
	}


def _mark_removed(gone: list[str]) -> None:
	for lot in in_lots(gone):
		party = frappe.qb.DocType(PARTY)
		frappe.qb.update(party).set(party.removed_on, nowdate()).where(party.name.isin(lot)).run()
	keys.forget(gone)


def _finish(doc: Any, digest: str, tally: Tally, is_new: bool) -> None:
	now = now_datetime()
	values: dict[str, Any] = {"status": ImportStatus.IMPORTED, "imported_on": now, "why_failed": ""}
	if is_new:
		values.update(
			version=f"{now:%Y-%m-%d} {digest[:8]}",
			file_digest=digest,
			many_may_vanish=0,
			entries=frappe.db.count(
				PARTY, {"restricted_party_list": doc.name, "removed_on": ["is", "not set"]}
			),
			added=tally.added,
			changed=tally.changed,
			unchanged=tally.unchanged,
			removed=tally.removed,
			broken=tally.broken,
			problems=json.dumps([(one.line, kept(one.sentence, **one.values)) for one in tally.problems]),
		)
	frappe.db.set_value(LIST, doc.name, values)


def _fail(list_name: str, why: str) -> None:
	frappe.db.rollback()
	frappe.db.set_value(LIST, list_name, {"status": ImportStatus.FAILED, "why_failed": why})


def _path_of(doc: Any) -> Path:
	file = file_at(doc.file)
	path = Path(file.get_full_path()) if file else None
	if not path or not path.is_file():
		raise ListFileError(FILE_MISSING)
	return path


def _digest_of(path: Path, file_format: str) -> str:
	"""What tells whether there is anything new to read: the same bytes say something else in another format."""
	digest = hashlib.sha256(file_format.encode())
	with path.open("rb") as file:
		for piece in iter(lambda: file.read(1 << 20), b""):
			digest.update(piece)
	return digest.hexdigest()


def _name_of(list_name: str, entry_id: str) -> str:
	"""The name an entry always gets, so that no two imports enter it twice."""
	return hashlib.blake2b(f"{list_name}\x1f{entry_id}".encode(), digest_size=10).hexdigest()


def _tell(user: str, list_name: str, read: int = 0, done: bool = False) -> None:
	told = {"name": list_name, "read": read, "done": done}
	frappe.publish_realtime(EVENT, told, user=user, after_commit=done)
