"""Tables made from DocType definitions, with MariaDB's column rules kept where SQLite lets us."""

import datetime

from frappe.database import collation

_SHORT_TEXT = ["Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Autocomplete"]
_LONG_TEXT = [
	"Small Text",
	"Long Text",
	"Code",
	"Text Editor",
	"HTML Editor",
	"Text",
	"Attach",
	"Attach Image",
	"JSON",
]
# fieldtype: (column type, characters at most); other types are refused
TYPES = dict.fromkeys(_SHORT_TEXT, ("TEXT", 140)) | dict.fromkeys(_LONG_TEXT, ("TEXT", None))
TYPES |= dict.fromkeys(("Int", "Check"), ("INTEGER", None))
TYPES |= dict.fromkeys(("Currency", "Float", "Percent"), ("REAL", None))
TYPES |= {"Date": ("TEXT_DATE", None), "Datetime": ("TEXT_DATETIME", None), "Time": ("TEXT", 15)}
_STANDARD = {"name": "Data", "creation": "Datetime", "modified": "Datetime", "modified_by": "Data",
	"owner": "Data", "docstatus": "Int", "idx": "Int"}  # fmt: skip
_CHILD = dict.fromkeys(("parent", "parentfield", "parenttype"), "Data")
_OPTIONAL = dict.fromkeys(("_user_tags", "_comments", "_assign", "_liked_by", "_seen"), "Text")


def quote(identifier: str) -> str:
	return "`" + identifier.replace("`", "") + "`"


def literal(value) -> str:
	return "'" + str(value).replace("'", "''") + "'"


def column(fieldname: str, fieldtype: str, length: int = 0, default=None) -> str:
	"""The column definition: collation, length and validity are constraints, as MariaDB's types are."""
	(sql_type, limit), name = TYPES[fieldtype], quote(fieldname)
	if sql_type in ("INTEGER", "REAL"):
		narrow = sql_type == "INTEGER" and (length or 0) <= 11
		check = f"CHECK(abs({name}) < 2147483648)" if narrow else ""
		number = default if str(default or "").replace(".", "", 1).isdigit() else 0
		return f"{name} {sql_type} NOT NULL DEFAULT {number} {check}"
	if sql_type != "TEXT":
		return f"{name} {sql_type} COLLATE TEMPORAL CHECK({name} IS NULL OR is_{sql_type.lower()}({name}))"
	check = f"CHECK(length({name}) <= {int(length or limit)})" if limit else ""
	plain = limit and default and not str(default).startswith(":") and default not in ("__user", "Today")
	return f"{name} TEXT COLLATE {collation.NAME} {check} {f'DEFAULT {literal(default)}' if plain else ''}"


def sync(db, meta) -> None:
	"""Create the DocType's table, or add the columns and unique indexes it lacks."""
	if meta.issingle:
		return
	standard = (_STANDARD | (_CHILD if meta.istable else _OPTIONAL)).items()
	columns = {name: column(name, kind) for name, kind in standard}
	columns["name"] += " PRIMARY KEY NOT NULL"
	fields = [df for df in meta.fields if df.fieldtype in TYPES and df.fieldname not in columns]
	columns.update({df.fieldname: column(df.fieldname, df.fieldtype, df.length, df.default) for df in fields})
	existing = set(db.get_table_columns(meta.name)) if db.table_exists(meta.name) else set()
	table = quote(f"tab{meta.name}")
	if not existing:
		db.execute(f"CREATE TABLE {table} ({', '.join(columns.values())})")
		db.tables.add(f"tab{meta.name}")
		db.add_index(meta.name, ["parent" if meta.istable else "modified"])
	for fieldname in columns.keys() - existing if existing else ():
		db.execute(f"ALTER TABLE {table} ADD COLUMN {columns[fieldname]}")
	db.columns.pop(meta.name, None)
	for df in fields:
		if df.unique:
			db.add_unique(meta.name, [df.fieldname])
		elif df.search_index:
			db.add_index(meta.name, [df.fieldname])


def _temporal_key(text: str) -> str:
	"""Dates and datetimes in one comparable form: a date is its midnight, `.000000` counts for nothing."""
	text = text.replace("T", " ")
	if len(text) == 10:
		return text + " 00:00:00"
	return text.rstrip("0").rstrip(".") if "." in text else text


def compare_temporal(left: str, right: str) -> int:
	left, right = _temporal_key(left), _temporal_key(right)
	return (left > right) - (left < right)


PARSERS = {
	"text_date": lambda text: datetime.date.fromisoformat(text[:10]),
	"text_datetime": datetime.datetime.fromisoformat,
}


def is_valid(kind: str):
	"""A function for CHECK constraints: does the text hold a date or datetime that exists?"""

	def check(text):
		try:
			PARSERS[kind](str(text))
		except ValueError:
			return 0
		return 1

	return check
