"""A policy rehearsed on a hundred thousand agreements, and the preview of one of them against reading it.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without
`allow_tests`. Agreements, routes and clearances are written beneath the document layer and taken away again.
The report is prepared as a worker prepares it, in a fresh `frappe.local`, committed; what the queue itself adds is
not in it.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe
from frappe.core.doctype.prepared_report import prepared_report
from frappe.core.doctype.prepared_report.prepared_report import generate_report
from frappe.utils import getdate, nowdate

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import many_agreements
from benchmarks.decisions import Site, _statements
from city_diplomacy.partnership_approvals.api import rehearsals
from city_diplomacy.partnership_approvals.policies import shadow
from city_diplomacy.partnership_approvals.routing import planning


def main(arguments: list[str]) -> None:
	options = _parse(arguments)
	site = Site(options.site)
	with site.request():
		if not frappe.conf.allow_tests:
			sys.exit(f"{options.site} has no allow_tests in its site_config.json: it is not for benchmarks.")
		many_agreements.remove()
		before = frappe.get_all("Routing Policy", {"status": "Active", "document_type": "MOU"}, pluck="name")
		as_is, might_be = (policy.name for policy in many_agreements.make_city(options.rules))
		_activate(as_is, before)
		many_agreements.make_agreements(options.agreements, frappe.get_doc("Routing Policy", as_is))
	try:
		for _round in range(options.rounds):
			_rehearse(site, might_be)
		_preview(site, options.previews)
	finally:
		with site.request():
			many_agreements.remove()
			for policy in before:
				frappe.db.set_value("Routing Policy", policy, "status", "Active", update_modified=False)


def _rehearse(site: Site, policy: str) -> None:
	with site.request(many_agreements.ADMINISTRATOR), _without_a_queue():
		waiting = rehearsals.simulate(policy)
	batches = _batches_of(site, policy)
	before = _peak_memory()
	begin, worked = time.perf_counter(), time.process_time()
	with site.request(many_agreements.ADMINISTRATOR), _statements() as sent:
		generate_report(waiting["name"])
	took, worked = time.perf_counter() - begin, time.process_time() - worked
	with site.request(many_agreements.ADMINISTRATOR):
		prepared = frappe.get_doc("Prepared Report", waiting["name"])
		result = prepared.get_prepared_data()
		shown = json.loads(result)
	counts = {count["label"]: count["value"] for count in shown["report_summary"]}
	print(
		f"\n{prepared.status}: {counts}, {len(shown['result'])} rows in {took:.1f} s ({worked:.1f} s of this process)"
	)
	print(f"  prepared: {len(result) / 1e6:.1f} MB as JSON; {sent.total()} statements")
	print(f"  memory: {before:.0f} MB before, {prepared.peak_memory_usage / 1024:.0f} MB at most")
	print(f"  of that, reading and comparing: {batches}")


def _batches_of(site: Site, policy: str) -> str:
	"""What a batch costs, and what memory looking at all of them takes when nothing found is kept."""
	with site.request(many_agreements.ADMINISTRATOR):
		run = shadow.Shadow(frappe.get_doc("Routing Policy", policy))
		batches, at_first, times, statements = run.batches(), 0.0, [], []
		while True:
			begin = time.perf_counter()
			with _statements() as sent:
				batch = next(batches, None)
			if batch is None:
				break
			times.append(time.perf_counter() - begin)
			statements.append(sent.total())
			at_first = at_first or _memory()
		return (
			f"{len(times)} batches of {statistics.median(times):.2f} s and {statistics.median(statements)} statements, "
			f"{at_first:.0f} MB after the first, {_memory():.0f} MB after the last"
		)


def _memory() -> float:
	"""What this process holds, in MB."""
	return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _peak_memory() -> float:
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _without_a_queue() -> Iterator[None]:
	"""What is enqueued is left to this process."""
	enqueue = prepared_report.enqueue
	prepared_report.enqueue = lambda *_args, **_options: None
	try:
		yield
	finally:
		prepared_report.enqueue = enqueue


def _preview(site: Site, rounds: int) -> None:
	"""Preview of an agreement at hand against reading it, taking turns, each in a fresh request."""
	name = f"{many_agreements.PREFIX}{19:06}"
	sides: dict[str, Callable[[Any], Any]] = {
		"preview": planning.preview,
		"get_doc": lambda doc: frappe.get_doc("MOU", doc.name),
	}
	times: dict[str, list[float]] = {side: [] for side in sides}
	for number in range(rounds + 5):
		order = list(sides) if number % 2 else list(reversed(sides))
		for side in order:
			with site.request():
				doc = frappe.get_doc("MOU", name)
				begin = time.perf_counter()
				sides[side](doc)
				if number >= 5:
					times[side].append(time.perf_counter() - begin)
	print()
	for side, taken in times.items():
		low, middle, high = statistics.quantiles(taken, n=4)
		with site.request():
			doc = frappe.get_doc("MOU", name)
			with _statements() as sent:
				sides[side](doc)
		print(
			f"{side}: median {middle * 1000:.2f} ms (quartiles {low * 1000:.2f} to {high * 1000:.2f}), "
			f"{sent.total()} statements {dict(sent)}"
		)
	pairs = [mine / theirs for mine, theirs in zip(times["preview"], times["get_doc"], strict=True)]
	low, middle, high = statistics.quantiles(pairs, n=4)
	print(f"ratio of the pairs: median {middle:.2f} (quartiles {low:.2f} to {high:.2f})")
	_parts_of_the_preview(site, name, rounds)


def _parts_of_the_preview(site: Site, name: str, rounds: int) -> None:
	parts: dict[str, list[float]] = {}
	for _number in range(rounds):
		with site.request():
			doc = frappe.get_doc("MOU", name)
			policy = _took(parts, "the active policy", lambda: planning.active_policy("MOU"))
			barred = _took(parts, "who prepared it", lambda doc=doc: planning.who_prepared(doc))
			_took(parts, "the policy's rules", lambda policy=policy: planning.rules_of(policy))
			_took(parts, "the document's facts", lambda doc=doc: planning.facts_of(doc))
			_took(parts, "the holidays", planning.holidays)
			today = getdate(nowdate())
			_took(
				parts,
				"all of planning, these again",
				lambda policy=policy, doc=doc, barred=barred, today=today: planning.plan(
					policy, doc, today, barred
				),
			)
	for part, taken in parts.items():
		print(f"  {part}: {statistics.median(taken) * 1000:.2f} ms")


def _took(parts: dict[str, list[float]], part: str, act: Callable[[], Any]) -> Any:
	begin = time.perf_counter()
	answer = act()
	parts.setdefault(part, []).append(time.perf_counter() - begin)
	return answer


def _activate(policy: str, retired: list[str]) -> None:
	for other in retired:
		frappe.db.set_value("Routing Policy", other, "status", "Retired", update_modified=False)
	frappe.db.set_value("Routing Policy", policy, "status", "Active", update_modified=False)


def _parse(arguments: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--site", required=True)
	parser.add_argument("--agreements", type=int, default=100_000)
	parser.add_argument("--rules", type=int, default=20)
	parser.add_argument("--rounds", type=int, default=1)
	parser.add_argument("--previews", type=int, default=60)
	return parser.parse_args(arguments)


if __name__ == "__main__":
	main(sys.argv[1:])
