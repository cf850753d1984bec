"""What a visit says before it is stored: its days, its status, the delegation, and who pays."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, flt, formatdate

from city_diplomacy.diplomatic_protocol.visits.exceptions import DisclosureError, VisitError
from city_diplomacy.diplomatic_protocol.visits.missions import settle_companies
from city_diplomacy.domain.protocol import visits as rules
from city_diplomacy.domain.protocol.visits import AGREED, OFF, Side, Undisclosed, VisitDirection, VisitStatus
from city_diplomacy.partnerships.engagements.engagements import check_partners
from city_diplomacy.registers.email_addresses import check_email_address
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, refuse_backwards, refuse_future, today
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.set_by_server import refuse_typed
from city_diplomacy.registers.time_zones import check_time_zone

VISIT = "Delegation Visit"
SET_BY_BUTTONS = ("engagement", "event")


def check_days(visit: Any) -> None:
	"""Raises VisitError or RegisterError for days the wrong way round, and for a time zone there is not."""
	refuse_backwards(visit, VisitError, ("arrives_on", "leaves_on"))
	refuse_future(visit, "requested_on")
	check_time_zone(visit)
	check_email_address(visit, "requester_email")


def check_international_event(visit: Any) -> None:
	"""Raises LinkValidationError for an international event the visit's author may not know of."""
	stored = visit.get_doc_before_save()
	is_new = not stored or stored.international_event != visit.international_event
	if visit.international_event and is_new and not visit.flags.ignore_permissions:
		refuse_hidden_link(visit, "international_event", "International Event")


def keep_what_buttons_set(visit: Any) -> None:
	"""Raises VisitError for an engagement or event that somebody typed; flags never come from a client."""
	if not visit.flags.by_verb:
		sentence = _("{0} is set by the button that makes it, and not by hand.")
		refuse_typed(visit, SET_BY_BUTTONS, sentence, VisitError)


def check_status(visit: Any) -> None:
	"""A visit moves as its status allows, and says why where it does not take place. Raises VisitError."""
	stored = visit.get_doc_before_save()
	day = today()
	if visit.status not in tuple(VisitStatus):
		# Frappe refuses what is none of the choices.
		return
	if not stored and not rules.may_begin(visit.status, date_of(visit, "leaves_on"), day):
		frappe.throw(
			_("A new visit is {0} or {1}; one that is over is entered as {2}.").format(
				_(VisitStatus.REQUESTED), _(VisitStatus.PROPOSED), _(VisitStatus.HELD)
			),
			VisitError,
		)
	if stored and not rules.may_move(stored.status, visit.status):
		_refuse_move(stored.status, visit.status)
	if rules.is_too_early(visit.status, date_of(visit, "arrives_on"), day):
		frappe.throw(
			_("The delegation arrives on {0}; it cannot be {1} before.").format(
				formatdate(visit.arrives_on), _(visit.status)
			),
			VisitError,
		)
	if visit.status in OFF and not cstr(visit.status_reason).strip():
		frappe.throw(_("Say in the field Reason why the visit is {0}.").format(_(visit.status)), VisitError)
	if visit.status in AGREED and not (stored and stored.status in AGREED):
		refuse_undisclosed(visit)


def _refuse_move(before: str, after: str) -> None:
	ways = rules.MOVES[VisitStatus(before)]
	if not ways:
		frappe.throw(
			_("A visit that is {0} stays so; enter another as a new one.").format(_(before)), VisitError
		)
	frappe.throw(
		_("A visit that is {0} cannot become {1}; it can become {2}.").format(
			_(before), _(after), ", ".join(_(way) for way in ways)
		),
		VisitError,
	)


def refuse_undisclosed(visit: Any) -> None:
	"""Raises DisclosureError, naming all that is missing, for an outbound visit whose travel is not disclosed."""
	if visit.direction != VisitDirection.OUTBOUND:
		return
	travellers = [row for row in visit.delegates if row.side == Side.VISITING and not row.withdrawn_on]
	costs = [rules.Cost(row.idx, row.payer_kind, cstr(row.payer), flt(row.amount)) for row in visit.costs]
	missing = rules.undisclosed(
		cstr(visit.purpose), len(travellers), cstr(visit.authorised_by), costs, bool(visit.without_cost)
	)
	if missing:
		lacks = "; ".join(_said(what, row) for what, row in missing)
		frappe.throw(
			_("Before our people travel, disclose what it is for and who pays. Missing: {0}.").format(lacks),
			DisclosureError,
		)


def _said(what: Undisclosed, row: int) -> str:
	return {
		Undisclosed.PURPOSE: _("the purpose"),
		Undisclosed.TRAVELLERS: _("who travels, among the delegates"),
		Undisclosed.AUTHORISATION: _("who authorised the travel"),
		Undisclosed.COSTS: _("the costs, or that there are none"),
		Undisclosed.PAYER: _("who exactly pays in row {0} of the costs").format(row),
	}[what]


def settle_rows(visit: Any) -> None:
	"""The partners, the delegation, the costs and the companies, each as it has to be."""
	check_partners(visit, VisitError)
	settle_delegation(visit)
	settle_costs(visit)
	settle_companies(visit)


def settle_delegation(visit: Any) -> None:
	"""Each person once, one head on each side. Raises VisitError or RegisterError."""
	for row in visit.delegates:
		row.name_as_written = " ".join(cstr(row.name_as_written).split())
		row.side = row.side or Side.VISITING
		check_email_address(row, "email")
		refuse_future(row, "withdrawn_on")
	if visit.keep_needs and not cstr(visit.keep_needs_reason).strip():
		frappe.throw(_("Say why what the guests eat and need is kept longer."), VisitError)
	stored = visit.get_doc_before_save()
	says_needs = any(row.diet or row.access_needs for row in visit.delegates)
	# What is entered after it was deleted is deleted again.
	visit.needs_deleted_on = stored.needs_deleted_on if stored and not says_needs else None
	coming = [row for row in visit.delegates if not row.withdrawn_on]
	if twice := rules.named_twice(row.name_as_written for row in coming):
		frappe.throw(
			_("{0} stands twice among the delegates; name each person once.").format(twice), VisitError
		)
	for side in Side:
		heads = [row.name_as_written for row in coming if row.is_head and row.side == side]
		if len(heads) > 1:
			frappe.throw(
				_("{0} and {1} cannot both lead the delegation; mark one head on each side.").format(*heads),
				VisitError,
			)


def settle_costs(visit: Any) -> None:
	"""Amounts in a currency, and none where there are said to be none. Raises RegisterError or VisitError."""
	for row in visit.costs:
		settle_money(row, "amount")
	if visit.without_cost and visit.costs:
		frappe.throw(
			_("Costs are entered, and No cost to anybody is ticked as well; keep one of the two."), VisitError
		)
