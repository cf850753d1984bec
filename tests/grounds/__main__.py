"""Run the suite on every ground this machine has: `python -m tests.grounds [--ground all] [-- pytest's own]`."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.grounds.bench import Bench, BenchProblem, find_bench

CHECKOUT = Path(__file__).parents[2]
# The summary of grounds names what was skipped, by test; pytest would name it again, by line.
QUIETER = ["-rfE"]
# Without a bench beside it the sandbox has every core; a file's tests stay together, with what they arranged.
ON_EVERY_CORE = ["-n", "auto", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
	options, pytest_arguments = _parse(arguments)
	sys.stdout.reconfigure(line_buffering=True)
	signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
	bench, note = _look_for_bench(options.ground)
	arguments = [*QUIETER, *pytest_arguments]
	with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
		environment = {
			"CITY_DIPLOMACY_RESULTS": f"{folder}/results.json",
			"CITY_DIPLOMACY_NOTES": note,
			"CITY_DIPLOMACY_NEXT": " and ".join(bench.test_sites) if bench else "",
		}
		if not bench:
			if options.ground == "site":
				print(note, file=sys.stderr)
				return 1
			return _start_in_sandbox([*ON_EVERY_CORE, *arguments], environment).wait()
		if options.ground == "site":
			return bench.start_pytest(arguments, environment).wait() if _prepare(bench, stack) else 1
		return _run_on_both(bench, arguments, environment, Path(folder), stack)


def _run_on_both(
	bench: Bench, arguments: list[str], environment: dict[str, str], folder: Path, stack: ExitStack
) -> int:
	"""Run the sandbox and the bench side by side; answers the worse exit code.

	What pytest says of the bench is kept until the sandbox has said its own, so that neither interrupts the
	other.
	"""
	sandbox = _start_in_sandbox(arguments, environment)
	stack.callback(sandbox.terminate)
	if not _prepare(bench, stack):
		return max(sandbox.wait(), 1)
	with open(folder / "site.txt", "w+b") as said:
		beside = {
			**environment,
			"CITY_DIPLOMACY_BESIDE": str(sandbox.pid),
			"CITY_DIPLOMACY_PYTHON": "{}.{}".format(*sys.version_info),
		}
		site = bench.start_pytest([*arguments, "--color=no"], beside, stdout=said, stderr=subprocess.STDOUT)
		stack.callback(site.terminate)
		code = sandbox.wait()
		_print_as_it_comes(folder / "site.txt", site)
	return max(code, site.returncode)


def _print_as_it_comes(path: Path, process: subprocess.Popen) -> None:
	with open(path, errors="replace") as said:
		while True:
			has_ended = process.poll() is not None
			if text := said.read():
				print(text, end="", flush=True)
			elif has_ended:
				return
			else:
				time.sleep(0.2)


def _parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
	parser = argparse.ArgumentParser(prog="python -m tests.grounds", description=__doc__)
	parser.add_argument("--ground", choices=("all", "sandbox", "site"), default="all")
	parser.add_argument("pytest_arguments", nargs="*", help="after `--`: handed to pytest")
	options = parser.parse_args(arguments)
	return options, options.pytest_arguments


def _look_for_bench(ground: str) -> tuple[Bench | None, str]:
	if ground == "sandbox":
		return None, "real site: not asked for"
	try:
		return find_bench(), ""
	except BenchProblem as problem:
		return None, f"real site: {problem}"


def _start_in_sandbox(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen:
	command = [sys.executable, "-m", "pytest", *arguments]
	environment = {**os.environ, **environment, "CITY_DIPLOMACY_GROUND": "sandbox"}
	return subprocess.Popen(command, cwd=CHECKOUT, env=environment)


def _prepare(bench: Bench, stack: ExitStack) -> bool:
	"""Whether the bench is ready for pytest; what has to be undone afterwards goes on `stack`."""
	try:
		bench.prepare(stack)
	except BenchProblem as problem:
		print(f"\nThe suite did not run on the bench {bench.path}: {problem}", file=sys.stderr)
		return False
	return True


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
