"""What the number card about the directory of community organisations counts, and the list it opens."""

from typing import Any

import frappe

from city_diplomacy.access.counted_lists import count_and_open
from city_diplomacy.diaspora_relations.report.directory_verification.directory_verification import (
	DOCTYPE,
	due_entries,
)
from city_diplomacy.partnership_approvals.arguments import Filters, checked


@frappe.whitelist()
@checked
def count_to_verify(filters: Filters = None) -> dict[str, Any]:
	"""How many entries were never verified or are due to be verified again, and the list of these."""
	return count_and_open(DOCTYPE, *due_entries())
