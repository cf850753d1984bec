"""The papers a council gets before it decides: the facts of the staff report and the agenda packet.

Decisions and conditions are told, remarks and names of reviewers are not: the papers are public. Who may print
them sees no more in them than the agreement's own page shows them.
"""

from datetime import date
from typing import Any, Protocol

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, fmt_money, formatdate, nowdate
from markupsafe import Markup

from city_diplomacy.domain.route.joins import FAVOURABLE, Decision
from city_diplomacy.domain.route.states import OPEN, ClearanceState
from city_diplomacy.partnership_approvals.council import action, texts
from city_diplomacy.partnership_approvals.engine.visibility import SeatAsSeen
from city_diplomacy.partnership_approvals.files import texts as file_words
from city_diplomacy.partnership_approvals.files.uploaded import file_at
from city_diplomacy.partnership_approvals.ledger import snapshots
from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of, routing_of
from city_diplomacy.partnership_approvals.shapes import Document, Field
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.registers.markup import plain_markup


class StagedSeat(SeatAsSeen):
	"""A clearance as its reader may see it, with the state in which it was asked."""

	stage: str


class Agreement(Document, Protocol):
	"""What the papers say of an MOU."""

	title: str
	agreement_type: str
	binding: str
	signing_authority: str | None
	governing_law: str | None
	term_months: int
	notice_days: int
	needed_by: date | None
	parent_agreement: str | None
	supersedes: str | None
	sponsor_department: str | None
	travel_or_gifts: int
	financial_value: float
	currency: str | None
	no_funds_clause: int
	sdg_targets: list[Any]  # rows of child tables
	texts: list[Any]


DECISIONS: dict[str, str] = {
	Decision.CLEAR: "Cleared",
	Decision.CLEAR_WITH_CONDITIONS: "Cleared with conditions",
	Decision.RETURN: "Returned",
	Decision.OBJECT: "Objected",
	Decision.RECUSE: "Stood aside",
}


def council_papers(name: str) -> dict[str, Any]:
	"""What both papers about an agreement say, for print formats; offered to them by the `jinja` hook.

	{"agenda": see `_agenda`, "facts", "fiscal", "terms": [(label, value)], "parties", "goals", "topics",
	"departments", "clearances", "conditions", "recommendation", "words": [{"label", "html"}], "files",
	"full_texts": see `_full_texts`, "content_hash", "on_file": whether that text is kept as a snapshot, "printed_on"}. Checks for itself that the
	signed-in person may read the agreement.
	"""
	doc = frappe.get_doc("MOU", name)
	doc.check_permission("read")
	seats = [seat for stage in approvals.view(doc)["stages"] for seat in _with_stage(stage)]
	asked = [seat for seat in seats if seat["stage"] != routing_of(doc.doctype).council_state]
	conditions = [seat for seat in asked if seat["conditions"]]
	digest = hash_of(doc)
	route_name = frappe.db.get_value(
		"Approval Route", {"reference_doctype": doc.doctype, "reference_name": doc.name}, "name"
	)
	return {
		"agenda": _agenda(doc),
		"facts": _facts(doc),
		"fiscal": _fiscal(doc),
		"parties": [_party(row) for row in doc.parties],
		"goals": _goals(doc),
		"topics": [row.topic for row in doc.topics],
		"departments": [
			(department_name(row.department), cstr(row.why_affected)) for row in doc.departments or ()
		],
		"clearances": [_clearance(seat) for seat in asked],
		"conditions": [
			{"seat": seat["seat"], "words": seat["conditions"], "met": bool(seat["conditions_met"])}
			for seat in conditions
		],
		"recommendation": _recommendation(doc, asked, conditions),
		"words": [
			{"label": _(df.label), "html": _as_html(df, doc.get(field))}
			for field, df in texts.amendable(doc).items()
			if cstr(doc.get(field)).strip()
		],
		"files": [_file(row) for row in doc.texts],
		"full_texts": _full_texts(doc),
		"content_hash": digest,
		"on_file": bool(route_name and snapshots.content_at(route_name, digest)),
		"printed_on": formatdate(nowdate()),
	}


def _with_stage(stage: dict[str, Any]) -> list[StagedSeat]:
	seats: list[SeatAsSeen] = stage["seats"]
	return [{**seat, "stage": stage["state"]} for seat in seats]


def _agenda(doc: Agreement) -> dict[str, str]:
	"""File and meeting from the clerk's latest record of this agreement, a prepared one included."""
	rows = (
		frappe.get_list(
			action.DOCTYPE,
			filters={"reference_doctype": doc.doctype, "reference_name": doc.name},
			fields=["file_number", "council_meeting_date", "committee_meeting_date", "instrument"],
			order_by="creation desc",
			limit=1,
		)
		if frappe.has_permission(action.DOCTYPE, "read")
		else []
	)
	found = rows[0] if rows else frappe._dict()
	return {
		"file_number": cstr(found.file_number),
		"meeting": formatdate(found.council_meeting_date) if found.council_meeting_date else "",
		"committee": formatdate(found.committee_meeting_date) if found.committee_meeting_date else "",
		"instrument": _(found.instrument) if found.instrument else "",
	}


def _facts(doc: Agreement) -> list[tuple[str, str]]:
	facts = [
		(_("Kind of agreement"), _(doc.agreement_type)),
		(_("Binding"), _(doc.binding)),
		(_("Signing authority"), doc.signing_authority),
		(_("Governing law"), doc.governing_law),
		(_("Term"), _("{0} months").format(doc.term_months) if doc.term_months else _("Open-ended")),
		(_("Notice"), _("{0} days").format(doc.notice_days) if doc.notice_days else ""),
		(_("Needed by"), formatdate(doc.needed_by) if doc.needed_by else ""),
		(_("Under"), doc.parent_agreement),
		(_("Replaces"), doc.supersedes),
		(_("Sponsored by"), department_name(doc.sponsor_department)),
		(_("Travel or gifts"), _("Yes") if doc.travel_or_gifts else _("No")),
	]
	return [(label, cstr(value)) for label, value in facts if value]


def _fiscal(doc: Agreement) -> list[str]:
	said = [
		_("The agreement states a value of {0}.").format(
			fmt_money(doc.financial_value, currency=doc.currency or None)
		)
		if doc.financial_value
		else _("The agreement states no amount of money.")
	]
	said.append(
		_("It says that it obligates no funds; each activity needs its own appropriation.")
		if doc.no_funds_clause
		else _("It contains no clause that it obligates no funds.")
	)
	return said


def _party(row: Any) -> dict[str, str]:
	return {
		"side": _(row.side),
		"name": cstr(row.party_name or row.party),
		"more": ", ".join(part for part in (row.country, row.role) if part),
	}


def _goals(doc: Agreement) -> list[str]:
	targets = [row.sdg_target for row in doc.sdg_targets]
	if not targets:
		return []
	rows = frappe.get_all(
		"SDG Target",
		filters={"name": ["in", targets]},
		fields=["target", "description"],
		order_by="target asc",
	)
	return [f"{row.target}: {row.description}" for row in rows]


def _clearance(seat: StagedSeat) -> dict[str, str]:
	decision = _(DECISIONS[seat["decision"]]) if seat["decision"] else ""
	if not decision:
		decision = _("Asked, not answered yet") if seat["state"] in OPEN else _("Not asked yet")
		decision = _("Answered") if seat["state"] == ClearanceState.DECIDED else decision
	return {
		"seat": seat["seat"],
		"department": seat["department"] or "",
		"stage": _(seat["stage"]),
		"decision": decision,
		"date": formatdate(seat["decided_on"]) if seat["decided_on"] else "",
		"how": _("by letter or e-mail") if seat["recorded"] else "",
	}


def _recommendation(doc: Agreement, asked: list[StagedSeat], conditions: list[StagedSeat]) -> str:
	"""What staff asks the council to do; nothing before everybody asked has cleared it."""
	against = [seat["seat"] for seat in asked if seat["decision"] in (Decision.OBJECT, Decision.RETURN)]
	if against:
		return _("Staff makes no recommendation: {0} did not clear it.").format(", ".join(against))
	waiting = [seat["seat"] for seat in asked if seat["decision"] not in FAVOURABLE]
	if waiting:
		return _("Staff makes no recommendation yet: the answer of {0} is outstanding.").format(
			", ".join(dict.fromkeys(waiting))
		)
	if any(not seat["conditions_met"] for seat in conditions):
		return _("Adopt “{0}” and authorise its signature once the conditions named here are met.").format(
			doc.title
		)
	return _("Adopt “{0}” and authorise its signature.").format(doc.title)


def _file(row: Any) -> dict[str, str]:
	return {
		"language": cstr(row.language),
		"version": cstr(row.version_number),
		"authentic": _("yes") if row.authentic else _("no"),
		"name": cstr(row.file).rsplit("/", 1)[-1],
		"sha256": cstr(row.sha256),
	}


def _full_texts(doc: Agreement) -> list[dict[str, Any]]:
	"""The newest text of each language, word for word; no paragraphs where the file has no words that can be read."""
	newest = {row.language: row for row in sorted(doc.texts, key=lambda row: row.version_number or 0)}
	found = []
	for row in newest.values():
		file = file_at(row.file)
		words = file_words.words_of(file) if file else None
		language = _(frappe.get_cached_value("Language", row.language, "language_name") or row.language)
		found.append(
			{
				"label": _("Text ({0}), version {1}").format(language, row.version_number),
				"paragraphs": [line.strip() for line in (words or "").splitlines() if line.strip()],
				"file": cstr(row.file).rsplit("/", 1)[-1],
			}
		)
	return found


def _as_html(df: Field, text: Any) -> Markup:
	if df.fieldtype != texts.FORMATTED:
		lines = (line for line in cstr(text).splitlines() if line.strip())
		text = "".join(f"<p>{escape_html(line)}</p>" for line in lines)
	return plain_markup(text)
