"""An address is read once, in plain Python, before anything is opened."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record.file_addresses import FileAddress, NoFileAddress, Place, read_address


@pytest.mark.parametrize(
	("address", "place", "path"),
	[
		("/files/a.pdf", Place.PUBLIC, ("a.pdf",)),
		("/private/files/a b.pdf", Place.PRIVATE, ("a b.pdf",)),
		("/private/files/a%20b.pdf", Place.PRIVATE, ("a b.pdf",)),
		("/private/files/import/a..b.pdf", Place.PRIVATE, ("import", "a..b.pdf")),
		("https://elsewhere.example/a.pdf", Place.ELSEWHERE, ()),
		("https://elsewhere.example/a.pdf?back=..%5Cx", Place.ELSEWHERE, ()),
		("/api/method/an_app.download?name=1", Place.ELSEWHERE, ()),
		("http://a.city/files/a.pdf", Place.PUBLIC, ("a.pdf",)),
		("http://a.city/private/files/a.pdf", Place.PRIVATE, ("a.pdf",)),
		("http://a.city/srv/sites/a.city/private/files/a.pdf", Place.PRIVATE, ("a.pdf",)),
		("http://a.city./a.city/private/files/a.pdf", Place.PRIVATE, ("a.pdf",)),
		("http://a.city/private/files/a/private/files/b.pdf", Place.PRIVATE, ("b.pdf",)),
		# What looks like another address in it is a part of its path.
		("http://a.city/private/files/a://b.pdf", Place.PRIVATE, ("a:", "b.pdf")),
	],
)
def test_where_an_address_leads(address, place, path):
	read = read_address(address)
	assert (read.place, read.path, read.host) == (place, path, address.startswith("http"))


@pytest.mark.parametrize(
	"address",
	[
		"",
		"a.pdf",
		"/etc/passwd",
		"/files/",
		"/private/files",
		"/files/../a",
		"/files/./a",
		"/files/%2e%2e/a",
		"/files/%252e%252e/a",
		"/files/a\\b",
		"/files/a%5cb",
		"/files/a\x00",
		"/files/a%0a",
		"/files/a\x7f",
		"/api/method/../../etc/passwd",
		"http://a.city/files/../../site_config.json",
		"HTTP://a.city/files/a",
	],
)
def test_what_is_no_address_of_a_file(address):
	with pytest.raises(NoFileAddress):
		read_address(address)


@given(
	st.lists(st.sampled_from(["..", ".", "files", "private", "a", "%2e%2e", "\\", ""]), max_size=6),
	st.integers(0, 5),
)
def test_no_address_leads_up_however_often_it_is_encoded(parts, times):
	address = "/".join(parts)
	for _time in range(times):
		address = quote(address, safe="/")
	for before in ("/files/", "/private/files/", "http://a.city/files/"):
		try:
			read = read_address(before + address)
		except NoFileAddress:
			continue
		assert not {"..", "."} & set(read.path)
		assert "\\" not in "".join(read.path)


def test_an_address_is_stored_without_encodings():
	assert read_address("/private/files/a%20b.pdf").url == "/private/files/a b.pdf"
	assert FileAddress(Place.ELSEWHERE, (), True).url == ""
