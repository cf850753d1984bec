"""Tables: which seats are beside each other, and which come first.

Seats are numbered so that each next one is to the right of whoever sits on the one before. A long table has the first
half of its seats along one side and the rest along the other, and nobody at its ends.
"""

from dataclasses import dataclass
from functools import cache

from ...choices import StrEnum
from .model import Shape, Table


class Way(StrEnum):
	"""Where a seat is as seen from the head of the table it is counted from."""

	HEAD = "head"
	OPPOSITE = "opposite"
	RIGHT = "right"
	LEFT = "left"


@dataclass(frozen=True)
class Place:
	"""A seat in the order of honour: its number, and how far it is from which head."""

	number: int
	head: int
	way: Way
	distance: int


@cache
def near_side(table: Table) -> int:
	"""How many seats of a long table are on the side of its host."""
	return (table.seats + 1) // 2


@cache
def beside(table: Table, number: int) -> tuple[int, ...]:
	"""The numbers of the seats beside one, the right one first; none, one or two."""
	right, left = number + 1, number - 1
	if table.shape == Shape.ROUND:
		found = [right if right <= table.seats else 1, left or table.seats]
	else:
		first, last = (1, near_side(table))
		if number > last:
			first, last = last + 1, table.seats
		found = [one for one in (right, left) if first <= one <= last]
	return tuple(dict.fromkeys(one for one in found if one != number))


@cache
def heads(table: Table) -> tuple[int, ...]:
	"""The seat of the host and, at a long table, the one opposite, from which the far side is counted."""
	if table.shape == Shape.ROUND:
		return (1,)
	near = near_side(table)
	host = (near + 1) // 2
	far = table.seats - near
	# The near side runs one way and the far side back, so that the seat opposite is counted from the other end.
	opposite = min(max(near - host + 1, 1), far)
	return (host, near + opposite) if far else (host,)


@cache
def places(table: Table) -> tuple[Place, ...]:
	"""Every seat once, in the order of honour: the host, then right and left of the heads, the nearest first."""
	host, *others = heads(table)
	found = {host: Place(host, host, Way.HEAD, 0)}
	arms = {head: {way: head for way in (Way.RIGHT, Way.LEFT)} for head in (host, *others)}
	for distance in range(1, table.seats + 1):
		for head, ends in arms.items():
			if head != host:
				found.setdefault(head, Place(head, host, Way.OPPOSITE, 0))
			for way in (Way.RIGHT, Way.LEFT):
				number = _next(table, ends[way], way)
				ends[way] = number
				if number and number not in found and number not in others:
					found[number] = Place(number, head, way, distance)
	return tuple(found.values())


def _next(table: Table, number: int, way: Way) -> int:
	"""The seat to the right or left of one; 0 where there is none."""
	if not number:
		return 0
	if table.shape == Shape.ROUND:
		return number % table.seats + 1 if way == Way.RIGHT else (number - 2) % table.seats + 1
	found = number + 1 if way == Way.RIGHT else number - 1
	return found if found in beside(table, number) else 0
