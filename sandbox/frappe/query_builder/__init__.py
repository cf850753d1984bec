"""`frappe.qb`: pypika's MySQL dialect, run on SQLite with MariaDB's comparisons and division."""

import datetime

import frappe
import pypika.queries
from frappe.database import collation, schema
from frappe.database.filters import db_value
from pypika import MySQLQuery, Order, terms
from pypika.dialects import MySQLQueryBuilder
from pypika.queries import Table, _SetOperation
from pypika.terms import Case, Criterion, Field, Function, NullValue
from pypika.utils import format_alias_sql, ignore_copy

# SQLite divides integers into integers; MariaDB does not.
terms.Arithmetic.div._value_ = "*1.0/"
_TEXT_FUNCTIONS = {"IFNULL", "COALESCE", "CONCAT", "MAX", "MIN"}


class _Parameters(list):
	"""Collects values so that they travel beside the statement, never inside it."""

	def get_sql(self, param_value, **kwargs) -> str:
		self.append(param_value)
		return "?"


class ValueWrapper(terms.ValueWrapper):
	def get_sql(self, quote_char=None, secondary_quote_char="'", param_wrapper=None, **kwargs):
		value = db_value(self.value.value if hasattr(type(self.value), "__members__") else self.value)
		if isinstance(value, terms.Term):
			sql = value.get_sql(quote_char=quote_char, param_wrapper=param_wrapper, **kwargs)
		elif isinstance(param_wrapper, _Parameters):
			sql = param_wrapper.get_sql(param_value=value)
		else:
			sql = schema.literal(value) if isinstance(value, str) else "NULL" if value is None else str(value)
		return format_alias_sql(sql, self.alias, quote_char=quote_char, **kwargs)


def _function_sql(self, with_alias=False, with_namespace=False, subquery=False, **kwargs) -> str:
	"""Passes parameters on, as Frappe does, and keeps MariaDB's collation on functions that answer text."""
	sql = self.get_function_sql(with_namespace=True, **kwargs)
	if self.name.upper() in _TEXT_FUNCTIONS:
		sql += f" COLLATE {'TEMPORAL' if _parser(self) else collation.NAME}"
	return format_alias_sql(sql, self.alias, quote_char=kwargs.get("quote_char")) if with_alias else sql


terms.Function.get_sql, terms.ValueWrapper = _function_sql, ValueWrapper
pypika.queries.Selectable.__getattr__ = ignore_copy(lambda table, name: Field(name, table=table))
pypika.queries.Selectable.__getitem__ = ignore_copy(lambda table, name: Field(name, table=table))
pypika.queries.Selectable.field = terms.PseudoColumn("field")


def _parser(term):
	"""What reads the value of MAX, MIN, IFNULL or COALESCE of a date: they answer dates in MariaDB, not text."""
	names = _TEXT_FUNCTIONS - {"CONCAT"}
	while isinstance(term, Function) and term.args and term.name.upper() in names:
		term = term.args[0]
	table = getattr(getattr(term, "table", None), "_table_name", None) or ""
	if not isinstance(term, Field) or table[3:] not in frappe.local.doctypes:
		return None
	df = frappe.get_meta(table[3:]).get_field(term.name)
	fieldtype = "Datetime" if term.name in ("creation", "modified") else df.fieldtype if df else None
	return schema.PARSERS.get(f"text_{fieldtype}".lower())


def run(query, as_dict=False, pluck=False):
	"""Execute, and answer tuples, dicts or the first column."""
	cursor = frappe.db.execute(*query.walk())
	converters = {}
	for place, term in enumerate(getattr(query, "_selects", ())):
		if isinstance(term, Function):
			converters[place] = float if term.name.upper() in ("SUM", "AVG") else _parser(term)
	rows = [tuple(_convert(converters.get(place), one) for place, one in enumerate(row)) for row in cursor]
	if pluck:
		return [row[0] for row in rows]
	names = [column[0] for column in cursor.description or ()]
	return [frappe._dict(zip(names, row, strict=True)) for row in rows] if as_dict else tuple(rows)


def _convert(converter, value):
	done = value is None or not converter or isinstance(value, datetime.date)
	return value if done else converter(value)


def walk(query) -> tuple[str, list]:
	"""Answer (SQL, parameters)."""
	parameters = _Parameters()
	return query.get_sql(param_wrapper=parameters), parameters


class Builder(MySQLQueryBuilder):
	run, walk = run, walk

	def for_update(self, *args, **kwargs):
		"""Accepted; one process has nobody to wait for."""
		return self


_SetOperation.run, _SetOperation.walk = run, walk


class _Strict(type):
	def __getattr__(cls, name):
		if name.startswith("__"):
			raise AttributeError(name)
		return frappe.refuse(f"frappe.qb.{name}")


class QB(MySQLQuery, metaclass=_Strict):
	desc, asc, Table, Field = Order.desc, Order.asc, Table, Field

	@classmethod
	def _builder(cls, **kwargs) -> Builder:
		return Builder(wrapper_cls=ValueWrapper, **kwargs)

	@staticmethod
	def DocType(name: str) -> Table:
		return Table(f"tab{name}")


DocType = QB.DocType
__all__ = ["Case", "Criterion", "DocType", "Field", "Function", "NullValue", "Order", "Table"]
