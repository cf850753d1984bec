import frappe
from frappe import _

from city_diplomacy.partnership_approvals.engine import absences
from city_diplomacy.partnership_approvals.exceptions import DelegationError
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.registers.register import Register


class ApprovalDelegation(Register):
	"""Somebody is away and somebody else answers for them, from one day to another.

	Written once: later it can be ended early or revoked, never stretched, so that the record of who could act
	for whom on which day stays true. Whoever arranges one for somebody else never answers under it, and that
	person is told and can end it at once.
	"""

	def validate(self) -> None:
		absences.keep_who_arranged_it(self)
		absences.check_whose_it_is(self)
		absences.check_people(self)
		absences.check_dates(self)
		absences.refuse_circle(self)

	def after_insert(self) -> None:
		if self.arranged_by != self.delegator:
			notify.tell_delegation(self)

	def on_trash(self) -> None:
		frappe.throw(
			_("A delegation stays on record, because answers rest on it. Revoke it instead."), DelegationError
		)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		frappe.throw(_("A delegation keeps its name."), DelegationError)


def on_doctype_update() -> None:
	frappe.db.add_index("Approval Delegation", ["status", "from_date", "to_date"])
