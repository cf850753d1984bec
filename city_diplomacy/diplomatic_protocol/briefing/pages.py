"""The briefing book as one file: for a phone, which shows it without a signal once it is open, and as PDF."""

from typing import Any

import frappe
from frappe.utils.jinja import get_jenv

from city_diplomacy.diplomatic_protocol.briefing.book import book_of
from city_diplomacy.registers.languages import direction_of

TEMPLATE = "templates/city_diplomacy/briefing_book.html"
# The size of the paper is that of the site's Print Settings.
PDF_OPTIONS = {
	"margin-top": "15mm",
	"margin-bottom": "15mm",
	"margin-left": "15mm",
	"margin-right": "15mm",
}


def html_of(visit: Any) -> str:
	"""The whole page: styles are within it, and it asks for nothing else."""
	language = frappe.local.lang or "en"
	return (
		get_jenv()
		.get_template(TEMPLATE)
		.render(
			book=book_of(visit),
			lang=language,
			direction=direction_of(language),
		)
	)


def pdf_of(visit: Any) -> bytes:
	# Only a bench has what makes PDFs.
	from frappe.utils.pdf import get_pdf

	return get_pdf(html_of(visit), PDF_OPTIONS)


def send(content: str | bytes, file_name: str, shown: bool) -> None:
	"""Answer a request with a file, shown in the browser or saved."""
	frappe.local.response.filename = file_name
	frappe.local.response.filecontent = content
	frappe.local.response.type = "download"
	frappe.local.response.display_content_as = "inline" if shown else "attachment"
