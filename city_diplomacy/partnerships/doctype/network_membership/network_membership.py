import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.calendar import terms
from city_diplomacy.domain.partnerships.memberships import OUR_CITY, MembershipStatus
from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.partnerships.exceptions import MembershipError
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.record_dates import date_of, keep_known_part, refuse_backwards, refuse_future
from city_diplomacy.registers.record_money import settle_money


class NetworkMembership(RoutedDocument):
	"""One city, ours or a partner's, in one network; with what it costs and by when notice must be given."""

	def validate(self) -> None:
		self.settle_member()
		self.refuse_second_membership()
		self.settle_since()
		settle_money(self, "dues")
		self.set_notice_date()
		refuse_backwards(self, MembershipError, ("notice_date", "renewal_date"))

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)

	def settle_member(self) -> None:
		"""Our own city is no Partner City; a partner's membership names the partner.

		The empty text, not NULL, stands for our city: the unique index treats two NULLs as different.
		"""
		if self.member_type == OUR_CITY:
			self.partner_city = ""
		elif not self.partner_city:
			frappe.throw(
				_("Choose the partner city that is a member of {0}.").format(self.network), MembershipError
			)

	def refuse_second_membership(self) -> None:
		"""Raises MembershipError when the city is in the network already; its status tells whether it left."""
		other = frappe.db.get_value(
			"Network Membership",
			{"network": self.network, "partner_city": self.partner_city, "name": ["!=", self.name or ""]},
			"name",
		)
		if other:
			frappe.throw(
				_("{0} is already recorded as a member of {1} in {2}; change that record instead.").format(
					self.partner_city or _("Our city"), self.network, other
				),
				MembershipError,
			)

	def settle_since(self) -> None:
		keep_known_part(self, "since", "since_precision")
		if self.status != MembershipStatus.APPLIED:
			refuse_future(self, "since")

	def set_notice_date(self) -> None:
		"""Count the network's notice back from the renewal, unless somebody has entered a day."""
		if self.notice_date or not self.renewal_date:
			return
		notice_days = cint(frappe.db.get_value("City Network", self.network, "notice_days"))
		if notice_days:
			self.notice_date = terms.notice_deadline(date_of(self, "renewal_date"), notice_days)


def on_doctype_update() -> None:
	frappe.db.add_unique("Network Membership", ["network", "partner_city"], "unique_network_member")
	frappe.db.add_index("Network Membership", ["status", "renewal_date"])
