"""The tools that judge style and structure have nothing to say."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.static.sources import CHECKOUT

BESIDE_PYTHON = Path(sys.executable).parent


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess:
	program = BESIDE_PYTHON / tool
	if not program.exists():
		pytest.skip(f"{tool} is not installed beside this Python")
	command = [program, *arguments]
	return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)


@pytest.mark.parametrize(
	"arguments",
	[("check", "--quiet", "--output-format=concise"), ("format", "--check", "--quiet")],
	ids=" ".join,
)
def test_ruff_is_content(arguments):
	done = _run("ruff", *arguments, ".")
	assert done.returncode == 0, done.stdout + done.stderr


def test_the_import_contract_holds():
	done = _run("lint-imports", "--no-cache")
	assert done.returncode == 0, done.stdout + done.stderr
