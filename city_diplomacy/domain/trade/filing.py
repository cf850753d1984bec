"""Which filing rules speak of a lead. The rules are dated rows the office keeps; none is written here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FilingRule:
	"""A row of the office's table: when it is in force, and of which shipments it speaks."""

	name: str
	valid_from: date
	valid_until: date | None = None
	above: float = 0
	currency: str | None = None
	when_licensed: bool = False
	except_market: str | None = None

	def is_in_force(self, today: date) -> bool:
		return self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)


@dataclass(frozen=True)
class Shipment:
	"""What a lead says of what is sent, and where to."""

	value: float
	currency: str | None
	licensed: bool
	markets: Collection[str]


def applies(rule: FilingRule, shipment: Shipment) -> bool:
	"""Whether a rule speaks of a shipment: by licence, by value in the rule's currency, or of every export."""
	if rule.when_licensed and shipment.licensed:
		return True
	if rule.except_market and set(shipment.markets) == {rule.except_market}:
		return False
	if rule.above:
		return shipment.value > rule.above and shipment.currency == rule.currency
	return not rule.when_licensed


def that_apply(rules: Iterable[FilingRule], shipment: Shipment, today: date) -> list[str]:
	"""The names of the rules in force that speak of a shipment."""
	return [rule.name for rule in rules if rule.is_in_force(today) and applies(rule, shipment)]
