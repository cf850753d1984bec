"""Conditions as the tests of the domain write them."""

from typing import Any

from city_diplomacy.domain.policy.conditions import Clause, Condition


def when(*clauses: tuple[Any, ...]) -> Condition:
	"""All of the clauses, each written as field, operator and value."""
	return Condition((tuple(Clause(*clause) for clause in clauses),))


def either(*conditions: Condition) -> Condition:
	"""Any one of the conditions."""
	return Condition(tuple(group for condition in conditions for group in condition.groups))
