"""Each state is written once, as a StrEnum: the choices of the DocTypes are its members, and code names these.

A literal is found where it stands beside the name of a state's field (compared, assigned, filtered by, in a call), or
together with others of its list. What stands alone (`X = "Declined"`), in JavaScript, in templates or in JSON is not
seen, nor what the sample city and patches say.
"""

import ast
from collections.abc import Iterable, Iterator

import pytest

from city_diplomacy.domain.calendar.digests import Delivery
from city_diplomacy.domain.calendar.entries import FeedStatus
from city_diplomacy.domain.calendar.partial_dates import Precision
from city_diplomacy.domain.community.duties import DutyStatus, Recurrence
from city_diplomacy.domain.community.programmes import ProgrammeStatus
from city_diplomacy.domain.community.registrations import RegistrationStatus
from city_diplomacy.domain.events.association_test import Answer
from city_diplomacy.domain.events.phases import CityRole, Phase
from city_diplomacy.domain.guest_links.answers import AnswerState
from city_diplomacy.domain.guest_links.links import LinkStatus, MailStatus
from city_diplomacy.domain.imports.states import ImportStatus, LineDecision, LineOutcome
from city_diplomacy.domain.partnerships.commitments import CommitmentStatus
from city_diplomacy.domain.partnerships.memberships import MembershipStatus
from city_diplomacy.domain.partnerships.relationship import LADDERS, RelationshipStage
from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.domain.protocol import ceremonies, corps, gifts, precedence, triage, visits
from city_diplomacy.domain.protocol.cases import CaseStatus
from city_diplomacy.domain.protocol.guests import GuestSide, ListStatus, PrecedenceClass, Rsvp
from city_diplomacy.domain.protocol.seating.model import Shape
from city_diplomacy.domain.protocol.visits import (
	LetterKind,
	PayerKind,
	Side,
	VisitDirection,
	VisitKind,
	VisitStatus,
)
from city_diplomacy.domain.record.disclosure import Disclosure, Removal
from city_diplomacy.domain.route import council, escalation, routing
from city_diplomacy.domain.route.delegation import DelegationStatus
from city_diplomacy.domain.route.joins import Decision, JoinKind
from city_diplomacy.domain.route.states import ClearanceState, NoticeStatus, RouteOutcome, WorkflowState
from city_diplomacy.domain.trade.leads import Direction, Interest, LeadStatus
from city_diplomacy.domain.trade.referrals import ReferralStatus
from city_diplomacy.domain.trade.screening import list_files, states
from city_diplomacy.domain.trade.wins import ValueKind, WinStatus, WithoutUs
from city_diplomacy.partnership_approvals.routing.workflows import STATE_STYLES
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from tests.static.sources import APP, doctypes, python_files, tree_of

RESTING = (RelationshipStage.DORMANT, RelationshipStage.HISTORIC)
# What can be chosen in each field, in its order; the empty choice aside.
STATES: dict[tuple[str, str], Iterable[str]] = {
	("Agreement Type", "moves_partner_to"): (
		RelationshipStage.MOU,
		RelationshipStage.ACTIVE_PARTNER,
		RelationshipStage.FRIENDSHIP_CITY,
		RelationshipStage.SISTER_CITY,
	),
	("Approval Clearance", "decision"): Decision,
	("Approval Clearance", "state"): ClearanceState,
	("Approval Decision", "disclosure"): Disclosure,
	("Approval Decision", "words_removed"): Removal,
	("Approval Delegation", "status"): DelegationStatus,
	("Approval Notice", "status"): NoticeStatus,
	("Approval Notification Preference", "deliver"): Delivery,
	("Approval Route", "outcome"): RouteOutcome,
	("Calendar Feed", "status"): FeedStatus,
	("Ceremonial Request", "kind"): ceremonies.Kind,
	("Ceremonial Request", "status"): ceremonies.RequestStatus,
	("Ceremonial Rule", "kind"): ceremonies.Kind,
	("City Diplomacy Settings", "deliver"): Delivery,
	("City Diplomacy Settings", "remarks_disclosure"): (Disclosure.DELIBERATIVE, Disclosure.PUBLIC),
	("Consular Case", "status"): CaseStatus,
	("Consular Mission", "mission_type"): corps.MissionType,
	("Consular Officer", "category"): corps.Category,
	("Consular Officer", "position"): corps.Position,
	("Consular Officer", "rank"): corps.Rank,
	("Council Action", "outcome"): council.Outcome,
	("Council Vote", "vote"): council.Vote,
	("Committee Duty", "recurs"): Recurrence,
	("Committee Duty", "status"): DutyStatus,
	("Community Programme", "status"): ProgrammeStatus,
	("Directory Registration", "status"): RegistrationStatus,
	("Escalation Step", "action"): escalation.Action,
	("Escalation Step", "to"): escalation.To,
	("Delegation Visit", "direction"): VisitDirection,
	("Delegation Visit", "status"): VisitStatus,
	("Delegation Visit", "triage_proposal"): triage.TriageProposal,
	("Delegation Visit", "visit_kind"): VisitKind,
	("Export Win", "direction"): Direction,
	("Export Win", "status"): WinStatus,
	("Export Win", "without_us"): WithoutUs,
	("Export Win Value", "kind"): ValueKind,
	("Gift Threshold", "direction"): gifts.Direction,
	("Guest List", "status"): ListStatus,
	("Invited Guest", "precedence_class"): PrecedenceClass,
	("Invited Guest", "rsvp"): Rsvp,
	("Invited Guest", "side"): GuestSide,
	("Guest Link", "mail_status"): MailStatus,
	("Guest Link", "status"): LinkStatus,
	("Guest Link Answer", "state"): AnswerState,
	("Event Phase Log", "phase"): Phase,
	("International Event", "association_meeting"): (Answer.NOT_KNOWN, Answer.YES, Answer.NO),
	("International Event", "city_role"): CityRole,
	("International Event", "date_precision"): Precision,
	("International Event", "held_regularly"): (Answer.NOT_KNOWN, Answer.YES, Answer.NO),
	("International Event", "phase"): Phase,
	("International Event", "run_by_association"): (Answer.NOT_KNOWN, Answer.YES, Answer.NO),
	("MOU", "signed_precision"): Precision,
	("Network Membership", "since_precision"): Precision,
	("Network Membership", "status"): MembershipStatus,
	("Official Gift", "custody"): gifts.Custody,
	("Official Gift", "direction"): gifts.Direction,
	("Official Gift", "status"): gifts.GiftStatus,
	("Partner City", "relationship_stage"): (*LADDERS["Partner City"], *RESTING),
	("Partner City", "since_precision"): Precision,
	("Partner Organisation", "relationship_stage"): (*LADDERS["Partner Organisation"], *RESTING),
	("Partner Organisation", "since_precision"): Precision,
	("Partnership Commitment", "status"): CommitmentStatus,
	("Party Screening", "kind"): states.Kind,
	("Party Screening", "method"): states.Method,
	("Party Screening", "state"): states.ScreeningState,
	("Protocol Settings", "acting_heads"): precedence.ActingHeads,
	("Protocol Settings", "honorary_heads"): precedence.HonoraryHeads,
	("Protocol Settings", "same_day"): precedence.SameDay,
	("Records Schedule", "disclosure"): Disclosure,
	("Register Import", "status"): ImportStatus,
	("Register Import Line", "decision"): LineDecision,
	("Register Import Line", "outcome"): LineOutcome,
	("Restricted Party", "kind"): states.Kind,
	("Restricted Party List", "file_format"): list_files.Format,
	("Restricted Party List", "status"): states.ImportStatus,
	("Routing Policy", "status"): PolicyStatus,
	("Routing Rule", "co_reviewers_see"): routing.CoReviewersSee,
	("Routing Rule", "if_refused"): routing.IfRefused,
	("Routing Rule", "join"): JoinKind,
	("Screening Candidate", "verdict"): states.Verdict,
	("Screening Decision", "verdict"): states.Verdict,
	("Screening Run", "status"): states.RunStatus,
	("Seating Table", "shape"): Shape,
	("Trade Lead", "direction"): Direction,
	("Trade Lead", "status"): LeadStatus,
	("Trade Market Interest", "interest"): Interest,
	("Trade Referral", "status"): ReferralStatus,
	("Trade Stage", "direction"): Direction,
	("Visit Cost", "payer_kind"): PayerKind,
	("Visit Delegate", "side"): Side,
	("Visit Letter", "kind"): LetterKind,
	("Visit Talking Point", "weight"): visits.TalkingPointWeight,
	("Visit Triage Finding", "answer"): triage.Answer,
	("Visit Triage Finding", "consequence"): triage.Consequence,
	("Visit Triage Rule", "consequence"): triage.Consequence,
	("Visit Triage Rule", "criterion"): triage.Criterion,
}
# What a record is or where it belongs; nothing moves it from one to the next.
KINDS = {
	("Approval Notice", "kind"),
	("City Diplomacy Settings", "residents_home_page"),
	("City Network", "basis"),
	("Committee Duty", "kind"),
	("Committee Duty", "organisation_type"),
	("Committee Duty", "owed_by"),
	("Community Programme", "kind"),
	("Consular Case", "kind"),
	("Consular Case Notice", "how"),
	("Consular Mission", "national_day_month"),
	("Council Action", "instrument"),
	("Delegation Visit", "came_by"),
	("Visit Checklist Step", "direction"),
	("Visit Checklist Step", "visit_kind"),
	("Delegation Visit", "requester_kind"),
	("Diaspora Organisation", "kind"),
	("Directory Registration", "kind"),
	("Directory Registration", "size_range"),
	("Diaspora Organisation", "size_range"),
	("Engagement Participant", "side"),
	("Engagement Partner", "partner_type"),
	("International Event", "kind"),
	("International Event", "organiser_type"),
	("Gift Threshold", "official_role"),
	("Guest List", "about_type"),
	("Gift Threshold", "source_kind"),
	("Investment Driver", "driver"),
	("MOU", "binding"),
	("MOU Party", "party_type"),
	("MOU Party", "side"),
	("MOU Signatory", "side"),
	("Network Membership", "basis"),
	("Network Membership", "member_type"),
	("Official Gift", "disposal"),
	("Official Gift", "official_role"),
	("Official Gift", "partner_type"),
	("Official Gift", "source_kind"),
	("Official Gift", "value_basis"),
	("Party Screening", "subject_type"),
	("Partner Engagement", "engagement_type"),
	("Partner Organisation", "kind"),
	("Partnership Commitment", "counterpart_type"),
	("Partnership Commitment", "owed_by"),
	("Partnership Commitment", "partner_type"),
	("Partnership Commitment", "source_doctype"),
	("Programme Partner", "partner_type"),
	("Publication Consent", "shown_field"),
	("Records Schedule", "action"),
	("Routing Condition", "operator"),
	("Routing Rule", "asked_of"),
	("Routing Rule", "settings_field"),
	("Trade Lead", "experience"),
	("Trade Lead", "investment_type"),
	("Trade Lead", "lead_source"),
	("Trade Lead", "party_type"),
	("Trade Lead", "potential"),
	("Trade Lead", "season"),
	("Trade Referral", "referred_to_kind"),
	("Trade Stage Field", "required_field"),
	("Unstated Figure", "figure"),
}
SELECTS = {
	(name, field["fieldname"]): [choice for choice in (field.get("options") or "").split("\n") if choice]
	for name, doctype in doctypes().items()
	for field in doctype["fields"]
	if field["fieldtype"] == "Select"
}

NOT_READ = ("demo", "patches")
# States of Frappe's and ERPNext's own records that read like some of ours.
FOREIGN = {
	"diaspora_relations/duty_reminders.py": {"Open", "Closed"},
	"diplomatic_protocol/visits/checklist.py": {"Open", "Cancelled"},
	"partnership_approvals/native/workflow_actions.py": {"Open"},
	"partnership_approvals/notices/todos.py": {"Open"},
	"partnerships/commitments/todos.py": {"Open"},
	"register_imports/bulk/conditions.py": {"Queued", "Running"},
}


def _by_field() -> dict[str, set[str]]:
	"""The members a field of each name can hold, whichever DocType it is of."""
	found: dict[str, set[str]] = {"workflow_state": {str(state) for state in WorkflowState}}
	for (_doctype, field), members in STATES.items():
		found.setdefault(field, set()).update(map(str, members))
	return found


FIELDS = _by_field()
LISTS = [{str(member) for member in members} for members in (WorkflowState, *STATES.values())]


def test_every_select_is_a_state_or_a_kind():
	new, lost = SELECTS.keys() - STATES.keys() - KINDS, (STATES.keys() | KINDS) - SELECTS.keys()
	assert not new, (
		f"Put into STATES, with the StrEnum it holds, or into KINDS, if nothing moves it: {sorted(new)}"
	)
	assert not lost, f"Take out of STATES or KINDS, no Select is called so: {sorted(lost)}"
	assert not STATES.keys() & KINDS, f"Both a state and a kind: {sorted(STATES.keys() & KINDS)}"


@pytest.mark.parametrize("field", STATES, ids=".".join)
def test_the_choices_of_a_state_are_the_members_of_its_enum(field):
	assert SELECTS[field] == [str(member) for member in STATES[field]]


def test_the_states_of_agreements_are_those_of_their_workflow():
	assert MOU_ROUTING.states == tuple(WorkflowState)
	assert set(STATE_STYLES) == set(WorkflowState)


def test_code_names_a_state_by_its_enum():
	found = [
		f"{path.relative_to(APP)}:{node.lineno}: {value}"
		for path in python_files()
		if path.relative_to(APP).parts[0] not in NOT_READ
		for node, value in _literals_in(tree_of(path))
		if value not in FOREIGN.get(str(path.relative_to(APP)), ())
	]
	assert sorted(set(found)) == []


@pytest.mark.parametrize(
	"line",
	[
		'row.state == "Pending"',
		'"Pending" == seat["state"]',
		'row.get("status") in ("Open", "Done")',
		'table.status.isin(["Waiting"])',
		'(table.status == "Active") & (table.name != "x")',
		'doc.status = "Draft"',
		'doc.status = "Ready" if good else "Draft"',
		'route.change(outcome="Signed")',
		'{"status": "Active"}',
		'{"state": ["in", ["Pending"]]}',
		'count_and_open("Trade Lead", ("status", "=", "Won"))',
		'frappe.db.set_value("Trade Lead", name, "status", "Lost")',
		'row.deliver or "At Once"',
		'OPEN = ("Ongoing", "Delayed")',
		'colours = {"Open": "blue", "In Progress": "orange"}',
	],
)
def test_a_literal_is_found(line):
	assert list(_literals_in(ast.parse(line)))


@pytest.mark.parametrize(
	"line",
	[
		"row.state == ClearanceState.PENDING",
		'_("Signed")',
		'row.kind == "Contact"',
		'frappe.get_all("MOU", fields=["name", "workflow_state"])',
		'route.record("Decided")',
		'class Stage(StrEnum):\n\tWON = "Won"\n\tLOST = "Lost"',
	],
)
def test_other_words_are_left_alone(line):
	assert list(_literals_in(ast.parse(line))) == []


def _literals_in(tree: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
	for node in ast.walk(tree):
		for together in _beside_each_other(node):
			fields = {field for part in together for field in _fields_named(part)}
			words = {word for field in fields for word in FIELDS[field]}
			for literal in (text for part in together for text in _texts(part)):
				if literal.value in words:
					yield literal, literal.value
		listed = _listed(node)
		if len(listed) > 1 and any({literal.value for literal in listed} <= members for members in LISTS):
			yield from ((literal, literal.value) for literal in listed)


def _beside_each_other(node: ast.AST) -> list[list[ast.AST]]:
	"""The parts of an expression or statement that speak of one another."""
	if isinstance(node, ast.Dict):
		return [[key, value] for key, value in zip(node.keys, node.values, strict=True) if key]
	if isinstance(node, ast.Compare):
		return [[node.left, *node.comparators]]
	if isinstance(node, ast.BoolOp):
		return [node.values]
	if isinstance(node, ast.Call):
		return [[node.func, *node.args]]
	if isinstance(node, ast.Tuple | ast.List):
		return [node.elts]
	if isinstance(node, ast.Assign):
		return [[*node.targets, node.value]]
	if isinstance(node, ast.keyword) and node.arg:
		return [[ast.Constant(node.arg), node.value]]
	return []


def _fields_named(node: ast.AST) -> set[str]:
	"""The state fields a part is about: `row.state`, `row["state"]`, `row.get("state")`, `table.state.isin`, "state"."""
	if isinstance(node, ast.Attribute):
		names = {node.attr, *(_fields_named(node.value) if node.attr in ("isin", "notin") else ())}
	elif isinstance(node, ast.Subscript):
		names = _fields_named(node.slice)
	elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
		names = {name for argument in node.args[:1] for name in _fields_named(argument)}
	else:
		names = {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()
	return names & FIELDS.keys()


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
	"""The texts a part may come to."""
	if isinstance(node, ast.Constant) and isinstance(node.value, str):
		yield node
	elif isinstance(node, ast.Tuple | ast.List | ast.Set):
		for element in node.elts:
			yield from _texts(element)
	elif isinstance(node, ast.IfExp):
		yield from (*_texts(node.body), *_texts(node.orelse))
	elif isinstance(node, ast.BoolOp):
		for value in node.values:
			yield from _texts(value)


def _listed(node: ast.AST) -> list[ast.Constant]:
	"""The texts of a display that holds nothing else, or of the keys of a dictionary."""
	if isinstance(node, ast.Dict):
		elements = node.keys
	else:
		elements = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
	texts = [one for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)]
	return texts if len(texts) == len(elements) else []
