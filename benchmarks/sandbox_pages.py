"""How fast a sandbox with the sample city answers its pages, for each person, and how much memory it holds.

Run from the repository with the sandbox's Python: `.venv/bin/python -m benchmarks.sandbox_pages`. The site is
a file of its own in a temporary folder. Pages are opened through the WSGI application of the sandbox's own
server in this process, so what is measured is the answer without the socket. Linux only, for the memory.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import sandbox

sandbox.activate()

import frappe  # noqa: E402
from werkzeug.test import Client  # noqa: E402

from city_diplomacy.demo import walk  # noqa: E402
from sandbox import server, site  # noqa: E402

PAGES = ("/agreements", "/partners", "/clearances")


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--rounds", type=int, default=5, help="how often each person opens each page")
	rounds = parser.parse_args().rounds
	with tempfile.TemporaryDirectory() as folder:
		current = site.new_site(str(Path(folder) / "site.db"))
		walk.run()
		current.db.commit()
		times = measure(current, rounds)
		current.close()
	print(f"{'page':<14}{'opened':>8}{'median':>10}{'95th':>10}{'slowest':>10}")
	for page, seconds in times.items():
		print(f"{page:<14}{len(seconds):>8}" + "".join(f"{1000 * s:>7.1f} ms" for s in summary(seconds)))
	print(f"memory: {resident_megabytes():.0f} MB resident")


def measure(current: site.Site, rounds: int) -> dict[str, list[float]]:
	"""Seconds of each answer, by the page's name. Raises RuntimeError for an answer of status 500 and above."""
	clients = [browser(current, user) for user in people()]
	addresses = {page: [page] for page in PAGES}
	addresses["/agreement/X"] = [f"/agreement/{name}" for name in names("MOU")]
	addresses["/clearance/X"] = [f"/clearance/{name}" for name in names("Approval Clearance")]
	times = {}
	for page, paths in addresses.items():
		times[page] = [
			seconds_of(client, path)
			for client in clients
			for path in (paths * rounds if len(paths) == 1 else paths)
		]
	return times


def people() -> list[str]:
	"""Everybody who can sign in, the guest among them."""
	return frappe.get_all("User", filters={"enabled": 1}, pluck="name", limit_page_length=0)


def names(doctype: str) -> list[str]:
	return frappe.get_all(doctype, pluck="name", limit_page_length=0)


def browser(current: site.Site, user: str) -> Client:
	"""A client signed in as `user`."""
	client = Client(server.Application(current))
	if user != "Guest":
		client.set_cookie("sid", current.new_session(user)[0])
	return client


def seconds_of(client: Client, path: str) -> float:
	begun = time.perf_counter()
	answer = client.get(path, buffered=True)
	taken = time.perf_counter() - begun
	if answer.status_code >= 500:
		raise RuntimeError(f"{path} answered {answer.status}")
	return taken


def summary(seconds: list[float]) -> tuple[float, float, float]:
	"""Median, 95th percentile and slowest."""
	return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1], max(seconds)


def resident_megabytes() -> float:
	pages = int(Path("/proc/self/statm").read_text().split()[1])
	return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
	main()
