"""Reading a page as a browser's outline would: headings, labels, links, text."""

from html.parser import HTMLParser

import frappe

VOID = frozenset(("meta", "link", "img", "input", "br", "image", "circle", "path", "ellipse", "hr"))


class Page(HTMLParser):
	"""A parsed page: `elements` as (tag, attributes), `text`, and the tags left open."""

	def __init__(self, html: str):
		super().__init__(convert_charrefs=True)
		self.elements: list[tuple[str, dict]] = []
		self.pieces: list[str] = []
		self.open: list[str] = []
		self.badly_closed: list[str] = []
		self.feed(html)
		self.close()

	def handle_starttag(self, tag, attrs):
		self.elements.append((tag, dict(attrs)))
		if tag not in VOID:
			self.open.append(tag)

	def handle_startendtag(self, tag, attrs):
		self.elements.append((tag, dict(attrs)))

	def handle_endtag(self, tag):
		if tag in VOID:
			return
		if not self.open or self.open.pop() != tag:
			self.badly_closed.append(tag)

	def handle_data(self, data):
		self.pieces.append(data)

	@property
	def text(self) -> str:
		return " ".join(" ".join(self.pieces).split())

	def all(self, tag: str, **attributes) -> list[dict]:
		return [
			found
			for name, found in self.elements
			if name == tag and all(found.get(key) == value for key, value in attributes.items())
		]

	def ids(self) -> list[str]:
		return [attributes["id"] for _tag, attributes in self.elements if "id" in attributes]


def as_the_app_wrote_it(response) -> str:
	"""The page from its own header on: the sandbox puts a bar above it that names the path."""
	html = response.get_data(as_text=True)
	return html[html.index('<header class="masthead">') :]


def open_page(client, path: str, status: int = 200, **query) -> Page:
	"""The page at `path`, which must answer with `status`."""
	response = client.get(path, **query)
	assert response.status_code == status, response.get_data(as_text=True)[-2000:]
	return Page(response.get_data(as_text=True))


def as_read(words: str) -> str:
	"""Words of a page as a person reads them on this site, whose language may have them from Frappe."""
	return frappe._(words, site_language())


def site_language() -> str:
	"""The language in which a guest reads the site's pages."""
	return frappe.db.get_single_value("System Settings", "language") or "en"
