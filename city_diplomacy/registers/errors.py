"""What the registers refuse, each refusal by its own name."""

import frappe


class RegisterError(frappe.ValidationError):
	"""A record that cannot be right as it stands; the message says what to change."""


class DuplicatePartnerError(RegisterError):
	"""The same partner is already in the register."""


class RecordInUseError(frappe.LinkExistsError):
	"""Other records stand on this one, so it cannot be deleted."""


class KeptRowError(frappe.PermissionError):
	"""A row that is only changed together with the record it belongs to."""
