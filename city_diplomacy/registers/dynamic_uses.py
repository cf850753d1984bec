"""Records that point at a register's record by a Dynamic Link, looked up by our own declaration.

Frappe finds such links by a map it builds from the tables, and some of its releases build it empty
(15.72.4: `fetch_distinct_link_doctypes` quotes the table's name, gets "no such table" and goes on). There,
deleting a partner would leave agreements with nobody on the other side, and renaming one would cut them off.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.registers.errors import RecordInUseError

# (DocType, field that holds the type, field that holds the name)
USES = (
	("MOU Party", "party_type", "party"),
	("Engagement Partner", "partner_type", "partner"),
	("Partnership Commitment", "counterpart_type", "counterpart"),
	("Partnership Commitment", "partner_type", "partner"),
	("Partnership Commitment", "source_doctype", "source_name"),
	("Party Screening", "subject_type", "subject"),
	("International Event", "organiser_type", "organiser"),
	("Programme Partner", "partner_type", "partner"),
	("Committee Duty", "organisation_type", "organisation"),
	("Official Gift", "partner_type", "partner"),
	("Guest List", "about_type", "about"),
	("Invited Guest", "about_type", "about"),
)
# Frappe's own table by which Contacts and Addresses belong to a record.
CONTACTS = ("Dynamic Link", "link_doctype", "link_name")


def refuse_deletion_while_used(doc: Any) -> None:
	"""Raises RecordInUseError naming the first agreement, engagement or commitment that needs the record."""
	for doctype, type_field, name_field in USES:
		is_table = frappe.get_meta(doctype).istable
		used_by = frappe.db.get_value(
			doctype,
			{type_field: doc.doctype, name_field: doc.name},
			["parenttype", "parent"] if is_table else "name",
		)
		if used_by:
			owner_type, owner = used_by if is_table else (doctype, used_by)
			frappe.throw(
				_(
					"{0} cannot be deleted, because {1} {2} is about it. Mark it as no longer active instead."
				).format(doc.get_title() or doc.name, _(owner_type), owner),
				RecordInUseError,
			)


def carry_new_name(doctype: str, old: str, new: str) -> None:
	"""Let everything that points at a renamed record follow it; does nothing where Frappe has done it."""
	for table, type_field, name_field in (*USES, CONTACTS):
		rows = frappe.qb.DocType(table)
		frappe.qb.update(rows).set(rows[name_field], new).where(
			(rows[type_field] == doctype) & (rows[name_field] == old)
		).run()
