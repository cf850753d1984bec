"""The public interface of diaspora relations. What writes is POST only."""

import frappe

from city_diplomacy.diaspora_relations import duties, registrations
from city_diplomacy.partnership_approvals.arguments import Count, FileAddress, Line, Name, Words, checked
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def complete_duty(
	duty: Name, result: Words = "", file: FileAddress = "", link: Line = "", members: Count = 0
) -> dict[str, str]:
	"""Record that a duty is done for its due day; answers {"due_date"}, when it is due again, or ""."""
	return {"due_date": duties.complete(duty, result, file, link, members)}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def accept_registration(registration: Name) -> dict[str, str]:
	"""Make a registration an entry of the directory; answers {"doctype", "name"}."""
	return {"doctype": registrations.ORGANISATION, "name": registrations.accept(registration)}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def close_registration(registration: Name, organisation: Name) -> None:
	"""Close a registration of an organisation that is in the directory already."""
	registrations.note_as_known(registration, organisation)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def decline_registration(registration: Name, reason: Words) -> None:
	"""Decline a registration, with the reason."""
	registrations.decline(registration, reason)
