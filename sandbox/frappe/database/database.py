"""`frappe.db` on one SQLite connection."""

import sqlite3
from collections import deque

import frappe
from frappe.database import collation, schema
from frappe.database.filters import db_value, where
from frappe.database.schema import quote


class CallbackManager(deque):
	"""Functions to run at the next commit or rollback."""

	add = __call__ = deque.append
	reset = deque.clear

	def run(self) -> None:
		while self:
			self.popleft()()


class Database:
	IntegrityError, OperationalError = sqlite3.IntegrityError, sqlite3.OperationalError

	def __init__(self, path: str):
		self.statements, self.transaction_writes, self.columns, self.translations = 0, 0, {}, {}
		self.before_commit, self.after_commit = CallbackManager(), CallbackManager()
		self.before_rollback, self.after_rollback = CallbackManager(), CallbackManager()
		connection = sqlite3.connect(path, isolation_level=None, detect_types=sqlite3.PARSE_DECLTYPES,
			check_same_thread=False, cached_statements=1000)  # fmt: skip
		self._connection = connection
		connection.create_collation(collation.NAME, collation.compare)
		connection.create_collation("TEMPORAL", schema.compare_temporal)
		connection.create_function("like", 2, collation.like, deterministic=True)
		connection.create_function("concat", -1, _concat, deterministic=True)
		for kind, parse in schema.PARSERS.items():
			connection.create_function(f"is_{kind}", 1, schema.is_valid(kind), deterministic=True)
			sqlite3.register_converter(kind, lambda raw, parse=parse: parse(raw.decode()))
		for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "temp_store = MEMORY"):
			connection.execute(f"PRAGMA {pragma}")
		self.tables = {row[0] for row in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
		self.begin()

	def __getattr__(self, name):
		if name.startswith("__"):
			raise AttributeError(name)
		return frappe.refuse(f"frappe.db.{name}")

	def execute(self, sql: str, params=()) -> sqlite3.Cursor:
		"""Run one statement with `?` parameters. Not part of Frappe: only the sandbox itself calls it."""
		self.statements += 1
		self.transaction_writes += sql.startswith(("INSERT", "UPDATE", "DELETE"))
		try:
			return self._connection.execute(sql, params)
		except sqlite3.IntegrityError as error:
			if "CHECK constraint failed" in str(error):
				raise sqlite3.DataError(f"Out of range, too long or not a date: {error}") from error
			raise

	def close(self):
		self._connection.close()

	# reading; a lock is accepted, and there is nobody to wait for

	def get_value(self, doctype, filters=None, fieldname="name", order_by="modified desc", as_dict=False,
			for_update=False):  # fmt: skip
		rows = self.get_values(doctype, filters, fieldname, order_by, as_dict, limit=1)
		row = rows[0] if rows else None
		return row if not row or as_dict or fieldname == "*" or len(row) > 1 else row[0]

	def get_values(self, doctype, filters=None, fieldname="name", order_by="modified desc", as_dict=False,
			pluck=False, limit=None):  # fmt: skip
		single = (frappe.local.doctypes.get(doctype) or {}).get("issingle")
		fields = [fieldname] if isinstance(fieldname, str) else fieldname
		if doctype != "DocType" and (filters is None or filters == doctype or single):
			if isinstance(filters, dict) or "*" in fields:
				frappe.refuse("a filter on a Single, or all its fields at once,")
			values = self.get_singles_dict(doctype)
			row = frappe._dict((field, values.get(field)) for field in fields)
			return [row if as_dict else list(row.values())] if row.keys() & values.keys() else []
		condition, params = where(filters, doctype)
		sql = f"SELECT {', '.join(map(_select_item, fields))} FROM {quote('tab' + doctype)}{condition}"
		sql += f" ORDER BY {_order(order_by)}" if order_by else ""
		cursor = self.execute(sql + (f" LIMIT {limit}" if limit else ""), params)
		return self.rows(cursor, as_dict or fieldname == "*", pluck)

	@staticmethod
	def rows(cursor, as_dict=False, pluck=False) -> list:
		if pluck:
			return [row[0] for row in cursor]
		if not as_dict:
			return cursor.fetchall()
		names = [column[0] for column in cursor.description]
		return [frappe._dict(zip(names, row, strict=True)) for row in cursor]

	def get_singles_dict(self, doctype):
		return frappe._dict(self.execute("SELECT field, value FROM tabSingles WHERE doctype = ?", [doctype]))

	def get_single_value(self, doctype, fieldname):
		df = frappe.get_meta(doctype).get_field(fieldname)
		if not df:
			frappe.throw(f"Field {fieldname} does not exist on {doctype}.")
		return frappe.utils.cast_fieldtype(df.fieldtype, self.get_singles_dict(doctype).get(fieldname))

	def exists(self, dt, dn=None):
		if dt != "DocType" and dt == dn:
			return dn
		return self.get_value(dt, dn, order_by=None) if self.table_exists(dt) else None

	def count(self, dt, filters=None) -> int:
		condition, params = where(filters, dt)
		return self.execute(f"SELECT COUNT(*) FROM {quote('tab' + dt)}{condition}", params).fetchone()[0]

	# writing

	def set_value(self, dt, dn, field, val=None, update_modified=True):
		changes = dict(field) if isinstance(field, dict) else {field: val}
		if update_modified:
			changes.update(modified=frappe.utils.now(), modified_by=frappe.session.user)
		frappe.clear_document_cache(dt, dn if isinstance(dn, str) else None)
		if dn is None or dt == dn:
			self.delete("Singles", {"doctype": dt, "field": ["in", list(changes)]})
			rows = [(dt, *item) for item in changes.items()]
			return self.bulk_insert("Singles", ["doctype", "field", "value"], rows)
		condition, params = where(dn, dt)
		assignments = ", ".join(f"{quote(name)} = ?" for name in changes)
		sql = f"UPDATE {quote('tab' + dt)} SET {assignments}{condition}"
		self.execute(sql, [*map(db_value, changes.values()), *params])

	def bulk_update(self, doctype, doc_updates, chunk_size=100, update_modified=True):
		for name, values in doc_updates.items():
			self.set_value(doctype, name, values, update_modified=update_modified)

	def set_single_value(self, doctype, fieldname, value=None):
		self.set_value(doctype, None, fieldname, value)

	def delete(self, doctype, filters=None):
		condition, params = where(filters, doctype)
		self.execute(f"DELETE FROM {quote('tab' + doctype)}{condition}", params)

	def bulk_insert(self, doctype, fields, values, ignore_duplicates=False):
		verb = "INSERT OR IGNORE" if ignore_duplicates else "INSERT"
		sql = f"{verb} INTO {quote('tab' + doctype)} ({', '.join(map(quote, fields))})"
		self.statements, self.transaction_writes = self.statements + 1, self.transaction_writes + 1
		rows = ([db_value(value) for value in row] for row in values)
		self._connection.executemany(f"{sql} VALUES ({', '.join('?' * len(fields))})", rows)

	# transactions

	def begin(self):
		self.transaction_writes = 0
		self.execute("SAVEPOINT sandbox_transaction" if self._connection.in_transaction else "BEGIN")

	def commit(self):
		for callbacks in (self.before_rollback, self.after_rollback):
			callbacks.reset()
		self.before_commit.run()
		self.execute("RELEASE sandbox_transaction" if frappe.local.test_depth else "COMMIT")
		self.begin()
		self.after_commit.run()

	def rollback(self, *, save_point=None):
		if save_point:
			self.execute(f"ROLLBACK TO {quote(save_point)}")
			return
		for callbacks in (self.before_commit, self.after_commit):
			callbacks.reset()
		self.before_rollback.run()
		self.execute("ROLLBACK TO sandbox_transaction" if frappe.local.test_depth else "ROLLBACK")
		self.transaction_writes = 0
		if not frappe.local.test_depth:
			self.begin()
		self.after_rollback.run()

	def forget_callbacks(self):
		for callbacks in (self.before_commit, self.after_commit, self.before_rollback, self.after_rollback):
			callbacks.reset()

	def savepoint(self, save_point):
		self.execute(f"SAVEPOINT {quote(save_point)}")

	def release_savepoint(self, save_point):
		self.execute(f"RELEASE {quote(save_point)}")

	# schema

	def table_exists(self, doctype) -> bool:
		return f"tab{doctype}" in self.tables

	def get_table_columns(self, doctype) -> list[str]:
		if doctype not in self.columns:
			rows = self.execute(f"PRAGMA table_info({quote('tab' + doctype)})")
			self.columns[doctype] = [row[1] for row in rows]
		return self.columns[doctype]

	def has_column(self, doctype, column) -> bool:
		return column in self.get_table_columns(doctype)

	def add_index(self, doctype, fields, index_name=None, kind="INDEX"):
		# index names are global in SQLite; MariaDB's prefix lengths, `field(140)`, have no meaning here
		fields = [field.split("(")[0] for field in fields]
		name = quote(f"{doctype}_{index_name or kind[0] + '_' + '_'.join(fields)}")
		columns = ", ".join(map(quote, fields))
		self.execute(f"CREATE {kind} IF NOT EXISTS {name} ON {quote('tab' + doctype)} ({columns})")

	def add_unique(self, doctype, fields, constraint_name=None):
		self.add_index(doctype, fields, constraint_name, "UNIQUE INDEX")

	@staticmethod
	def escape(value) -> str:
		return schema.literal(value)

	@staticmethod
	def is_duplicate_entry(error) -> bool:
		return isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error)


def _order(order_by: str) -> str:
	"""`frappe.db` orders downwards unless told `asc`; `frappe.get_all` does not."""
	parts = [part.split() for part in order_by.split(",")]
	return ", ".join(f"{part[0]} {'ASC' if part[-1].lower() == 'asc' else 'DESC'}" for part in parts)


def _select_item(field: str) -> str:
	if "(" in field:
		frappe.refuse(f"the SQL function in {field!r}: use frappe.qb, which")
	name, _as, alias = field.partition(" as ")
	return field if field == "*" else quote(name.strip()) + (f" AS {quote(alias.strip())}" if alias else "")


def _concat(*parts):
	return None if None in parts else "".join(map(str, parts))
