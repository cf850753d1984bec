"""The drawing of a seating as SVG: tables seen from above, each seat with its number and who sits there."""

import unicodedata
from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from frappe import _

from city_diplomacy.domain.protocol.guests import GuestSide
from city_diplomacy.domain.protocol.seating.model import Seat, Shape, Table
from city_diplomacy.domain.protocol.seating.tables import near_side

if TYPE_CHECKING:
	from city_diplomacy.diplomatic_protocol.guests.seating import Seating

WIDTH, LEGEND, GAP = 1080, 34, 12
LABEL = 150
LONG_STEP, LONG_HEIGHT = 104, 200
SEAT = 11
LONGEST_NAME, LONGEST_BESIDE = 18, 13
COLOURS = {GuestSide.HOST: "#1d4ed8", GuestSide.VISITING: "#047857"}
FONTS = "'Noto Sans','DejaVu Sans','Noto Sans CJK JP','Noto Sans Arabic',sans-serif"
Point = tuple[float, float]


def draw(seating: "Seating", is_interactive: bool = False) -> str:
	"""The drawing, or nothing without tables; with `is_interactive` each seat can be reached and chosen by keyboard."""
	if not seating.tables:
		return ""
	cells, height = _layout(seating.tables)
	svg = Element(
		"svg",
		{
			"xmlns": "http://www.w3.org/2000/svg",
			"viewBox": f"0 0 {WIDTH} {height:.0f}",
			"width": str(WIDTH),
			"height": f"{height:.0f}",
			"role": "group" if is_interactive else "img",
			"aria-labelledby": "seating-title seating-desc",
			"style": f"max-width:100%;height:auto;font-family:{FONTS}",
			"class": "seating-drawing",
		},
	)
	SubElement(svg, "title", {"id": "seating-title"}).text = _("Seating: {0}").format(
		seating.guest_list.list_title
	)
	SubElement(svg, "desc", {"id": "seating-desc"}).text = _(
		"{0} tables with {1} seats, {2} of them taken. The seat after each one is to the right of whoever sits there."
	).format(len(seating.tables), sum(table.seats for table in seating.tables), len(seating.seats))
	_legend(svg)
	held = {seat: key for key, seat in seating.seats.items()}
	for index, (table, corner) in enumerate(zip(seating.tables, cells, strict=True)):
		group = SubElement(svg, "g", {"role": "group", "aria-label": table.label})
		points = _table(group, table, corner)
		for number, point in enumerate(points, start=1):
			_seat(group, seating, Seat(index, number), held.get(Seat(index, number)), point, is_interactive)
	return tostring(svg, encoding="unicode")


def _layout(tables: Sequence[Table]) -> tuple[list[Point], float]:
	"""The upper left corner of each table's cell, row after row, and the height of all."""
	cells: list[Point] = []
	x, y, row = 0.0, float(LEGEND), 0.0
	for table in tables:
		width, height = _size(table)
		if cells and x + width > WIDTH:
			x, y, row = 0.0, y + row + GAP, 0.0
		cells.append((x, y))
		x, row = x + width + GAP, max(row, height)
	return cells, y + row + GAP


def _size(table: Table) -> Point:
	if table.shape == Shape.LONG:
		return max(near_side(table), 2) * LONG_STEP + 20, LONG_HEIGHT
	return 2 * (_radius(table) + LABEL), 2 * (_radius(table) + 40) + 10


def _radius(table: Table) -> float:
	"""How far the seats of a round table are from its middle."""
	return max(52.0, table.seats * 30 / (2 * pi))


def _table(group: Element, table: Table, corner: Point) -> list[Point]:
	"""Draw a table and return where its seats are, by their numbers."""
	width, height = _size(table)
	middle = corner[0] + width / 2, corner[1] + height / 2
	shape = {"fill": "#f5f5f4", "stroke": "#78716c"}
	if table.shape == Shape.ROUND:
		radius = _radius(table)
		SubElement(
			group,
			"circle",
			{"cx": f"{middle[0]:.1f}", "cy": f"{middle[1]:.1f}", "r": f"{radius - 18:.1f}", **shape},
		)
		turn = 2 * pi / table.seats
		points = [
			(middle[0] - radius * sin(turn * seat), middle[1] - radius * cos(turn * seat))
			for seat in range(table.seats)
		]
	else:
		near = near_side(table)
		left = middle[0] - (near - 1) * LONG_STEP / 2
		SubElement(
			group,
			"rect",
			{
				"x": f"{left - 30:.1f}",
				"y": f"{middle[1] - 26:.1f}",
				"width": f"{(near - 1) * LONG_STEP + 60:.1f}",
				"height": "52",
				"rx": "6",
				**shape,
			},
		)
		points = [(left + (near - seat) * LONG_STEP, middle[1] - 42) for seat in range(1, near + 1)]
		points += [(left + seat * LONG_STEP, middle[1] + 42) for seat in range(table.seats - near)]
	_text(group, middle, _shortened(table.label), "middle", 13, "bold")
	return points


def _seat(
	group: Element, seating: "Seating", seat: Seat, key: str | None, point: Point, is_interactive: bool
) -> None:
	table = seating.tables[seat.table]
	row = seating.rows[key] if key else None
	whole = _("{0}, seat {1}: {2}").format(table.label, seat.number, row.guest_name if row else _("free"))
	attributes = {"class": "seat"}
	if is_interactive:
		attributes |= {
			"tabindex": "0",
			"role": "button",
			"aria-label": whole,
			"data-table": table.label,
			"data-seat": str(seat.number),
			"data-guest": key or "",
		}
	place = SubElement(group, "g", attributes)
	SubElement(place, "title").text = whole
	colour = COLOURS[GuestSide(row.side)] if row else "#ffffff"
	_mark(place, point, colour, row is not None and row.side == GuestSide.HOST)
	_text(
		place, (point[0], point[1] + 4), str(seat.number), "middle", 11, colour="#fff" if row else "#57534e"
	)
	if row:
		where, anchor = _where_name_stands(table, seat.number, point)
		longest = LONGEST_BESIDE if table.shape == Shape.LONG else LONGEST_NAME
		_text(place, where, _shortened(row.guest_name, longest), anchor, 12)


def _where_name_stands(table: Table, number: int, point: Point) -> tuple[Point, str]:
	"""Where a name begins, ends or has its middle, so that it stands outside of its table."""
	if table.shape == Shape.LONG:
		return (point[0], point[1] - 16 if number <= near_side(table) else point[1] + 26), "middle"
	angle = 2 * pi / table.seats * (number - 1)
	across, down = -sin(angle), -cos(angle)
	if abs(across) < 0.25:
		return (point[0], point[1] + (28 if down > 0 else -18)), "middle"
	return (point[0] + (16 if across > 0 else -16), point[1] + 4), "start" if across > 0 else "end"


def _mark(place: Element, point: Point, colour: str, is_square: bool) -> None:
	"""A square for our side and a circle for guests, so that colour is not all that tells them apart."""
	look = {"fill": colour, "stroke": "#57534e"}
	if is_square:
		corner = {"x": f"{point[0] - SEAT:.1f}", "y": f"{point[1] - SEAT:.1f}"}
		SubElement(
			place, "rect", {**corner, "width": str(2 * SEAT), "height": str(2 * SEAT), "rx": "3", **look}
		)
	else:
		SubElement(
			place, "circle", {"cx": f"{point[0]:.1f}", "cy": f"{point[1]:.1f}", "r": str(SEAT), **look}
		)


def _legend(svg: Element) -> None:
	for x, side, words in (
		(20, GuestSide.HOST, _("Our side")),
		(190, GuestSide.VISITING, _("Visiting side")),
	):
		_mark(svg, (x, 17), COLOURS[side], side == GuestSide.HOST)
		_text(svg, (x + 18, 21), words, "start", 12)


def _text(
	parent: Element,
	point: Point,
	words: str,
	anchor: str,
	size: int,
	weight: str = "normal",
	colour: str = "#1c1917",
) -> None:
	SubElement(
		parent,
		"text",
		{
			"x": f"{point[0]:.1f}",
			"y": f"{point[1]:.1f}",
			"text-anchor": anchor,
			"font-size": str(size),
			"font-weight": weight,
			"fill": colour,
		},
	).text = words


def _shortened(name: str, longest: int = LONGEST_NAME) -> str:
	"""A name as far as there is room for it; a character that is twice as wide counts twice."""
	room = longest
	for position, letter in enumerate(name):
		room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
		if room < 0:
			kept = f"{name[: max(position - 1, 1)].rstrip()}…"
			# The mark keeps the dots at the end of what is written from right to left.
			return f"{kept}\u200f" if unicodedata.bidirectional(kept[0]) in ("R", "AL") else kept
	return name
