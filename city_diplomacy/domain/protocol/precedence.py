"""The order of precedence of a consular corps as of a day, and why each mission stands where it does.

The order is that of the Vienna Convention on Consular Relations, article 16, with the variations a city chooses. It is
total: no two missions with different names share a place, and who was entered first does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..choices import StrEnum
from .corps import Category, MissionType, Officer, Position, Rank, head_on


class HonoraryHeads(StrEnum):
	"""Where honorary heads stand: the Convention's paragraph 5, or as many cities list them."""

	IN_EACH_CLASS = "In each class after career heads"
	AFTER_CAREER = "After all career heads"


class ActingHeads(StrEnum):
	"""Where acting heads stand: the Convention's paragraph 4, or beside their class."""

	AFTER_ALL = "After all heads of posts"
	IN_THEIR_CLASS = "After the heads of their class"


class SameDay(StrEnum):
	"""What decides between heads admitted on one day: the Convention's paragraph 3, or the alphabet alone."""

	COMMISSION = "By the day the commission was presented"
	ALPHABET = "By the alphabet of countries"


@dataclass(frozen=True)
class Variations:
	"""What a city has chosen; as it begins, the Convention's own order.

	Attributes:
		dean: the mission whose head is the dean of the corps and stands first
		embassies_first: whether embassy offices stand before consular posts
	"""

	honorary_heads: HonoraryHeads = HonoraryHeads.IN_EACH_CLASS
	acting_heads: ActingHeads = ActingHeads.AFTER_ALL
	same_day: SameDay = SameDay.COMMISSION
	dean: str | None = None
	embassies_first: bool = False


@dataclass(frozen=True)
class Mission:
	"""A mission as the order of precedence needs it.

	Attributes:
		key: what the caller knows it by; it decides nothing
		name: what it is called, unlike any other
		alphabet: the name of its country as it is put in alphabetical order
		country: the name of its country as the caller knows it; it decides nothing
	"""

	key: str
	name: str
	mission_type: MissionType
	alphabet: str
	officers: tuple[Officer, ...] = ()
	country: str = ""


class Step(StrEnum):
	"""What two missions are compared by."""

	DEAN = "dean"
	KIND = "kind"
	VACANCY = "vacancy"
	ACTING = "acting"
	RANK = "rank"
	CATEGORY = "category"
	ADMISSION = "admission"
	COMMISSION = "commission"
	COUNTRY = "country"
	NAME = "name"


Value = int | date | str
CLASSES = tuple(Rank)
# The class of a post whose head has none, or that has no head.
CLASS_OF_POST = {
	MissionType.EMBASSY_OFFICE: Rank.CONSUL_GENERAL,
	MissionType.CONSULATE_GENERAL: Rank.CONSUL_GENERAL,
	MissionType.CONSULATE: Rank.CONSUL,
	MissionType.VICE_CONSULATE: Rank.VICE_CONSUL,
	MissionType.HONORARY: Rank.CONSUL,
}
EMBASSIES, POSTS, REPRESENTATIVES = range(3)


@dataclass(frozen=True)
class Standing:
	"""What a mission is compared by on a day: a value for each step, in the order of the steps; the lower stands first."""

	mission: Mission
	head: Officer | None
	rank: Rank | None
	steps: tuple[tuple[Step, Value], ...]

	@property
	def is_acting(self) -> bool:
		return self.head is not None and self.head.position == Position.ACTING_HEAD

	@property
	def order(self) -> tuple[Value, ...]:
		return tuple(value for _step, value in self.steps)

	def value(self, step: Step) -> Value | None:
		return dict(self.steps).get(step)


@dataclass(frozen=True)
class Place:
	"""A mission's place, from 1, with the step that puts it after the one before it; None for the first."""

	number: int
	standing: Standing
	after: Step | None


def order_of_precedence(missions: Iterable[Mission], day: date, variations: Variations) -> list[Place]:
	"""The places of all missions on a day."""
	standings = sorted((standing(one, day, variations) for one in missions), key=lambda one: one.order)
	return [
		Place(number, one, why(standings[number - 2], one) if number > 1 else None)
		for number, one in enumerate(standings, 1)
	]


def why(first: Standing, second: Standing) -> Step | None:
	"""The step by which one of two missions stands before the other; None for missions that are equal in every one."""
	for (step, value), (_same, other) in zip(first.steps, second.steps, strict=True):
		if value != other:
			return step
	return None


def standing(mission: Mission, day: date, variations: Variations) -> Standing:
	"""What a mission is compared by on a day. All standings of one day and one set of variations have the same steps."""
	head = head_on(mission.officers, day)
	kind = _kind(mission.mission_type, variations)
	is_acting = head is not None and head.position == Position.ACTING_HEAD
	# Acting heads rank among themselves by when they took over, and a representative office has no class.
	has_class = kind != REPRESENTATIVES and not (
		is_acting and variations.acting_heads == ActingHeads.AFTER_ALL
	)
	rank = (
		(head.rank if head and head.rank else CLASS_OF_POST.get(mission.mission_type)) if has_class else None
	)
	values: dict[Step, Value] = {
		Step.DEAN: int(mission.key != variations.dean),
		Step.KIND: kind,
		Step.VACANCY: int(head is None),
		Step.ACTING: int(is_acting),
		Step.RANK: CLASSES.index(rank) if rank else 0,
		Step.CATEGORY: int(has_class and head is not None and head.category == Category.HONORARY),
		Step.ADMISSION: _admission(head, day, kind),
		Step.COMMISSION: (head.commission_presented if head else None) or date.max,
		Step.COUNTRY: mission.alphabet,
		Step.NAME: mission.name,
	}
	return Standing(mission, head, rank, tuple((step, values[step]) for step in steps_of(variations)))


def steps_of(variations: Variations) -> Sequence[Step]:
	"""The steps missions are compared by, the weightiest first."""
	by_class = [Step.RANK, Step.CATEGORY]
	if variations.honorary_heads == HonoraryHeads.AFTER_CAREER:
		by_class.reverse()
	if variations.acting_heads == ActingHeads.IN_THEIR_CLASS:
		in_class = [*by_class, Step.ACTING]
	else:
		in_class = [Step.ACTING, *by_class]
	commission = [Step.COMMISSION] if variations.same_day == SameDay.COMMISSION else []
	dean = [Step.DEAN] if variations.dean else []
	return (*dean, Step.KIND, Step.VACANCY, *in_class, Step.ADMISSION, *commission, Step.COUNTRY, Step.NAME)


def _kind(mission_type: MissionType, variations: Variations) -> int:
	if mission_type == MissionType.REPRESENTATIVE:
		return REPRESENTATIVES
	if mission_type == MissionType.EMBASSY_OFFICE and variations.embassies_first:
		return EMBASSIES
	return POSTS


def _admission(head: Officer | None, day: date, kind: int) -> date:
	"""The date a head ranks by: of admission; of taking over for an acting head (article 16, paragraph 4).

	The head of a representative office is admitted by no exequatur and ranks by when they came. Whoever is not admitted
	yet comes after those who are.
	"""
	if head is None:
		return date.max
	if head.position == Position.ACTING_HEAD:
		return head.from_date or date.max
	admitted = head.admitted_on(day)
	if admitted is None and kind == REPRESENTATIVES:
		admitted = head.from_date
	return admitted or date.max
