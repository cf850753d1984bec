"""Screening 10,000 parties against a list of 20,000 entries: over blocks, and against every entry with the same scorer.

In plain Python, without a site, in seconds of the processor: `.venv/bin/python -m benchmarks.screening`. With `--site`, from the bench's `sites`
folder with the bench's Python (see README.md), one party after the other over the keys stored in the database as well;
the list is imported in a transaction that is rolled back. The sample is in tests/data/screening; entries beyond it are
its names with words of one another. Comparing 10,000 with 20,000 takes an hour, so all pairs are measured with some of
the parties, taking turns with the blocks, and every candidate of these is compared.
"""

import argparse
import csv
import io
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from city_diplomacy.domain.trade.screening.blocks import Blocks, all_pairs
from city_diplomacy.domain.trade.screening.score import Party
from tests.data.screening import names_of, perturbed, rows_of

ENTRIES, PARTIES, IN_TURNS = 20_000, 10_000, 40
ENOUGH = 50


def entries_of(count: int, draw: random.Random) -> dict[str, Party]:
	"""The sample, and as many names made of words of two of its names as are missing."""
	rows = rows_of("restricted_parties_sample.csv")
	found = {row["id"]: Party(names_of(row)) for row in rows}
	names = [name for entry in found.values() for name in entry.names]
	while len(found) < count:
		made = [
			_crossed(draw.choice(names), draw.choice(names), draw)
			for _each in range(draw.choice((1, 1, 2, 3)))
		]
		found[f"MADE-{len(found)}"] = Party(tuple(made))
	return found


def parties_of(count: int, entries: dict[str, Party], draw: random.Random) -> list[Party]:
	"""One in ten a listed name as somebody else writes it; the others of words of listed names and of their own."""
	names = [name for entry in entries.values() for name in entry.names]
	found = []
	for number in range(count):
		name = perturbed(draw.choice(names), draw)
		if number % 10:
			name = f"{_crossed(name, draw.choice(names), draw)} {_word(draw)}"
		found.append(Party((name,)))
	return found


def measure(parties: int, entries: int, in_turns: int, tell: Callable[[str], None] = print) -> None:
	"""Both sides in plain Python. Raises AssertionError where the blocks lose a candidate."""
	draw = random.Random(26)
	listed = entries_of(entries, draw)
	asked = parties_of(parties, listed, draw)
	took, blocks = _timed(lambda: Blocks(listed))
	tell(f"{len(listed)} entries in blocks: {took:.1f} s")
	for party in asked:
		# Reading a name is the same work on both sides, and done once.
		assert party.readings is not None
	for entry in listed.values():
		assert entry.readings is not None
	some = asked[:: max(1, len(asked) // in_turns)][:in_turns]
	pairs, over_blocks, ratios = [], [], []
	for party in some:
		by_pairs, found = _timed(lambda party=party: all_pairs(party, listed))
		by_blocks, same = _timed(lambda party=party: blocks.candidates(party))
		assert found == same, f"lost: {party.names}"
		pairs.append(by_pairs)
		over_blocks.append(by_blocks)
	ratios = [one / other for one, other in zip(pairs, over_blocks, strict=True)]
	tell(f"all pairs: {_spread(pairs, 1000)} ms a party, {len(some)} parties, no candidate lost")
	tell(
		f"over blocks, the same parties: {_spread(over_blocks, 1000)} ms; {sum(pairs) / sum(over_blocks):.0f} times"
	)
	tell(f"ratio of the pairs: {_spread(ratios, 1)}")
	times = [_timed(lambda party=party: blocks.candidates(party))[0] for party in asked]
	whole = sum(times)
	tell(
		f"{len(asked)} parties over blocks: {whole:.1f} s; a party {_spread(times, 1000)} ms, slowest {max(times) * 1000:.0f} ms"
	)
	all_of_them = sum(pairs) / len(pairs) * len(asked)
	tell(
		f"all pairs for as many, from {len(pairs)}: {all_of_them:.0f} s, {all_of_them / whole:.0f} times (wanted: {ENOUGH})"
	)
	tell(_queries(blocks))


def measure_on_site(site: str, parties: int, entries: int, tell: Callable[[str], None] = print) -> None:
	"""The import of the list, and parties one after the other over the stored keys."""
	import frappe

	frappe.init(site=site)
	frappe.connect()
	try:
		if not frappe.conf.allow_tests:
			raise SystemExit("Choose a site with allow_tests.")
		frappe.set_user("Administrator")
		_on_site(parties, entries, tell)
	finally:
		frappe.db.rollback()
		frappe.destroy()


def _on_site(parties: int, entries: int, tell: Callable[[str], None]) -> None:
	from city_diplomacy.registers.many_rows import in_lots
	from city_diplomacy.trade_promotion.screening import lists, matching

	draw = random.Random(26)
	listed = entries_of(entries, draw)
	doc = _list_on_site(listed)
	for what in ("first import", "the same file again"):
		before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
		took, _tally = _timed(lambda: lists.import_list(doc.name, "Administrator"), time.perf_counter)
		grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
		tell(f"{what} of {len(listed)} entries: {took:.1f} s, {grown} MB more at the peak")
	asked = parties_of(parties, listed, draw)
	times = [
		_timed(lambda party=party: matching.candidates({"": party}, [doc.name]), time.perf_counter)[0]
		for party in asked[:500]
	]
	tell(f"one party over the database: {_spread(times, 1000)} ms, slowest {max(times) * 1000:.0f} ms")
	began = time.perf_counter()
	for lot in in_lots(asked, 100):
		matching.candidates({str(number): party for number, party in enumerate(lot)}, [doc.name])
	tell(f"{len(asked)} parties in lots of 100 over the database: {time.perf_counter() - began:.1f} s")


def _list_on_site(listed: dict[str, Party]) -> Any:
	import frappe

	text = io.StringIO()
	writer = csv.writer(text)
	writer.writerow(["id", "name", "aliases"])
	for number, entry in listed.items():
		writer.writerow(
			[number, entry.names[0], "; ".join(name.replace(";", " ") for name in entry.names[1:])]
		)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "benchmark.csv", "content": text.getvalue(), "is_private": 1}
	).insert()
	return frappe.get_doc(
		{
			"doctype": "Restricted Party List",
			"list_name": "Benchmark of screening",
			"source": "Made up",
			"file_format": "Plain CSV",
			"file": file.file_url,
		}
	).insert()


def _queries(blocks: Blocks) -> str:
	"""How the labelled queries of the sample come out; entries made of words are not among these."""
	queries = rows_of("queries.csv")
	ids = {row["id"] for row in rows_of("restricted_parties_sample.csv")}
	found = {query["query"]: ids & blocks.candidates(Party((query["query"],))).keys() for query in queries}
	hits = [query for query in queries if query["label"] == "hit"]
	others = [query for query in queries if query["label"] == "no-hit"]
	missed = [query["query"] for query in hits if query["expected_id"] not in found[query["query"]]]
	flagged = [query["query"] for query in others if found[query["query"]]]
	return f"labelled queries: {len(missed)} of {len(hits)} hits missed, {len(flagged)} of {len(others)} others flagged"


def _crossed(one: str, other: str, draw: random.Random) -> str:
	first, second = one.split(), other.split()
	return " ".join(first[: max(1, len(first) // 2)] + second[len(second) // 2 :]) or draw.choice(first)


def _word(draw: random.Random) -> str:
	return "".join(
		draw.choice("bdgklmnprstvz") + draw.choice("aeiou") for _each in range(draw.choice((2, 3, 4)))
	)


def _timed(act: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> tuple[float, Any]:
	"""Seconds of the processor, which other programs of the machine do not lengthen; on a site, by the clock."""
	began = clock()
	found = act()
	return clock() - began, found


def _spread(values: list[float], times: float) -> str:
	low, middle, high = (value * times for value in statistics.quantiles(values, n=4))
	return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def main() -> None:
	options = argparse.ArgumentParser(description=__doc__)
	options.add_argument("--site")
	options.add_argument("--parties", type=int, default=PARTIES)
	options.add_argument("--entries", type=int, default=ENTRIES)
	options.add_argument("--in-turns", type=int, default=IN_TURNS)
	chosen = options.parse_args()
	if chosen.site:
		measure_on_site(chosen.site, chosen.parties, chosen.entries)
	else:
		measure(chosen.parties, chosen.entries, chosen.in_turns)


if __name__ == "__main__":
	main()
