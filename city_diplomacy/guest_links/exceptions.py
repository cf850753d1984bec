"""What links for people outside refuse, each refusal by its own name."""

from collections.abc import Sequence

import frappe

from city_diplomacy.domain.guest_links.links import Refusal


class GuestLinkError(frappe.ValidationError):
	"""Something a link does not allow; the message says what to do instead."""


class TooManyMailsError(GuestLinkError):
	"""The same person was written to about the same matter as often as may be."""


class AnswerError(GuestLinkError):
	"""What somebody outside sent does not answer the form. A purpose raises it for what only it can tell.

	Attributes:
		sentences: what to mend, one sentence each, translated; the person outside reads them
		names: the fields they are about
		is_stale: the record says something else by now, so that the form is shown anew and not as it was typed
	"""

	def __init__(self, sentences: Sequence[str], names: Sequence[str] = (), is_stale: bool = False):
		super().__init__(" ".join(sentences))
		self.sentences, self.names, self.is_stale = list(sentences), list(names), is_stale


class LinkRefusedError(frappe.ValidationError):
	"""The link does not open; `refusal` says why, `language` in which language, where the link is known."""

	def __init__(self, refusal: Refusal, language: str = ""):
		super().__init__(str(refusal))
		self.refusal, self.language = refusal, language
