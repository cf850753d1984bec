"""What the author of a policy reads of each defect: `said_of_defects.txt`, a block for each, in English.

A block is the defect's name, then what goes wrong, what to mend, and the steps that lead there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.model import Finding, Reason
from city_diplomacy.partnership_approvals.policies.finding_sentences import REASONS, SENTENCES
from tests.domain.defects import DEFECTS

READ = Path(__file__).with_name("said_of_defects.txt")
BLOCKS = dict(block.split("\n", 1) for block in READ.read_text(encoding="utf-8").strip().split("\n\n"))


def in_english(finding: Finding) -> str:
	words = {name: _written(value) for name, value in finding.values.items()}
	for name, value in finding.values.items():
		if isinstance(value, Reason):
			words[name] = REASONS[value.code].format(**words)
	return "\n".join(sentence.format(**words) for sentence in SENTENCES[finding.code])


def _written(value: Any) -> str:
	if isinstance(value, Condition):
		return value.in_words({})
	if isinstance(value, Mapping):
		facts = ((name, len(of) if isinstance(of, list) else of) for name, of in value.items())
		return "a document of " + (", ".join(f"{name} {of}" for name, of in facts) or "any kind")
	return ", ".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_is_read_as_it_is_meant(defect):
	found = [one for one in check(defect.proposal) if (one.code, one.row) == (defect.code, defect.row)]
	assert in_english(found[0]) == BLOCKS[defect.name]


def test_each_block_is_of_a_defect():
	assert list(BLOCKS) == [defect.name for defect in DEFECTS]
