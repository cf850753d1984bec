"""What a test commits for other processes to see, taken out of the site again."""

import json
from pathlib import Path

import frappe
from frappe.query_builder import Order

POLICY = "Routing Policy"


class CommittedRows:
	"""The rows made since a moment. A file in the site's folder says since when, until they are gone."""

	def __init__(self, site: str):
		self._unfinished = Path(site, "locks", "committed_tests.json")

	def look_around(self) -> None:
		"""Before any test: which tables say when a row was made, and which rows are dated ahead."""
		self._stamps = _stamps()
		self._ahead = _rows_dated_ahead(self._stamps)

	def begin(self) -> None:
		"""From now on rows are a test's. Which policies are in force is noted, because a test may bring another."""
		begun = {
			"here": frappe.utils.now(),
			"there": str(frappe.db.sql("select now()", pluck=True)[0]),
			"in_force": frappe.get_all(POLICY, {"status": "Active"}, pluck="name"),
		}
		self._unfinished.write_text(json.dumps(begun))

	def undo(self) -> None:
		"""Delete what was committed since, and put the policies in force that were. Does nothing where nothing began."""
		if not self._unfinished.exists():
			return
		begun = json.loads(self._unfinished.read_text())
		people = frappe.get_all("User", {"creation": [">=", begun["here"]]}, pluck="name")
		for doctype in _changed_since(begun["there"]).intersection(self._stamps):
			self._delete_since(begun["here"], doctype)
		for policy in begun["in_force"]:
			frappe.db.set_value(POLICY, policy, "status", "Active", update_modified=False)
		frappe.db.commit()
		self._unfinished.unlink()
		for person in people:
			# Another test may make somebody of that address.
			frappe.clear_cache(user=person)

	def _delete_since(self, moment: str, doctype: str) -> None:
		table, stamp = frappe.qb.DocType(doctype), self._stamps[doctype]
		# What is dated later came with an app that was installed again, from files written in another time zone.
		since = (table[stamp] >= moment) & (table[stamp] <= frappe.utils.now())
		if frappe.qb.from_(table).select(table[stamp]).where(since).limit(1).run():
			if older := self._ahead.get(doctype):
				since &= table.name.notin(older)
			frappe.qb.from_(table).delete().where(since).run()


def _stamps() -> dict[str, str]:
	"""By DocType, the column that says when a row was made."""
	columns = frappe.qb.Schema("information_schema").columns
	found = (
		frappe.qb.from_(columns)
		.select(columns.table_name, columns.column_name)
		.where(columns.table_schema == frappe.conf.db_name)
		.where(columns.column_name.isin(["creation", "lastupdate"]))
		.orderby(columns.column_name, order=Order.desc)
		.run()
	)
	return {table.removeprefix("tab"): column for table, column in found if table.startswith("tab")}


def _rows_dated_ahead(stamps: dict[str, str]) -> dict[str, list[str]]:
	"""By DocType, the names of rows that carry a time still to come.

	A site made under a time zone further east than the one its setup wizard chose is full of them, the
	Administrator's account among them: they are not what a test made.
	"""
	now, ahead = frappe.utils.now(), {}
	for doctype, stamp in stamps.items():
		if stamp == "creation":
			table = frappe.qb.DocType(doctype)
			if (
				names := frappe.qb.from_(table)
				.select(table.name)
				.where(table.creation >= now)
				.run(pluck=True)
			):
				ahead[doctype] = names
	return ahead


def _changed_since(moment) -> set[str]:
	"""The DocTypes whose tables were written to since.

	Among them those of which the server no longer knows when, having many tables to open.
	"""
	tables = frappe.qb.Schema("information_schema").tables
	query = (
		frappe.qb.from_(tables)
		.select(tables.table_name)
		.where(tables.table_schema == frappe.conf.db_name)
		.where((tables.update_time >= moment) | tables.update_time.isnull())
	)
	return {name.removeprefix("tab") for name in query.run(pluck=True)}
