"""Links of sites that had the app before show people and departments by name, and their lists have room for it."""

from city_diplomacy.setup.lists_and_links import show_names_in_links, widen_lists


def execute() -> None:
	show_names_in_links()
	widen_lists()
