from typing import Any

import frappe
from frappe import _

from city_diplomacy.diaspora_relations.exceptions import ConsentError, DirectoryEntryError
from city_diplomacy.partnerships.partners.partner_record import PartnerRecord
from city_diplomacy.partnerships.partners.verification import settle_verification
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.record_dates import refuse_backwards, refuse_future


class DiasporaOrganisation(PartnerRecord):
	"""An organisation of residents with ties abroad; of the people in it, only what they consent to show."""

	NAME_FIELD = "organisation_name"

	def validate(self) -> None:
		self.tidy_name()
		self.set_search_names()
		self.refuse_same_partner()
		check_email_address(self, "email")
		self.check_website()
		self.check_consents()
		settle_verification(self)

	def own_country(self) -> str | None:
		rows = self.get("heritage_countries") or ()
		return rows[0].country if rows else None

	def names_by_place(self) -> list[str]:
		country = self.own_country()
		plain = [self.organisation_name]
		return [*plain, f"{self.organisation_name}, {country}"] if country else plain

	def is_same_place(self, other: Any) -> bool:
		"""Two organisations of one name are two when they share no heritage country."""
		theirs = set(
			frappe.get_all(
				"Heritage Country",
				filters={"parenttype": self.doctype, "parent": other.name},
				pluck="country",
			)
		)
		ours = {row.country for row in self.heritage_countries}
		return bool(theirs & ours) or not theirs or not ours

	def refuse_as_duplicate(self, other: str) -> None:
		frappe.throw(
			_(
				"{0} is already in the directory. Open it, or enter the heritage country if this is another {1}."
			).format(other, self.organisation_name),
			DirectoryEntryError,
		)

	def check_consents(self) -> None:
		"""Raises ConsentError for a consent still to come, or withdrawn before it was given."""
		for row in self.consents:
			refuse_future(row, "given_on", "withdrawn_on")
			refuse_backwards(row, ConsentError, ("given_on", "withdrawn_on"))
