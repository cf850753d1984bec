"""Every seeded defect is found, with its code, on its row; nothing is found on what is sound."""

import json

import pytest
from babel.messages.extract import extract_python

from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.model import Reason
from city_diplomacy.partnership_approvals.policies import finding_sentences
from city_diplomacy.partnership_approvals.policies.finding_sentences import REASONS, SENTENCES
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


def test_each_sentence_has_a_defect_it_is_said_of():
	values = [finding.values.values() for defect in DEFECTS for finding in check(defect.proposal)]
	given = {value.code for each in values for value in each if isinstance(value, Reason)}
	assert {defect.code for defect in DEFECTS} == {*SENTENCES}
	assert given == {*REASONS}


def test_the_tools_of_translators_find_each_sentence():
	with open(finding_sentences.__file__, "rb") as source:
		found = {message for _line, _name, message, _comments in extract_python(source, ["_"], [], {})}
	assert found == {*REASONS.values(), *(sentence for said in SENTENCES.values() for sentence in said)}


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_on_a_sound_policy(name):
	assert check(proposal(SOUND[name])) == []


def test_the_corpus_is_large_and_each_of_its_defects_has_a_name_of_its_own():
	assert len(DEFECTS) >= 40
	assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)
