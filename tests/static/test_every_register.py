"""A register is always the same seven things (CONTRIBUTING.md, "A new register"); one that lacks any fails by name."""

import ast
from pathlib import Path

import pytest

from city_diplomacy.access.rights import DOCTYPE_PERMISSIONS
from city_diplomacy.registers.declared import DECLARED
from tests.static.sources import doctypes

TESTS = Path(__file__).parents[1]
# In a controller a hook calls a named method, and the rules are elsewhere.
LONGEST_CONTROLLER = 60
# They are older than that limit; the next change of one brings it nearer.
LONGER = {
	"Diaspora Organisation": 88,
	"MOU": 166,
	"Network Membership": 71,
	"Partnership Commitment": 173,
	"Trade Lead": 87,
}


def registers() -> dict[str, dict]:
	"""The DocTypes people keep records in: somebody may create one, and it is neither a table nor settings."""
	return {
		name: doctype
		for name, doctype in doctypes().items()
		if not doctype.get("istable")
		and not doctype.get("issingle")
		and "partnership_approvals" not in doctype["path"].parts
		and any("c" in rights for rights in DOCTYPE_PERMISSIONS.get(name, {"": "c"}).values())
	}


def missing(doctype: dict, declared: set[str], rights: set[str], factories: str, tests: str) -> list[str]:
	"""Which of the seven things a register lacks, each as a sentence; `api.py` is only for what a form calls."""
	name, path = doctype["name"], doctype["path"]
	controller = path.with_suffix(".py")
	lines = len(controller.read_text().splitlines()) if controller.is_file() else 0
	lacks = {
		f"{controller.name}, its controller": not lines,
		f"a controller of at most {LONGEST_CONTROLLER} lines": lines > LONGER.get(name, LONGEST_CONTROLLER),
		"a base that takes in words (Register or PartnerRecord)": lines > 0 and not _is_register(controller),
		"something lists and links show of it (title_field or search_fields)": not (
			doctype.get("title_field") or doctype.get("search_fields") or doctype.get("autoname")
		),
		"a row in registers/declared.py": name not in declared,
		"a row in access/rights.py": name not in rights,
		"a factory in tests/factories.py": f'"{name}"' not in factories,
		"a test file that is about it": f'"{name}"' not in tests and f"make_{path.stem}" not in tests,
	}
	return [thing for thing, is_missing in lacks.items() if is_missing]


def _is_register(controller: Path) -> bool:
	classes = [node for node in ast.parse(controller.read_text()).body if isinstance(node, ast.ClassDef)]
	bases = {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
	return bool(bases & {"Register", "PartnerRecord"})


def known() -> dict:
	about_registers = [
		*TESTS.glob("registers/*.py"),
		*TESTS.glob("approvals/*.py"),
		*TESTS.glob("pages/*.py"),
	]
	return {
		"declared": {one.doctype for one in DECLARED},
		"rights": set(DOCTYPE_PERMISSIONS),
		"factories": (TESTS / "factories.py").read_text(),
		"tests": "".join(path.read_text() for path in about_registers),
	}


@pytest.mark.parametrize("name", registers())
def test_a_register_has_its_seven_things(name):
	assert missing(registers()[name], **known()) == []


def test_every_doctype_of_ours_that_is_no_table_is_declared():
	records = {name for name, doctype in doctypes().items() if not doctype.get("istable")}
	assert records - {one.doctype for one in DECLARED} == set()


def test_nothing_is_declared_twice():
	names = [one.doctype for one in DECLARED]
	assert len(names) == len(set(names))


def test_what_a_new_register_lacks_is_told_by_name(tmp_path):
	new = {"name": "City Gift", "path": tmp_path / "city_gift.json"}
	assert missing(new, **known()) == [
		"city_gift.py, its controller",
		"something lists and links show of it (title_field or search_fields)",
		"a row in registers/declared.py",
		"a row in access/rights.py",
		"a factory in tests/factories.py",
		"a test file that is about it",
	]


def test_a_controller_that_became_shorter_is_not_let_grow_again():
	now = {name: len(doctypes()[name]["path"].with_suffix(".py").read_text().splitlines()) for name in LONGER}
	assert now == LONGER
