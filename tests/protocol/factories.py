"""One obvious way to make each thing a test of protocol needs."""

import frappe

# visits

ARRIVES, LEAVES = "2027-03-01", "2027-03-04"


def make_delegation_visit(title: str = "Mayor of Nagoya", **fields):
	"""A request of a visit to our city, four days long, of nobody in particular."""
	given = {"arrives_on": ARRIVES, "leaves_on": LEAVES, "time_zone": "America/New_York", **fields}
	return frappe.get_doc({"doctype": "Delegation Visit", "visit_title": title, **given}).insert()


def make_visit_triage_rule(name: str = "Ten days", **fields):
	"""A rule that asks for ten days' notice."""
	given = {"criterion": "Notice (days)", "threshold": 10, "consequence": "Look into it", **fields}
	return frappe.get_doc({"doctype": "Visit Triage Rule", "rule_name": name, **given}).insert()


def make_visit_checklist_step(name: str = "Call the delegation", **fields):
	"""A step of every visit, ten days before it arrives."""
	return frappe.get_doc(
		{"doctype": "Visit Checklist Step", "step_name": name, "days": -10, **fields}
	).insert()


def delegate(name: str, **fields) -> dict:
	"""A row of the delegation."""
	return {"name_as_written": name, "side": "Visiting", **fields}


def item(title: str, starts: str, ends: str, day: str = ARRIVES, **fields) -> dict:
	"""A row of the programme, at hours written as in 10:00."""
	return {"title": title, "day": day, "starts_at": f"{starts}:00", "ends_at": f"{ends}:00", **fields}


# the consular corps, gifts, ceremonies


def make_consular_mission(name: str = "Consulate-General of Japan", country: str = "Japan", **fields):
	"""A mission with one head of post, who came in 2024, unless `officers` says otherwise."""
	given = {"mission_type": "Consulate-general", "officers": [head("Kenko Sone")], **fields}
	return _make("Consular Mission", mission_name=name, country=country, **given)


def head(name: str, **fields) -> dict:
	"""A row of officers: a career head of post in the highest class, admitted on 1 March 2024."""
	given = {"position": "Head of post", "rank": "Consul-general", "category": "Career", **fields}
	return {"full_name": name, "from_date": "2024-02-01", "exequatur": "2024-03-01", **given}


def make_consular_case(subject: str = "Break-in at the chancery", mission=None, **fields):
	mission = mission or make_consular_mission()
	return _make(
		"Consular Case", subject=subject, consular_mission=mission.name, **{"kind": "Incident", **fields}
	)


def make_official_gift(gift: str = "Lacquer box", **fields):
	"""A gift to the mayor of 20 dollars, received on a day of May 2026."""
	given = {
		"direction": "Received",
		"gift_date": "2026-05-04",
		"official": "Mayor of Harborview",
		"official_role": "Elected official",
		"other_name": "Hiro Tanaka",
		"source_kind": "City or region",
		"affiliation": "City of Nagoya",
		"value": 20,
		"currency": "USD",
		**fields,
	}
	return _make("Official Gift", gift=gift, **given)


def make_gift_threshold(name: str = "Gifts to elected officials", **fields):
	"""Elected officials need approval for what they receive above 50 dollars, in force since 2020."""
	given = {
		"direction": "Received",
		"official_role": "Elected official",
		"above_value": 50,
		"currency": "USD",
		"valid_from": "2020-01-01",
		"source": "City Code 4.2",
		**fields,
	}
	return _make("Gift Threshold", threshold_name=name, **given)


def make_ceremonial_request(occasion: str = "Independence Day", **fields):
	"""A proclamation the Harbor Society asked for on 1 May 2026, for 15 June."""
	given = {
		"kind": "Proclamation",
		"requested_on": "2026-05-01",
		"needed_on": "2026-06-15",
		"organisation": "Harbor Society",
		"contact_name": "Ana Pop",
		"contact_email": "ana@society.example",
		**fields,
	}
	return _make("Ceremonial Request", occasion=occasion, **given)


def make_ceremonial_rule(name: str = "Proclamations", **fields):
	"""Proclamations are asked for 30 days ahead, once a year, in force since 2020."""
	given = {
		"kind": "Proclamation",
		"valid_from": "2020-01-01",
		"notice_days": 30,
		"times_a_year": 1,
		"source": "Guidelines of the mayor's office",
		**fields,
	}
	return _make("Ceremonial Rule", rule_name=name, **given)


# guest lists


def make_guest_list(title: str = "Reception for Nagoya", **fields):
	"""A list of no occasion, for a reception in March 2027, to which people are being invited."""
	given = {"event_date": "2027-03-01", "answer_by": "2027-02-20", "status": "Inviting", **fields}
	return _make("Guest List", list_title=title, **given)


def make_invited_guest(name: str = "Haruka Sato", guest_list=None, **fields):
	"""A guest of the visiting side, on a list of their own unless one is given."""
	guest_list = guest_list or make_guest_list()
	return _make("Invited Guest", guest_name=name, guest_list=guest_list.name, **fields)


def _make(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert()
