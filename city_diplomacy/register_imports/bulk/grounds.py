"""What the rules of a register rest on beside the line itself: while it is as it was, a line that passed them passes again.

That is who imports and what they may, the day, the releases of the apps, the DocTypes with their customisations, the
settings, and the records of the DocTypes that are linked to or declared. Of these it is asked how many there are and when
one was changed last. What a rule finds in its own register does not belong to it: doubles and names are asked for again.
"""

from hashlib import blake2b
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Max

from city_diplomacy.access.rows import FRAPPE
from city_diplomacy.register_imports.bulk.conditions import AFTER, RUN, handlers_of
from city_diplomacy.registers.importing import Importing
from city_diplomacy.registers.record_dates import today

SETTINGS = ("System Settings", "City Diplomacy Settings")
# What says which fields and rules a DocType has, who may do what, and how words are read.
RULED_BY = (
	"DocType", "Custom Field", "Property Setter", "Client Script", "Server Script", "Document Naming Rule", "Workflow",
	"Custom DocPerm", "DefaultValue", "User Permission", "DocShare", "Translation", "Module Def", "Installed Application",
)  # fmt: skip


def of_rules(register: str, importing: Importing) -> str:
	"""A short text that is another one once the rules of a register may say another thing of a line; empty where what
	they rest on is not declared."""
	if importing.grounds is None:
		return ""
	read = {*_linked(register), *importing.grounds, *RULED_BY} - {register}
	grounds = [
		str(today()),
		frappe.session.user,
		frappe.local.lang,
		sorted(frappe.get_roles()),
		FRAPPE,
		[frappe.get_attr(f"{app}.__version__") for app in frappe.get_installed_apps()],
		[handlers_of(of, event) for of in (register, "*") for event in (*RUN, *AFTER)],
		[_settings(single) for single in SETTINGS],
		[_state(doctype) for doctype in sorted(read)],
	]
	return blake2b(repr(grounds).encode(), digest_size=12).hexdigest()


def _linked(register: str) -> set[str]:
	meta = frappe.get_meta(register)
	metas = [meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields())]
	return {df.options for one in metas for df in one.get_link_fields() if df.options}


def _state(doctype: str) -> Any:
	if frappe.get_meta(doctype).issingle or not frappe.db.table_exists(doctype):
		return None
	table = frappe.qb.DocType(doctype)
	return doctype, frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()


def _settings(single: str) -> Any:
	table = frappe.qb.DocType("Singles")
	query = frappe.qb.from_(table).select(table.field, table.value).where(table.doctype == single)
	return sorted(query.run(), key=repr)
