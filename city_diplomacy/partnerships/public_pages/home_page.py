"""What the site shows at its root: to reviewers what is asked of them, to residents what the city chose."""

import frappe

from city_diplomacy.access.rights import ROLES

PAGES = {
	"Agreements": "agreements",
	"Partner Cities": "partners",
	"Community Organisations": "organisations",
}


def home_page_of(user: str) -> str | None:
	"""Hook `get_website_user_home_page`: reviewers come to what is asked of them, residents to the page the city chose.

	Whoever has Desk goes there. For everybody else, and where the city chose none, what other apps say; None leaves
	it to the site.
	"""
	if user == "Guest":
		chosen = PAGES.get(frappe.get_cached_doc("City Diplomacy Settings").residents_home_page)
	else:
		chosen = "clearances" if _is_reviewer_without_desk(user) else None
	return chosen or _of_other_apps(user)


def _is_reviewer_without_desk(user: str) -> bool:
	if frappe.get_cached_value("User", user, "user_type") != "Website User":
		return False
	return any(role in ROLES and not ROLES[role][0] for role in frappe.get_roles(user))


def _of_other_apps(user: str) -> str | None:
	"""Frappe asks one method alone and then reads no fixed page, so what it would have found is looked up here."""
	methods = frappe.get_hooks("get_website_user_home_page")
	others = [method for method in methods if frappe.get_attr(method) is not home_page_of]
	if others:
		return frappe.get_attr(others[-1])(user)
	fixed = frappe.get_hooks("website_user_home_page")
	return fixed[-1] if fixed else None


def forget_remembered() -> None:
	"""Frappe remembers each person's home page; another choice counts from now on."""
	frappe.cache.delete_value("home_page")
