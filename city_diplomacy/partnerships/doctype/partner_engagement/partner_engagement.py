import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnerships.engagements import engagements
from city_diplomacy.partnerships.exceptions import EngagementError
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.register import Register


class PartnerEngagement(Register):
	"""A meeting, call, letter, visit or event with partners, and what was said."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		self.check_times()
		self.check_partners()
		self.check_agreement()
		engagements.check_event(self)

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)

	def check_times(self) -> None:
		if self.starts_on and self.ends_on and get_datetime(self.ends_on) < get_datetime(self.starts_on):
			frappe.throw(
				_("It ends on {0}, before it starts on {1}; correct one of the two.").format(
					format_datetime(self.ends_on), format_datetime(self.starts_on)
				),
				EngagementError,
			)

	def check_partners(self) -> None:
		"""Raises EngagementError for a record that is no partner, and for one named twice."""
		seen = set()
		for row in self.partners:
			if row.partner and row.partner_type not in engagements.PARTNER_TYPES:
				frappe.throw(
					_("Row {0}: a partner is one of {1}.").format(
						row.idx, ", ".join(_(kind) for kind in engagements.PARTNER_TYPES)
					),
					EngagementError,
				)
			if (row.partner_type, row.partner) in seen:
				frappe.throw(
					_("Row {0}: {1} is named already; name each partner once.").format(row.idx, row.partner),
					EngagementError,
				)
			seen.add((row.partner_type, row.partner))

	def check_agreement(self) -> None:
		"""An engagement cannot be about an agreement its author may not see. Raises LinkValidationError."""
		before = self.get_doc_before_save()
		if (
			not self.agreement
			or (before and before.agreement == self.agreement)
			or self.flags.ignore_permissions
		):
			return
		refuse_hidden_link(self, "agreement", "MOU")


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
