"""Who came, or is expected, by origin: numbers of people, and the total they have to fit."""

from collections.abc import Sequence


def settled_total(total: int, by_origin: Sequence[int]) -> int:
	"""The total of an event: as it was given, or what the origins come to where none was."""
	return total or sum(by_origin)


def surplus(total: int, by_origin: Sequence[int]) -> int:
	"""By how many the origins exceed the total; 0 where they fit it."""
	return max(0, sum(by_origin) - settled_total(total, by_origin))


def of_unknown_origin(total: int, by_origin: Sequence[int]) -> int:
	"""How many of the total have no origin stated."""
	return max(0, total - sum(by_origin))
