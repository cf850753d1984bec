"""The public interface of hosted events. What writes is POST only."""

import frappe

from city_diplomacy.hosted_events import projects
from city_diplomacy.partnership_approvals.arguments import Name, checked


@frappe.whitelist(methods=["POST"])
@checked
def make_project(event: Name) -> dict[str, str]:
	"""Make an event's Project in ERPNext, once; answers {"doctype", "name"}."""
	return {"doctype": "Project", "name": projects.make_project(event)}
