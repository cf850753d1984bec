"""Any DocType of ours over REST with anything in its fields: a sentence below 500, and nothing stored where it refuses."""

from typing import Any

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.hostile import values
from tests.fuzz.test_methods import said
from tests.static.sources import doctypes

pytestmark = pytest.mark.real_site
RECORDS = sorted(
	name for name, doctype in doctypes().items() if not doctype.get("istable") and not doctype.get("issingle")
)


@pytest.mark.parametrize("user", ["Administrator"])
def test_a_new_record_is_answered_with_less_than_500(user, client):
	browser = client(user)
	for doctype in RECORDS:
		_try_out(browser, doctype)


def _try_out(browser: Any, doctype: str) -> None:
	fields = [
		field["fieldname"] for field in doctypes()[doctype]["fields"] if "Break" not in field["fieldtype"]
	]

	@settings(
		max_examples=8,
		derandomize=True,
		database=None,
		deadline=None,
		suppress_health_check=list(HealthCheck),
	)
	@given(
		st.dictionaries(
			st.sampled_from([*fields, "docstatus", "name", "owner"]), values, min_size=1, max_size=6
		)
	)
	def sent(record: dict[str, Any]) -> None:
		before = frappe.db.count(doctype)
		answer = browser.request("POST", f"/api/resource/{doctype}", json=record)
		shown = {name: str(value)[:60] for name, value in record.items()}
		where = f"{doctype} {shown}: {answer.status_code} {answer.text[-1500:]}"
		assert answer.status_code < 500, where
		if answer.status_code >= 400:
			assert said(answer), where
			assert frappe.db.count(doctype) == before, where

	sent()
