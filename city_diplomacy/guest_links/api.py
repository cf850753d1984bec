"""What the office does with links, from the form of the record they are about: send, send again, end, decide.

Each method asks for itself whether the person may: by the purpose's roles, on a record they may write.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.unknown import refuse_unknown, refuse_unless_known
from city_diplomacy.domain.guest_links.links import MailStatus, mail_status_of
from city_diplomacy.guest_links import links, proposals, schedule
from city_diplomacy.guest_links.exceptions import GuestLinkError
from city_diplomacy.guest_links.letters import language_for
from city_diplomacy.guest_links.permissions import may_issue, require_issuer
from city_diplomacy.guest_links.purposes import Addressee, Purpose, purpose_of, purposes_about
from city_diplomacy.partnership_approvals.arguments import Flag, Line, Name, Names, checked
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict

SHOWN = (
	"name",
	"purpose",
	"status",
	"person",
	"email",
	"creation",
	"expires_on",
	"number",
	"next_mail_on",
	"mail_status",
	"mail_error",
	"email_queue",
	"times_opened",
	"last_opened",
	"answered_on",
	"to_decide",
	"revoked_on",
)
LONGEST_HISTORY = 20


@frappe.whitelist()
@checked
def about(doctype: Name, name: Name) -> dict[str, Any]:
	"""The links sent about a record, newest first, and the purposes the person may send further ones for.

	Each purpose has whom it would be sent to; what stands in the mail queue is told as it is now.
	"""
	declared = purposes_about(doctype)
	refuse_unless_known(doctype, name)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	if not declared or not frappe.has_permission(links.DOCTYPE, "read"):
		return {"links": [], "purposes": []}
	theirs = [one for one in declared if may_issue(one, doc)]
	rows = frappe.get_list(
		links.DOCTYPE,
		filters={"reference_doctype": doctype, "reference_name": name},
		fields=list(SHOWN),
		order_by="creation desc, name desc",
		limit_page_length=LONGEST_HISTORY,
	)
	keys = {one.key for one in theirs}
	return {
		"links": [_shown(row, row.purpose in keys) for row in _with_mails(rows)],
		"purposes": [_offer(one, doc) for one in theirs if not one.objection(doc)],
	}


def _with_mails(rows: list[Any]) -> list[Any]:
	"""The rows, with the state of mails that nobody has followed yet (`schedule.follow_mails`)."""
	open_mails = [
		row.email_queue for row in rows if row.mail_status == MailStatus.IN_QUEUE and row.email_queue
	]
	if open_mails:
		# Of a mail that belongs to a link the person may know of, its state alone is read.
		found = frappe.get_all("Email Queue", {"name": ["in", open_mails]}, ["name", "status"])
		states = {mail.name: mail_status_of(mail.status) for mail in found}
		for row in rows:
			row.mail_status = states.get(row.email_queue, row.mail_status)
	return rows


def _shown(row: Any, is_theirs: bool) -> dict[str, Any]:
	del row["email_queue"]
	unanswered = is_theirs and row.status in links.UNANSWERED
	return {**row, "may_revoke": unanswered, "may_send_again": unanswered}


def _offer(purpose: Purpose, doc: Any) -> dict[str, Any]:
	to = purpose.addressee(doc)
	return {
		"key": purpose.key,
		"label": _(purpose.key),
		"person": to.person,
		"email": to.email,
		"language": language_for(to.language),
	}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def send(
	doctype: Name, name: Name, purpose: Line, person: Line, email: Line, language: Line = None
) -> dict[str, str]:
	"""Send a link about a record to one person; an earlier one to them about the same ends."""
	chosen, doc = _require(purpose, doctype, name)
	to = Addressee(person, email, language or "")
	return {"link": links.issue(chosen, doc, to, frappe.session.user)}


@frappe.whitelist(methods=["POST"])
@checked
def send_many(doctype: Name, names: Names, purpose: Line) -> dict[str, Any]:
	"""Send a link about each of many records to whom each says is to be written to, by jobs.

	Returns how many are on their way and the names of those that do not say whom to write to.
	"""
	chosen, without = purpose_of(purpose, doctype), []
	for name in names:
		_purpose, doc = _require(purpose, doctype, name)
		to = chosen.addressee(doc)
		if not (to.person and to.email):
			without.append(name)
	ready = [name for name in names if name not in without]
	schedule.issue_soon(chosen, ready, frappe.session.user)
	return {"sending": len(ready), "without_address": without}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def send_again(link: Name) -> dict[str, str]:
	"""Send a link nobody answered once more: a new one, which ends it."""
	row, purpose, doc = _require_link(link)
	if row.status not in links.UNANSWERED:
		frappe.throw(_("This link was answered or ended; send a new one instead."), GuestLinkError)
	to = Addressee(row.person, row.email, row.written_in)
	return {"link": links.issue(purpose, doc, to, frappe.session.user)}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def revoke(link: Name) -> dict[str, str]:
	"""End a link that waits for its answer, at once and for good."""
	row, _purpose, _doc = _require_link(link)
	if row.status not in links.UNANSWERED:
		frappe.throw(_("This link was answered or ended before."), GuestLinkError)
	links.revoke(row.name)
	return {"link": row.name}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def decide(link: Name, proposal: Name, accept: Flag) -> dict[str, int]:
	"""Accept a proposal of an answer into the record, or leave the record as it is; returns how many are left."""
	row, _purpose, _doc = _require_link(link)
	return {"left": proposals.decide(row, proposal, bool(accept))}


def _require(key: str, doctype: str, name: str) -> tuple[Purpose, Any]:
	"""The purpose and the record. Raises PermissionError unless the person may send links of it about the record."""
	purpose = purpose_of(key, doctype)
	refuse_unless_known(doctype, name)
	doc = frappe.get_doc(doctype, name)
	require_issuer(purpose, doc)
	return purpose, doc


def _require_link(link: str) -> tuple[Any, Purpose, Any]:
	"""As `_require` for a link there is, with its row locked."""
	refuse_unless_known(links.DOCTYPE, link)
	row = frappe.db.get_value(links.DOCTYPE, link, links.COLUMNS, as_dict=True, for_update=True)
	if not row:
		refuse_unknown(links.DOCTYPE, link)
	return row, *_require(row.purpose, row.reference_doctype, row.reference_name)
