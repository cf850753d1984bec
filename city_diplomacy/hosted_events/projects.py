"""The budget of an event: ERPNext's Project, made by one click, and what it says, as far as the reader may know it."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import EVENT_PROJECTS
from city_diplomacy.access.unknown import may_read
from city_diplomacy.hosted_events.exceptions import InternationalEventError, ProjectRightError
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.registers.readable import readable, refuse_hidden_link

# ERPNext's own figures of a Project: what it was estimated at, and what was booked on it.
FIGURES = ("estimated_costing", "total_purchase_cost", "total_expense_claim", "total_costing_amount")


def check_project(event: Any) -> None:
	"""An event has a Project its author may read, and no other event has it.

	Raises LinkValidationError or InternationalEventError.
	"""
	stored = event.get_doc_before_save()
	if not event.project or (stored and stored.project == event.project):
		return
	if not event.flags.making_project:
		refuse_hidden_link(event, "project", "Project")
	if frappe.db.exists(EVENT, {"project": event.project, "name": ["!=", event.name or ""]}):
		frappe.throw(
			_("{0} is the Project of another event already.").format(event.project), InternationalEventError
		)


def may_make_project() -> bool:
	"""Whether the signed-in person makes Projects of events: by our table, or by ERPNext's roles."""
	return bool(set(EVENT_PROJECTS) & set(frappe.get_roles())) or bool(
		frappe.has_permission("Project", "create")
	)


def make_project(event: str) -> str:
	"""The ERPNext Project of an event, made now unless there is one; answers its name.

	The person may open it from then on. Raises ProjectRightError unless they make Projects of events, and PermissionError
	unless they may write this one.
	"""
	if not may_make_project():
		frappe.throw(
			_("A Project of an event is made by {0}. Ask one of them to do it.").format(
				", ".join(_(role) for role in EVENT_PROJECTS)
			),
			ProjectRightError,
		)
	# With its lock, so that two clicks make one Project.
	doc = readable(EVENT, event, "write", for_update=True)
	if not doc.project:
		doc.project = _new_project(doc)
		doc.flags.making_project = True
		doc.save()
	_let_open(doc.project)
	return doc.project


def figures_of(event: Any) -> dict[str, Any]:
	"""The Project's own figures with their currency, for the form; nothing for who may not read the Project."""
	if not event.project or not may_read("Project", event.project):
		return {}
	known = [field for field in FIGURES if frappe.get_meta("Project").has_field(field)]
	found = frappe.db.get_value("Project", event.project, ["status", "company", *known], as_dict=True)
	if not found:
		return {}
	currency = frappe.db.get_value("Company", found.company, "default_currency")
	labels = {field: _(frappe.get_meta("Project").get_label(field)) for field in known}
	return {
		"status": found.status,
		"currency": currency,
		"figures": [{"label": labels[field], "amount": found[field]} for field in known if found[field]],
	}


def _new_project(event: Any) -> str:
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	project = frappe.new_doc("Project")
	project.update(
		{
			"project_name": _free_name(event),
			"company": settings.company or frappe.defaults.get_user_default("Company"),
			"expected_start_date": event.starts_on,
			"expected_end_date": event.ends_on,
		}
	)
	# Our table of rights was asked, and the event is theirs to write.
	return project.insert(ignore_permissions=True).name


def _free_name(event: Any) -> str:
	"""ERPNext wants each Project's name once; a second event of the same name brings its own along."""
	name = event.event_name
	return f"{name} ({event.name})" if frappe.db.exists("Project", {"project_name": name}) else name


def _let_open(project: str) -> None:
	"""Share the one Project with the person, unless their roles let them read and write it."""
	if all(frappe.has_permission("Project", right, project) for right in ("read", "write")):
		return
	frappe.share.add_docshare(
		"Project",
		project,
		frappe.session.user,
		read=1,
		write=1,
		# It was made of an event they may write; our table of rights was asked.
		flags={"ignore_share_permission": True},
	)
	# Frappe keeps for each person which DocTypes Desk opens; a share may be the first record of one.
	frappe.cache.hdel("bootinfo", frappe.session.user)
