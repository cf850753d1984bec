import frappe
from frappe import _

from city_diplomacy.partnerships.exceptions import MembershipError
from city_diplomacy.partnerships.partners.partner_record import PartnerRecord


class CityNetwork(PartnerRecord):
	"""A network cities belong to, such as C40; its name is unique in the register."""

	NAME_FIELD = "network_name"

	def before_naming(self) -> None:
		self.tidy_name()

	def autoname(self) -> None:
		"""Named by its field, as the DocType says."""

	def validate(self) -> None:
		self.tidy_name()
		self.set_search_names()
		self.refuse_same_partner()
		self.check_year("founded_year")
		self.check_website()

	def names_by_place(self) -> list[str]:
		return [self.network_name]

	def own_country(self) -> str | None:
		# The secretariat's seat does not tell two networks apart.
		return None

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		if merge:
			self.refuse_shared_members(old, new)

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		super().after_rename(old, new, merge)
		self.reload()
		self.set_search_names()
		self.db_set({"search_names": self.search_names, "name_key": self.name_key}, update_modified=False)

	def refuse_shared_members(self, old: str, new: str) -> None:
		"""Raises MembershipError when two merged networks would hold one city twice."""
		# Merging needs write permission on both, which Frappe has asked for.
		members = frappe.get_all("Network Membership", filters={"network": old}, pluck="partner_city")
		shared = frappe.get_all(
			"Network Membership",
			filters={"network": new, "partner_city": ["in", [member or "" for member in members] or [""]]},
			pluck="name",
		)
		if members and shared:
			frappe.throw(
				_(
					"Both networks have the member in {0}; delete one of the two memberships before merging."
				).format(shared[0]),
				MembershipError,
			)
