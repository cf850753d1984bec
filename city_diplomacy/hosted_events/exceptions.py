"""What hosted events refuse, each refusal by its own name."""

import frappe

from city_diplomacy.registers.errors import RegisterError


class InternationalEventError(RegisterError):
	"""Something an international event cannot say."""


class PhaseError(InternationalEventError):
	"""A phase an event cannot be in."""


class AttendanceError(InternationalEventError):
	"""Numbers of people that do not fit one another."""


class ProjectRightError(frappe.PermissionError):
	"""A person whose roles do not make Projects of events."""
