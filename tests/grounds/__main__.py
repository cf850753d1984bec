"""Run the suite on every ground this machine has: `python -m tests.grounds [--ground all] [-- pytest's own]`."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.grounds.bench import Bench, BenchProblem, find_bench

CHECKOUT = Path(__file__).parents[2]
# The summary of grounds names what was skipped, by test; pytest would name it again, by line.
QUIETER = ["-rfE"]


def main(arguments: list[str]) -> int:
	options, pytest_arguments = _parse(arguments)
	sys.stdout.reconfigure(line_buffering=True)
	signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
	bench, note = _look_for_bench(options.ground)
	with tempfile.TemporaryDirectory() as folder:
		environment = {
			"CITY_DIPLOMACY_RESULTS": f"{folder}/results.json",
			"CITY_DIPLOMACY_NOTES": note,
			"CITY_DIPLOMACY_NEXT": bench.site if bench else "",
		}
		if not bench:
			if options.ground == "site":
				print(note, file=sys.stderr)
				return 1
			return _start_in_sandbox(pytest_arguments, environment).wait()
		with ExitStack() as stack:
			# The bench is made ready while the sandbox is at work: installing and migrating take minutes.
			running = _start_in_sandbox(pytest_arguments, environment) if options.ground != "site" else None
			if running:
				stack.callback(running.terminate)
			is_ready = _prepare(bench, stack)
			codes = [running.wait()] if running else []
			codes.append(bench.run_pytest([*QUIETER, *pytest_arguments], environment) if is_ready else 1)
	return max(codes)


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


def _start_in_sandbox(pytest_arguments: list[str], environment: dict[str, str]) -> subprocess.Popen:
	command = [sys.executable, "-m", "pytest", *QUIETER, *pytest_arguments]
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
