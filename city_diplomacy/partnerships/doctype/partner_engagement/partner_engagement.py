import frappe

from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnerships.engagements import engagements
from city_diplomacy.partnerships.exceptions import EngagementError
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.record_dates import refuse_backwards
from city_diplomacy.registers.register import Register


class PartnerEngagement(Register):
	"""A meeting, call, letter, visit or event with partners, and what was said."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		refuse_backwards(self, EngagementError, ("starts_on", "ends_on"))
		engagements.check_partners(self)
		engagements.check_agreement(self)
		engagements.check_event(self)

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)


@frappe.whitelist(methods=["POST"])
@checked
def make_from_event(event: Name) -> dict[str, str]:
	"""Record a calendar Event as an engagement, once; answers {"name"}.

	The person needs to read the Event and to create engagements.
	"""
	frappe.has_permission("Partner Engagement", "create", throw=True)
	return {"name": engagements.make_engagement(event).name}


@frappe.whitelist(methods=["POST"])
@checked
def make_event(engagement: Name) -> dict[str, str]:
	"""Put an engagement into the calendar, once; answers {"name"} of the Event.

	The person needs to write the engagement and to create Events.
	"""
	frappe.has_permission("Event", "create", throw=True)
	return {"name": engagements.make_event(engagement).name}
