from city_diplomacy.partnerships.partners.partner_record import PartnerRecord
from city_diplomacy.partnerships.partners.verification import settle_verification
from city_diplomacy.registers.said_of_others import SaidOfOthers


class PartnerOrganisation(SaidOfOthers, PartnerRecord):
	"""A port, ministry, university, chamber or other body, abroad or at home."""

	NAME_FIELD = "organisation_name"
	LEFT_OPEN = ("country",)

	def validate(self) -> None:
		self.tidy_name()
		self.set_search_names()
		self.refuse_same_partner()
		self.settle_relationship_start()
		self.check_coordinates()
		self.check_time_zone()
		self.check_website()
		settle_verification(self)

	def names_by_place(self) -> list[str]:
		places = [self.country, f"{self.region}, {self.country}" if self.region and self.country else None]
		return [self.organisation_name, *(f"{self.organisation_name}, {place}" for place in places if place)]
