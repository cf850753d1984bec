"""What the approval engine refuses, each refusal by its own name."""

import frappe


class ApprovalError(frappe.ValidationError):
	"""Something an approval does not allow; the message says what to do instead."""


class ArgumentError(ApprovalError):
	"""A request sent what a method cannot take, or left out what it needs."""


class UnsoundPolicyError(ApprovalError):
	"""A routing policy the checker found broken would have been switched on."""


class ApprovalBypassError(ApprovalError):
	"""A routed document would have moved past a step nobody decided."""


class NotYourSeatError(frappe.PermissionError):
	"""The question was put to somebody else, or there is none the person may know of."""


class SelfApprovalError(frappe.PermissionError):
	"""Whoever asks for an approval cannot give it."""


class EngineRecordError(frappe.PermissionError):
	"""Routes, clearances and the ledger are written by the approval engine alone."""


class LedgerKeyError(ApprovalError):
	"""The key of the ledgers is not on this site, and no other one may take its place."""


class FileMissingError(ApprovalError):
	"""An uploaded file is no longer on the server."""


class EvidenceReusedError(ApprovalError):
	"""One letter would prove the answers of two seats."""


class KeptFileError(frappe.PermissionError):
	"""A file an approval record rests on would have been changed, moved or deleted."""


class FileAddressError(frappe.ValidationError):
	"""An address of a file that leads out of the folder of files, or to none."""


class ForeignFileError(frappe.PermissionError):
	"""A private file of somebody else, named by an address."""


class AttachedFieldError(frappe.ValidationError):
	"""A file attached under a field that holds no file."""


class PolicyFileError(ApprovalError):
	"""A file that is no routing policy this site can take; the message says what in it to mend."""


class DelegationError(ApprovalError):
	"""A delegation that makes no sense: backwards, in a circle, or changed after the fact."""


class SelfDelegationError(frappe.PermissionError):
	"""Somebody would let themselves answer for another, who has not asked for it."""


class RecordsError(ApprovalError):
	"""Something the law of records does not allow; the message says what to do instead."""


class KeptFromDeletionError(ApprovalError):
	"""A mass deletion of another app would take records of approvals with it."""


class LegalHoldError(RecordsError):
	"""The words must be kept, because the record is under a legal hold."""


class CouncilActionError(ApprovalError):
	"""A record of what the council did that does not add up, or comes where nothing is asked of the council."""


class RehearsalError(ApprovalError):
	"""A rehearsal of a policy that cannot be run, or asks for something that makes no sense."""
