"""What trade promotion refuses, each refusal by its own name."""

import frappe

from city_diplomacy.registers.errors import RegisterError


class TradeLeadError(RegisterError):
	"""Something a trade lead cannot say."""


class StageError(TradeLeadError):
	"""A stage a lead cannot be at, or a row of the table of stages that cannot be right."""


class ConfidentialLeadError(TradeLeadError):
	"""What would tell of a lead that is confidential."""


class FilingRuleError(RegisterError):
	"""A filing rule that cannot be right as it stands."""


class TradeReferralError(RegisterError):
	"""Something a referral cannot say or become."""


class ExportWinError(RegisterError):
	"""Something a win cannot say or become."""


class WinAnswerError(ExportWinError):
	"""An answer of a company that cannot be taken."""


class TariffRightError(frappe.PermissionError):
	"""A person whose roles do not load HS codes."""


class MissingErpnextRightError(frappe.PermissionError):
	"""A person whose roles do not make records in ERPNext of trade leads."""


class ScreeningError(RegisterError):
	"""Something a screening or a list cannot say, or a decision that cannot be made."""


class StaleListError(ScreeningError):
	"""A list by which nothing is decided until it is imported again."""


class NotScreenedError(ScreeningError):
	"""A party that is to be screened, or decided about, first."""
