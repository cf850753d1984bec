"""What browsers call about guest lists. What writes is POST only."""

from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.guests import inviting
from city_diplomacy.partnership_approvals.arguments import Name, checked


@frappe.whitelist(methods=["POST"])
@checked
def ask_all(guest_list: Name) -> dict[str, Any]:
	"""Ask every guest who was not asked yet by a link whether they come."""
	return inviting.ask_all(guest_list)
