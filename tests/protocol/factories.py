"""One obvious way to make each thing a test of protocol needs."""

import frappe

# visits

ARRIVES, LEAVES = "2027-03-01", "2027-03-04"


def make_delegation_visit(title: str = "Mayor of Nagoya", **fields):
	"""A request of a visit to our city, four days long, of nobody in particular."""
	given = {"arrives_on": ARRIVES, "leaves_on": LEAVES, "time_zone": "America/New_York", **fields}
	return frappe.get_doc({"doctype": "Delegation Visit", "visit_title": title, **given}).insert()


def delegate(name: str, **fields) -> dict:
	"""A row of the delegation."""
	return {"name_as_written": name, "side": "Visiting", **fields}


def item(title: str, starts: str, ends: str, day: str = ARRIVES, **fields) -> dict:
	"""A row of the programme, at hours written as in 10:00."""
	return {"title": title, "day": day, "starts_at": f"{starts}:00", "ends_at": f"{ends}:00", **fields}
