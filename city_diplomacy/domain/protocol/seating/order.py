"""The order guests stand in: by class, within it by the corps, by the office's own place, then by name.

Guests of honour stand first. A companion stands right after the guest they accompany. The order is total and who was
entered first does not count.
"""

from collections.abc import Iterable, Sequence

from ...sentences import _
from ..guests import PrecedenceClass
from .model import Guest, Reason

CLASSES = tuple(PrecedenceClass)
LAST = 10**6
Value = tuple[int | str, ...]


def ranked(guests: Iterable[Guest]) -> list[Guest]:
	"""All guests, the first in precedence first. Interpreters stand where their own class puts them."""
	all_guests = list(guests)
	by_key = {guest.key: guest for guest in all_guests}
	return sorted(all_guests, key=lambda guest: _standing(guest, by_key.get(guest.accompanies)))


def _standing(guest: Guest, accompanied: Guest | None) -> Value:
	own = _own(guest)
	return (*_own(accompanied), 1, *own) if accompanied else (*own, 0)


def _own(guest: Guest) -> Value:
	return (
		int(not guest.of_honour),
		guest.rank,
		guest.mission_place or LAST,
		guest.place_in_class or LAST,
		guest.name,
		guest.key,
	)


def why_ranked(guest: Guest, number: int, present: Iterable[str]) -> Reason:
	"""Why a guest has a number in the order."""
	values = {"number": str(number), "precedence": str(CLASSES[guest.rank])}
	if guest.accompanies in set(present):
		return Reason(
			_("Number {number} in the order of precedence, as the companion of {other}."),
			{"number": str(number)},
			{"other": guest.accompanies},
		)
	if guest.of_honour:
		return Reason(_("Number {number} in the order of precedence: a guest of honour."), values)
	if guest.mission_place:
		return Reason(
			_("Number {number} in the order of precedence: {precedence}, at place {place} of the corps."),
			{**values, "place": str(guest.mission_place)},
		)
	if guest.place_in_class:
		return Reason(
			_("Number {number} in the order of precedence: {precedence}, at place {place} in the class."),
			{**values, "place": str(guest.place_in_class)},
		)
	return Reason(
		_("Number {number} in the order of precedence: {precedence}, among equals by name."), values
	)


def numbers(order: Sequence[Guest]) -> dict[str, int]:
	"""By key the number of each guest, from 1; interpreters at work have none, and count for nobody."""
	present = {guest.key for guest in order}
	counted = [guest for guest in order if guest.interprets_for not in present]
	return {guest.key: number for number, guest in enumerate(counted, start=1)}
