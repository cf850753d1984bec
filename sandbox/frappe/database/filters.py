"""Filters of `frappe.db` calls as SQL, with the query builder's meaning: NULL matches only `is not set`."""

import datetime

import frappe
from frappe.database.schema import quote


def db_value(value):
	"""The value as SQLite stores it."""
	if isinstance(value, bool):
		return int(value)
	if isinstance(value, datetime.datetime) and value.tzinfo is None:
		return value.strftime("%Y-%m-%d %H:%M:%S.%f")
	if isinstance(value, datetime.date):
		return str(value)
	if isinstance(value, list | tuple | dict | set):
		raise frappe.ValidationError(f"A {type(value).__name__} cannot be stored in one column: {value!r}.")
	return str.__str__(value) if isinstance(value, str) else value


def where(filters, doctype: str) -> tuple[str, list]:
	"""Answer (" WHERE ..." or "", parameters) for one table."""
	parts, params = [], []
	for field, operator, value in triples(filters):
		column, operator = f"{quote('tab' + doctype)}.{quote(field)}", operator.lower()
		if operator == "is" or value is None:
			# as in Frappe's builder, None means IS NULL whatever the operator says
			parts.append(f"{column} IS {'NOT ' if value == 'set' else ''}NULL")
			continue
		values = [value]
		if operator in ("in", "not in"):
			values = list(value) or [""]
			parts.append(f"{column} {operator} ({', '.join('?' * len(values))})")
		elif operator in ("=", "!=", "<", ">", "<=", ">=", "like", "not like"):
			parts.append(f"{column} {operator} ?")
		else:
			frappe.refuse(f"the filter operator {operator!r} in frappe.db calls")
		params.extend(map(db_value, values))
	return (f" WHERE {' AND '.join(parts)}" if parts else ""), params


def triples(filters):
	if isinstance(filters, str | int):
		yield "name", "=", str(filters)
	elif isinstance(filters, dict):
		for field, value in filters.items():
			yield (field, *value) if isinstance(value, list | tuple) else (field, "=", value)
	elif filters:
		frappe.refuse("a list of filters in frappe.db calls")
