"""What agreements, promises, engagements and memberships refuse, each refusal by its own name."""

import frappe

from city_diplomacy.registers.errors import RegisterError


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
