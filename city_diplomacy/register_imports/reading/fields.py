"""The fields of a register that a column can fill, and the names a heading may give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.imports.headings import Headings

READABLE = frozenset(
	("Data", "Small Text", "Text", "Long Text", "Text Editor", "Select", "Autocomplete", "Link", "Dynamic Link",
	"Date", "Datetime", "Int", "Float", "Currency", "Percent", "Check")
)  # fmt: skip
TABLES = ("Table", "Table MultiSelect")
NAME = "name"


@dataclass(frozen=True)
class Target:
	"""A field a column can fill: `path` is its fieldname, or the table's and its own with a dot between."""

	path: str
	df: Any
	table: Any = None

	@property
	def label(self) -> str:
		"""As the person reads it."""
		if self.path == NAME:
			return _("ID")
		own = _(self.df.label, context=self.df.parent)
		if not self.table:
			return own
		of = _(self.table.label, context=self.table.parent)
		return of if self.is_alone else f"{own} ({of})"

	@property
	def is_alone(self) -> bool:
		"""Whether a row of its table is this one field, as in a list of languages."""
		return bool(self.table) and self.table.fieldtype == "Table MultiSelect"


def targets(register: str) -> dict[str, Target]:
	"""By path, what a column of a table for this register can fill, in the order of the form."""
	meta = frappe.get_meta(register)
	found = {NAME: Target(NAME, frappe._dict(fieldname=NAME, label="ID", fieldtype="Data", parent=register))}
	for df in meta.fields:
		if df.fieldtype in TABLES:
			for own in frappe.get_meta(df.options).fields:
				if _can_be_filled(own):
					path = f"{df.fieldname}.{own.fieldname}"
					found[path] = Target(path, own, df)
		elif _can_be_filled(df):
			found[df.fieldname] = Target(df.fieldname, df)
	return found


def _can_be_filled(df: Any) -> bool:
	return df.fieldtype in READABLE and not (
		df.hidden or df.read_only or df.get("is_virtual") or df.permlevel or df.fieldname == "amended_from"
	)


def headings(offered: dict[str, Target]) -> Headings:
	"""The names the fields go by: as the person reads them, in English, and their own in the database."""
	return Headings({path: _names(target, offered) for path, target in offered.items()})


def _names(target: Target, offered: dict[str, Target]) -> Sequence[str]:
	if target.path == NAME:
		return (_("ID"), "ID", NAME)
	own, df = _(target.df.label, context=target.df.parent), target.df
	if not target.table:
		return (own, df.label, df.fieldname, f"{own} ({df.fieldname})", f"{df.label} ({df.fieldname})")
	of = _(target.table.label, context=target.table.parent)
	names = [f"{own} ({of})", f"{df.label} ({target.table.label})", target.path]
	first = next(
		one for one in offered.values() if one.table and one.table.fieldname == target.table.fieldname
	)
	# A column called as the table means the field its rows are about.
	return [*names, of, target.table.label, target.table.fieldname] if first is target else names


def required(offered: dict[str, Target]) -> list[Target]:
	"""The fields without which nothing can be added."""
	return [one for one in offered.values() if one.df.reqd and not one.table and not one.df.default]
