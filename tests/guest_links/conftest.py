"""An officer, and the link they sent about an entry of the directory."""

import pytest

from city_diplomacy.access.rights import COMMUNITY
from tests import factories
from tests.guest_links.sending import entry, send


@pytest.fixture
def officer():
	return factories.make_user("community@city.example", COMMUNITY).name


@pytest.fixture
def sent(officer):
	"""(the organisation, the name of the link, its token)"""
	with factories.acting_as(officer):
		doc = entry()
		return doc, *send(doc)
