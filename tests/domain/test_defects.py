"""Every seeded defect is found, with its code, on its row; nothing is found on what is sound."""

import json

import pytest

from city_diplomacy.domain.soundness.check import check
from tests.domain.defects import DEFECTS
from tests.domain.paper_city import COMPOSITE_RULES, SMALL_OFFICE_RULES, proposal, rules_of
from tests.static.sources import APP

EXAMPLES = sorted((APP / "setup" / "examples").glob("*.json"))
SOUND = {
	"small office": SMALL_OFFICE_RULES,
	"composite": COMPOSITE_RULES,
	**{path.stem: rules_of(json.loads(path.read_text())) for path in EXAMPLES},
}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_is_found(defect):
	found = {(finding.code, finding.severity, finding.row) for finding in check(defect.proposal)}
	assert (defect.code, defect.severity, defect.row) in found


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_each_finding_says_what_goes_wrong_and_what_to_do(defect):
	for finding in check(defect.proposal):
		assert finding.problem.endswith(".")
		assert finding.mend.endswith(".")
		assert finding.trace
		assert (finding.row is None) == (finding.rule_key is None)


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_on_a_sound_policy(name):
	assert check(proposal(SOUND[name])) == []


def test_the_corpus_is_large_and_each_of_its_defects_has_a_name_of_its_own():
	assert len(DEFECTS) >= 40
	assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)
