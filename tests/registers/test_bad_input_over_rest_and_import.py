"""Bad input through the doors Frappe opens to every register: REST and Data Import.

The cases are made from each register's own fields: for every kind of field, values that do not fit it. The
answer is one clear sentence with a status of 4xx, and nothing half-written.
"""

import json
from collections.abc import Iterator

import frappe
import pytest

from tests import factories
from tests.registers.test_bad_input import MAKERS

pytestmark = pytest.mark.real_site

# kind of field: values that do not fit it
UNFIT = {
	"Data": ["x" * 200, {"a": 1}, ["x"], "nul\x00byte", "half \ud83d"],
	"Small Text": [{"a": 1}, "x" * 70_000, "half \ud83d"],
	"Text": [{"a": 1}, "x" * 70_000],
	"Text Editor": [{"a": 1}, "x" * 300_000],
	"Select": ["No such choice", {"a": 1}],
	"Link": ["No such record", {"a": 1}, "<script>alert(1)</script>", "half \ud83d"],
	"Dynamic Link": [{"a": 1}, "nul\x00byte"],
	"Date": ["31 February", "2026-13-45", "قريبا", 20260101, {"a": 1}, "0001-01-01", "9999-12-31"],
	"Datetime": ["the day after", "2026-13-45 99:99:99", {"a": 1}, "0001-01-01 00:00:00"],
	"Int": ["many", {"a": 1}, 10**30, -(2**40)],
	"Float": ["much", {"a": 1}, "1e400"],
	"Currency": [-1, "a lot", {"a": 1}, "1e400"],
	"Percent": ["half", {"a": 1}],
	"Table": ["a row", [1], {"a": 1}, ["row"], [[["idx", 1]]]],
	"Table MultiSelect": ["a row", [1], {"a": 1}],
	"Attach": [{"a": 1}, "javascript:alert(1)"],
}


def bad_values(doctype: str) -> Iterator[tuple[str, object]]:
	for field in frappe.get_meta(doctype).fields:
		if not (field.read_only or field.hidden):
			for value in UNFIT.get(field.fieldtype, ()):
				yield field.fieldname, value


@pytest.fixture
def browser(client):
	return client("Administrator")


@pytest.mark.parametrize("register", sorted(MAKERS))
def test_rest_answers_a_change_with_4xx_and_a_sentence_or_takes_it_as_its_own_kind(register, browser):
	"""A value Frappe itself reads as the field's kind ("many" as the number 0) may pass; half of it may not."""
	doc = MAKERS[register]()
	for fieldname, value in bad_values(register):
		before = frappe.get_doc(register, doc.name).as_dict()
		answer = browser.request("PUT", f"/api/resource/{register}/{doc.name}", json={fieldname: value})
		where = f"{register}.{fieldname} = {str(value)[:40]!r}: {answer.status_code} {answer.text[:300]}"
		assert answer.status_code < 500, where
		if answer.status_code >= 400:
			assert said(answer), where
			assert frappe.get_doc(register, doc.name).as_dict() == before, where
		else:
			browser.request(
				"PUT", f"/api/resource/{register}/{doc.name}", json={fieldname: before[fieldname]}
			)


@pytest.mark.parametrize("register", sorted(MAKERS))
def test_rest_answers_a_bad_new_record_with_4xx_and_writes_nothing(register, browser):
	good = frappe.copy_doc(MAKERS[register](), ignore_no_copy=False)
	frappe.delete_doc(register, frappe.get_all(register, order_by="creation desc", limit=1, pluck="name")[0])
	values = json.loads(frappe.as_json(good.as_dict(no_nulls=True, no_default_fields=True)))
	for fieldname, value in bad_values(register):
		before = frappe.db.count(register)
		answer = browser.request("POST", f"/api/resource/{register}", json={**values, fieldname: value})
		where = f"{register}.{fieldname} = {str(value)[:40]!r}: {answer.status_code} {answer.text[:300]}"
		assert answer.status_code < 500, where
		if answer.status_code >= 400:
			assert said(answer), where
			assert frappe.db.count(register) == before, where
		else:
			frappe.delete_doc(register, answer.json["data"]["name"], force=True)


@pytest.mark.parametrize("register", sorted(MAKERS))
def test_rest_names_what_is_missing(register, browser):
	before = frappe.db.count(register)
	answer = browser.request("POST", f"/api/resource/{register}", json={})
	assert 400 <= answer.status_code < 500, answer.text
	assert said(answer)
	assert frappe.db.count(register) == before


@pytest.mark.parametrize("register", sorted(MAKERS))
def test_a_register_is_not_read_or_written_by_a_guest(register, client):
	for method, options in (("GET", {}), ("POST", {"json": {}})):
		answer = client().request(method, f"/api/resource/{register}", **options)
		assert answer.status_code in (401, 403), answer.text


def said(answer) -> str:
	"""The sentences of a refusal, as a person reads them; never a traceback."""
	messages = [json.loads(message) for message in json.loads(answer.json.get("_server_messages") or "[]")]
	text = " ".join(message.get("message", "") for message in messages) or answer.json.get("exception", "")
	assert "Traceback" not in text
	return text.strip()


# Data Import

IMPORTS = [
	("Partner City", "city_name,country,latitude,longitude", "Testville,Japan,91,10", "Latitude"),
	("Partner City", "city_name,country,population", "Testville,Japan,-5", "egative"),
	("Partner City", "city_name,country", "Testville,Atlantis", "Atlantis"),
	(
		"Partner Organisation",
		"organisation_name,kind,website",
		"Port of Test,Port,ftp://x.example",
		"web address",
	),
	("City Network", "network_name,founded_year", "Test Cities,12", "year from"),
	("Network Membership", "network,member_type,dues", "No Such Network,Our City,5", "No Such Network"),
	("Agreement Type", "type_name,default_term_months", "Test Paper,99999", "at most"),
	(
		"MOU",
		"title,agreement_type,sponsor,financial_value",
		"Test,Memorandum of Understanding,Administrator,-1",
		"amount",
	),
	(
		"Partnership Commitment",
		"commitment,owed_by,user,due_date",
		"Test,Person,Administrator,whenever",
		"whenever",
	),
	("Partner Engagement", "subject,starts_on", "Test,the day after", "the day after"),
	("Trade Lead", "company_name,market,annual_value", "Test Works,Japan,-1", "amount"),
	("Trade Stage", "stage_name,direction,position", "Test Stage,Smuggling,1", "Smuggling"),
	("Trade Filing Rule", "rule_name,hint,valid_from,source", "Test,File it.,long ago,Law", "long ago"),
	(
		"Trade Referral",
		"trade_lead,referred_to_kind,asked_for,referred_to",
		"TL-1066-0001,Bank,Credit,A bank",
		"TL-1066-0001",
	),
	(
		"Export Win",
		"company_name,direction,market,won_on,what_was_won",
		"Test Works,Export,Japan,2999-01-01,Cranes",
		"still to come",
	),
	(
		"Diaspora Organisation",
		"organisation_name,kind,email",
		"Test Center,Community association,not an address",
		"e-mail",
	),
]


@pytest.mark.parametrize(
	("register", "header", "row", "sentence"), IMPORTS, ids=lambda value: str(value)[:24]
)
def test_an_import_names_the_row_and_why_and_writes_nothing_of_it(register, header, row, sentence):
	from frappe.core.doctype.data_import.data_import import start_import

	labels = ",".join(_label(register, name) for name in header.split(","))
	file = factories.make_file("import.csv", f"{labels}\n{row}\n")
	before = frappe.db.count(register)
	job = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": register,
			"import_type": "Insert New Records",
			"import_file": file.file_url,
			"mute_emails": 1,
		}
	).insert()
	start_import(job.name)
	logs = frappe.get_all("Data Import Log", {"data_import": job.name}, ["success", "messages", "exception"])
	warnings = frappe.db.get_value("Data Import", job.name, "template_warnings") or ""
	told = warnings + " ".join((log.messages or "") + (log.exception or "") for log in logs)
	assert sentence in told
	assert not any(log.success for log in logs)
	assert frappe.db.count(register) == before


def _label(register: str, fieldname: str) -> str:
	return frappe.get_meta(register).get_label(fieldname)
