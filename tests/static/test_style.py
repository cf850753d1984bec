"""The tools that judge style and structure have nothing to say."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.static.sources import APP, CHECKOUT

TEXTS = {".py", ".js", ".html", ".json", ".md"}
# In quotes it is the code of a language.
HE_OR_SHE = re.compile(
	r"(?<![\"'])\b(?:h[e]|h[i]s|h[i]m|h[i]mself|sh[e]|h[e]rs?|h[e]rself)\b(?![\"'])", re.IGNORECASE
)
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


def test_the_types_agree():
	done = _run("mypy")
	assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_type_is_found(tmp_path):
	"""Also where it comes to by a row, and where a refusal that does not return is taken for one that does."""
	wrong = tmp_path / "wrong.py"
	wrong.write_text(
		"import frappe\n"
		"from city_diplomacy.partnership_approvals.shapes import ClearanceRow\n"
		"def seat_of(row: ClearanceRow | None) -> int:\n"
		"\tif not row:\n"
		"\t\tfrappe.throw('There is none.')\n"
		"\treturn row.seat or row.sheet\n"
	)
	done = _run("mypy", str(wrong))
	assert [line.partition("error: ")[2] for line in done.stdout.splitlines() if "error: " in line] == [
		'Incompatible return value type (got "str | Any", expected "int")  [return-value]',
		'"ClearanceRow" has no attribute "sheet"  [attr-defined]',
	]


def test_a_person_is_they():
	"""In code, words and guides alike; people's own words in the sample city and in data are theirs."""
	files = (
		path
		for folder in ("city_diplomacy", "docs", "tests", "benchmarks")
		for path in (CHECKOUT / folder).rglob("*")
	)
	written = [
		path for path in files if path.suffix in TEXTS and not {"data", "node_modules"} & set(path.parts)
	]
	written += [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md"]
	found = [
		f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()}"
		for path in written
		for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
		if HE_OR_SHE.search(line)
	]
	assert found == []


def test_every_package_says_what_it_holds():
	"""Frappe's own folders (doctype, report and the like) are known by their names."""
	of_frappe = {
		"doctype",
		"report",
		"page",
		"dashboard_chart_source",
		"patches",
		"www",
		"setup",
		"templates",
	}
	silent = [
		str(path.parent.relative_to(APP))
		for path in APP.rglob("__init__.py")
		if not of_frappe & set(path.relative_to(APP).parts)
		and not ast.get_docstring(ast.parse(path.read_text()))
	]
	assert silent == []
