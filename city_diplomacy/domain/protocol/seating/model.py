"""Guests, tables, seats and plans as the rules of seating know them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ...choices import StrEnum
from ..guests import GuestSide


class Shape(StrEnum):
	"""How a table is: round, or with guests along its two long sides."""

	ROUND = "Round"
	LONG = "Long"


class Seat(NamedTuple):
	"""A seat: the place of its table among the tables, from 0, and its number there, from 1."""

	table: int
	number: int


@dataclass(frozen=True)
class Table:
	label: str
	shape: Shape
	seats: int


@dataclass(frozen=True)
class Guest:
	"""A guest as seating needs them.

	Attributes:
		key: what the caller knows them by
		name: by which those are put in order who are equal otherwise
		rank: the place of their class among the classes, the first lowest
		mission_place: the place of the mission they head in the order of precedence of the corps; 0 for none
		place_in_class: where the office places them in their class, from 1; 0 for nowhere
		accompanies: whom they accompany, and whose place in the order they have
		interprets_for: whom they serve, and sit beside
	"""

	key: str
	name: str
	side: GuestSide
	rank: int
	mission_place: int = 0
	place_in_class: int = 0
	is_host: bool = False
	of_honour: bool = False
	accompanies: str = ""
	interprets_for: str = ""


@dataclass(frozen=True)
class Reason:
	"""Why something is so: a sentence marked for translation, its plain values, and the guests it names by their keys."""

	sentence: str
	values: Mapping[str, str] = field(default_factory=dict)
	people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
	"""What a plan keeps to beside precedence.

	Attributes:
		fixed: seats that stay, by guest
		apart: pairs of guests who do not sit beside each other
		alternate: whether guests of the two sides sit in turn
	"""

	fixed: Mapping[str, Seat] = field(default_factory=dict)
	apart: frozenset[frozenset[str]] = frozenset()
	alternate: bool = True


@dataclass(frozen=True)
class Plan:
	"""Who sits where and why, each guest once, and who found no seat."""

	seats: Mapping[str, Seat]
	reasons: Mapping[str, tuple[Reason, ...]]
	unseated: tuple[str, ...]
