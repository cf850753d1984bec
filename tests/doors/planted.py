"""A marker in every column of text of every DocType of ours, and in Frappe's rows about a confidential agreement.

The rows are written beneath their controllers: what is asked is who can read them, not how they come about.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

import frappe

from city_diplomacy.access.guarded import ABOUT_A_RECORD, guarded_doctypes
from city_diplomacy.access.rights import MANAGER, PROTOCOL, ROLES, rights_of

SECRET = "XQSECRETQX"
TEXT = ("Data", "Small Text", "Text", "Long Text", "Text Editor", "Code", "HTML Editor", "Read Only", "JSON")
TABLES = ("Table", "Table MultiSelect")
KEEPER = "keeper@city.example"
AGREEMENT = "MOU-OF-THE-KEEPER"
# Rows of these are kept from everybody who may not know of the agreement they belong to, or of whom they are.
ABOUT_THE_AGREEMENT = {
	"MOU": {"confidential": 1, "sponsor": KEEPER, "workflow_state": "Draft"},
	"Partnership Commitment": {"source_doctype": "MOU", "source_name": AGREEMENT},
	"Partner Engagement": {"agreement": AGREEMENT},
	**{
		doctype: {"reference_doctype": "MOU", "reference_name": AGREEMENT}
		for doctype in (
			"Approval Clearance",
			"Approval Decision",
			"Approval Notice",
			"Approval Route",
			"Approval Snapshot",
			"Council Action",
			"Guest Link",
			"Ledger Head",
			"Legal Hold",
		)
	},
}
OF_THE_KEEPER = {
	"Approval Notification Preference": {"user": KEEPER},
	"ToDo": {"allocated_to": KEEPER, "assigned_by": KEEPER, "status": "Open"},
	"Notification Log": {"for_user": KEEPER},
	"File": {"is_private": 1, "is_folder": 0, "folder": "Home"},
	"Communication": {"communication_type": "Communication", "sent_or_received": "Sent"},
	"Comment": {"comment_type": "Comment"},
}
# What forms and reports need of a row to show it.
OF_A_ROW = {"MOU Party": {"side": "Counterpart", "party_type": "Partner City", "party": "PLANTED-partner_city", "country": "Japan"},
	"MOU Department": {"department": "PLANTED"}, "Topic Link": {"topic": "PLANTED-partnership_topic"}}  # fmt: skip
# Those whose roles alone show them; others who could read one are named on it.
ONLY_FOR = {"Consular Case": {PROTOCOL, MANAGER}}
SHORTEST = 40


@dataclass(frozen=True)
class Planted:
	"""A row with a marker in its columns of text. `known_to` are the roles that may read it."""

	doctype: str
	name: str
	marker: str
	column: str | None
	known_to: frozenset[str] | None
	parent_doctype: str | None = None

	@property
	def absent(self) -> "Planted":
		"""A row that is not there, of a name and with a word as long as those of this one."""
		return replace(self, name="N" * len(self.name), marker="ZV" + "J" * (len(self.marker) - 2))

	def is_known_to(self, role: str | None) -> bool:
		if self.known_to is None:
			return False
		return bool({role, "All"} & self.known_to)


def plant() -> list[Planted]:
	"""Writes a row into every DocType of ours with its child rows, and into Frappe's about the agreement."""
	rows: list[Planted] = []
	for doctype in guarded_doctypes():
		rows += _plant_record(doctype)
	for doctype, (kind, name) in ABOUT_A_RECORD.items():
		if frappe.db.exists("DocType", doctype) and _can_be_planted(frappe.get_meta(doctype)):
			about = {kind: "MOU", name: AGREEMENT, **OF_THE_KEEPER.get(doctype, {})}
			rows.append(_plant(doctype, f"about-the-agreement-{frappe.scrub(doctype)}", SECRET, None, about))
	return rows


def _can_be_planted(meta: Any) -> bool:
	"""Child rows need a parent of Frappe's; the errors are in a table that keeps what a test rolls back."""
	return not meta.istable and meta.name != "Error Log"


def _plant_record(doctype: str) -> list[Planted]:
	secret = doctype in ABOUT_THE_AGREEMENT or doctype in OF_THE_KEEPER
	marker = SECRET if secret else f"XQ{frappe.scrub(doctype).upper().replace('_', '')}QX"
	roles = None if secret else frozenset(_readers(doctype))
	values = {**ABOUT_THE_AGREEMENT.get(doctype, {}), **OF_THE_KEEPER.get(doctype, {})}
	name = AGREEMENT if doctype == "MOU" else f"PLANTED-{frappe.scrub(doctype)}"
	rows = [_plant(doctype, name, marker, roles, values)]
	for field in frappe.get_meta(doctype).fields:
		if field.fieldtype in TABLES:
			belongs = {
				**OF_A_ROW.get(field.options, {}),
				"parenttype": doctype,
				"parent": name,
				"parentfield": field.fieldname,
				"idx": 1,
			}
			child = f"{name}-{field.fieldname}"[:140]
			rows.append(_plant(field.options, child, marker, roles, belongs, parent_doctype=doctype))
	return rows


def _readers(doctype: str) -> set[str]:
	readers = {role for role in (*ROLES, "All") if "read" in rights_of(doctype, role)}
	return readers & ONLY_FOR.get(doctype, readers)


def _plant(
	doctype: str,
	name: str,
	marker: str,
	known_to: frozenset[str] | None,
	values: dict[str, Any],
	parent_doctype: str | None = None,
) -> Planted:
	meta = frappe.get_meta(doctype)
	columns = [
		field.fieldname
		for field in meta.fields
		if field.fieldtype in TEXT and not field.get("is_virtual") and field.fieldname not in values
	]
	doc = frappe.get_doc(
		{
			"doctype": doctype,
			"name": name,
			"owner": KEEPER,
			"modified_by": KEEPER,
			"creation": frappe.utils.now(),
			"modified": frappe.utils.now(),
			**{column: _marked(meta.get_field(column), marker) for column in columns},
			**values,
		}
	)
	doc.db_insert()
	whole = [column for column in columns if marker in doc.get(column)]
	return Planted(doctype, name, marker, whole[0] if whole else None, known_to, parent_doctype)


def plant_row(
	doctype: str, name: str, marker: str, values: dict[str, Any], parent_doctype: str | None = None
) -> Planted:
	"""A row that nobody's role alone shows."""
	return _plant(doctype, name, marker, None, values, parent_doctype)


def _marked(field: Any, marker: str) -> str:
	"""The marker, with a word that makes it unique where the column is; of a very short column, its beginning."""
	words = marker if (field.length or SHORTEST) < SHORTEST else f"{marker} {field.fieldname}"
	words = words[: field.length or None]
	return json.dumps(words) if field.fieldtype == "JSON" else words
