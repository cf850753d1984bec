"""One obvious way to make each thing a test needs. The signed-in person makes it unless it says otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.model.workflow import apply_workflow

from city_diplomacy.access.rights import ROLES
from city_diplomacy.partnership_approvals.engine import decide as decisions
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.trade_promotion.screening import gates, lists
from tests import grounds
from tests.grounds.outbox import Letter

# people and departments


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	"""Do what is in the block as `user`."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def make_user(email: str, *roles: str, first_name: str | None = None):
	"""An account with `roles`: a System User when one of them needs Desk, a Website User otherwise."""
	with acting_as("Administrator"):
		return grounds.current.insert_account(new_user(email, *roles, first_name=first_name))


def new_user(email: str, *roles: str, first_name: str | None = None):
	"""As `make_user`, not inserted yet."""
	return frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first_name or email.split("@")[0].replace(".", " ").title(),
			"user_type": "System User" if any(_needs_desk(role) for role in roles) else "Website User",
			"send_welcome_email": 0,
			"enabled": 1,
			"roles": [{"role": role} for role in roles],
		}
	)


def make_person(role: str):
	"""The account tests use for a role, such as legal.reviewer@city.example; made when first asked for."""
	email = frappe.scrub(role).replace("_", ".").replace("'", "") + "@city.example"
	return frappe.get_doc("User", email) if frappe.db.exists("User", email) else make_user(email, role)


def _needs_desk(role: str) -> bool:
	return ROLES[role][0] if role in ROLES else bool(frappe.db.get_value("Role", role, "desk_access"))


def make_department(name: str, head: str | None = None, acting_head: str | None = None, **fields):
	"""A city department with its head and acting head, given as e-mail addresses of accounts."""
	with acting_as("Administrator"):
		return frappe.get_doc(
			{
				"doctype": "Department",
				"department_name": name,
				"company": our_company(),
				"department_head": head,
				"acting_head": acting_head,
				**fields,
			}
		).insert()


def our_company() -> str:
	"""The Company that stands for our city in every agreement."""
	named = frappe.db.get_single_value("City Diplomacy Settings", "company")
	return named or frappe.get_all("Company", order_by="creation asc", limit=1, pluck="name")[0]


# registers


def make_partner_city(name: str = "Nagoya", country: str = "Japan", **fields):
	"""A partner city."""
	return _make("Partner City", city_name=name, country=country, **fields)


def the_usual_partner_city():
	"""The partner city of agreements that do not say which; made when first asked for."""
	name = "Nagoya, Japan"
	return (
		frappe.get_doc("Partner City", name)
		if frappe.db.exists("Partner City", name)
		else make_partner_city()
	)


def make_partner_organisation(name: str = "Port of Rotterdam", kind: str = "Port", **fields):
	"""A partner that is not a city."""
	return _make("Partner Organisation", organisation_name=name, kind=kind, **fields)


def make_city_network(name: str = "C40 Cities", **fields):
	"""A city network."""
	return _make("City Network", network_name=name, **fields)


def make_membership(network=None, **fields):
	"""Our city's membership of a network; of a partner city, if `partner_city` is given."""
	network = network or make_city_network()
	if fields.get("partner_city"):
		fields["member_type"] = "Partner City"
	return _make("Network Membership", network=network.name, **fields)


def make_commitment(what: str = "Send the port statistics", **fields):
	"""A promise of the signed-in person, unless `owed_by` says otherwise."""
	if "owed_by" not in fields:
		fields.update(owed_by="Person", user=fields.get("user") or frappe.session.user)
	return _make("Partnership Commitment", commitment=what, **fields)


def make_engagement(
	subject: str = "Call on port statistics", starts_on: str = "2026-10-05 10:00:00", **fields
):
	"""A meeting with nobody in particular, unless `partners` says with whom."""
	return _make("Partner Engagement", subject=subject, starts_on=starts_on, **fields)


def make_trade_lead(company: str = "Harbor Robotics", market: str = "Japan", **fields):
	"""A company that may export to a market."""
	return _make("Trade Lead", company_name=company, market=market, **fields)


def make_trade_stage(name: str = "Samples Sent", direction: str = "Export", position: int = 35, **fields):
	"""A stage between those a site starts with."""
	return _make("Trade Stage", stage_name=name, direction=direction, position=position, **fields)


def make_trade_filing_rule(name: str = "Export declaration", **fields):
	"""A rule in force that speaks of every export."""
	given = {"hint": "Declare it.", "valid_from": "2020-01-01", "source": "Customs Act", **fields}
	return _make("Trade Filing Rule", rule_name=name, **given)


def make_trade_referral(lead=None, **fields):
	"""A company sent to a bank that is not in the register."""
	lead = lead or make_trade_lead()
	given = {"referred_to_kind": "Bank", "asked_for": "Export credit.", **fields}
	if not given.get("partner_organisation"):
		given.setdefault("referred_to", "Harbor Bank")
	return _make("Trade Referral", trade_lead=lead.name, **given)


def make_export_win(company: str = "Harbor Robotics", **fields):
	"""A draft win of exports worth 100,000 in the first year and 50,000 in the second."""
	given = {
		"won_on": "2026-05-04",
		"market": "Japan",
		"what_was_won": "Cranes for two berths.",
		"currency": "USD",
		"contact_email": "owner@harbor-robotics.example",
		"won_values": [{"kind": "Export", "year_1": 100_000, "year_2": 50_000}],
		**fields,
	}
	return _make("Export Win", company_name=company, **given)


def make_restricted_party_list(name: str = "Test list", content: str | bytes | None = None, **fields):
	"""A list in plain CSV, imported from `content` if that is given."""
	fields = {"source": "A ministry", "file_format": "Plain CSV", **fields}
	if content is not None:
		fields["file"] = make_file("list.csv", content).file_url
	doc = _make("Restricted Party List", list_name=name, **fields)
	if content is not None:
		lists.import_list(doc.name, frappe.session.user)
		doc.reload()
	return doc


def import_version(doc, content: str | bytes):
	"""The next version of a list, imported at once; answers what the import did."""
	frappe.db.set_value("Restricted Party List", doc.name, "file", make_file("list.csv", content).file_url)
	return lists.import_list(doc.name, frappe.session.user)


def make_party_screening(subject=None, **fields):
	"""A record that was screened elsewhere, and passed; against our lists if `method` says so."""
	if subject is None:
		name = frappe.db.get_value("Trade Lead", {"company_name": "Harbor Robotics"})
		subject = frappe.get_doc("Trade Lead", name) if name else make_trade_lead()
	if fields.get("method", "Elsewhere") == "Elsewhere":
		fields = {
			"method": "Elsewhere",
			"done_by": "The State's export desk",
			"done_where": "State of California, all lists of the United States",
			"done_on": frappe.utils.nowdate(),
			"valid_until": frappe.utils.add_days(frappe.utils.nowdate(), 90),
			"done_words": "Nothing was found.",
			**fields,
		}
	with acting_as("Administrator"):
		return _make("Party Screening", subject_type=subject.doctype, subject=subject.name, **fields)


def make_diaspora_organisation(name: str = "Philippine Community Center", **fields):
	"""A community association."""
	return _make(
		"Diaspora Organisation", organisation_name=name, **{"kind": "Community association", **fields}
	)


def make_file(
	name: str = "understanding.txt", content: str | bytes = "The parties intend to work together.", **fields
):
	"""An uploaded private file; its `file_url` is what attachments hold."""
	return _make("File", file_name=name, content=content, **{"is_private": 1, **fields})


def make_register_import(register: str = "Partner City", content: str | bytes = "", **fields):
	"""An import of one partner city, unless `content` is another table."""
	file = make_file("partners.csv", content or "City name,Country\nNagoya,Japan\n")
	return _make("Register Import", register=register, file=file.file_url, **fields)


def make_contact(first_name: str, *partners, **fields):
	"""A person who belongs to partners, given as documents."""
	links = [{"link_doctype": partner.doctype, "link_name": partner.name} for partner in partners]
	return _make("Contact", first_name=first_name, links=links, **fields)


def make_partnership_topic(name: str = "Tidal power", **fields):
	"""A field of cooperation."""
	return _make("Partnership Topic", topic=name, **fields)


def make_agreement_type(name: str = "Test Understanding", **fields):
	"""A type of agreement without terms of its own, so that tests say which terms and papers they mean."""
	if frappe.db.exists("Agreement Type", name):
		return frappe.get_doc("Agreement Type", name)
	with acting_as("Administrator"):
		wanted = {"text_before_clearance": 0, "copy_at_signature": 0, **fields}
		return _make("Agreement Type", type_name=name, **wanted)


def _make(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert()


# agreements


def make_agreement(counterpart=None, **fields):
	"""A draft MOU between our city and `counterpart`, a document of a partner; a new partner city if none."""
	if "parties" not in fields:
		if counterpart is None:
			with acting_as("Administrator"):
				counterpart = the_usual_partner_city()
		fields["parties"] = [
			{"side": "Ours", "party_type": "Company", "party": our_company()},
			{"side": "Counterpart", "party_type": counterpart.doctype, "party": counterpart.name},
		]
	if "agreement_type" not in fields:
		fields["agreement_type"] = make_agreement_type().name
	return _make(
		"MOU",
		**{
			"title": "Understanding on port cooperation",
			"purpose": "Learn from each other's ports.",
			"sponsor": frappe.session.user,
			**fields,
		},
	)


def submit_for_intake(agreement):
	"""The author hands the draft to the office, by the workflow's own button."""
	return apply_workflow(frappe.get_doc("MOU", agreement.name), "Submit for Intake")


def complete_intake(agreement):
	"""The office ticks its three checks, and the counterparts were screened elsewhere."""
	agreement = frappe.get_doc("MOU", agreement.name)
	for party_type, party in gates.counterparts(agreement):
		if gates.what_is_missing(party_type, party):
			make_party_screening(frappe.get_doc(party_type, party))
	for check in ("duplicates_checked", "tier_checked", "jurisdiction_checked"):
		agreement.set(check, 1)
	return agreement.save()


def start_clearance(agreement):
	"""From wherever the draft is to the first stage of the active policy; answers the agreement."""
	agreement = frappe.get_doc("MOU", agreement.name)
	if agreement.workflow_state == "Draft":
		agreement = submit_for_intake(agreement)
	complete_intake(agreement)
	routes.start("MOU", agreement.name)
	return frappe.get_doc("MOU", agreement.name)


# clearances


def clearances_of(agreement, state: str | None = None, **filters) -> list:
	"""The clearances of an agreement in the order of rounds, stages and seats."""
	filters.update(reference_doctype="MOU", reference_name=agreement.name)
	if state:
		filters["state"] = state
	rows = frappe.get_all("Approval Clearance", filters, ["name", "round", "stage", "seat"], limit=0)
	rows.sort(key=lambda row: (row.round, row.stage, row.seat))
	return [frappe.get_doc("Approval Clearance", row.name) for row in rows]


def who_answers(clearance) -> str:
	"""The person a clearance was put to, or the one tests use for its role."""
	return clearance.put_to or make_person(clearance.role).name


def decide(clearance, decision: str = "Clear", remarks: str | None = None, conditions: str | None = None):
	"""The person who was asked decides; answers what the engine answered."""
	with acting_as(who_answers(clearance)):
		return decisions.decide(clearance.name, decision, remarks, conditions)


def decide_all(agreement, decision: str = "Clear", remarks: str | None = None):
	"""Everybody who is asked now decides alike; answers the agreement as it is then."""
	for clearance in clearances_of(agreement, "Pending"):
		if frappe.db.get_value("Approval Clearance", clearance.name, "state") == "Pending":
			decide(clearance, decision, remarks)
	return frappe.get_doc("MOU", agreement.name)


def clear_every_stage(agreement):
	"""From a draft, or from wherever it is, to Ready to Sign; answers the agreement."""
	if frappe.db.get_value("MOU", agreement.name, "workflow_state") in ("Draft", "Intake Review"):
		start_clearance(agreement)
	while clearances_of(agreement, "Pending"):
		decide_all(agreement)
	return frappe.get_doc("MOU", agreement.name)


# letters


def outbox() -> list[Letter]:
	"""What was posted since the test began, oldest first; nothing leaves the machine."""
	return grounds.current.outbox()
