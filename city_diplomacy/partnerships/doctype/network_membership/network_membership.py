import frappe

from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.partnerships.exceptions import MembershipError
from city_diplomacy.partnerships.networks import memberships
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.record_dates import refuse_backwards
from city_diplomacy.registers.record_money import settle_money


class NetworkMembership(RoutedDocument):
	"""One city, ours or a partner's, in one network; with what it costs and by when notice must be given."""

	def validate(self) -> None:
		memberships.settle_member(self)
		memberships.refuse_second_membership(self)
		memberships.settle_since(self)
		settle_money(self, "dues")
		memberships.set_notice_date(self)
		refuse_backwards(self, MembershipError, ("notice_date", "renewal_date"))

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)


def on_doctype_update() -> None:
	frappe.db.add_unique("Network Membership", ["network", "partner_city"], "unique_network_member")
	frappe.db.add_index("Network Membership", ["status", "renewal_date"])
