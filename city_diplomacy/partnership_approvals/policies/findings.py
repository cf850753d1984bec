"""What the checker of `domain.soundness` finds, in sentences and in the language of the signed-in person.

The domain hands out codes and values; what each code says is in `finding_sentences`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from frappe import _

from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.soundness.model import Finding, Reason
from city_diplomacy.partnership_approvals.policies.finding_sentences import REASONS, SENTENCES
from city_diplomacy.registers.sentences import said

LISTS_OF_NAMES = frozenset({"choices", "roles", "targets"})
MOST_NAMED = 4


def in_words(finding: Finding) -> dict[str, Any]:
	"""A finding for whoever reads it: its code and place, the `problem`, what to `mend`, and as `trace` the steps by
	which it comes to happen.
	"""
	problem, mend, trace = map(_, SENTENCES[finding.code])
	values = {name: _spoken(name, value) for name, value in finding.values.items()}
	for name, value in finding.values.items():
		if isinstance(value, Reason):
			values[name] = _(REASONS[value.code]).format(**values)
	return {
		"code": finding.code,
		"severity": finding.severity,
		"row": finding.row,
		"rule_key": finding.rule_key,
		"about_people": finding.about_people,
		"problem": problem.format(**values),
		"mend": mend.format(**values),
		"trace": [step.format(**values) for step in trace.split(" → ")],
	}


def _spoken(name: str, value: Any) -> str:
	if name == "document":
		return _document(value)
	if isinstance(value, Condition):
		return value.in_words({}, _)
	if isinstance(value, tuple):
		return _listed([_(each) if name in LISTS_OF_NAMES else each for each in value])
	return said(name, value)


def _listed(names: Sequence[str]) -> str:
	if len(names) > MOST_NAMED + 1:
		return _("{0} and {1} more").format(", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED)
	if len(names) < 2:
		return "".join(names)
	return _("{0} and {1}").format(", ".join(names[:-1]), names[-1])


def _document(facts: Mapping[str, Any] | None) -> str:
	"""A sample document by the fields the conditions read."""
	if not facts:
		return _("any document")
	told = (_("{0} is {1}").format(name, _content(value)) for name, value in facts.items())
	return _("a document where {0}").format(", ".join(told))


def _content(value: Any) -> str:
	if value in (None, "", []):
		return _("blank")
	if isinstance(value, list):
		return _("{0} row(s)").format(len(value))
	return f'"{value}"' if isinstance(value, str) else str(value)
