"""Frappe's exception classes: same names, bases and HTTP status codes."""


class ValidationError(Exception):
	http_status_code = 417


class DoesNotExistError(ValidationError):
	http_status_code = 404

	def __init__(self, *args, doctype=None):
		super().__init__(*args)
		self.doctype = doctype


class Redirect(Exception):
	def __init__(self, http_status_code: int = 301):
		self.http_status_code = http_status_code


_OF_VALIDATION = """DataError InvalidStatusError MandatoryError NonNegativeError CannotChangeConstantError
	CharacterLengthExceededError UpdateAfterSubmitError LinkValidationError DocstatusTransitionError
	TimestampMismatchError LinkExistsError InvalidEmailAddressError InvalidNameError InvalidPhoneNumberError
	UniqueValidationError AppNotInstalledError"""
_NAMES = [(ValidationError, 417, name) for name in _OF_VALIDATION.split()]
_NAMES += [(Exception, 400, "CSRFTokenError"), (Exception, 401, "AuthenticationError")]
_NAMES += [(Exception, 403, "PermissionError"), (Exception, 409, "NameError")]
_NAMES += [(Exception, 500, "QueryTimeoutError"), (Exception, 500, "QueryDeadlockError")]
_NAMES += [(Exception, 500, "RetryBackgroundJobError")]
_NAMES += [
	(TypeError, 417, "FrappeTypeError"),
	(ValidationError, 404, "PageDoesNotExistError"),
	(ValidationError, 429, "RateLimitExceededError"),
]
for _base, _status, _name in _NAMES:
	globals()[_name] = type(_name, (_base,), {"__module__": __name__, "http_status_code": _status})
DuplicateEntryError = type("DuplicateEntryError", (globals()["NameError"],), {"__module__": __name__})
CancelledLinkError = type("CancelledLinkError", (globals()["LinkValidationError"],), {"__module__": __name__})
