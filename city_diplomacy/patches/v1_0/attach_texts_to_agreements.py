"""The texts of agreements hang on them, so that whoever reads an agreement opens its text.

A text uploaded before its agreement was first saved hung on nothing, and answered 403 to everybody asked about it.
Whoever named it could read it then (`agreements/texts.py`). What of texts and signed copies a type asks for
needs no patch: the columns of Agreement Type are made with 1 in every row, so existing types ask for both, and a
type whose agreements have no text of their own is switched off by hand. Agreements already in clearance go on.
"""

from pathlib import Path

import frappe

from city_diplomacy.partnership_approvals.files.uploaded import file_at
from city_diplomacy.partnerships.agreements.texts import attach


def execute() -> None:
	# A row a file may be more than Frappe writes at once; what was written is passed over when this runs again.
	frappe.db.auto_commit_on_many_writes = 1
	rows = frappe.get_all(
		"MOU Text",
		filters={"parenttype": "MOU", "file": ["is", "set"]},
		fields=["parent", "file"],
		limit_page_length=0,
	)
	for row in rows:
		file = file_at(row.file)
		# A text whose bytes are gone from the disk cannot be attached; verifying the ledger names it.
		if file and Path(file.get_full_path()).is_file():
			attach(row.parent, row.file)
