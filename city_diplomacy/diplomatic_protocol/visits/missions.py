"""The companies of a trade mission, whom they want to meet, and whom they met."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.domain.protocol import missions as rules
from city_diplomacy.domain.protocol.missions import WantedMeeting
from city_diplomacy.domain.protocol.visits import VisitKind
from city_diplomacy.registers.record_dates import date_of, refuse_future


def settle_companies(visit: Any) -> None:
	"""Each meeting once, held on a day that has come. Raises VisitError or RegisterError."""
	if visit.companies and visit.visit_kind != VisitKind.TRADE_MISSION:
		frappe.throw(
			_("Companies belong to a visit of the kind {0}.").format(_(VisitKind.TRADE_MISSION)), VisitError
		)
	for row in visit.companies:
		refuse_future(row, "met_on")
	if twice := rules.first_repeated(meetings_of(visit)):
		frappe.throw(
			_("{0} wants to meet {1} in two rows; once is enough.").format(
				escape_html(twice.company), escape_html(twice.other)
			),
			VisitError,
		)


def meetings_of(visit: Any) -> list[WantedMeeting]:
	return [
		WantedMeeting(row.company_name, row.wants_to_meet, date_of(row, "met_on")) for row in visit.companies
	]


def in_short(visit: Any) -> str:
	"""How many meetings are wanted and were held, in the language of `frappe.local.lang`; empty without companies."""
	companies, wanted, held = rules.counted(meetings_of(visit))
	if not companies:
		return ""
	return _("{0} companies want {1} meetings; {2} held.").format(companies, wanted, held)
