"""A bench on this machine: found, its services started, and made to run this checkout's code.

The bench is left as it is: pytest and its friends go into a virtual environment of their own beside the
checkout (`.venv-bench`), which looks into the bench's; services started here are stopped at the end.
"""

import fcntl
import hashlib
import json
import os
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.grounds import services

CHECKOUT = Path(__file__).parents[2]
APP = "city_diplomacy"
VENV = CHECKOUT / ".venv-bench"


class BenchProblem(Exception):
	"""Why the suite cannot run on a bench, in one sentence."""


def find_bench() -> "Bench":
	"""The bench at BENCH_PATH, or ~/frappe-bench, with its test sites. Raises BenchProblem if there is none."""
	named = os.environ.get("BENCH_PATH")
	path = Path(named or "~/frappe-bench").expanduser()
	if not (path / "sites" / "apps.txt").is_file():
		if named:
			raise BenchProblem(f"BENCH_PATH is {named}, and there is no bench: real-site tests not run")
		raise BenchProblem("no bench on this machine: real-site tests not run")
	return Bench(path, _choose_sites(path))


def _choose_sites(path: Path) -> list[str]:
	"""Every site that allows tests, or those named in BENCH_SITE."""
	allowed = sorted(
		config.parent.name
		for config in (path / "sites").glob("*/site_config.json")
		if json.loads(config.read_text()).get("allow_tests")
	)
	if named := os.environ.get("BENCH_SITE", "").split():
		if strange := set(named).difference(allowed):
			raise BenchProblem(
				f"{', '.join(sorted(strange))}: no site of {path} with allow_tests; real-site tests not run"
			)
		return named
	if not allowed:
		raise BenchProblem("bench found, no site with allow_tests: real-site tests not run")
	return allowed


class Bench:
	def __init__(self, path: Path, test_sites: list[str]):
		self.path, self.test_sites, self.sites = path, test_sites, path / "sites"
		self.its_python = path / "env" / "bin" / "python"

	def prepare(self, stack: ExitStack) -> None:
		"""Get everything ready for pytest; what has to be undone afterwards goes on `stack`."""
		for site in self.test_sites:
			stack.enter_context(self._only_run(site))
		self._make_venv()
		try:
			for site in self.test_sites:
				stack.enter_context(services.running(self.path, site))
		except services.ServiceProblem as problem:
			raise BenchProblem(str(problem)) from problem
		stack.enter_context(self._app_listed())
		for site in self.test_sites:
			self._bring_up_to_date(site)
		stack.enter_context(self._a_worker())

	def start_pytest(
		self, arguments: list[str], environment: dict[str, str], **options: Any
	) -> subprocess.Popen:
		"""Start pytest on the bench's Python, with a process for each test site; `options` are those of Popen."""
		environment = {
			**environment,
			"CITY_DIPLOMACY_GROUND": "site",
			"CITY_DIPLOMACY_SITE": " ".join(self.test_sites),
			"CITY_DIPLOMACY_SITES": str(self.sites),
		}
		command = [VENV / "bin" / "python", "-m", "pytest", *arguments]
		if len(self.test_sites) > 1:
			# A file's tests stay together, with what they made once for all of them.
			command += ["-n", str(len(self.test_sites)), "--dist", "loadfile", "--no-loadscope-reorder"]
			command += ["--max-worker-restart", "0"]
		return subprocess.Popen(command, env=self._environment(environment), cwd=CHECKOUT, **options)

	@contextmanager
	def _only_run(self, site: str):
		"""One run at a time on one site: two would wait for each other's row locks."""
		locks = self.sites / site / "locks"
		locks.mkdir(exist_ok=True)
		with open(locks / f"{APP}_tests.lock", "w") as lock:
			try:
				fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
			except BlockingIOError:
				print(f"Waiting for another test run on {site} to end")
				fcntl.flock(lock, fcntl.LOCK_EX)
			yield

	def _make_venv(self) -> None:
		"""An environment of the bench's Python with pytest in it, its packages behind the bench's own."""
		wanted = f"{self.its_python.resolve()} {self.path} {_digest([CHECKOUT / 'pyproject.toml'])}"
		stamp = VENV / ".installed"
		if stamp.is_file() and stamp.read_text() == wanted:
			return
		print(f"Making {VENV.name} from the bench's Python")
		_check([self.its_python, "-m", "venv", "--clear", VENV], "could not make a virtual environment")
		pip = [VENV / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
		_check([*pip, "--editable", f"{CHECKOUT}[test]"], "could not install what the tests need")
		if subprocess.run(
			[*pip, "--editable", f"{CHECKOUT}[test,browser]"], stderr=subprocess.DEVNULL
		).returncode:
			print("Playwright could not be installed; the tests in a browser will be skipped")
		# Written last, so that pip never takes the bench's packages for its own.
		line = f"import site; site.addsitedir({str(self._its_packages())!r})\n"
		(_packages_of(VENV) / "bench.pth").write_text(line)
		stamp.write_text(wanted)

	def _its_packages(self) -> Path:
		return _packages_of(self.path / "env")

	def _python(self, arguments: list[str], environment: dict[str, str] | None = None, **options):
		"""Run the bench's Python with this checkout's code before any other, the bench's packages next."""
		environment = self._environment(environment)
		return subprocess.run([VENV / "bin" / "python", *arguments], env=environment, **options)

	def _environment(self, more: dict[str, str] | None = None) -> dict[str, str]:
		path = f"{CHECKOUT}{os.pathsep}{self._its_packages()}"
		return {**os.environ, **(more or {}), "PYTHONPATH": path}

	def _bench_command(self, site: str, *words: str) -> str:
		command = ["-m", "frappe.utils.bench_helper", "frappe", "--site", site, *words]
		done = self._python(
			command, cwd=self.sites, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
		)
		if done.returncode:
			raise BenchProblem(f"`bench --site {site} {' '.join(words)}` failed:\n{done.stdout[-2000:]}")
		return done.stdout

	@contextmanager
	def _a_worker(self):
		"""A background worker with this checkout's code, as `bench start` has them, for as long as the tests run."""
		worker = subprocess.Popen(
			[VENV / "bin" / "python", "-m", "tests.grounds.worker"],
			env=self._environment(),
			cwd=self.sites,
			**services.DETACHED,
		)
		try:
			yield
		finally:
			worker.terminate()
			worker.wait(services.PATIENCE)

	@contextmanager
	def _app_listed(self):
		"""A bench that has not got the app lists it for as long as the tests run."""
		listing = self.sites / "apps.txt"
		if APP in listing.read_text().split():
			yield
			return
		listing.write_text("\n".join([*listing.read_text().split(), APP]) + "\n")
		try:
			yield
		finally:
			apps = [app for app in listing.read_text().split() if app != APP]
			listing.write_text("\n".join(apps) + "\n")

	def _bring_up_to_date(self, site: str) -> None:
		"""Install the app and migrate, unless the site has seen exactly what migrating reads."""
		stamp = self.sites / site / "locks" / f"{APP}_tests.stamp"
		sources = [path for path in (CHECKOUT / APP).rglob("*") if path.is_file() and _changes_a_site(path)]
		versions = list((self.path / "apps").glob("*/*/__init__.py"))
		fingerprint = _digest(sorted([*sources, *versions]))
		if stamp.is_file() and stamp.read_text() == fingerprint:
			return
		stamp.unlink(missing_ok=True)
		if APP not in self._bench_command(site, "list-apps").split():
			print(f"Installing {APP} on {site}")
			self._bench_command(site, "install-app", APP)
		print(f"Migrating {site} to this checkout's code")
		self._bench_command(site, "migrate", "--skip-search-index")
		stamp.write_text(fingerprint)


def _changes_a_site(path: Path) -> bool:
	rooms = path.relative_to(CHECKOUT / APP).parts[:-1]
	# The hooks are composed from what `access` guards, and Frappe keeps them in its cache.
	is_code = path.suffix == ".py" and (
		path.name == "hooks.py" or {"access", "setup", "patches", "doctype"} & set(rooms)
	)
	return is_code or path.suffix in (".json", ".txt", ".csv", ".html")


def _packages_of(venv: Path) -> Path:
	return next(venv.glob("lib/python3*/site-packages"))


def _digest(paths: list[Path]) -> str:
	digest = hashlib.sha256()
	for path in paths:
		digest.update(str(path).encode() + b"\0" + path.read_bytes())
	return digest.hexdigest()


def _check(command: list, failure: str) -> None:
	done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
	if done.returncode:
		raise BenchProblem(f"{failure}:\n{done.stdout}")
