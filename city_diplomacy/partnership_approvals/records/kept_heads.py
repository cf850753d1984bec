"""Comparing this site's ledgers with exports of heads that were kept outside, on the console.

Whoever can write the database can cut off the end of a ledger and set everything back that told of it, the exported
head on this site included. The files kept elsewhere still tell what was there.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record import exported
from city_diplomacy.partnership_approvals.exceptions import LedgerKeyError
from city_diplomacy.partnership_approvals.ledger import keys as ledger_keys
from city_diplomacy.partnership_approvals.shapes import RouteRow

BATCH = 200
AS_KEPT, DIFFERENT, UNREADABLE = 0, 1, 2


def compare_with_export(paths: str | list[str]) -> None:
	"""Compare exports with this site: bench execute, with the path of a file or folder, or several, on the server.

	Prints a sentence for each ledger that no longer holds what it held then, and ends the process with 0 when all
	do, 1 when one does not, 2 when an export was changed, cannot be read or is none. No browser reaches it.
	"""
	try:
		exports = list(read(paths))
	except (OSError, UnicodeDecodeError, exported.BundleError, LedgerKeyError) as error:
		print(_("Cannot be compared: {0}").format(error), file=sys.stderr)
		raise SystemExit(UNREADABLE) from error
	found = differences(exports)
	for one in found:
		print(f"{one['document']}: {one['problem']}")
	heads = sum(len(heads) for _moment, heads in exports)
	print(
		_("{0} heads in {1} exports were compared; {2} are not here as they were exported.").format(
			heads, len(exports), len(found)
		)
	)
	# Frappe prints what a command answers and ends with 0; who calls this from a script needs to know.
	raise SystemExit(DIFFERENT if found else AS_KEPT)


def read(paths: str | list[str]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
	"""The moment and the heads of each export in files and folders. Raises OSError, or BundleError for a file that
	was changed or is none, and for a folder without any."""
	keys, public_keys = ledger_keys.keyring(), ledger_keys.public_keys()
	for path in map(Path, [paths] if isinstance(paths, str) else paths):
		files = sorted(path.glob("*.json")) if path.is_dir() else [path]
		if not files:
			raise exported.BundleError(f"There is no export of heads in {path}.")
		for file in files:
			export = exported.from_text(file.read_text(encoding="utf-8"), file.name)
			try:
				yield (
					str(export.get("exported_on")),
					exported.heads_of(export, keys, public_keys=public_keys),
				)
			except exported.BundleError as error:
				raise exported.BundleError(f"{file.name}: {error}") from error


def differences(exports: Iterable[tuple[str, list[Mapping[str, Any]]]]) -> list[dict[str, Any]]:
	"""{"document", "problem"} for each exported head whose ledger does not hold it any more."""
	return [
		found
		for moment, heads in exports
		for start in range(0, len(heads), BATCH)
		for found in _differences(moment, heads[start : start + BATCH])
	]


def _differences(moment: str, heads: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
	names = [head["route"] for head in heads]
	route_rows = {
		row.name: row
		for row in frappe.get_all(
			"Approval Route",
			filters={"name": ["in", names]},
			fields=["name", "reference_doctype", "reference_name"],
			limit_page_length=0,
		)
	}
	entries: dict[str, dict[int, str]] = {}
	for row in frappe.get_all(
		"Approval Decision",
		filters={"route": ["in", names]},
		fields=["route", "sequence", "entry_hash"],
		limit_page_length=0,
	):
		entries.setdefault(row.route, {})[row.sequence] = row.entry_hash
	for head in heads:
		problem = _problem(head, route_rows.get(head["route"]), entries.get(head["route"], {}))
		if problem:
			yield {
				"document": head.get("document"),
				"problem": _("{0} Exported on {1}.").format(problem, moment),
			}


def _problem(head: Mapping[str, Any], route_row: RouteRow | None, entries: Mapping[int, str]) -> str | None:
	if not route_row:
		return _("The route with its whole ledger is gone; it had {0} entries.").format(head["count"])
	if f"{route_row.reference_doctype}/{route_row.reference_name}" != head.get("document"):
		return _("The route is about {0} now.").format(
			f"{route_row.reference_doctype}/{route_row.reference_name}"
		)
	if head["count"] not in entries:
		return _("{0} entries were here, {1} are here now: the end was cut off.").format(
			head["count"], len(entries)
		)
	if entries[head["count"]] != head["head"]:
		return _("Entry {0} is not the one whose hash was exported: the ledger was written anew.").format(
			head["count"]
		)
	return None
