"""What new records hand to Frappe's search is what Frappe hands over for each."""

import json

import frappe
import pytest

from city_diplomacy.register_imports.bulk import columns, search_queue
from tests import factories

pytestmark = pytest.mark.real_site("Frappe's search is not in the sandbox")
TEXTS = [{"notes": "<b>Port</b> of"}, {"notes": ""}, {"region": "Aichi & more"}]


@pytest.fixture
def handed_over(monkeypatch):
	"""What is put into the queue, by either way."""
	found = []
	lpush, execute = frappe.cache.lpush, frappe.cache.execute_command

	def one(key, value):
		return found.append(json.loads(value)) if key == search_queue.QUEUE else lpush(key, value)

	def many(command, *arguments, **options):
		if command == "LPUSH" and arguments[0] == frappe.cache.make_key(search_queue.QUEUE):
			return found.extend(map(json.loads, arguments[1:]))
		return execute(command, *arguments, **options)

	monkeypatch.setattr(frappe.cache, "lpush", one)
	monkeypatch.setattr(frappe.cache, "execute_command", many)
	return found


@pytest.mark.parametrize("doctype", ["Partner City", "Trade Lead"])
def test_the_same_is_handed_over_as_for_each(doctype, handed_over):
	from frappe.utils.global_search import update_global_search

	makers = {
		"Partner City": lambda **texts: factories.make_partner_city(
			f"Nagoya {frappe.generate_hash(length=6)}",
			alternate_names=[{"alternate_name": "名古屋"}],
			**texts,
		),
		"Trade Lead": lambda **texts: factories.make_trade_lead(f"Works {frappe.generate_hash(length=6)}"),
	}
	documents = [makers[doctype](**texts) for texts in TEXTS]
	handed_over.clear()
	for doc in documents:
		update_global_search(doc)
	one_by_one = list(handed_over)
	handed_over.clear()
	search_queue.add(documents)
	assert handed_over == one_by_one
	assert bool(one_by_one) == bool(
		[
			df
			for one in (documents[0], *documents[0].get_all_children())
			for df in one.meta.get_global_search_fields()
		]
	)


def test_what_a_row_stores_is_what_frappe_says_of_it():
	city = factories.make_partner_city(
		"Nagoya",
		population="7",
		latitude="35.1",
		longitude=136,
		relationship_since="1959-04-17",
		since_precision="Month",
		alternate_names=[{"alternate_name": "名古屋"}],
	)
	for row in (
		city,
		*city.get_all_children(),
		factories.make_trade_lead(annual_value="8"),
		frappe.new_doc("MOU"),
	):
		values = row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
		assert columns.row_of(row.doctype, columns.filled(row)) == values
