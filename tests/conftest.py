"""Chooses the ground the suite runs on, gives every test a clean one, and names what did not run here."""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

from tests import grounds

GROUND = os.environ.get("CITY_DIPLOMACY_GROUND", "sandbox")
SITES = os.environ.get("CITY_DIPLOMACY_SITE", "").split()
# Of several sites each has a process of its own: gw0, gw1 and so on.
SITE = SITES[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))] if SITES else ""
# What the runner (`python -m tests.grounds`) has to say about the other ground.
NOTES = os.environ.get("CITY_DIPLOMACY_NOTES", "")
NEXT = os.environ.get("CITY_DIPLOMACY_NEXT", "") if GROUND == "sandbox" else ""
RESULTS = os.environ.get("CITY_DIPLOMACY_RESULTS", "")
# The sandbox's process, where it runs beside this one.
BESIDE = os.environ.get("CITY_DIPLOMACY_BESIDE", "")
IS_SAME_PYTHON = os.environ.get("CITY_DIPLOMACY_PYTHON") == "{}.{}".format(*sys.version_info)

# How fast a machine is that also runs other things proves nothing.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

TESTS = Path(__file__).parent
# These read files and call plain Python; they need no site.
WITHOUT_A_SITE = ("domain", "static")
# A test with one of these takes long: it starts other processes, installs or migrates.
LONG = {"committed", "outside_transaction"}
# More than these say where instead of what.
MANY_LINES = 40

if GROUND == "sandbox":
	import sandbox

	sandbox.activate()


def pytest_configure(config):
	if GROUND == "site":
		# What Frappe's own libraries warn about is not ours to mend.
		config.addinivalue_line("filterwarnings", r"ignore:::(?!city_diplomacy|tests)")


@pytest.fixture(scope="session")
def ground():
	"""The sandbox, or a real site: see `tests/grounds/`."""
	if GROUND == "sandbox":
		from tests.grounds import sandboxed

		chosen = sandboxed.Ground()
	else:
		from tests.grounds import site

		chosen = site.Ground(SITE)
	chosen.open()
	grounds.current = chosen
	yield chosen
	grounds.current = None
	chosen.close()


@pytest.fixture(autouse=True)
def in_one_transaction(request):
	"""Run the test as Administrator on a site that afterwards is as it was before."""
	if _room(request.node) in WITHOUT_A_SITE:
		yield
		return
	with request.getfixturevalue("ground").test_transaction():
		yield


@pytest.fixture(scope="module")
def arranged(ground):
	"""For a module's own fixture of that scope: what it makes is there for each test of the module.

	Every test is rolled back to it. It hands out names; a document in memory would pass from test to test.
	"""
	with ground.test_transaction():
		yield


@pytest.fixture
def client(ground):
	"""A function that answers a browser-like client: `client()` for a guest, `client(user)` signed in."""
	return ground.client


@pytest.fixture
def committed(ground):
	"""For tests of several processes: commits are real, and the documents made are deleted afterwards."""
	with ground.committed():
		yield


@pytest.fixture
def outside_transaction(ground):
	"""For tests that change the schema or install: commits are real, and the test puts things back itself."""
	with ground.outside_transaction():
		yield


def _room(item) -> str:
	return item.path.relative_to(TESTS).parts[0]


def pytest_collection_modifyitems(items):
	marker, reason = {
		"sandbox": ("real_site", "proves something the sandbox does not claim"),
		"site": ("sandbox_only", "is about the sandbox itself"),
	}[GROUND]
	for item in items:
		if item.get_closest_marker(marker):
			item.add_marker(pytest.mark.skip(reason=reason))
		elif BESIDE and IS_SAME_PYTHON and _room(item) in WITHOUT_A_SITE:
			item.add_marker(pytest.mark.skip(reason="needs no site and runs in the sandbox beside it"))
	# Files are handed to the processes in this order; a long one that came last would be waited for alone.
	long_files = {
		item.path for item in items if LONG.intersection(item.fixturenames) or "chromium" in vars(item.module)
	}
	items.sort(key=lambda item: item.path not in long_files)


def pytest_terminal_summary(terminalreporter):
	if "PYTEST_XDIST_WORKER" in os.environ:
		# The process that started this one tells of all of them.
		return
	here = _what_happened(terminalreporter.stats)
	_wait_for_the_sandbox()
	before = json.loads(Path(RESULTS).read_text()) if RESULTS and Path(RESULTS).is_file() else None
	if RESULTS:
		Path(RESULTS).write_text(json.dumps(here))
	grounds = [result for result in (before, here) if result]
	ran = {name for result in grounds for name in result["ran"]}
	not_run = {name: why for result in grounds for name, why in result["skipped"].items() if name not in ran}

	terminalreporter.section("grounds")
	for result in grounds:
		terminalreporter.write_line(
			f"{result['ground']}: {result['passed']} passed, {result['failed']} failed"
		)
	for note in filter(None, NOTES.split("\n")):
		terminalreporter.write_line(note)
	if NEXT:
		terminalreporter.write_line(f"{len(not_run)} left to the real site {NEXT}, whose own report follows")
	elif not_run:
		terminalreporter.write_line(f"Not run anywhere ({len(not_run)}):")
		for (why, name), cases in sorted(_by_reason(not_run).items()):
			terminalreporter.write_line(f"  {name}{f' ({cases} cases)' if cases > 1 else ''}: {why}")


def _wait_for_the_sandbox() -> None:
	"""Where the sandbox runs beside this ground, what did not run anywhere is known when it has ended."""
	while BESIDE and not Path(RESULTS).is_file() and _is_running(int(BESIDE)):
		time.sleep(0.5)


def _is_running(process: int) -> bool:
	try:
		os.kill(process, 0)
	except ProcessLookupError:
		return False
	return True


def _by_reason(not_run: dict[str, str]) -> Counter:
	"""Count the cases of each test, a line for each; of each file, where the lines would fill several screens."""
	tests = Counter((why, name.partition("[")[0]) for name, why in not_run.items())
	if len(tests) <= MANY_LINES:
		return tests
	return Counter((why, name.partition("::")[0]) for name, why in not_run.items())


def _what_happened(stats: dict[str, list]) -> dict:
	failed = [report for kind in ("failed", "error") for report in stats.get(kind, [])]
	ran = [*stats.get("passed", []), *failed, *stats.get("xfailed", []), *stats.get("xpassed", [])]
	return {
		"ground": "the sandbox" if GROUND == "sandbox" else f"the real site {' and '.join(SITES)}",
		"passed": len(stats.get("passed", [])),
		"failed": len(failed),
		"ran": [report.nodeid for report in ran],
		"skipped": {report.nodeid: _reason(report) for report in stats.get("skipped", [])},
	}


def _reason(report) -> str:
	reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
	return reason.removeprefix("Skipped: ")
