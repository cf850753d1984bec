"""k decisions and the move they lead to, against k native workflow actions on the same DocType.

Run it from the bench's `sites` folder with the bench's Python (see README.md); it refuses a site without
`allow_tests`. Both sides work on documents of the same fields: agreements with an active policy of k seats
and a mayor, and a plain copy of the DocType, without controller or hooks, with a native Workflow of k
actions as Desk sends them. They take turns, every act in a fresh `frappe.local` as a request has, committed,
outside test mode.
"""

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import plain_copy
from benchmarks.background import let_jobs_end
from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.engine import decide, routes

OFFICE = "office@benchmark.example"
MAYOR = "mayor@benchmark.example"
TABLE = re.compile(r"(?:FROM|INTO|UPDATE)\s+`?tab([\w ]+)`?", re.IGNORECASE)
CHECKS = ("duplicates_checked", "tier_checked", "jurisdiction_checked")


@dataclass
class Side:
	"""The times of one side, a list per round with the seconds of each act, and its statements."""

	name: str
	rounds: list[list[float]] = field(default_factory=list)
	statements: list[Counter] = field(default_factory=list)

	@property
	def totals(self) -> list[float]:
		return [sum(acts) for acts in self.rounds]


def main(arguments: list[str]) -> None:
	options = _parse(arguments)
	site = Site(options.site)
	with site.request():
		if not frappe.conf.allow_tests:
			sys.exit(f"{options.site} has no allow_tests in its site_config.json: it is not for benchmarks.")
	reviewers = [f"reviewer.{number}@benchmark.example" for number in range(options.seats)]
	ours, native = Side("decisions and the move"), Side("native workflow actions")
	with _stage(site, reviewers):
		for number in range(options.rounds + options.warm_up):
			sides = [(ours, _decide), (native, _act_natively)]
			for side, act in sides if number % 2 else reversed(sides):
				times = act(site, reviewers)
				if number >= options.warm_up:
					side.rounds.append(times)
		ours.statements, native.statements = _counted(site, reviewers)
	_report(ours, native, options)


def statements(site_name: str, seats: int) -> tuple[list[Counter], list[Counter]]:
	"""What each decision of a stage, and each of as many native actions, asks of the database, warmed up.

	Counted by verb and table, such as "UPDATE MOU". Run it in a process that has no site in hand.
	"""
	site, reviewers = Site(site_name), [f"reviewer.{number}@benchmark.example" for number in range(seats)]
	with _stage(site, reviewers):
		_decide(site, reviewers)
		_act_natively(site, reviewers)
		return _counted(site, reviewers)


def _counted(site: "Site", reviewers: list[str]) -> tuple[list[Counter], list[Counter]]:
	return _decide(site, reviewers, counted=True), _act_natively(site, reviewers, counted=True)


class Site:
	def __init__(self, name: str):
		self.name = name

	@contextmanager
	def request(self, user: str = "Administrator") -> Iterator[None]:
		"""An empty `frappe.local` and a connection, as a request begins with; nothing is left uncommitted."""
		frappe.init(self.name)
		frappe.local.conf.update({"mute_emails": 1})
		frappe.connect()
		frappe.set_user(user)
		# Frappe connects with the first statement; that is measured on neither side.
		frappe.db.sql("select 1")
		try:
			yield
			frappe.db.commit()
		finally:
			frappe.destroy()

	def let_jobs_end(self) -> None:
		"""Nothing the workers still do for this site may be measured, or come after what it is about."""
		with self.request():
			let_jobs_end()


def _decide(site: Site, reviewers: list[str], counted: bool = False) -> list[Any]:
	with site.request(OFFICE):
		name = plain_copy.make_agreement().name
		_start(name)
	with site.request():
		asked = dict(
			frappe.get_all("Approval Clearance", {"reference_name": name}, ["put_to", "name"], as_list=True)
		)
	return [
		_timed(site, reviewer, lambda row=asked[reviewer]: decide.decide(row, "Clear"), counted)
		for reviewer in reviewers
	]


def _act_natively(site: Site, reviewers: list[str], counted: bool = False) -> list[Any]:
	with site.request(OFFICE):
		name = plain_copy.make_plain().name

	return [_act_from_the_form(site, reviewer, name, counted) for reviewer in reviewers]


def _act_from_the_form(site: Site, reviewer: str, name: str, counted: bool) -> Any:
	"""One action as Desk sends it: with the document of the form that was opened before, as JSON."""
	with site.request(reviewer):
		form = frappe.get_doc(plain_copy.DOCTYPE, name).as_json()
	return _timed(site, reviewer, lambda: apply_workflow(form, plain_copy.ACTION), counted)


def _timed(site: Site, user: str, act: Callable[[], Any], counted: bool) -> Any:
	with site.request(user):
		if counted:
			with _statements() as sent:
				act()
			return sent
		begin = time.perf_counter()
		act()
		frappe.db.commit()
		return time.perf_counter() - begin


@contextmanager
def _statements() -> Iterator[Counter]:
	"""What is asked of the database in the block, by verb and table."""
	sent: Counter = Counter()
	cursor = frappe.db._cursor
	execute = cursor.execute

	def note(query, *args, **kwargs):
		verb = str(query).split(None, 1)[0].upper()
		table = TABLE.search(str(query))
		sent[f"{verb} {table[1] if table else ''}"] += 1
		return execute(query, *args, **kwargs)

	cursor.execute = note
	try:
		yield sent
	finally:
		del cursor.execute


def _start(name: str) -> None:
	doc = apply_workflow(frappe.get_doc("MOU", name), "Submit for Intake")
	plain_copy.screen_elsewhere(doc)
	doc.update(dict.fromkeys(CHECKS, 1))
	doc.save()
	routes.start("MOU", name)


@contextmanager
def _stage(site: Site, reviewers: list[str]) -> Iterator[None]:
	"""Everything both sides need, and the site as it was afterwards."""
	with site.request():
		active = plain_copy.active_policies()
	try:
		with site.request():
			plain_copy.remove(OFFICE, MAYOR, *reviewers)
			plain_copy.make_user(OFFICE, OFFICER, MANAGER)
			for user in (MAYOR, *reviewers):
				plain_copy.make_user(user, LEGAL)
			plain_copy.make_doctype(len(reviewers), LEGAL)
			plain_copy.make_policy(reviewers, MAYOR)
		site.let_jobs_end()
		yield
	finally:
		try:
			site.let_jobs_end()
		finally:
			with site.request():
				plain_copy.remove(OFFICE, MAYOR, *reviewers)
				for policy in active:
					frappe.db.set_value("Routing Policy", policy, "status", "Active", update_modified=False)
		site.let_jobs_end()


def _report(ours: Side, native: Side, options: argparse.Namespace) -> None:
	print(f"{options.seats} seats, {options.rounds} rounds a side, after {options.warm_up} to warm up")
	for side in (ours, native):
		low, middle, high = statistics.quantiles(side.totals, n=4)
		print(
			f"{side.name}: median {middle * 1000:.0f} ms a round (quartiles {low * 1000:.0f} to {high * 1000:.0f})"
		)
		*single, last = zip(*side.rounds, strict=True)
		if single:
			flat = [seconds for acts in single for seconds in acts]
			print(
				f"  one act: median {statistics.median(flat) * 1000:.1f} ms; the last one, with the move:",
				end=" ",
			)
		print(f"{statistics.median(last) * 1000:.1f} ms")
	pairs = [mine / theirs for mine, theirs in zip(ours.totals, native.totals, strict=True)]
	low, middle, high = statistics.quantiles(pairs, n=4)
	print(f"ratio of the pairs: median {middle:.2f} (quartiles {low:.2f} to {high:.2f})")
	for side in (ours, native):
		print(
			f"\n{side.name}: statements in the first act {side.statements[0].total()}, in the last one",
			end=" ",
		)
		print(side.statements[-1].total())
		for number, which in ((0, "first"), (-1, "last")):
			for statement, times in side.statements[number].most_common(12):
				print(f"  {which}: {times} {statement}")


def _parse(arguments: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--site", required=True)
	parser.add_argument("--seats", type=int, default=5)
	parser.add_argument("--rounds", type=int, default=40)
	parser.add_argument("--warm-up", type=int, default=3)
	return parser.parse_args(arguments)


if __name__ == "__main__":
	main(sys.argv[1:])
