"""Where the address of an uploaded file leads, read before anything is opened or copied."""

from dataclasses import dataclass
from urllib.parse import unquote

from ..choices import StrEnum

# Deeper encodings are no address anybody has typed or a browser has made.
MOST_ENCODINGS = 4
WEB = ("http://", "https://")
# An answer of a method of the site, which Frappe 16 takes for an address.
METHOD = "/api/method/"
PRIVATE = "/private/files/"
PUBLIC = "/files/"


class Place(StrEnum):
	PUBLIC = "public"
	PRIVATE = "private"
	ELSEWHERE = "elsewhere"


class NoFileAddress(ValueError):
	"""An address that is none of a file, or leaves the folder of files."""


@dataclass(frozen=True)
class FileAddress:
	"""An address without its encodings.

	`path` are the folders and the name below the folder of public or private files, empty for what is
	elsewhere; `host` says that the address names a server, which need not be another one.
	"""

	place: Place
	path: tuple[str, ...]
	host: bool

	@property
	def url(self) -> str:
		"""The address as it is stored; empty for what is elsewhere."""
		folder = {Place.PUBLIC: PUBLIC, Place.PRIVATE: PRIVATE}.get(self.place)
		return folder + "/".join(self.path) if folder else ""


def read_address(address: str) -> FileAddress:
	"""Read an address as Frappe may come to read it, with a server before it or encodings in it.

	Where a server is named, Frappe may take what follows for a path of this one, even a path of the disk: any
	address that has the folder of private files in it is one of a private file. Raises NoFileAddress for one
	that leaves the folder by `..`, a backslash or a control character, that is a path of the server, or that is
	no address at all.
	"""
	host = address.startswith(WEB)
	path = _decoded("/" + address.partition("://")[2].partition("/")[2] if host else address)
	if host and PUBLIC not in path:
		return FileAddress(Place.ELSEWHERE, (), True)
	if "\\" in path or any(ord(sign) < 32 or ord(sign) == 127 for sign in path):
		raise NoFileAddress(address)
	if any(part in (".", "..") for part in path.split("/")):
		raise NoFileAddress(address)
	if host and PRIVATE in path:
		return _below(path.rpartition(PRIVATE)[2], Place.PRIVATE, host)
	for folder, place in ((PRIVATE, Place.PRIVATE), (PUBLIC, Place.PUBLIC)):
		if path.startswith(folder):
			return _below(path.removeprefix(folder), place, host)
	if host or path.startswith(METHOD):
		return FileAddress(Place.ELSEWHERE, (), host)
	raise NoFileAddress(address)


def _below(path: str, place: Place, host: bool) -> FileAddress:
	parts = tuple(part for part in path.split("/") if part)
	if not parts:
		raise NoFileAddress(path)
	return FileAddress(place, parts, host)


def _decoded(path: str) -> str:
	for _time in range(MOST_ENCODINGS):
		plain = unquote(path)
		if plain == path:
			return path
		path = plain
	raise NoFileAddress(path)
