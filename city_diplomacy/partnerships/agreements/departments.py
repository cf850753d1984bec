"""The departments an agreement affects: each is named once, and asked once."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.partnerships.exceptions import AgreementError


def refuse_repeated(doc: Any) -> None:
	"""A department named twice would be asked twice."""
	seen = set()
	for row in doc.departments:
		if row.department in seen:
			frappe.throw(
				_("Row {0}: {1} is named already; each department is asked once.").format(
					row.idx, department_name(row.department)
				),
				AgreementError,
			)
		seen.add(row.department)
