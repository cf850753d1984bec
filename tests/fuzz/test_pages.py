"""Pages of ours with anything in their address: an answer below 500, for a guest and for somebody inside."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.hooks import website_route_rules
from tests import factories, grounds
from tests.fuzz.hostile import texts
from tests.static.sources import APP

PARAMETERS = (
	"q",
	"page",
	"type",
	"country",
	"standing",
	"stage",
	"sign_in",
	"name",
	"clearance",
	"saved",
	"token",
)
RULES = [rule["from_route"] for rule in website_route_rules]
PAGES = sorted({*RULES, *(f"/{page.stem}" for page in (APP / "www").glob("*.html"))})


@pytest.mark.parametrize("account", ["Guest", LEGAL])
def test_a_page_answers_any_address_with_less_than_500(account, client):
	browser = client(None if account == "Guest" else factories.make_person(account).name)

	for page in PAGES:
		_try_out(browser, page)


def _try_out(browser, page: str) -> None:
	@settings(
		max_examples=5,
		derandomize=True,
		database=None,
		deadline=None,
		suppress_health_check=list(HealthCheck),
	)
	@given(texts, st.dictionaries(st.sampled_from(PARAMETERS), texts, max_size=4))
	def opened(name: str, query: dict[str, str]) -> None:
		answer = browser.get(re.sub(r"<\w+>", lambda _part: quote(name or "-", safe=""), page), **query)
		known = answer.status_code < 500 or (grounds.current.name, answer.status_code) == ("sandbox", 501)
		assert known, f"{page} {name[:60]!r} {query}: {answer.status_code} {answer.text[-1500:]}"

	opened()
