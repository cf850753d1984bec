"""`frappe.get_all` and `frappe.get_list`: filters, NULLs, order and permissions as Frappe's DatabaseQuery."""

import datetime

import frappe
from frappe import _
from frappe.database.collation import NAME as COLLATION
from frappe.database.filters import db_value, triples
from frappe.database.schema import TYPES, literal, quote
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.utils import cint, cstr, flt, get_datetime, getdate

OPERATORS = ("=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between")
_NUMERIC = ("Check", "Float", "Int", "Currency", "Percent")
_STANDARD = frozenset(default_fields + optional_fields + child_table_fields)
_ALWAYS_FILLED = ("name", "modified", "creation")
_USE_QB = "it differs between v15 and v16, use frappe.qb. It"


def get_list(doctype, fields=None, filters=None, or_filters=None, order_by=None, limit_page_length=None,
		limit=None, distinct=False, pluck=None, limit_start=0, ignore_permissions=False, as_list=False,
		parent_doctype=None, **refused):  # fmt: skip
	"""The rows the session's user may see, as dicts, or one field of each with `pluck`."""
	if refused:
		frappe.refuse(f"get_list({', '.join(refused)}): {_USE_QB}")
	query = DatabaseQuery(doctype, None, ignore_permissions, parent_doctype)
	if isinstance(fields, dict) or (isinstance(fields, list) and fields and isinstance(fields[0], list)):
		fields, filters = filters, fields
	fields = [fields] if isinstance(fields, str) else fields or [pluck or "name"]
	selected = ", ".join(query.field(name) for name in fields)
	conditions = [query.condition(one) for one in query.filter_list(filters)]
	if alternatives := [query.condition(one) for one in query.filter_list(or_filters)]:
		conditions.append(f"({' OR '.join(alternatives)})")
	conditions += [] if ignore_permissions else query.match_conditions()
	order, page = "" if distinct else query.order(order_by), cint(limit or limit_page_length)
	sql = f"SELECT {'DISTINCT ' if distinct else ''}{selected} FROM {query.table}{''.join(query.joins.values())}"
	sql += f" WHERE {' AND '.join(conditions)}" if conditions else ""
	sql += f" ORDER BY {order}" if order else ""
	sql += f" LIMIT {page} OFFSET {cint(limit_start)}" if page else ""
	rows = frappe.db.rows(frappe.db.execute(sql), as_dict=not as_list, pluck=pluck)
	return tuple(rows) if as_list else rows


def get_all(doctype, fields=None, filters=None, **options):
	return get_list(doctype, fields, filters, **{**options, "ignore_permissions": True})


class DatabaseQuery:
	"""One SELECT in the making: its joins, and the SQL of its parts."""

	def __init__(self, doctype, user=None, ignore_permissions=False, parent_doctype=None):
		self.doctype, self.meta, self.joins = doctype, frappe.get_meta(doctype), {}
		self.ignore_permissions, self.parent_doctype = ignore_permissions, parent_doctype
		self.user, self.table = user or frappe.session.user, quote("tab" + doctype)
		self._check_read(doctype)

	def field(self, field) -> str:
		if not isinstance(field, str) or "(" in field:
			frappe.refuse(f"the field {field!r} in get_list: {_USE_QB}")
		if field == "*":
			return f"{self.table}.*"
		name, _as, alias = field.replace("`", "").partition(" as ")
		return f"{self._column(name.strip())} AS {quote((alias or name.split('.')[-1]).strip())}"

	def _column(self, name: str) -> str:
		"""A field of this DocType, of `child_table.field` or of `tabDocType.field`."""
		first, dot, name = name.rpartition(".")
		df = self.meta.get_field(first)
		if not dot or first.startswith("tab"):
			return self._of(first[3:] if dot else self.doctype, name)
		if not df or df.fieldtype == "Link":
			frappe.refuse(f"the field {first}.{name} in get_list")
		return self._of(df.options, name)

	def _of(self, doctype: str, fieldname: str) -> str:
		"""The column of a DocType, joined as a child table where it is not the query's own."""
		table = quote("tab" + doctype)
		if doctype != self.doctype:
			self._check_read(doctype)
			on = f"{table}.`parenttype` = {literal(self.doctype)} AND {table}.`parent` = {self.table}.`name`"
			self.joins[table] = f" LEFT JOIN {table} ON ({on})"
		if not frappe.db.has_column(doctype, fieldname):
			# SQLite would read an unknown quoted name as a text
			raise frappe.db.OperationalError(f"Unknown column '{fieldname}' in '{doctype}'")
		return f"{table}.{quote(fieldname)}"

	def order(self, order_by) -> str:
		if not order_by:
			order_by = self.meta.sort_field or "modified"
			direction = (self.meta.sort_field and self.meta.sort_order) or "desc"
			order_by += "" if "," in order_by else f" {direction}"
		parts = []
		for part in order_by.replace("`", "").split(","):
			name, *direction = part.split()
			if "(" in name or len(direction) > 1:
				frappe.refuse(f"ORDER BY {part!r} in get_list: {_USE_QB}")
			down = direction and direction[0].lower() == "desc"
			parts.append(f"{self._column(name)} {'DESC' if down else 'ASC'}")
		return ", ".join(parts)

	def filter_list(self, filters) -> list[tuple]:
		filters = list(triples(filters)) if isinstance(filters, dict) else filters or []
		if any(not isinstance(one, list | tuple) or len(one) not in (3, 4) for one in filters):
			frappe.throw(_("A filter is a list of field, operator and value: {0}").format(filters))
		return [(self.doctype, *one) if len(one) == 3 else tuple(one) for one in filters]

	def condition(self, one: tuple) -> str:
		doctype, fieldname, operator, value = one
		operator = operator.lower()
		if operator not in OPERATORS:
			frappe.refuse(f"the filter operator {operator!r}")
		column, df = self._of(doctype, fieldname), frappe.get_meta(doctype).get_field(fieldname)
		fieldtype = "Datetime" if fieldname in ("creation", "modified") else df.fieldtype if df else None
		can_be_null = fieldname not in _ALWAYS_FILLED and fieldtype not in _NUMERIC
		if operator in ("in", "not in"):
			values = value.split(",") if isinstance(value, str) else value or [""]
			if can_be_null and (operator == "not in" or any(item in (None, "") for item in values)):
				column = f"ifnull({column}, '') COLLATE {COLLATION}"
			listed = ", ".join(literal(cstr(db_value(item)).strip()) for item in values)
			return f"{column} {operator} ({listed})"
		if operator == "is":
			empty = "0" if fieldtype in _NUMERIC else "''"
			is_empty = f"({column} IS NULL OR {column} = {empty})"
			return is_empty if value == "not set" else f"{column} != {empty}"
		if operator == "between":
			return f"{column} BETWEEN {_bound(value[0], fieldtype, False)} AND {_bound(value[1], fieldtype, True)}"
		return _compare(column, operator, value, fieldname, fieldtype, can_be_null)

	def _check_read(self, doctype):
		if not self.ignore_permissions:
			granted = frappe.permissions.get_role_permissions(frappe.get_meta(doctype), self.user)
			ptype = "select" if granted.get("select") and not granted.get("read") else "read"
			parent = self.parent_doctype or self.doctype
			frappe.has_permission(doctype, ptype, user=self.user, throw=True, parent_doctype=parent)

	def build_match_conditions(self) -> str:
		return " and ".join(self.match_conditions())

	def match_conditions(self) -> list[str]:
		granted = frappe.permissions.get_role_permissions(self.meta, self.user)
		own, conditions = granted.get("if_owner") or {}, []
		if own and not any(granted.get(right) and right not in own for right in ("select", "read")):
			conditions.append(f"{self.table}.`owner` = {literal(self.user)}")
		hooks = frappe.get_hooks("permission_query_conditions", {})
		for method in hooks.get(self.doctype, []) + hooks.get("*", []):
			condition = frappe.call(method, self.user, doctype=self.doctype)
			conditions.extend([f"({condition})"] if condition else [])
		return conditions


def _compare(column, operator, value, fieldname, fieldtype, can_be_null) -> str:
	sql_value, fallback = _sql_value(operator, value, fieldname, fieldtype)
	is_temporal = fieldtype in ("Date", "Datetime")
	after = operator in (">", ">=") and is_temporal
	if not can_be_null or after or (value and operator in ("=", "like")):
		return f"{column} {operator} {sql_value}"
	if sql_value == fallback and operator in ("=", "!="):
		same = f"{column} {operator} {sql_value}"
		return f"({column} IS NULL OR {same})" if operator == "=" else same
	collation = "TEMPORAL" if is_temporal else COLLATION
	return f"ifnull({column}, {fallback}) COLLATE {collation} {operator} {sql_value}"


def _bound(value, fieldtype, is_end) -> str:
	"""One end of a BETWEEN: a date stands for its whole day where the column holds a datetime."""
	if fieldtype not in ("Date", "Datetime"):
		frappe.refuse(f"a filter between on a field of type {fieldtype}")
	if isinstance(value, str):
		value = get_datetime(value) if " " in value.strip() else getdate(value)
	if fieldtype == "Datetime" and not isinstance(value, datetime.datetime):
		value = datetime.datetime.combine(value, datetime.time.max if is_end else datetime.time.min)
	return literal(db_value(getdate(value) if fieldtype == "Date" else value))


def _sql_value(operator, value, fieldname, fieldtype) -> tuple[str, str]:
	"""Answer (literal, what stands in for NULL)."""
	if fieldtype == "Date":
		return literal(getdate(value) if value else "0001-01-01"), "'0001-01-01'"
	if fieldtype == "Datetime" or isinstance(value, datetime.datetime):
		moment = db_value(get_datetime(value)) if value else "0001-01-01 00:00:00.000000"
		return literal(moment), "'0001-01-01 00:00:00.000000'"
	if "like" in operator:
		return literal(cstr(value).replace("\\", "\\\\")), "''"
	is_text = TYPES.get(fieldtype, ("",))[0] == "TEXT" or fieldname in _STANDARD - {"docstatus", "idx"}
	if is_text or (isinstance(value, str) and fieldtype not in _NUMERIC):
		return literal(cstr(db_value(value))), "''"
	return str(flt(value)), "0"
