"""Screening stored parties once more: what is as before is confirmed in place, anything new makes a new screening."""

from collections.abc import Sequence
from typing import Any

import frappe

from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.trade_promotion.screening import matching, screenings
from city_diplomacy.trade_promotion.screening.subjects import party_of, same_party, say_who
from city_diplomacy.trade_promotion.screening.versions import versions_in_force


def screen_again(names: Sequence[str]) -> int:
	"""Screen the parties of these screenings by the lists in force now. Returns for how many something is new.

	A party whose names changed, or with another candidate, or an entry that changed, gets a new screening, with the
	decisions that still hold. One that was screened anew or deleted meanwhile is left out.
	"""
	# Whoever decides meanwhile waits, and then decides about what this leaves.
	locked = (frappe.get_doc(screenings.SCREENING, name, for_update=True) for name in names)
	old = {
		doc.name: doc
		for doc in locked
		if not doc.superseded_by and frappe.db.exists(doc.subject_type, doc.subject)
	}
	new = {name: _new(doc) for name, doc in old.items()}
	versions = versions_in_force()
	found = matching.candidates(
		{name: party_of(doc) for name, doc in new.items()}, [one.name for one in versions]
	)
	changed = 0
	for name, doc in new.items():
		screenings.fill(doc, versions, found[name], old[name])
		if _candidates(doc) == _candidates(old[name]) and same_party(doc, old[name]):
			screenings.confirm(old[name], versions)
			screenings.write(old[name])
			continue
		doc.flags.by_its_verbs = True
		# The job that screens everybody again writes for whoever imported the list.
		doc.insert(ignore_permissions=True)
		changed += 1
	return changed


def _new(old: Any) -> Any:
	doc = frappe.get_doc(
		{
			"doctype": screenings.SCREENING,
			"method": Method.AGAINST_LISTS,
			"subject_type": old.subject_type,
			"subject": old.subject,
			"screened_by": frappe.session.user,
			"screened_on": frappe.utils.now_datetime(),
		}
	)
	say_who(doc, old)
	return doc


def _candidates(doc: Any) -> set[tuple[str, str]]:
	return {(row.restricted_party, row.entry_digest) for row in doc.candidates}
