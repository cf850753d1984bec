"""A plan for 200 guests at 20 tables, with companions, interpreters and pairs kept apart: how long the rules take.

It needs no site: `python benchmarks/seating.py` in the checkout, with any Python the app runs on.
"""

import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from city_diplomacy.domain.protocol.guests import GuestSide
from city_diplomacy.domain.protocol.seating.faults import faults
from city_diplomacy.domain.protocol.seating.model import Guest, Shape, Table, Wishes
from city_diplomacy.domain.protocol.seating.planning import plan

GUESTS, TABLES, SEATS, PAIRS, ROUNDS = 200, 20, 10, 40, 20


def made_up(chance: random.Random) -> tuple[list[Guest], frozenset[frozenset[str]]]:
	"""Guests of both sides and all classes: each fifth accompanies somebody, each tenth interprets."""
	keys = [f"g{number:03}" for number in range(GUESTS)]
	guests = [
		Guest(
			key,
			key,
			chance.choice(list(GuestSide)),
			chance.randrange(9),
			accompanies=keys[number - 1] if number % 5 == 4 else "",
			interprets_for=keys[number - 3] if number % 10 == 8 else "",
		)
		for number, key in enumerate(keys)
	]
	return guests, frozenset(frozenset(chance.sample(keys, 2)) for _pair in range(PAIRS))


def main() -> None:
	for shape in Shape:
		table = [Table(str(number), shape, SEATS) for number in range(TABLES)]
		times, broken = [], Counter()
		for seed in range(ROUNDS):
			guests, apart = made_up(random.Random(seed))
			wishes = Wishes(apart=apart)
			begun = time.process_time()
			found = plan(guests, table, wishes)
			times.append(time.process_time() - begun)
			broken.update(str(fault.kind) for fault in faults(guests, table, found.seats, wishes))
		print(
			f"{shape}: median {statistics.median(times) * 1000:.0f} ms, at most {max(times) * 1000:.0f} ms; "
			f"broken in {ROUNDS} plans: {dict(broken)}"
		)


if __name__ == "__main__":
	main()
