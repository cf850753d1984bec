"""The picture of the connections view: residents' organisations on one side, what is there on the other, as SVG.

The same numbers stand in the table below it, which is what a screen reader reads.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from frappe import _

from city_diplomacy.domain.community.connections import Group, Tie, widths

MOST_ROWS = 15
WIDTH, ROW, TOP = 860, 26, 34
MIDDLE, LABEL, LONGEST = 300, 150, 230
COLOURS = {
	Group.ORGANISATIONS: "#7c3aed",
	Group.PARTNERS: "#2563eb",
	Group.AGREEMENTS: "#059669",
	Group.LEADS: "#d97706",
}


def draw(ties: Sequence[Tie]) -> str:
	"""The drawing of the countries that come first, or nothing where there are none."""
	shown = list(ties[:MOST_ROWS])
	if not shown:
		return ""
	height = TOP + ROW * len(shown) + 8
	svg = Element(
		"svg",
		{
			"xmlns": "http://www.w3.org/2000/svg",
			"viewBox": f"0 0 {WIDTH} {height}",
			"role": "img",
			"style": f"width:100%;max-width:{WIDTH}px;height:auto",
			"class": "connections-drawing",
		},
	)
	SubElement(svg, "title").text = _("Who here connects us to whom there, by country")
	_legend(svg, shown)
	here = widths([tie.organisations for tie in shown], LONGEST - LABEL // 2)
	most = max(tie.there for tie in shown)
	for place, tie in enumerate(shown):
		_row(svg, tie, TOP + ROW * place, here[place], most)
	return tostring(svg, encoding="unicode")


def _legend(svg: Element, shown: Sequence[Tie]) -> None:
	words = {
		Group.ORGANISATIONS: _("Organisations here"),
		Group.PARTNERS: _("Partners"),
		Group.AGREEMENTS: _("Agreements in Force"),
		Group.LEADS: _("Open Trade Leads"),
	}
	places = {Group.ORGANISATIONS: 20, Group.PARTNERS: 460, Group.AGREEMENTS: 545, Group.LEADS: 690}
	for group, x in places.items():
		if getattr(shown[0], group) is None:
			continue
		_bar(svg, x, 8, 10, COLOURS[group])
		_text(svg, x + 14, 17, words[group], "start")


def _row(svg: Element, tie: Tie, y: int, width: int, most: int) -> None:
	if tie.organisations:
		_bar(svg, MIDDLE - width, y, width, COLOURS[Group.ORGANISATIONS])
		_text(svg, MIDDLE - width - 6, y + 13, str(tie.organisations), "end")
	_text(svg, MIDDLE + LABEL // 2 + 4, y + 13, _(tie.country), "middle")
	x = MIDDLE + LABEL + 10
	for group in (Group.PARTNERS, Group.AGREEMENTS, Group.LEADS):
		number = getattr(tie, group)
		if number:
			length = max(2, round(number * LONGEST / most))
			_bar(svg, x, y, length, COLOURS[group], f"{number}")
			x += length
	if tie.there:
		_text(svg, x + 6, y + 13, str(tie.there), "start")


def _bar(svg: Element, x: int, y: int, width: int, colour: str, said: str = "") -> None:
	bar = SubElement(
		svg,
		"rect",
		{"x": str(x), "y": str(y), "width": str(width), "height": "16", "fill": colour, "rx": "2"},
	)
	if said:
		SubElement(bar, "title").text = said


def _text(svg: Element, x: int, y: int, words: str, anchor: str) -> None:
	SubElement(
		svg,
		"text",
		{"x": str(x), "y": str(y), "text-anchor": anchor, "font-size": "12", "fill": "currentColor"},
	).text = words
