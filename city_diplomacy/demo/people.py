"""The city itself: its people by their seats, its departments, its holidays and settings, its policy."""

from datetime import date, timedelta

import frappe

from city_diplomacy.demo.loader import DOMAIN, MANAGER, Loader, acting_as, key
from city_diplomacy.demo.rows import RowError
from city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy import activate
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.setup.policies import COMPOSITE

WEEKEND = {5: "Saturday", 6: "Sunday"}
HOLIDAYS = "Los Angeles City Holidays"
SETTINGS = "City Diplomacy Settings"
POLICY_ADMINISTRATOR = f"approval.administrator@{DOMAIN}"
ATTORNEY = f"city.attorney@{DOMAIN}"
MAYOR = f"mayors.office@{DOMAIN}"
CLERK = f"council.clerk@{DOMAIN}"
VACANT_SEAT = f"administrative.officer@{DOMAIN}"


def load_people(load: Loader) -> None:
	"""Accounts without a password, named by their seats; reviewers get no Desk, which their roles decide."""
	there = set(frappe.get_all("User", pluck="name", limit_page_length=0))
	for row in load.rows("people.csv", "email"):
		if row["email"] in there:
			load.report.there_already["User"] += 1
			continue
		load.add(
			row,
			row["email"],
			lambda row=row: {
				"doctype": "User",
				"email": row["email"],
				"first_name": row["first_name"],
				"last_name": row["last_name"],
				"enabled": 1,
				"send_welcome_email": 0,
				"roles": [{"role": role} for role in row.list_of("roles")],
			},
		)


def load_departments(load: Loader) -> dict[str, str]:
	"""Departments of the city's Company; answers which one each seat of the settings is."""
	known = load.known("Department", "department_name", "company")
	seats = {}
	for row in load.rows("departments.csv", "department_name"):
		name = row["department_name"]
		there = known.get(key(name, load.company))
		if there:
			load.report.there_already["Department"] += 1
		department = there or load.add(
			row,
			name,
			lambda row=row: {
				"doctype": "Department",
				"department_name": row["department_name"],
				"company": load.company,
				"department_head": row["department_head"] or None,
				"acting_head": row["acting_head"] or None,
				"partnership_liaison": row["liaison"] or None,
			},
		)
		if department:
			load.departments[name] = department
			if row["settings_field"]:
				seats[row["settings_field"]] = department
	return seats


def load_holidays(load: Loader) -> str:
	"""The days the city does not work, its weekends among them, as a Holiday List has them."""
	if frappe.db.exists("Holiday List", HOLIDAYS):
		load.report.there_already["Holiday List"] += 1
		return HOLIDAYS
	holidays = {
		date.fromisoformat(row["holiday_date"]): row["description"] for row in load.rows("holidays.csv")
	}
	first, last = min(holidays).replace(month=1, day=1), max(holidays).replace(month=12, day=31)
	days = (first + timedelta(days=passed) for passed in range((last - first).days + 1))
	return load.insert(
		{
			"doctype": "Holiday List",
			"holiday_list_name": HOLIDAYS,
			"from_date": first,
			"to_date": last,
			"holidays": [
				{
					"holiday_date": day,
					"description": holidays.get(day) or WEEKEND[day.weekday()],
					"weekly_off": int(day not in holidays),
				}
				for day in days
				if day in holidays or day.weekday() in WEEKEND
			],
		}
	)


def load_settings(load: Loader, seats: dict[str, str], holidays: str) -> None:
	"""Make the site that of Los Angeles; what it was before is kept for the removal."""
	values = {
		"company": load.company,
		"city_name": "Los Angeles",
		"country": load.country("US", "United States"),
		"public_contact": f"international.affairs@{DOMAIN}",
		"default_currency": "USD",
		"holiday_list": holidays,
		"vacant_seat_user": VACANT_SEAT,
		**seats,
	}
	settings = frappe.get_doc(SETTINGS)
	before = {field: settings.get(field) for field in values}
	if before == values:
		load.report.there_already[SETTINGS] += 1
		return
	settings.update(values)
	settings.save()
	load.report.made[SETTINGS] += 1
	load.book.note(SETTINGS, SETTINGS, {"before": before, "after": values})


def activate_policy(load: Loader) -> None:
	"""Route the city's agreements as large cities in the US do. Raises RowError when the policy is gone."""
	policy = frappe.db.get_value(
		"Routing Policy",
		{"title": COMPOSITE, "document_type": "MOU", "docstatus": 1},
		["name", "status"],
		as_dict=True,
		order_by="version desc",
	)
	if not policy:
		raise RowError(f"There is no routing policy {COMPOSITE}; run a migration, which seeds it.")
	if policy.status == "Active":
		load.report.there_already["Routing Policy"] += 1
		return
	before = planning.find_active_policy("MOU")
	with acting_as(POLICY_ADMINISTRATOR):
		activate(policy.name)
	load.report.made["Routing Policy"] += 1
	load.book.note("Routing Policy", policy.name, {"active": before, "status": policy.status})


def is_staffed() -> bool:
	"""Whether the sample city's people are on this site."""
	return bool(frappe.db.exists("User", MANAGER) and frappe.db.exists("User", ATTORNEY))
