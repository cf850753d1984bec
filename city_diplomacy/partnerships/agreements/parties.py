"""Who makes an agreement: each side's parties, each once, with the names they had when they were entered."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnerships.exceptions import AgreementError

OURS, COUNTERPART = "Ours", "Counterpart"
# DocType of a party: (field with its name, field with its country)
PARTY_TYPES: dict[str, tuple[str, str | None]] = {
	"Company": ("company_name", "country"),
	"Department": ("department_name", None),
	"Partner City": ("city_name", "country"),
	"Partner Organisation": ("organisation_name", "country"),
	"City Network": ("network_name", "secretariat_country"),
	"Diaspora Organisation": ("organisation_name", None),
}
# A city abroad is never our side, and our own departments are never the other.
ONLY_OURS = ("Department",)
ONLY_COUNTERPART = ("Partner City",)


def settle_parties(doc: Any) -> None:
	"""Check every party and fill in its name and country from its record.

	The name of a party already on the agreement stays as it was read by those who cleared it. Raises
	AgreementError for a party of a wrong kind, on a wrong side, or twice.
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.parties} if before else {}
	seen = set()
	for row in doc.parties:
		_check_kind(row)
		if (row.party_type, row.party) in seen:
			frappe.throw(
				_("Row {0}: {1} is a party already; name it once.").format(row.idx, row.party), AgreementError
			)
		seen.add((row.party_type, row.party))
		known = stored.get(row.name)
		if known and (known.party_type, known.party) == (row.party_type, row.party) and known.party_name:
			row.party_name, row.country = known.party_name, known.country
		else:
			_take_name(row)
	doc.counterparts = in_words(doc.parties)


def in_words(parties: Iterable[Any]) -> str:
	"""The parties on the other side as lists show them: "Nagoya (Japan), Port of Rotterdam (Netherlands)"."""
	others = [row for row in parties if row.side == COUNTERPART and row.party]
	names = [(row.party_name or row.party, row.country) for row in others]
	return ", ".join(f"{name} ({country})" if country else name for name, country in names)


def missing_sides(doc: Any) -> list[str]:
	"""The sides nobody stands on yet, such as ["Counterpart"]."""
	present = {row.side for row in doc.parties}
	return [side for side in (OURS, COUNTERPART) if side not in present]


def _check_kind(row: Any) -> None:
	if not row.party_type or not row.party:
		return
	if row.party_type not in PARTY_TYPES:
		frappe.throw(
			_("Row {0}: a party is one of {1}.").format(row.idx, ", ".join(_(kind) for kind in PARTY_TYPES)),
			AgreementError,
		)
	wrong = ONLY_COUNTERPART if row.side == OURS else ONLY_OURS if row.side == COUNTERPART else ()
	if row.party_type in wrong:
		frappe.throw(
			_("Row {0}: {1} is a {2} and cannot stand on the side “{3}”.").format(
				row.idx, row.party, _(row.party_type), _(row.side)
			),
			AgreementError,
		)


def _take_name(row: Any) -> None:
	if not row.party:
		return
	name_field, country_field = PARTY_TYPES[row.party_type]
	columns = [name_field, country_field] if country_field else [name_field]
	# Only the name and country of a record the person has linked themselves.
	values = frappe.db.get_value(row.party_type, row.party, columns, as_dict=True) or frappe._dict()
	row.party_name = values.get(name_field) or row.party
	row.country = values.get(country_field) if country_field else None
