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


class AgreementError(RegisterError):
	"""Something an agreement cannot say."""


class SignatureDayError(AgreementError):
	"""A signature on a day on which this text cannot have been signed."""


class NotReadyForIntakeError(AgreementError):
	"""An agreement that lacks what the office needs to take it in."""


class IntakeNotCompleteError(AgreementError):
	"""The intake checklist still has open points."""


class ExistingAgreementError(AgreementError):
	"""The marks of an agreement signed before the system are set once, when it is recorded."""


class TextFileError(AgreementError):
	"""A language version whose file cannot be used."""


class SignedCopyMissingError(AgreementError):
	"""A signature without the instrument as signed, where the agreement's type asks for it."""


class CommitmentError(RegisterError):
	"""Something a commitment cannot say."""


class AnswerOnlyError(frappe.PermissionError):
	"""Somebody who may report on a promise tried to change the promise."""


class EngagementError(RegisterError):
	"""Something an engagement cannot say."""


class MembershipError(RegisterError):
	"""Something a network membership cannot say."""
