"""When a link opens, when it is sent again, and how its mail fares."""

from datetime import date, datetime, timedelta

from city_diplomacy.domain.choices import StrEnum


class LinkStatus(StrEnum):
	WAITING = "Waiting"
	ANSWERED = "Answered"
	EXPIRED = "Expired"
	REVOKED = "Revoked"
	REPLACED = "Replaced"


class MailStatus(StrEnum):
	IN_QUEUE = "In Queue"
	SENT = "Sent"
	NOT_DELIVERED = "Not Delivered"


class Refusal(StrEnum):
	"""Why a link does not open. What is not known and what was typed wrongly are one and the same."""

	UNKNOWN = "unknown"
	ANSWERED = "answered"
	EXPIRED = "expired"
	REVOKED = "revoked"
	REPLACED = "replaced"
	SOMEBODY_ELSE = "somebody else"
	RECORD_GONE = "record gone"
	HAMMERED = "hammered"


HTTP_STATUS = {
	Refusal.UNKNOWN: 404,
	Refusal.ANSWERED: 410,
	Refusal.EXPIRED: 410,
	Refusal.REVOKED: 410,
	Refusal.REPLACED: 410,
	Refusal.SOMEBODY_ELSE: 403,
	Refusal.RECORD_GONE: 410,
	Refusal.HAMMERED: 429,
}
_ENDED = {
	LinkStatus.ANSWERED: Refusal.ANSWERED,
	LinkStatus.EXPIRED: Refusal.EXPIRED,
	LinkStatus.REVOKED: Refusal.REVOKED,
	LinkStatus.REPLACED: Refusal.REPLACED,
}
# Frappe's words in Email Queue, of a mail that has not left it
IN_QUEUE = ("Not Sent", "Sending")
_OF_QUEUE: dict[str | None, MailStatus] = {
	**dict.fromkeys(IN_QUEUE, MailStatus.IN_QUEUE),
	"Sent": MailStatus.SENT,
	"Partially Sent": MailStatus.NOT_DELIVERED,
	"Error": MailStatus.NOT_DELIVERED,
}


def refusal_of(status: str, expires_on: datetime, now: datetime) -> Refusal | None:
	"""Why a known link does not open at `now`; None where it opens.

	The clock decides, not the nightly job that writes `Expired` down.
	"""
	if status in _ENDED:
		return _ENDED[LinkStatus(status)]
	return Refusal.EXPIRED if now >= expires_on else None


def next_mail_on(sent: date, number: int, every_days: int, at_most: int) -> date | None:
	"""The day the next mail is due after mail `number`, counted from 1; None after the last."""
	return sent + timedelta(days=every_days) if number < at_most else None


def counted_since(now: datetime, every_days: int, at_most: int) -> datetime:
	"""From when on mails to one person about one matter count against the most there may be."""
	return now - timedelta(days=every_days * at_most)


def mail_status_of(queue_status: str | None) -> MailStatus:
	"""What Frappe's Email Queue says of a mail, in our words; without a row, nobody was there to send it to."""
	return _OF_QUEUE.get(queue_status, MailStatus.NOT_DELIVERED)
