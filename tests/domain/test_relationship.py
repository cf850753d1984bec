import pytest

from city_diplomacy.domain.partnerships.relationship import leads_further


@pytest.mark.parametrize(
	("kind", "stage", "reached", "further"),
	[
		("Partner City", "Contact", "Sister City", True),
		("Partner City", "", "MOU", True),
		("Partner City", "Sister City", "MOU", False),
		("Partner City", "MOU", "MOU", False),
		("Partner City", "Dormant", "Friendship City", True),
		("Partner City", "Contact", "Active Partner", False),
		("Partner Organisation", "Contact", "MOU", True),
		("Partner Organisation", "Contact", "Sister City", False),
		("City Network", "", "MOU", False),
	],
)
def test_leads_further(kind, stage, reached, further):
	assert leads_further(kind, stage, reached) is further
