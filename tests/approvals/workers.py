"""Several people at the same instant, each from a process and a database connection of its own.

A `Workers` is a handful of worker processes that are started once. It gives each a job; every worker signs in,
reads what a page would have read (a plain select, which fixes the snapshot of its transaction), and then
waits for the word before it acts. A job ends with a commit, or a rollback on error, as a request does.
"""

import importlib
import multiprocessing
import multiprocessing.connection
import os
import random
import signal
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe

PATIENCE = 60  # seconds
LEAD = 0.02  # seconds between the word and the instant
# Read once by the process the workers are forks of; reading it anew took each some four seconds of the processor.
READ_BEFOREHAND = ("frappe.app", "city_diplomacy.partnership_approvals.api", "tests.approvals.acts")


@dataclass(frozen=True)
class Job:
	"""One person's act: `method` is a dotted path, called with `arguments`."""

	user: str
	method: str
	arguments: dict[str, Any] = field(default_factory=dict)
	reads: tuple[str, str] | None = None
	"""DocType and name of what is read before; the snapshot is of that moment."""
	stops_before_commit: bool = False


@dataclass(frozen=True)
class Answer:
	"""What became of a job: its result, or the name of the exception and its sentence."""

	result: Any = None
	error: str = ""
	sentence: str = ""
	stopped: bool = False

	@property
	def went_well(self) -> bool:
		return not self.error


class Workers:
	def __init__(self, size: int, *, snapshot_isolation: bool = False):
		self._site, self._sites = frappe.local.site, os.getcwd()
		self._context = multiprocessing.get_context("forkserver")
		self._context.set_forkserver_preload([__name__, *READ_BEFOREHAND])
		self._snapshot_isolation = snapshot_isolation
		self._workers = [self._start() for _number in range(size)]

	def at_once(self, jobs: Sequence[Job]) -> list[Answer]:
		"""Everybody reads, then does their job at the same instant; the answers in the order of the jobs."""
		pipes = self._when_all_have_read(jobs)
		instant = time.monotonic() + LEAD
		for pipe in pipes:
			pipe.send(instant)
		return [_receive(pipe) for pipe in pipes]

	def in_turn(self, jobs: Sequence[Job]) -> list[Answer]:
		"""Everybody reads; then one after the other acts and commits, each on what they read at the beginning."""
		answers = []
		for pipe in self._when_all_have_read(jobs):
			pipe.send(time.monotonic())
			answers.append(_receive(pipe))
		return answers

	def work_off(
		self, jobs: Sequence[Job], *, kill_every: int, chance: random.Random
	) -> tuple[list[Answer], int]:
		"""Whoever is free takes the next job; after every so many answers somebody is killed at their work.

		A killed worker's job is handed out again, as a person tries again who saw an error. Answers what became
		of each job, in their order, and how many workers were killed.
		"""
		waiting, answers, busy = deque(range(len(jobs))), {}, {}
		killed = 0
		while len(answers) < len(jobs):
			for number, (_process, pipe) in enumerate(self._workers):
				if number not in busy and waiting:
					busy[number] = waiting.popleft()
					pipe.send(jobs[busy[number]])
					pipe.send(0.0)
			pipes = {self._workers[number][1]: number for number in busy}
			for pipe in multiprocessing.connection.wait(pipes, PATIENCE):
				said = _receive(pipe)
				if said != "ready":
					answers[busy.pop(pipes[pipe])] = said
			if busy and len(answers) >= (killed + 1) * kill_every:
				victim = chance.choice(sorted(busy))
				time.sleep(chance.uniform(0, 0.03))
				self.kill(victim)
				waiting.append(busy.pop(victim))
				killed += 1
		return [answers[number] for number in range(len(jobs))], killed

	def _when_all_have_read(self, jobs: Sequence[Job]) -> list[Any]:
		pipes = [pipe for _process, pipe in self._workers[: len(jobs)]]
		for pipe, job in zip(pipes, jobs, strict=True):
			pipe.send(job)
		for pipe in pipes:
			assert _receive(pipe) == "ready"
		return pipes

	def kill(self, number: int) -> None:
		"""SIGKILL the worker of a job, counted from 0, and put a new one in its place."""
		process, pipe = self._workers[number]
		os.kill(process.pid, signal.SIGKILL)
		process.join(PATIENCE)
		pipe.close()
		self._workers[number] = self._start()

	def dismiss(self) -> None:
		for _process, pipe in self._workers:
			pipe.send(None)
		for process, pipe in self._workers:
			process.join(PATIENCE)
			pipe.close()

	def _start(self) -> tuple[Any, Any]:
		ours, theirs = self._context.Pipe()
		process = self._context.Process(
			target=_work, args=(theirs, self._site, self._sites, self._snapshot_isolation), daemon=True
		)
		process.start()
		theirs.close()
		return process, ours


def _receive(pipe: Any) -> Any:
	assert pipe.poll(PATIENCE), "A worker did not answer in time."
	return pipe.recv()


def _work(pipe: Any, site: str, sites: str, snapshot_isolation: bool) -> None:
	os.chdir(sites)
	while job := pipe.recv():
		frappe.init(site)
		# Nobody else's queue: what is enqueued after the commit stays in this process.
		frappe.local.conf.update({"mute_emails": 1, "mail_server": "mail.invalid"})
		frappe.connect()
		try:
			if snapshot_isolation:
				frappe.db.sql("set session innodb_snapshot_isolation = ON")
			frappe.set_user(job.user)
			if job.reads:
				frappe.get_doc(*job.reads).as_dict()
			pipe.send("ready")
			_wait_until(pipe.recv())
			pipe.send(_do(job, pipe))
		finally:
			frappe.destroy()
	pipe.close()


def _do(job: Job, pipe: Any) -> Answer:
	module, name = job.method.rsplit(".", 1)
	method = getattr(importlib.import_module(module), name)
	try:
		result = method(**job.arguments)
		if job.stops_before_commit:
			pipe.send(Answer(result, stopped=True))
			# Holds its locks until it is killed or dismissed.
			pipe.poll(PATIENCE)
			frappe.db.rollback()
		frappe.db.commit()
	# A worker reports whatever happens to it; the test judges.
	except Exception as error:  # noqa: BLE001
		frappe.db.rollback()
		return Answer(error=type(error).__name__, sentence=str(error))
	return Answer(result)


def _wait_until(instant: float) -> None:
	while time.monotonic() < instant:
		time.sleep(0)
