"""Writes a short text as a Word document, with nothing but Python's own library."""

import io
import zipfile
from xml.sax.saxutils import escape

ENDING = ".docx"
# The day written on every part, so that the same words make the same bytes.
_DAY = (2026, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
	_HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
	'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
	'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
	'.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
	_HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
	'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
	'officeDocument" Target="word/document.xml"/></Relationships>'
)


def word_document(paragraphs: list[str]) -> bytes:
	"""The bytes of a Word document with these paragraphs, the first of them its heading."""
	body = "".join(_paragraph(words, heading=not place) for place, words in enumerate(paragraphs))
	document = (
		_HEAD + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
		f"<w:body>{body}</w:body></w:document>"
	)
	written = io.BytesIO()
	with zipfile.ZipFile(written, "w") as archive:
		for name, content in (
			("[Content_Types].xml", _TYPES),
			("_rels/.rels", _RELATIONS),
			("word/document.xml", document),
		):
			part = zipfile.ZipInfo(name, _DAY)
			part.compress_type = zipfile.ZIP_DEFLATED
			archive.writestr(part, content)
	return written.getvalue()


def _paragraph(words: str, heading: bool) -> str:
	look = '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>' if heading else ""
	space = '<w:pPr><w:spacing w:after="160"/></w:pPr>'
	return f'<w:p>{space}<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
