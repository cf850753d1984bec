import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnerships.partners.partner_record import LARGEST_POPULATION, PartnerRecord
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.said_of_others import SaidOfOthers


class PartnerCity(SaidOfOthers, PartnerRecord):
	"""A city abroad: Nagoya, Japan; where a country has two, Springfield, Missouri, United States."""

	NAME_FIELD = "city_name"
	LEFT_OPEN = ("country",)

	def validate(self) -> None:
		self.tidy_name()
		self.set_search_names()
		self.refuse_same_partner()
		self.settle_relationship_start()
		self.check_coordinates()
		self.check_time_zone()
		self.check_population()
		self.check_website()

	def names_by_place(self) -> list[str]:
		if not self.country:
			return []
		plain = [f"{self.city_name}, {self.country}"]
		return [*plain, f"{self.city_name}, {self.region}, {self.country}"] if self.region else plain

	def check_population(self) -> None:
		"""Raises RegisterError for a number no city has, or a year it cannot have been counted in."""
		self.population = cint(self.population)
		if self.population > LARGEST_POPULATION:
			frappe.throw(
				_("No city has {0} inhabitants; check the number.").format(self.population), RegisterError
			)
		self.check_year("population_year")
