"""What the head of a delegation is asked by a link: who is coming, how they are called, and what each of them needs.

It is theirs to say, so it stands in the visit at once; the office is told, and reads on the link what was changed. Nobody
is taken out: whoever does not come after all is noted as withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frappe import _
from frappe.utils import cint, cstr, formatdate

from city_diplomacy.diplomatic_protocol.visits.programme import rename_in_programme
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.guest_links.answers import Field, Kind
from city_diplomacy.domain.protocol.visits import COMING, Side, named_twice
from city_diplomacy.guest_links.exceptions import AnswerError
from city_diplomacy.guest_links.purposes import Addressee, Answer, Outcome, Purpose
from city_diplomacy.registers.email_addresses import is_email_address
from city_diplomacy.registers.record_dates import today

KEY = "Who is coming"
NAME = "name_as_written"
# Asked of each delegate: field of the row, kind of question, the type of its input
ASKED = (
	(NAME, Kind.LINE, "text"),
	("name_as_spoken", Kind.LINE, "text"),
	("job_title", Kind.LINE, "text"),
	("form_of_address", Kind.LINE, "text"),
	("email", Kind.LINE, "email"),
	("diet", Kind.LINE, "text"),
	("access_needs", Kind.LINE, "text"),
)
WITHDRAWN = "withdrawn"
NEEDS = ("diet", "access_needs")
MOST_PEOPLE = 30
FREE_PLACES = 3


def heading(visit: Any) -> str:
	return _("Who is coming? {0}").format(visit.visit_title)


def asks(visit: Any) -> str:
	return _(
		"Please tell us who comes, how each name is written and said, and what each guest needs. Places may stay empty. What guests eat and need is deleted 30 days after the visit; please send no passport numbers."
	)


def facts(visit: Any) -> list[tuple[str, str]]:
	return [
		(_("Arrival"), formatdate(visit.arrives_on, "d MMMM y")),
		(_("Departure"), formatdate(visit.leaves_on, "d MMMM y")),
	]


def guests(visit: Any) -> list[Any]:
	"""The visiting delegates who come, in their order."""
	return [row for row in visit.delegates if row.side == Side.VISITING and not row.withdrawn_on]


def questions(visit: Any) -> list[Field]:
	"""The same questions for each guest who is named and for some who are not yet."""
	named = guests(visit)
	wanted = max(cint(visit.expected_people), len(named) + FREE_PLACES)
	free = max(0, min(wanted, MOST_PEOPLE) - len(named))
	fields = []
	for number, row in enumerate(named, start=1):
		fields += _of_guest(visit, number, f"d_{row.name}", row)
		fields.append(
			Field(
				f"d_{row.name}_{WITHDRAWN}",
				_("{0} does not come after all").format(row.name_as_written),
				Kind.CHECK,
			)
		)
	for place in range(free):
		fields += _of_guest(visit, len(named) + place + 1, f"n_{place}", {})
	return [*fields, Field("remark", _("Anything else we should know"), Kind.TEXT)]


def _of_guest(visit: Any, number: int, prefix: str, row: Any) -> list[Field]:
	labels = {
		NAME: _("Guest {0}: name as written"),
		"name_as_spoken": _("Guest {0}: name as spoken, in plain letters"),
		"job_title": _("Guest {0}: title"),
		"form_of_address": _("Guest {0}: how we address them in a letter"),
		"email": _("Guest {0}: e-mail"),
		"diet": _("Guest {0}: what they do not eat or drink"),
		"access_needs": _("Guest {0}: what they need to move, hear or see"),
	}
	return [
		Field(
			f"{prefix}_{name}", labels[name].format(number), kind, held=cstr(row.get(name)), input=input_type
		)
		for name, kind, input_type in ASKED
	]


def take(visit: Any, answer: Answer) -> Outcome:
	"""Raises AnswerError for a guest without a name, one who is named twice, and an address that is none."""
	named = guests(visit)
	_check(answer.values, [f"d_{row.name}" for row in named], _new_places(answer.values))
	for row in named:
		_change(visit, row, answer)
	for place in _new_places(answer.values):
		said = {name: answer.values[f"{place}_{name}"] for name, *_more in ASKED}
		if said[NAME]:
			visit.append("delegates", {**said, "side": Side.VISITING})
	if len(visit.delegates) and (answer.changed or any(_withdrawn(answer.values, row) for row in named)):
		# The delegation says who of it is coming; it has no account to hold a right.
		visit.save(ignore_permissions=True)
	return Outcome()


def _change(visit: Any, row: Any, answer: Answer) -> None:
	prefix = f"d_{row.name}"
	for name, *_more in ASKED:
		if f"{prefix}_{name}" in answer.changed:
			if name == NAME:
				rename_in_programme(visit, row.name_as_written, answer.values[f"{prefix}_{NAME}"])
			row.set(name, answer.values[f"{prefix}_{name}"])
	if _withdrawn(answer.values, row):
		row.withdrawn_on = today()


def _withdrawn(values: Mapping[str, str], row: Any) -> bool:
	return bool(values.get(f"d_{row.name}_{WITHDRAWN}"))


def _new_places(values: Mapping[str, str]) -> list[str]:
	return [
		name.removesuffix(f"_{NAME}")
		for name in values
		if name.startswith("n_") and name.endswith(f"_{NAME}")
	]


def _check(values: Mapping[str, str], named: Iterable[str], new: Sequence[str]) -> None:
	places = [*named, *new]
	unnamed = [
		place
		for place in places
		if not values[f"{place}_{NAME}"].strip()
		and (place not in new or any(values[f"{place}_{name}"] for name, *_more in ASKED))
	]
	if unnamed:
		raise AnswerError([_("Please write the name of every guest you tell us something about.")])
	coming = [
		values[f"{place}_{NAME}"]
		for place in places
		if values[f"{place}_{NAME}"] and not values.get(f"{place}_{WITHDRAWN}")
	]
	if twice := named_twice(coming):
		raise AnswerError([_("{0} stands there twice; please name each guest once.").format(twice)])
	for place in places:
		address = values[f"{place}_email"].strip()
		if address and not is_email_address(address):
			raise AnswerError([_("{0} is not an e-mail address.").format(address)])


def addressee(visit: Any) -> Addressee:
	"""The head of the delegation, else whoever asked for the visit."""
	head = next((row for row in guests(visit) if row.is_head and row.email), None)
	if head:
		return Addressee(head.name_as_written, head.email, head.language or visit.requester_language or "")
	return Addressee(
		visit.requester_name or visit.requester_organisation or "",
		visit.requester_email or "",
		visit.requester_language or "",
	)


def objection(visit: Any) -> str:
	if visit.status not in COMING:
		return _("{0} is {1}; who is coming is asked once a visit is accepted and before it is over.").format(
			visit.visit_title, _(visit.status)
		)
	return ""


WHO_IS_COMING = Purpose(
	key=KEY,
	doctype=VISIT,
	heading=heading,
	asks=asks,
	facts=facts,
	fields=questions,
	take=take,
	addressee=addressee,
	objection=objection,
	thanks=lambda: _("Thank you. We prepare your visit by what you told us."),
)
