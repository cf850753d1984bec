"""Who can be screened, what of them is compared with a list, and whether that is what another screening compared."""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import cstr, getdate

from city_diplomacy.domain.trade.leads import Direction
from city_diplomacy.domain.trade.screening.score import Party, birth_of
from city_diplomacy.domain.trade.screening.states import Kind
from city_diplomacy.domain.words import neutral

# DocType: the fields with its names; those with the country it is from
SUBJECTS = {
	"Trade Lead": (("company_name",), ""),
	"Partner Organisation": (("organisation_name", "acronym"), "country"),
	"Diaspora Organisation": (("organisation_name",), ""),
	"Partner City": (("city_name",), "country"),
	"City Network": (("network_name", "acronym"), ""),
}
# What a screening says of whom it compares.
WHO = ("name_screened", "other_names", "kind", "country", "birth_date")


@dataclass(frozen=True)
class Subject:
	"""The names of a record, the first its own, and its country."""

	names: tuple[str, ...]
	country: str | None


def subject_of(doctype: str, name: str) -> Subject:
	"""What a stored record says of itself."""
	doc = frappe.get_doc(doctype, name)
	name_fields, country_field = SUBJECTS[doctype]
	names = [cstr(doc.get(field)) for field in name_fields]
	names += [cstr(row.alternate_name) for row in doc.get("alternate_names") or ()]
	country = doc.get(country_field) if country_field else None
	if doctype == "Trade Lead" and doc.direction == Direction.INWARD_INVESTMENT:
		country = doc.market
	return Subject(
		tuple(dict.fromkeys(" ".join(neutral(one).split()) for one in names if one.strip())), country
	)


def say_who(screening: Any, before: Any = None) -> None:
	"""Enter into a new screening who is compared: the names of its record as they are now, and what confirms them.

	Kind, country and date of birth are those entered with it; else the country the record says; else those of the
	screening `before`, which somebody entered there.
	"""
	subject = subject_of(screening.subject_type, screening.subject)
	screening.name_screened = subject.names[0] if subject.names else screening.subject
	screening.other_names = "\n".join(subject.names[1:])
	screening.country = screening.country or subject.country
	for field in ("kind", "country", "birth_date"):
		screening.set(field, screening.get(field) or (before.get(field) if before else None))


def same_party(screening: Any, other: Any) -> bool:
	"""Whether two screenings compare the same party, so that what was decided holds of both."""
	return all(cstr(screening.get(field)) == cstr(other.get(field)) for field in WHO)


def party_of(screening: Any) -> Party:
	"""Who a screening compares."""
	code = frappe.get_cached_value("Country", screening.country, "code") if screening.country else None
	others = cstr(screening.other_names).split("\n")
	born = getdate(screening.birth_date) if screening.birth_date else None
	return Party(
		names=tuple(dict.fromkeys(name for name in (screening.name_screened, *others) if name)),
		kind=screening.kind or Kind.ORGANISATION,
		countries=frozenset({code.upper()} if code else ()),
		births=birth_of(born),
	)
