"""What the site shows at its root to residents, where the city chose one of our pages."""

import frappe

PAGES = {
	"Agreements": "agreements",
	"Partner Cities": "partners",
	"Community Organisations": "organisations",
}


def for_residents(user: str) -> str | None:
	"""Hook `get_website_user_home_page`: the page chosen for whoever is not signed in; None leaves it to the site."""
	if user != "Guest":
		return None
	return PAGES.get(frappe.get_cached_doc("City Diplomacy Settings").residents_home_page)


def forget_remembered() -> None:
	"""Frappe remembers each person's home page; another choice counts from now on."""
	frappe.cache.delete_value("home_page")
