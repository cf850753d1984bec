"""How a finding of the checker reads: what goes wrong, what to mend, and the steps that lead to it."""

import pytest

from city_diplomacy.domain.soundness.check import check
from city_diplomacy.partnership_approvals.policies.findings import in_words
from tests.domain.defects import DEFECTS
from tests.domain.paper_city import CONDITIONS, asked, proposal, the_finding, with_rules, with_steps
from tests.domain.written import when


def test_each_finding_says_what_goes_wrong_and_what_to_do():
	for defect in DEFECTS:
		for finding in check(defect.proposal):
			said = in_words(finding)
			assert said["problem"].endswith("."), defect.name
			assert said["mend"], defect.name
			assert len(said["trace"]) > 1, defect.name
			assert (finding.row is None) == (finding.rule_key is None), defect.name


def test_nothing_is_said_twice():
	for defect in DEFECTS:
		said = [(found["row"], found["problem"]) for found in map(in_words, check(defect.proposal))]
		assert len(said) == len(set(said)), defect.name


def test_a_finding_tells_the_steps_that_lead_to_it():
	law = asked("City Attorney", user="law@city.example", mandatory=True)
	finance = asked("Finance", mandatory=True, fallback_user=None)
	finding = the_finding("recusal-leaves-it-stuck", proposal({1: law, 2: finance}))
	assert (finding.row, finding.rule_key, finding.severity) == (2, "Finance", "warning")
	said = in_words(finding)
	assert said["trace"] == ["the others clear", "Finance recuses", "nobody is left to answer"]
	assert said["problem"] == "When Finance recuses, nobody follows and the stage cannot be completed."
	assert said["mend"] == 'Name somebody under "Asked when vacant", or allow a recorded decision.'


@pytest.mark.parametrize(
	("clause", "described"),
	[
		(("financial_value", "is more than", 5), "a document where financial_value is blank"),
		(("travel_or_gifts", "is checked"), "a document where travel_or_gifts is 0"),
		(("purpose", "is set"), "a document where purpose is blank"),
		(("parties", "has no rows"), "a document where parties is 1 row(s)"),
	],
)
def test_a_document_that_is_asked_of_nobody_is_described(clause, described):
	finding = the_finding("route-may-be-empty", proposal({1: asked("Law", condition=when(clause))}))
	assert in_words(finding)["trace"][0] == f"{described}, with no departments, sets out"


def test_long_lists_are_cut_short():
	seats = [asked(f"Council Member {number}", user=f"{number}@city.example") for number in range(1, 8)]
	said = in_words(the_finding("council-polled", with_rules(*seats)))["problem"]
	assert "Council Member 3, Council Member 4 and 3 more are asked one by one." in said


def test_a_difference_of_the_workflow_says_what_it_breaks_and_what_is_to_be_restored():
	said = in_words(
		the_finding("stage-not-entered", with_steps("In Clearance", "Mayor's Decision", allowed="Mayor"))
	)
	assert said["problem"] == (
		'Stage 2 cannot be entered from "In Clearance": '
		"its transition from In Clearance to Mayor's Decision is allowed to Mayor alone."
	)
	assert said["mend"].endswith(CONDITIONS["Mayor's Decision"])
