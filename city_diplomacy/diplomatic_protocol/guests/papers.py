"""What is printed for a seating: place cards, badges and the chart at the door, each as PDF."""

import unicodedata
from base64 import b64encode
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, formatdate
from frappe.utils.jinja import get_jenv

from city_diplomacy.diplomatic_protocol.guests.drawing import draw
from city_diplomacy.diplomatic_protocol.guests.seating import Seating
from city_diplomacy.domain.choices import StrEnum
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.registers.languages import direction_of

MARGIN = "12mm"
# The size of the paper is that of the site's Print Settings.
PDF_OPTIONS = {f"margin-{edge}": MARGIN for edge in ("top", "bottom", "left", "right")}
TEMPLATES = "templates/city_diplomacy"
# A long name is printed smaller; so many characters of it fit a card in the first size.
FITS = 22
RIGHT_TO_LEFT = ("R", "AL")


class Paper(StrEnum):
	"""What can be printed."""

	CARDS = "place_cards"
	BADGES = "guest_badges"
	CHART = "seating_chart"


def html_of(seating: Seating, paper: Paper) -> str:
	"""A paper as a page that asks for nothing else."""
	language = frappe.local.lang or "en"
	sitting, everybody = _people(seating)
	return (
		get_jenv()
		.get_template(f"{TEMPLATES}/{paper}.html")
		.render(
			title=seating.guest_list.list_title,
			day=formatdate(seating.guest_list.event_date, "d MMMM y"),
			place=cstr(seating.guest_list.place),
			lang=language,
			direction=direction_of(language),
			sitting=sitting,
			everybody=everybody,
			drawing=b64encode(draw(seating).encode()).decode(),
		)
	)


def pdf_of(seating: Seating, paper: Paper) -> bytes:
	# Only a bench has what makes PDFs.
	from frappe.utils.pdf import get_pdf

	orientation = "Landscape" if paper == Paper.CHART else "Portrait"
	return get_pdf(html_of(seating, paper), {**PDF_OPTIONS, "orientation": orientation})


def _people(seating: Seating) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Who sits, in the order of tables and seats; and everybody who may come, by name."""
	everybody = [
		_person(seating, row)
		for row in sorted(seating.rows.values(), key=lambda row: search_form(row.guest_name))
	]
	by_key = {person["key"]: person for person in everybody}
	sitting = [by_key[key] for key, _seat in sorted(seating.seats.items(), key=lambda item: item[1])]
	return sitting, everybody


def _person(seating: Seating, row: Any) -> dict[str, Any]:
	seat = seating.seats.get(row.name)
	label = seating.tables[seat.table].label if seat else ""
	return {
		"key": row.name,
		"name": row.guest_name,
		"direction": direction_of_words(row.guest_name),
		"is_long": len(row.guest_name) > FITS,
		"title": cstr(row.job_title),
		"organisation": cstr(row.organisation),
		"table": label,
		"seat": seat.number if seat else "",
		"where": _("{0}, seat {1}").format(label, seat.number) if seat else "",
	}


def direction_of_words(words: str) -> str:
	"""rtl or ltr, by the first letter that has a direction; what makes PDFs does not tell by itself."""
	for letter in words:
		kind = unicodedata.bidirectional(letter)
		if kind in RIGHT_TO_LEFT:
			return "rtl"
		if kind == "L":
			return "ltr"
	return "ltr"
