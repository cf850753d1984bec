from frappe import _, throw
from frappe.utils import cint

from city_diplomacy.domain.trade.screening.states import ImportStatus
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.sentences import in_words
from city_diplomacy.registers.web_addresses import check_web_address
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import lists

SET_BY_IMPORT = (
	"status",
	"version",
	"imported_on",
	"why_failed",
	"entries",
	"added",
	"changed",
	"unchanged",
	"removed",
	"broken",
	"problems",
	"file_digest",
	"keys_version",
	"rekeyed_to",
)
LONGEST_STALE = 366


class RestrictedPartyList(Register):
	"""A published list parties are screened against; its entries are the Restricted Parties of its last import."""

	def onload(self) -> None:
		self.set_onload("problems", lists.problems_in_words(self))
		self.why_failed = in_words(self.why_failed)

	def validate(self) -> None:
		check_web_address(self, "address")
		self.check_days()
		self.keep_what_import_set()

	def on_trash(self) -> None:
		lists.forget(self)

	def check_days(self) -> None:
		"""Raises ScreeningError for a list that would be stale at once, or never."""
		if not 1 <= cint(self.stale_after_days) <= LONGEST_STALE:
			throw(_("Stale after (days) must be from {0} to {1}.").format(1, LONGEST_STALE), ScreeningError)

	def keep_what_import_set(self) -> None:
		"""What the import found is set by the import alone."""
		stored = self.get_doc_before_save()
		for field in SET_BY_IMPORT:
			self.set(field, stored.get(field) if stored else None)
		self.status = self.status or ImportStatus.NOT_IMPORTED
