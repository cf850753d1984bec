"""Who can be screened, and what of them is compared with a list."""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import cstr, getdate

from city_diplomacy.domain.trade.screening.score import Party, birth_of
from city_diplomacy.domain.trade.screening.states import Kind

# DocType: the fields with its names; those with the country it is from
SUBJECTS = {
	"Trade Lead": (("company_name",), ""),
	"Partner Organisation": (("organisation_name", "acronym"), "country"),
	"Diaspora Organisation": (("organisation_name",), ""),
	"Partner City": (("city_name",), "country"),
	"City Network": (("network_name", "acronym"), ""),
}


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
	if doctype == "Trade Lead" and doc.direction == "Inward Investment":
		country = doc.market
	return Subject(tuple(dict.fromkeys(" ".join(one.split()) for one in names if one.strip())), country)


def party_of(screening: Any) -> Party:
	"""Who a screening compares."""
	code = frappe.get_cached_value("Country", screening.country, "code") if screening.country else None
	others = cstr(screening.other_names).split("\n")
	born = getdate(screening.birth_date) if screening.birth_date else None
	return Party(
		names=tuple(dict.fromkeys(name for name in (screening.name_screened, *others) if name)),
		kind=screening.kind or (str(Kind.ORGANISATION) if screening.subject_type in SUBJECTS else ""),
		countries=frozenset({code.upper()} if code else ()),
		births=birth_of(born),
	)
