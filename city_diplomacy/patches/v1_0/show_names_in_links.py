"""Links of sites that had the app before show people and departments by name as well."""

from city_diplomacy.setup.link_titles import show_names_in_links


def execute() -> None:
	show_names_in_links()
