"""The background jobs of the site in hand, for what commits documents and must leave nothing behind."""

import time

from frappe.utils.background_jobs import create_job_id, get_queues, get_redis_conn, get_workers
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.registry import StartedJobRegistry

PATIENCE = 120  # seconds


class JobsDoNotEnd(Exception):
	"""A worker has not done this site's jobs in time."""


def let_jobs_end() -> None:
	"""Wait until no job of this site is queued or at work; where no worker would do them, take them out.

	Call it while the documents that the jobs are about are still there, and after taking them away, which makes
	jobs of its own. Raises JobsDoNotEnd.
	"""
	deadline = time.monotonic() + PATIENCE
	while names := waiting_jobs():
		if not get_workers():
			_take_out(names)
		elif time.monotonic() > deadline:
			raise JobsDoNotEnd(f"Not done after {PATIENCE} seconds: {', '.join(sorted(names))}")
		time.sleep(0.02)


def waiting_jobs() -> set[str]:
	of_this_site = create_job_id("x")[:-1]
	return {
		name
		for queue in get_queues()
		for name in (*queue.get_job_ids(), *StartedJobRegistry(queue=queue).get_job_ids())
		if name.startswith(of_this_site)
	}


def _take_out(names: set[str]) -> None:
	for name in names:
		try:
			Job.fetch(name, get_redis_conn()).delete()
		except NoSuchJobError:
			continue  # it was taken out meanwhile
