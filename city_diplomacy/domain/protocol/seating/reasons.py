"""The sentences a seat is explained by, to be translated by whoever shows them."""

from collections.abc import Sequence

from ...sentences import _
from .faults import FaultKind
from .model import Reason
from .tables import Place, Way


def fixed() -> Reason:
	return Reason(_("Placed by hand, and kept there."))


def host() -> Reason:
	return Reason(_("The host: everybody else is placed from here."))


def host_of_table() -> Reason:
	return Reason(_("Hosts this table for our side."))


def gave_seat(other: str) -> Reason:
	return Reason(_("Changed seats with {other}, who was placed by hand."), people={"other": other})


def interpreter(served: str) -> Reason:
	return Reason(_("Interprets for {other} and sits beside them."), people={"other": served})


def no_seat_beside(served: str) -> Reason:
	return Reason(_("No seat was left beside {other}, for whom they interpret."), people={"other": served})


def at_place(place: Place, head: str) -> Reason:
	"""Where a seat is in the order of honour of its table."""
	if place.way == Way.HEAD:
		return Reason(_("Heads this table, which has no host of our side."))
	if place.way == Way.OPPOSITE:
		return Reason(_("Sits opposite {other}, at the head of the other side."), people={"other": head})
	values = {"distance": str(place.distance)}
	if not head:
		return Reason(_("At place {distance} from the head of the table."), values)
	people = {"other": head}
	if place.distance == 1:
		right, left = _("At the right of {other}."), _("At the left of {other}.")
		return Reason(right if place.way == Way.RIGHT else left, people=people)
	right = _("At place {distance} to the right of {other}.")
	left = _("At place {distance} to the left of {other}.")
	return Reason(right if place.way == Way.RIGHT else left, values, people)


def passed_over(first: str, against: Sequence[tuple[FaultKind, str]]) -> Reason:
	"""Why somebody sits here before another who stands before them in the order."""
	kinds = {kind for kind, _key in against}
	if FaultKind.APART in kinds or FaultKind.COMPANION in kinds:
		kind = FaultKind.APART if FaultKind.APART in kinds else FaultKind.COMPANION
		other = min(key for found, key in against if found == kind)
		sentence = {
			FaultKind.APART: _(
				"Sits here instead of {first}, who is kept apart from {other} in the next seat."
			),
			FaultKind.COMPANION: _(
				"Sits here instead of {first}, whose companion {other} is in the next seat."
			),
		}[kind]
		return Reason(sentence, people={"first": first, "other": other})
	if FaultKind.SIDES in kinds:
		return Reason(_("Sits here before {first}, so that the sides alternate."), people={"first": first})
	return Reason(
		_("Sits here before {first}, who needs a seat with room for an interpreter or on the other side."),
		people={"first": first},
	)


def changed_seats(kind: FaultKind, one: str, other: str) -> Reason:
	"""Why somebody's seat was changed after the table was filled."""
	sentence = {
		FaultKind.APART: _("The seat was changed, so that {first} does not sit beside {second}."),
		FaultKind.COMPANION: _(
			"The seat was changed, so that {first} does not sit beside {second}, whom they accompany."
		),
		FaultKind.INTERPRETER: _(
			"The seat was changed, so that {first} sits beside {second}, for whom they interpret."
		),
	}[kind]
	return Reason(sentence, people={"first": one, "second": other})
