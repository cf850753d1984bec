"""What whoever asked for a ceremony is written: drafted in their language, read and changed before it goes."""

from typing import Any

from frappe import _
from frappe.utils import cstr, formatdate

from city_diplomacy.domain.protocol.ceremonies import RequestStatus
from city_diplomacy.registers.languages import in_language, site_language
from city_diplomacy.registers.record_dates import date_of


def letter_for(request: Any) -> dict[str, str]:
	"""A letter to the contact of a request: {"recipient", "subject", "message"}, all of it plain text."""
	with in_language(request.language or site_language()):
		paragraphs = [_("Dear {0},").format(cstr(request.contact_name)), _answer(request)]
		if request.status in (RequestStatus.ACCEPTED, RequestStatus.DONE):
			paragraphs.append(cstr(request.our_text))
		subject = _("{0}: {1}").format(_(request.kind), cstr(request.occasion))
	message = "\n\n".join(words.strip() for words in paragraphs if words.strip())
	return {"recipient": cstr(request.contact_email), "subject": subject, "message": message}


def _answer(request: Any) -> str:
	values = (cstr(request.occasion), formatdate(date_of(request, "needed_on"), "d MMMM y"))
	if request.status == RequestStatus.DECLINED:
		sentence = _("we thank you for your request ({0}, {1}). We cannot grant it: {2}")
		return sentence.format(*values, cstr(request.decision_reason))
	if request.status == RequestStatus.REQUESTED:
		return _("we have your request ({0}, {1}) and answer it soon.").format(*values)
	return _("we are glad to grant your request ({0}, {1}).").format(*values)
