"""What the site shows at its root to residents, where the city chose one of our pages."""

import frappe

PAGES = {
	"Agreements": "agreements",
	"Partner Cities": "partners",
	"Community Organisations": "organisations",
}


def for_residents(user: str) -> str | None:
	"""Hook `get_website_user_home_page`: the page the city chose for whoever is not signed in.

	Where it chose none, and for everybody else, what other apps say; None leaves it to the site.
	"""
	chosen = frappe.get_cached_doc("City Diplomacy Settings").residents_home_page if user == "Guest" else None
	return PAGES.get(chosen) or _of_other_apps(user)


def _of_other_apps(user: str) -> str | None:
	"""Frappe asks one method alone and then reads no fixed page, so what it would have found is looked up here."""
	methods = frappe.get_hooks("get_website_user_home_page")
	others = [method for method in methods if frappe.get_attr(method) is not for_residents]
	if others:
		return frappe.get_attr(others[-1])(user)
	fixed = frappe.get_hooks("website_user_home_page")
	return fixed[-1] if fixed else None


def forget_remembered() -> None:
	"""Frappe remembers each person's home page; another choice counts from now on."""
	frappe.cache.delete_value("home_page")
