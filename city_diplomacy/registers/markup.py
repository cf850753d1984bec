"""Formatted text of the office, reduced to a handful of plain elements for our pages.

Only the fixed tags below are ever written, without attributes, and every other character is escaped, so
nothing a text holds can act on the reader's page. Frappe's own cleaner leaves text alone that looks like
JSON or holds an unfinished tag, and keeps style and images, which do not belong here.
"""

from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

KEPT = frozenset(
	("p", "ul", "ol", "li", "strong", "b", "em", "i", "u", "blockquote", "h3", "h4", "sub", "sup")
)
CALLED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
SILENT = frozenset(("script", "style", "template", "title", "noscript", "iframe", "textarea", "select"))


class _Reducer(HTMLParser):
	def __init__(self) -> None:
		super().__init__(convert_charrefs=True)
		self.out: list[str] = []
		self.open: list[str] = []
		self.silent = 0

	def handle_starttag(self, tag: str, attrs) -> None:
		tag = CALLED.get(tag, tag)
		if tag in SILENT:
			self.silent += 1
		elif tag == "br":
			self.out.append("<br>")
		elif tag in KEPT:
			self.out.append(f"<{tag}>")
			self.open.append(tag)

	def handle_endtag(self, tag: str) -> None:
		tag = CALLED.get(tag, tag)
		if tag in SILENT:
			self.silent = max(0, self.silent - 1)
		elif tag in self.open:
			while self.open:
				closing = self.open.pop()
				self.out.append(f"</{closing}>")
				if closing == tag:
					break

	def handle_data(self, data: str) -> None:
		if not self.silent:
			self.out.append(escape(data))


def plain_markup(html: str | None) -> Markup:
	"""`html` with nothing left but paragraphs, lists and emphasis, every tag closed; empty for no text."""
	reducer = _Reducer()
	reducer.feed(html or "")
	reducer.close()
	while reducer.open:
		reducer.out.append(f"</{reducer.open.pop()}>")
	text = "".join(reducer.out)
	return Markup(text) if text.strip() else Markup("")
