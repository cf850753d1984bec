"""What the app does otherwise on Frappe 16 than on 15, in a sandbox that answers as 16 does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox_only

TESTS = Path(__file__).parents[1]
# Where the version decides: permission hooks, Frappe's own doors, and what installing sets up.
ROOMS = ("permissions", "doors", "desk", "upgrade", "sandbox/test_permissions_and_workflow.py")


def test_the_rooms_where_the_version_decides_pass_as_on_16():
	done = subprocess.run(
		[
			sys.executable,
			"-m",
			"pytest",
			"-q",
			"-p",
			"no:cacheprovider",
			*(str(TESTS / room) for room in ROOMS),
		],
		cwd=TESTS.parent,
		env={**os.environ, "SANDBOX_FRAPPE": "16", "CITY_DIPLOMACY_RESULTS": "", "CITY_DIPLOMACY_NEXT": ""},
		capture_output=True,
		text=True,
	)
	assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_the_sandbox_says_which_version_it_answers_as():
	done = subprocess.run(
		[
			sys.executable,
			"-c",
			"import sandbox; sandbox.activate(); import frappe; print(frappe.__version__)",
		],
		cwd=TESTS.parent,
		env={**os.environ, "SANDBOX_FRAPPE": "16"},
		capture_output=True,
		text=True,
		check=True,
	)
	assert done.stdout.startswith("16.")
