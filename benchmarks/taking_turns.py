"""Two sides of one measurement, taking turns, each in a fresh request of the same person; and what it tells."""

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe

from benchmarks.decisions import Site, _statements

Act = Callable[[], Any]


@dataclass(frozen=True)
class Line:
	"""One measurement: seconds of ours and of the other side, statements of ours, and what it should be."""

	what: str
	who: str
	ours: float
	bare: float | None = None
	ratio: float | None = None
	statements: int | None = None
	goal: str = ""
	note: str = ""

	@staticmethod
	def heading() -> str:
		return f"{'what':44} {'who':20} {'ours':>10} {'bare':>10} {'ratio':>7} {'stmts':>6}  goal; note"

	def __str__(self) -> str:
		bare = f"{self.bare * 1000:8.1f}ms" if self.bare is not None else ""
		ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
		statements = self.statements if self.statements is not None else ""
		told = "; ".join(filter(None, (self.goal, self.note)))
		return f"{self.what:44} {self.who:20} {self.ours * 1000:8.1f}ms {bare:>10} {ratio:>7} {statements:>6}  {told}"


def compare(
	site: Site,
	what: str,
	who: str,
	ours: Act,
	bare: Act | None,
	rounds: int,
	goal: str = "",
	note: str = "",
	before: Act = lambda: None,
) -> Line:
	"""Measure both sides as `who`, taking turns, after one round to warm up. Nothing they write is kept.

	`before` is done at the beginning of each request, and not measured.
	"""
	sides = [ours] if bare is None else [ours, bare]
	times: list[list[float]] = [[] for _side in sides]
	for number in range(rounds + 1):
		order = list(enumerate(sides))
		for place, act in order if number % 2 else reversed(order):
			seconds = timed(site, who, act, before)
			if number:
				times[place].append(seconds)
	with site.request(who):
		before()
		with _statements() as sent:
			ours()
		frappe.db.rollback()
	line = {"ours": statistics.median(times[0]), "statements": sent.total()}
	if bare is not None:
		line["bare"] = statistics.median(times[1])
		line["ratio"] = statistics.median(mine / theirs for mine, theirs in zip(*times, strict=True))
	return Line(what, who.split("@")[0], goal=goal, note=note, **line)


def timed(site: Site, who: str, act: Act, before: Act = lambda: None) -> float:
	"""Seconds an act takes in a fresh request; what it wrote is rolled back."""
	with site.request(who):
		before()
		begin = time.perf_counter()
		act()
		seconds = time.perf_counter() - begin
		frappe.db.rollback()
	return seconds


@dataclass(frozen=True)
class Alone:
	"""An act in a process of its own: seconds, the megabytes in hand before and at the highest, what it answered."""

	seconds: float
	before: int
	highest: int
	answer: Any


def alone(site: Site, who: str, act: Act) -> Alone:
	"""Do something in a process of its own; what it answers goes through JSON."""
	reading, writing = os.pipe()
	child = os.fork()
	if child == 0:
		os.close(reading)
		with site.request(who):
			before = _resident("VmRSS")
			begin = time.perf_counter()
			answer = act()
			seconds = time.perf_counter() - begin
			frappe.db.rollback()
		with os.fdopen(writing, "w") as told:
			json.dump([seconds, before // 1024, _resident("VmHWM") // 1024, answer], told)
		os._exit(0)
	os.close(writing)
	with os.fdopen(reading) as told:
		answers = json.load(told)
	os.waitpid(child, 0)
	return Alone(*answers)


def _resident(kind: str) -> int:
	with open("/proc/self/status") as status:
		return next(int(line.split()[1]) for line in status if line.startswith(kind))
