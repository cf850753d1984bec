"""Screening stored parties once more: what is as before is confirmed in place, anything new makes a new screening."""

from collections.abc import Sequence
from typing import Any

import frappe

from city_diplomacy.trade_promotion.screening import matching, screenings
from city_diplomacy.trade_promotion.screening.subjects import SUBJECTS, party_of, subject_of
from city_diplomacy.trade_promotion.screening.versions import versions_in_force


def screen_again(names: Sequence[str]) -> int:
	"""Screen the parties of these screenings by the lists in force now. Returns for how many something is new.

	A party whose names changed, or with another candidate, or an entry that changed, gets a new screening, with the
	decisions that still hold.
	"""
	old = {name: frappe.get_doc(screenings.SCREENING, name) for name in names}
	new = {name: _new(doc) for name, doc in old.items() if frappe.db.exists(doc.subject_type, doc.subject)}
	in_force = [one.name for one in versions_in_force()]
	found = matching.candidates({name: party_of(doc) for name, doc in new.items()}, in_force)
	changed = 0
	for name, doc in new.items():
		if _is_as_before(old[name], doc, found[name]):
			screenings.confirm(old[name])
			screenings.write(old[name])
			continue
		screenings.fill(doc, found[name], old[name])
		doc.flags.by_its_verbs = True
		# The job that screens everybody again writes for whoever imported the list.
		doc.insert(ignore_permissions=True)
		changed += 1
	return changed


def _new(doc: Any) -> Any:
	subject = subject_of(doc.subject_type, doc.subject)
	_names, country_field = SUBJECTS[doc.subject_type]
	return frappe.get_doc(
		{
			"doctype": screenings.SCREENING,
			"method": screenings.AGAINST_LISTS,
			"subject_type": doc.subject_type,
			"subject": doc.subject,
			"name_screened": subject.names[0] if subject.names else doc.subject,
			"other_names": "\n".join(subject.names[1:]),
			"kind": doc.kind,
			"country": (subject.country or doc.country) if country_field else doc.country,
			"birth_date": doc.birth_date,
			"screened_by": frappe.session.user,
			"screened_on": frappe.utils.now_datetime(),
		}
	)


def _is_as_before(old: Any, new: Any, found: list[matching.Found]) -> bool:
	before = {(row.restricted_party, row.entry_digest) for row in old.candidates}
	now = {(one.entry.name, one.entry.entry_digest) for one in found}
	return before == now and screenings.same_party(old, new)
