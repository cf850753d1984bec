"""Which new records are known at a glance to pass Frappe's checks of length and markup; all others are checked."""

import frappe
import pytest

from city_diplomacy.register_imports.bulk.checks import is_plain


def city(**values):
	doc = frappe.new_doc("Partner City")
	doc.update({"city_name": "Nagoya", "country": "Japan", **values})
	return doc


def test_short_words_and_numbers_are_plain():
	assert is_plain(city(population=2_332_000, latitude=35.18))


@pytest.mark.parametrize(
	"values",
	[
		{"city_name": "N" * 141},
		{"city_name": "Nagoya <script>"},
		{"population": 10**10},
	],
)
def test_what_is_long_or_holds_markup_is_not(values):
	assert not is_plain(city(**values))
