import frappe
from frappe import _
from frappe.utils import date_diff, getdate, nowdate

from city_diplomacy.access.rights import MANAGER, POLICY_ADMIN
from city_diplomacy.domain.route import delegation as rules
from city_diplomacy.domain.route.delegation import DelegationStatus
from city_diplomacy.domain.route.routing import may_hold_seat
from city_diplomacy.partnership_approvals.exceptions import DelegationError, SelfDelegationError
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.registers.record_dates import refuse_backwards
from city_diplomacy.registers.register import Register

LONGEST_ABSENCE_IN_DAYS = 366
MAY_ARRANGE_FOR_OTHERS = frozenset({MANAGER, POLICY_ADMIN, "System Manager"})


class ApprovalDelegation(Register):
	"""Somebody is away and somebody else answers for them, from one day to another.

	Written once: later it can be ended early or revoked, never stretched, so that the record of who could act
	for whom on which day stays true. Whoever arranges one for somebody else never answers under it, and that
	person is told and can end it at once.
	"""

	def validate(self) -> None:
		self.keep_who_arranged_it()
		self.check_whose_it_is()
		self.check_people()
		self.check_dates()
		self.refuse_circle()

	def after_insert(self) -> None:
		if self.arranged_by != self.delegator:
			notify.tell_delegation(self)

	def on_trash(self) -> None:
		frappe.throw(
			_("A delegation stays on record, because answers rest on it. Revoke it instead."), DelegationError
		)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		frappe.throw(_("A delegation keeps its name."), DelegationError)

	def keep_who_arranged_it(self) -> None:
		before = self.get_doc_before_save()
		self.arranged_by = before.arranged_by if before else frappe.session.user

	def check_whose_it_is(self) -> None:
		"""Everybody hands over their own seat; the office's manager and the approval administrator any, but not to
		themselves."""
		if frappe.session.user != self.delegator and not MAY_ARRANGE_FOR_OTHERS & set(frappe.get_roles()):
			frappe.throw(
				_("You can hand over your own questions only; ask the office to arrange it for {0}.").format(
					self.delegator
				),
				frappe.PermissionError,
			)

		if self.is_new() and frappe.session.user == self.delegate != self.delegator:
			frappe.throw(
				_("You cannot arrange to answer for somebody else; {0} or a colleague has to do it.").format(
					self.delegator
				),
				SelfDelegationError,
			)

	def check_people(self) -> None:
		if not self.is_new():
			# Who was named stays; an account that was disabled since must not keep it from being ended.
			return
		if self.delegator == self.delegate:
			frappe.throw(_("Name somebody else to answer while you are away."), DelegationError)
		directory = planning.SiteDirectory()
		for person in (self.delegator, self.delegate):
			if person == "Administrator" or not may_hold_seat(person, directory):
				frappe.throw(_("{0} has no enabled account of a person.").format(person), DelegationError)

	def check_dates(self) -> None:
		refuse_backwards(self, DelegationError, ("from_date", "to_date"))
		first, last = getdate(self.from_date), getdate(self.to_date)
		if date_diff(last, first) >= LONGEST_ABSENCE_IN_DAYS:
			frappe.throw(
				_("A delegation lasts {0} days at most; name a new head for longer.").format(
					LONGEST_ABSENCE_IN_DAYS
				),
				DelegationError,
			)
		before = self.get_doc_before_save()
		if not before:
			if first < getdate(nowdate()):
				frappe.throw(_("A delegation begins today at the earliest."), DelegationError)
			self.status = DelegationStatus.ACTIVE
		elif last > getdate(before.to_date) or (before.status != self.status == DelegationStatus.ACTIVE):
			frappe.throw(
				_("A delegation can be ended early or revoked, not prolonged; make a new one instead."),
				DelegationError,
			)

	def refuse_circle(self) -> None:
		if self.status != DelegationStatus.ACTIVE:
			return
		table = frappe.qb.DocType("Approval Delegation")
		others = (
			frappe.qb.from_(table)
			.select("*")
			.where(
				(table.status == DelegationStatus.ACTIVE)
				& (table.to_date >= self.from_date)
				& (table.from_date <= self.to_date)
				& (table.name != (self.name or ""))
			)
			.run(as_dict=True)
		)
		circle = rules.closes_a_circle(
			delegations.as_rule(self), [delegations.as_rule(row) for row in others]
		)
		if circle:
			frappe.throw(
				_("That would go round in a circle: {0}.").format(" → ".join(circle)), DelegationError
			)


def on_doctype_update() -> None:
	frappe.db.add_index("Approval Delegation", ["status", "from_date", "to_date"])
