"""What happens by itself: links expire, are sent again until somebody answers, and their mails are followed."""

from typing import Any

import frappe
from frappe.utils import getdate, now_datetime, nowdate

from city_diplomacy.domain.guest_links.links import IN_QUEUE, LinkStatus, MailStatus, mail_status_of
from city_diplomacy.guest_links import links, tell
from city_diplomacy.guest_links.permissions import may_still_issue
from city_diplomacy.guest_links.purposes import Addressee, Purpose, declared, purpose_of
from city_diplomacy.partnership_approvals.native.jobs import enqueue_each, enqueue_next, logging_refusal
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict

QUEUE = "Email Queue"
# So many mails are followed in one job and one transaction.
AT_ONCE = 500
# What stands in the queue in the place of a letter that has left: its link is for nobody else's eyes.
TAKEN_OUT = "The letter was sent. Its link is not kept."


@retry_on_conflict
def run() -> None:
	"""Every day: write down which links are past, and send those again that wait for an answer."""
	table = frappe.qb.DocType(links.DOCTYPE)
	past = (table.status == LinkStatus.WAITING) & (table.expires_on <= now_datetime())
	frappe.qb.update(table).set(table.status, LinkStatus.EXPIRED).where(past).run()
	enqueue_each(f"{__name__}.send_again", "link", due())


def due() -> list[str]:
	"""The links nobody answered whose next mail is due, the longest due first."""
	return frappe.get_all(
		links.DOCTYPE,
		[
			["status", "in", links.UNANSWERED],
			# Frappe's <= holds for no date too.
			["next_mail_on", "is", "set"],
			["next_mail_on", "<=", nowdate()],
		],
		pluck="name",
		order_by="next_mail_on asc, name asc",
		limit_page_length=0,
	)


@retry_on_conflict
def send_again(link: str) -> None:
	"""A job: send one that is due again, to the same person; it may have been answered or sent since.

	Letters go on in nobody's name who left or may no longer send them: whoever can act instead is told.
	What is refused, such as an address the mail server will not have, is kept as an error and not tried again.
	"""
	columns = (*links.COLUMNS, "next_mail_on")
	row = frappe.db.get_value(links.DOCTYPE, link, columns, as_dict=True, for_update=True)
	is_due = row and row.next_mail_on and getdate(row.next_mail_on) <= getdate(nowdate())
	if not is_due or row.status not in links.UNANSWERED:
		return
	purpose = declared().get((row.purpose, row.reference_doctype))
	with logging_refusal("A link could not be sent again", links.DOCTYPE, link):
		if purpose and frappe.db.exists(row.reference_doctype, row.reference_name):
			doc = frappe.get_doc(row.reference_doctype, row.reference_name)
			to = Addressee(row.person, row.email, row.written_in)
			if may_still_issue(purpose, doc, row.issued_by) and not purpose.objection(doc):
				links.issue(purpose, doc, to, row.issued_by, after=row.number)
				return
			if not purpose.objection(doc):
				tell.not_sent_again(purpose, doc, row)
	links.change(link, next_mail_on=None)


def issue_soon(purpose: Purpose, names: list[str], issued_by: str) -> None:
	"""Leave links about many records to jobs, one for each: what goes wrong with one takes no other letter along."""
	for name in names:
		frappe.enqueue(
			f"{__name__}.issue",
			queue="long",
			enqueue_after_commit=True,
			doctype=purpose.doctype,
			name=name,
			purpose=purpose.key,
			issued_by=issued_by,
		)


@retry_on_conflict
def issue(doctype: str, name: str, purpose: str, issued_by: str) -> None:
	"""A job: a link about a record to whom it says is to be written to; what is refused is kept as an error."""
	with logging_refusal("A link could not be sent", doctype, name):
		chosen, doc = purpose_of(purpose, doctype), frappe.get_doc(doctype, name)
		if not may_still_issue(chosen, doc, issued_by):
			tell.not_sent(chosen, doc, issued_by)
			return
		links.issue(chosen, doc, chosen.addressee(doc), issued_by)


@retry_on_conflict
def follow_mails(after: str = "") -> None:
	"""Every hour: write down how the mails fared, tell of those that were not delivered, and take out sent links.

	Goes through the links whose mail has left the queue or is gone from it, in the order of their names, and leaves
	what comes after a full lot to a job.
	"""
	found = _no_longer_queued(after)
	for link in found:
		_follow(link)
	if len(found) == AT_ONCE:
		enqueue_next(f"{__name__}.follow_mails", found[-1].name)


def _no_longer_queued(after: str) -> list[Any]:
	link, mail = frappe.qb.DocType(links.DOCTYPE), frappe.qb.DocType(QUEUE)
	return (
		frappe.qb.from_(link)
		.left_join(mail)
		.on(mail.name == link.email_queue)
		.select(link.email_queue, *(link[column] for column in links.COLUMNS))
		.select(mail.status.as_("queue_status"), mail.error)
		.where((link.mail_status == MailStatus.IN_QUEUE) & (link.email_queue != "") & (link.name > after))
		.where(mail.name.isnull() | mail.status.notin(IN_QUEUE))
		.orderby(link.name)
		.limit(AT_ONCE)
		.run(as_dict=True)
	)


def _follow(link: Any) -> None:
	status = mail_status_of(link.queue_status)
	last_line = (link.error or "").strip().rpartition("\n")[2]
	links.change(link.name, mail_status=status, mail_error=last_line[:140])
	if status == MailStatus.NOT_DELIVERED:
		tell.not_delivered(link)
	else:
		frappe.db.set_value(QUEUE, link.email_queue, "message", TAKEN_OUT, update_modified=False)
