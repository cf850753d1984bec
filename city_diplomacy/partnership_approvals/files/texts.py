"""The words in a text's file, so that two versions of it can be laid over each other.

Plain text and Markdown, Word documents and PDF are read; what is scanned or in another format has no words here,
and people open both files. Sizes are bounded, because a page waits for the answer.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from xml.etree import ElementTree

from city_diplomacy.partnership_approvals.shapes import FileDocument

LARGEST_FILE = 5_000_000
"""Bytes of a file, and of the document inside a Word file, that are read at most."""
MOST_PAGES = 60
LONGEST = 120_000
"""Characters compared at most; a longer text is not compared in parts."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(file: FileDocument) -> str | None:
	"""The words in a File; None where there are none that can be read."""
	read = _READERS.get(PurePath(file.file_name or "").suffix.lower())
	if not read or (file.file_size or 0) > LARGEST_FILE:
		return None
	try:
		content = file.get_content()
		words = read(content.encode() if isinstance(content, str) else content)
	except (OSError, ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
		# Anything may bear such a name. People are shown that the file is another one, and open both.
		return None
	return words if words.strip() and len(words) <= LONGEST else None


def _plain(content: bytes) -> str:
	return content.decode("utf-8-sig")


def _word(content: bytes) -> str:
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		entry = archive.getinfo("word/document.xml")
		if entry.file_size > LARGEST_FILE:
			raise ValueError("The document is too large.")
		root = ElementTree.fromstring(archive.read(entry))
	paragraphs = (
		"".join(run.text or "" for run in node.iter(f"{_WORD}t")) for node in root.iter(f"{_WORD}p")
	)
	return "\n".join(paragraphs)


def _pdf(content: bytes) -> str:
	# Frappe brings it; it is dear to load, and few pages need it.
	from pypdf import PdfReader
	from pypdf.errors import PyPdfError

	try:
		reader = PdfReader(io.BytesIO(content))
		if len(reader.pages) > MOST_PAGES:
			raise ValueError("The document has too many pages.")
		return "\n".join(page.extract_text() for page in reader.pages)
	except PyPdfError as error:
		raise ValueError("The document cannot be read.") from error


_READERS: dict[str, Callable[[bytes], str]] = {
	".txt": _plain,
	".md": _plain,
	".docx": _word,
	".pdf": _pdf,
}
