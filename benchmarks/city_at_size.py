"""A city of the size the app is measured at: 100,000 agreements with routes, clearances and ledgers, 100,000 partners.

Patterns of every kind of agreement go through the real engine; the others are copies of them. Everything is named
so that it is found again: a run that was stopped goes on where it ended, and `remove` takes all of it away.
"""

import random
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate

from benchmarks import row_copies
from benchmarks.plain_copy import make_user, screen_elsewhere
from city_diplomacy.access import rights as roles
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnerships.agreements import existing, signing

PREFIX, DOMAIN = "AT-SIZE-", "at-size.example"
POLICY, TYPE = "Policy at Size", "Understanding at Size"
OFFICE, MANAGER, MAYOR = (f"{who}@{DOMAIN}" for who in ("office", "manager", "mayor"))
AUDITOR, ADMINISTRATOR, ATTORNEY = (f"{who}@{DOMAIN}" for who in ("auditor", "administrator", "attorney"))
PEOPLE = {
	OFFICE: roles.OFFICER,
	MANAGER: roles.MANAGER,
	MAYOR: roles.MAYOR,
	AUDITOR: roles.AUDITOR,
	ADMINISTRATOR: roles.POLICY_ADMIN,
	ATTORNEY: roles.LEGAL,
}
DEPARTMENTS, CITIES, ASKED = 40, 25, 6
HEADS = [f"head.{number:02}@{DOMAIN}" for number in range(DEPARTMENTS)]
COUNTRIES = (
	"Japan", "Germany", "Mexico", "France", "Korea, Republic of", "Brazil", "Canada", "India", "Italy", "Spain",
	"Poland", "Ghana", "Kenya", "Philippines", "Vietnam", "Israel", "Egypt", "Greece", "Portugal", "Sweden",
	"Norway", "Chile", "Peru", "New Zealand", "Australia",
)  # fmt: skip
CHECKS = ("duplicates_checked", "tier_checked", "jurisdiction_checked")
# Kind of agreement: how many of a thousand.
KINDS = {
	"draft": 100,
	"intake": 100,
	"clearance": 170,
	"mayor": 30,
	"open-ended": 175,
	"dated": 120,
	"existing": 220,
	"expired": 85,
}
FIRST_DAY = datetime(2016, 1, 4, 9)
DAYS = 3_900
LOT = 1_000
Tell = Callable[[str], None]


def make(agreements: int, tell: Tell = print) -> None:
	"""Make what is missing of the city, so that it has so many agreements."""
	with _quiet():
		make_people()
		patterns = make_patterns(tell)
		make_copies(patterns, agreements, tell)
	frappe.clear_cache()


def make_people() -> None:
	"""The people who act, the departments with their heads, and the policy that asks them. May run twice."""
	if not frappe.db.exists("User", OFFICE):
		for user, role in PEOPLE.items():
			make_user(user, role)
		for head in HEADS:
			make_user(head, roles.DEPARTMENT)
	company = _company()
	for number, head in enumerate(HEADS):
		if not frappe.db.exists("Department", {"department_name": _department(number)}):
			frappe.get_doc(
				{
					"doctype": "Department",
					"department_name": _department(number),
					"company": company,
					"department_head": head,
				}
			).insert()
	if not frappe.db.exists("Agreement Type", TYPE):
		# Nothing an agreement of this type must have slows the making of it.
		checks = [df.fieldname for df in frappe.get_meta("Agreement Type").fields if df.fieldtype == "Check"]
		frappe.get_doc({"doctype": "Agreement Type", "type_name": TYPE, **dict.fromkeys(checks, 0)}).insert()
	if not frappe.db.exists("Routing Policy", {"title": POLICY}):
		_activate_policy()
	frappe.db.commit()


def make_patterns(tell: Tell) -> dict[tuple[str, int], row_copies.Pattern]:
	"""One agreement of each kind with each of the cities, walked as people would; by kind and city."""
	patterns = {}
	for city in range(CITIES):
		partner = _partner(city)
		for kind in KINDS:
			title = f"{PREFIX}{kind} with {partner}"
			name = frappe.db.get_value("MOU", {"title": title})
			if not name:
				name = _walk(kind, city, partner, title)
				frappe.db.commit()
			patterns[kind, city] = row_copies.read(name)
		tell(f"patterns with {partner}")
	return patterns


def make_copies(patterns: dict[tuple[str, int], row_copies.Pattern], agreements: int, tell: Tell) -> None:
	"""Copies up to so many agreements, a lot in each transaction."""
	copier = row_copies.Copier()
	first = frappe.db.count("MOU", {"name": ["like", f"{PREFIX}%"]})
	for number in range(first, max(agreements - len(patterns), 0)):
		chance = random.Random(number)
		kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
		moment = FIRST_DAY + timedelta(days=chance.random() * DAYS)
		copier.copy(
			patterns[kind, chance.randrange(CITIES)],
			f"{PREFIX}{number:06}",
			moment,
			{
				"confidential": int(chance.random() < 0.05),
				"publish": int(
					kind in ("open-ended", "dated", "existing", "expired") and chance.random() < 0.2
				),
			},
		)
		if number % LOT == LOT - 1:
			copier.store()
			frappe.db.commit()
			if number % 10_000 == 9_999:
				tell(f"{number + 1} copies")
	copier.store()
	frappe.db.commit()


def remove() -> None:
	"""Take everything away again, beneath the document layer, where the engine refuses it above."""
	mou = frappe.qb.DocType("MOU")
	names = frappe.qb.from_(mou).select(mou.name).where(mou.title.like(f"{PREFIX}%"))
	clearance = frappe.qb.DocType("Approval Clearance")
	asked = frappe.qb.from_(clearance).select(clearance.name).where(clearance.reference_name.isin(names))
	route, action = frappe.qb.DocType(row_copies.ROUTE), frappe.qb.DocType("Workflow Action")
	routes_of_these = frappe.qb.from_(route).select(route.name).where(route.reference_name.isin(names))
	actions = frappe.qb.from_(action).select(action.name).where(action.reference_name.isin(names))
	_delete("ToDo", "reference_name", asked)
	_delete("File", "attached_to_name", routes_of_these)
	_delete("Workflow Action Permitted Role", "parent", actions)
	for doctype in [one for one in row_copies.ABOUT if one != row_copies.ROUTE] + [row_copies.ROUTE]:
		_delete(doctype, row_copies.ABOUT[doctype][1], names)
	for df in frappe.get_meta("MOU").get_table_fields():
		_delete(df.options, "parent", names)
	frappe.db.delete("MOU", {"title": ["like", f"{PREFIX}%"]})
	frappe.db.commit()
	_remove_partners_and_files()
	_remove_people()
	_remove_traces()


def _delete(doctype: str, column: str, names: Any) -> None:
	table = frappe.qb.DocType(doctype)
	frappe.qb.from_(table).delete().where(table[column].isin(names)).run()
	frappe.db.commit()


def _remove_partners_and_files() -> None:
	frappe.db.delete("Party Screening", {"subject": ["like", "Harbor % at Size%"]})
	for partner in frappe.get_all("Partner City", {"city_name": ["like", "Harbor % at Size"]}, pluck="name"):
		frappe.delete_doc("Partner City", partner, force=True)
	for file in frappe.get_all("File", {"owner": ["like", f"%@{DOMAIN}"]}, pluck="name"):
		# By way of the document, which takes the bytes from the disk as well.
		frappe.delete_doc("File", file, force=True)
	frappe.db.commit()


def _remove_people() -> None:
	for policy in frappe.get_all("Routing Policy", {"title": POLICY}, pluck="name"):
		frappe.db.delete("Routing Rule", {"parent": policy})
		frappe.db.delete("Version", {"docname": policy})
		frappe.db.delete("Routing Policy", {"name": policy})
	frappe.db.delete("Agreement Type", {"name": TYPE})
	for department in frappe.get_all(
		"Department", {"department_name": ["like", "Office % at Size"]}, pluck="name"
	):
		frappe.delete_doc("Department", department, force=True)
	for user in frappe.get_all("User", {"name": ["like", f"%@{DOMAIN}"]}, pluck="name"):
		frappe.delete_doc("User", user, force=True)
	frappe.db.delete("DefaultValue", {"parent": ["like", f"%@{DOMAIN}"]})
	frappe.db.commit()


def _remove_traces() -> None:
	"""What Frappe notes of deleted documents, of accounts shared with their owners, and of letters without a sender."""
	for ours in (f"%@{DOMAIN}", "%Office % at Size%", "%Harbor % at Size%", "%at_size_%"):
		frappe.db.delete("Comment", {"subject": ["like", ours]})
		frappe.db.delete("Comment", {"reference_name": ["like", ours]})
		frappe.db.delete("Deleted Document", {"deleted_name": ["like", ours]})
	frappe.db.delete("Error Log", {"method": ["like", f"%@{DOMAIN}%"]})
	frappe.db.delete("Deleted Document", {"data": ["like", f"%@{DOMAIN}%"]})
	frappe.db.commit()


def _walk(kind: str, city: int, partner: str, title: str) -> str:
	"""An agreement of a kind, made and moved by those whose part it is; returns its name."""
	values = _values(kind, city, partner, title)
	if kind in ("existing", "expired"):
		return _record_existing(kind, values)
	with _as(OFFICE):
		name = frappe.get_doc({"doctype": "MOU", **values}).insert().name
		if kind != "draft":
			doc = apply_workflow(frappe.get_doc("MOU", name), "Submit for Intake")
		if kind not in ("draft", "intake"):
			screen_elsewhere(doc)
			doc.update(dict.fromkeys(CHECKS, 1))
			doc.save()
			routes.start("MOU", name)
	if kind in ("mayor", "open-ended", "dated"):
		_decide_all(name)
	if kind in ("open-ended", "dated"):
		_decide_all(name)
		with _as(MANAGER):
			signing.sign(name, nowdate())
	return name


def _decide_all(agreement: str) -> None:
	asked = frappe.get_all(
		"Approval Clearance",
		{"reference_name": agreement, "state": "Pending"},
		["name", "put_to"],
		order_by="seat asc",
	)
	for row in asked:
		with _as(row.put_to):
			decide.decide(row.name, "Clear", "Read and found in order.")


def _record_existing(kind: str, values: dict[str, Any]) -> str:
	with _as(MANAGER):
		url = (
			frappe.get_doc(
				{
					"doctype": "File",
					"file_name": f"{frappe.scrub(values['title'])}.txt",
					"content": values["title"],
					"is_private": 1,
				}
			)
			.insert()
			.file_url
		)
		state = "Expired" if kind == "expired" else "Active"
		return existing.record_existing(values, url, "Signed before this system.", state)["name"]


def _values(kind: str, city: int, partner: str, title: str) -> dict[str, Any]:
	# A kind and a city share their departments; over all cities each department is asked as often.
	offset = list(KINDS).index(kind) + city * ASKED
	asked = ASKED if kind in ("clearance", "draft") else 3
	values: dict[str, Any] = {
		"title": title,
		"purpose": "Learn from each other's ports, and lend each other engineers in an emergency.",
		"agreement_type": TYPE,
		"sponsor": OFFICE,
		"sponsor_department": _department_name(offset),
		"binding": "Non-binding",
		"parties": [
			{"side": "Ours", "party_type": "Company", "party": _company()},
			{"side": "Counterpart", "party_type": "Partner City", "party": partner},
		],
		"departments": [{"department": _department_name(offset + number)} for number in range(asked)],
	}
	if kind == "dated":
		values.update(expiry_date=add_days(nowdate(), 20 + 60 * city), notice_days=15)
	if kind == "existing":
		values.update(signed_on="2015-05-04", expiry_date=add_days(nowdate(), 60 * city - 30))
	if kind == "expired":
		values.update(signed_on="2010-05-04", expiry_date="2015-05-04")
	return values


def _partner(city: int) -> str:
	name, country = f"Harbor {city:02} at Size", COUNTRIES[city % len(COUNTRIES)]
	found = frappe.db.get_value("Partner City", {"city_name": name})
	return (
		found
		or frappe.get_doc(
			{
				"doctype": "Partner City",
				"city_name": name,
				"country": country,
				"relationship_stage": "Sister City",
			}
		)
		.insert()
		.name
	)


def _activate_policy() -> None:
	rules = [
		{
			"rule_key": "departments",
			"stage": 1,
			"workflow_state": "In Clearance",
			"seat": "Department",
			"asked_of": "Departments of the Document",
			"table_field": "departments",
			"working_days": 5,
		},
		{
			"rule_key": "mayor",
			"stage": 2,
			"workflow_state": "Mayor's Decision",
			"seat": "Mayor",
			"asked_of": "User",
			"user": MAYOR,
			"working_days": 5,
		},
	]
	policy = frappe.get_doc(
		{"doctype": "Routing Policy", "title": POLICY, "document_type": "MOU", "rules": rules}
	).insert()
	policy.submit()
	policy.status = "Active"
	policy.save()


def _company() -> str:
	return frappe.get_all("Company", pluck="name", limit=1)[0]


def _department(number: int) -> str:
	return f"Office {number % DEPARTMENTS:02} at Size"


def _department_name(number: int) -> str:
	return frappe.db.get_value("Department", {"department_name": _department(number)}, cache=True)


@contextmanager
def _as(user: str):
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


@contextmanager
def _quiet():
	"""Nothing is enqueued and no letter is sent."""
	enqueue, frappe.enqueue = frappe.enqueue, lambda *_args, **_options: None
	frappe.local.conf.update({"mute_emails": 1})
	frappe.flags.mute_messages = True
	try:
		yield
	finally:
		frappe.enqueue = enqueue
