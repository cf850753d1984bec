"""What every kind of partner has in common: names it is found by, a place, and no double of itself."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt

from city_diplomacy.domain.names.folding import fold
from city_diplomacy.domain.names.known import known_names
from city_diplomacy.domain.names.similarity import likely_duplicates, search_key
from city_diplomacy.partnerships.partners import known_partners, name_index
from city_diplomacy.registers.dynamic_uses import carry_new_name, refuse_deletion_while_used
from city_diplomacy.registers.errors import DuplicatePartnerError, RegisterError
from city_diplomacy.registers.record_dates import keep_known_part, refuse_future, today
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.time_zones import check_time_zone
from city_diplomacy.registers.web_addresses import check_web_address

LONGEST_NAME = 140
LARGEST_POPULATION = 100_000_000
EARLIEST_YEAR = 1000


class PartnerRecord(Register):
	"""A place or organisation the city deals with; the controllers say which of these rules apply to it."""

	NAME_FIELD = ""

	def onload(self) -> None:
		# Only Desk loads forms, so only there is this part of Frappe needed.
		from frappe.contacts.address_and_contact import load_address_and_contact

		load_address_and_contact(self)

	def after_insert(self) -> None:
		self.warn_of_likely_duplicates()

	def on_update(self) -> None:
		self.keep_names_findable()

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)
		name_index.forget_names(self.doctype, [self.name])

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		carry_new_name(self.doctype, old, new)
		name_index.forget_names(self.doctype, [old])
		name_index.index_names(self.doctype, name_index.names_of(self.doctype, [new]))

	def keep_names_findable(self) -> None:
		"""The index of names follows a change of them; agreements follow by a hook (`agreements/names.py`)."""
		if not self.names_changed():
			return
		names = [cstr(self.get(self.NAME_FIELD)), *self.other_names()]
		name_index.index_names(self.doctype, {self.name: names})

	def names_changed(self) -> bool:
		"""Whether the save under way changes what the record is found by; so it does for a new one."""
		before = self.get_doc_before_save()
		return not before or before.search_names != self.search_names

	def own_country(self) -> str | None:
		"""The country in which two partners of one name would be the same partner."""
		return self.get("country")

	def names_by_place(self) -> list[str]:
		"""The names the record may take, the plainest first."""
		raise NotImplementedError

	def autoname(self) -> None:
		self.tidy_name()
		if not self.get(self.NAME_FIELD):
			# Frappe's own check says that the field is required.
			return
		names = self.names_by_place()
		for name in names:
			if len(name) > LONGEST_NAME:
				self.refuse_long_name()
			if not known_partners.is_taken(self.doctype, name):
				self.name = name
				return
		if names:
			self.refuse_as_duplicate(names[0])

	def tidy_name(self) -> None:
		"""One space between words, none around. Raises RegisterError for a name without letters or digits."""
		name = " ".join(cstr(self.get(self.NAME_FIELD)).split())
		self.set(self.NAME_FIELD, name)
		if name and not fold(name):
			frappe.throw(
				_("{0} has no letters or digits in it; enter the name as it is spoken.").format(
					frappe.utils.escape_html(name[:40])
				),
				RegisterError,
			)

	def set_search_names(self) -> None:
		"""Let search find the record under former names, other scripts, and with its place behind the name."""
		name = cstr(self.get(self.NAME_FIELD))
		names = [name, *self.other_names()]
		names += [other for known in tuple(names) for other in known_names(known)]
		country, region = cstr(self.own_country()), cstr(self.get("region"))
		names += [f"{name} {country}", f"{name} {region} {country}"]
		self.search_names = search_key(names)
		self.set_name_key()

	def set_name_key(self) -> None:
		"""The form of its name by which two partners are found to be called the same."""
		self.name_key = fold(cstr(self.get(self.NAME_FIELD)))[:LONGEST_NAME]

	def other_names(self) -> list[str]:
		rows = [cstr(row.alternate_name) for row in self.get("alternate_names") or ()]
		return [*rows, self.get("acronym")] if self.get("acronym") else rows

	def refuse_same_partner(self) -> None:
		"""Raises DuplicatePartnerError when the name is taken in the country, unless the region differs."""
		other = self.same_partner()
		if other:
			self.refuse_as_duplicate(other)

	def same_partner(self) -> str:
		"""The stored record that this one would repeat; empty where there is none."""
		same = known_partners.rows_named(self)
		return next((other.name for other in same if self.is_same_place(other)), "")

	def place_columns(self) -> list[str]:
		return [column for column in ("country", "region") if self.meta.has_field(column)]

	def is_same_place(self, other: Any) -> bool:
		"""Whether another record of the same name lies in the same country and region."""
		return cstr(other.get("country")) == cstr(self.get("country")) and fold(
			cstr(other.get("region"))
		) == fold(cstr(self.get("region")))

	def refuse_as_duplicate(self, other: str) -> None:
		frappe.throw(
			_("{0} is already in the register. Open it, or enter the region if this is another {1}.").format(
				other, self.get(self.NAME_FIELD)
			),
			DuplicatePartnerError,
		)

	def refuse_long_name(self) -> None:
		frappe.throw(
			_("{0} and its place are longer than {1} characters together; shorten the name.").format(
				_(self.meta.get_label(self.NAME_FIELD)), LONGEST_NAME
			),
			RegisterError,
		)

	def warn_of_likely_duplicates(self) -> None:
		"""Tell who enters a new partner what it may be a double of; never refuse."""
		# An import has its own duplicate report; a message per row would hide it.
		if frappe.flags.in_import:
			return
		matches = self.likely_doubles()
		if matches:
			frappe.msgprint(
				_(
					"This may be the same as {0}. If it is, delete this record and add the name there under Also Known As."
				).format(", ".join(frappe.bold(match) for match in matches[:5])),
				title=_("Already in the Register?"),
				indicator="orange",
			)

	def likely_doubles(self) -> list[str]:
		"""The names of stored records this one may be a double of, the likeliest first."""
		name = self.get(self.NAME_FIELD)
		country = self.get("country") if self.meta.has_field("country") else None
		alike = name_index.names_alike(self.doctype, name, but=self.name or "", country=country)
		return [match.key for match in likely_duplicates(name, alike)]

	def settle_relationship_start(self) -> None:
		"""Keep of the first day only what is known, and refuse one that is still to come."""
		keep_known_part(self, "relationship_since", "since_precision")
		refuse_future(self, "relationship_since")

	def check_website(self) -> None:
		check_web_address(self, "website")

	def check_coordinates(self) -> None:
		"""Raises RegisterError for a point that is not on the globe, or half a point.

		Frappe stores an empty number as 0, so exactly 0 counts as empty.
		"""
		latitude, longitude = flt(self.latitude), flt(self.longitude)
		if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
			frappe.throw(
				_("Latitude runs from -90 to 90 and longitude from -180 to 180; check the two numbers."),
				RegisterError,
			)
		if bool(latitude) != bool(longitude):
			frappe.throw(_("Enter both latitude and longitude, or neither."), RegisterError)
		self.latitude, self.longitude = latitude, longitude

	def check_time_zone(self) -> None:
		"""Raises RegisterError unless the time zone is one of the IANA names, such as Asia/Tokyo."""
		check_time_zone(self)

	def check_year(self, fieldname: str) -> None:
		"""Raises RegisterError for a year before 1000 or still to come; 0 is empty."""
		year = cint(self.get(fieldname))
		if year and not EARLIEST_YEAR <= year <= today().year:
			frappe.throw(
				_("{0} must be a year from {1} to {2}.").format(
					_(self.meta.get_label(fieldname)), EARLIEST_YEAR, today().year
				),
				RegisterError,
			)
