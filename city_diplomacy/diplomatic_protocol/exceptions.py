"""What protocol refuses, each refusal by its own name."""

import frappe

from city_diplomacy.registers.errors import RegisterError


class ConsularMissionError(RegisterError):
	"""Something a mission or one of its officers cannot be."""


class ConsularCaseError(RegisterError):
	"""Something a consular case cannot say."""


class OfficialGiftError(RegisterError):
	"""Something a gift cannot say or become."""


class GiftThresholdError(RegisterError):
	"""A threshold that cannot be right as it stands."""


class GiftDecisionError(frappe.PermissionError):
	"""A person who does not decide on this gift."""


class CeremonialRequestError(RegisterError):
	"""Something a ceremonial request cannot say or become."""


class CeremonialRuleError(RegisterError):
	"""A rule for ceremonial requests that cannot be right as it stands."""


class ProtocolSettingsError(RegisterError):
	"""A setting of protocol that cannot be."""
