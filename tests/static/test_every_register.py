"""A register is made of the same things (CONTRIBUTING.md, "A new register"); all one lacks is told at once, by name."""

import ast
from pathlib import Path

import pytest

from city_diplomacy.access.rights import DOCTYPE_PERMISSIONS
from city_diplomacy.registers.declared import DECLARED
from tests.registers import test_bad_input
from tests.static.sources import doctypes, leaves_open, lost_imports, of_others, workspace_links
from tests.static.test_states import KINDS, SELECTS, STATES

TESTS = Path(__file__).parents[1]
# In a controller a hook calls a named method, and the rules are elsewhere.
LONGEST_CONTROLLER = 60
# The next change of one brings it nearer.
LONGER = {
	"MOU": 85,  # five indexes, and what the engine asks of an agreement by name, stand beside what happens to it
	"Routing Policy": 76,  # two methods browsers call keep the dotted paths the form and other sites know
}
# register: why Frappe's own form and list are all it needs
WITHOUT_SCRIPTS = {
	"Agreement Type": "a list of choices the office sets up once",
	"Partnership Topic": "a word and what it means",
}
# DocType: why no workspace leads to it
OUTSIDE_WORKSPACES = {
	"Register Import Line": "shown by the import it belongs to",
	"Name Key": "an index the app writes and reads",
	"Guest Link Key": "the hashes of tokens, which nobody reads",
	"Restricted Party Key": "an index the app writes and reads",
	"Approval Delegation": "people arrange their own on the page of their clearances",
	"Approval Notification Preference": "people keep their own on a page of their own",
	"Approval Notice": "what waits to be sent or was; people read it as a letter or a notification",
	"Approval Snapshot": "shown with the clearance that rests on it",
	"Ledger Head": "the report Ledger Verification is about them",
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


def missing(doctype: dict) -> list[str]:
	"""What a register lacks, each as what to add or mend."""
	name = doctype["name"]
	choices = [field for of, field in SELECTS if of == name and (of, field) not in STATES.keys() | KINDS]
	lacks = {
		**_of_its_folder(doctype),
		f"a row for {' and '.join(choices)} in STATES or KINDS of tests/static/test_states.py": bool(choices),
		f'a row for "{name}" in registers/declared.py': name not in declared(),
		f'a row for "{name}" in access/rights.py': name not in DOCTYPE_PERMISSIONS,
		"a link in the workspace of its module, counted in link_count of its card, and a later `modified`": (
			name not in workspace_links()
		),
		f'a factory that makes a "{name}" in tests/factories.py or its room\'s factories.py': not any(
			f'"{name}"' in path.read_text() for path in TESTS.glob("**/factories.py")
		),
		"a test file about it in tests/registers/ or its room's tests": not _is_tested(doctype),
		f'a maker of "{name}" in MAKERS of tests/registers/test_bad_input.py': (
			name not in test_bad_input.MAKERS
		),
		f'a bad value of "{name}" in CASES of tests/registers/test_bad_input.py': (
			name not in {register for register, *_case in test_bad_input.CASES}
		),
	}
	return [thing for thing, is_missing in lacks.items() if is_missing]


def _of_its_folder(doctype: dict) -> dict[str, bool]:
	name, path = doctype["name"], doctype["path"]
	controller, form = path.with_suffix(".py"), path.with_suffix(".js")
	listed = path.with_name(f"{path.stem}_list.js")
	is_there = controller.is_file()
	lines = len(controller.read_text().splitlines()) if is_there else 0
	limit = LONGER.get(name, LONGEST_CONTROLLER)
	lost = lost_imports(controller) if is_there else []
	filled = {field for of, field in of_others() if of == name} - (leaves_open(name) if is_there else set())
	needs_scripts = name not in WITHOUT_SCRIPTS
	return {
		f"{controller.name}, its controller": not is_there,
		f"a controller of at most {limit} lines, not {lines}: its rules go to its verbs": lines > limit,
		"a controller that derives from Register, PartnerRecord or RoutedDocument": is_there
		and not _is_register(controller),
		f"{' and '.join(lost)}, which its controller imports": bool(lost),
		f"SaidOfOthers first of its controller's bases, with {sorted(filled)} in LEFT_OPEN: Frappe would fill in the "
		"site's own": bool(filled),
		f"{form.name}, its form script": needs_scripts and not form.is_file(),
		f"{listed.name}, its list script": needs_scripts and not listed.is_file(),
		"a title_field, or an autoname by what it is called, that lists and links show of it": not (
			doctype.get("title_field") or (doctype.get("autoname") or "").startswith("field:")
		),
	}


def _is_register(controller: Path) -> bool:
	classes = [node for node in ast.parse(controller.read_text()).body if isinstance(node, ast.ClassDef)]
	bases = {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
	return bool(bases & {"Register", "PartnerRecord", "RoutedDocument"})


def _is_tested(doctype: dict) -> bool:
	"""Whether a test file makes or names one; the lists every register stands in do not count."""
	files = [
		path
		for room in ("registers", "approvals", "pages", "trade", "imports", "protocol", "events", "community")
		for path in TESTS.glob(f"{room}/*.py")
	]
	words = (f'"{doctype["name"]}"', f"make_{doctype['path'].stem}")
	return any(
		word in path.read_text()
		for path in files
		for word in words
		if not path.stem.startswith("test_bad_input")
	)


def declared() -> set[str]:
	return {one.doctype for one in DECLARED}


@pytest.mark.parametrize("name", registers())
def test_a_register_lacks_nothing(name):
	lacks = missing(registers()[name])
	assert not lacks, "\n- ".join([f"{name} lacks", *lacks])


def test_a_doctype_that_is_no_table_is_declared_and_can_be_opened():
	alone = {name for name, doctype in doctypes().items() if not doctype.get("istable")} - set(registers())
	lacks = [f'Add a row for "{name}" to registers/declared.py' for name in sorted(alone - declared())]
	lacks += [
		f'Put "{name}" into a workspace, or say in OUTSIDE_WORKSPACES why it stands in none'
		for name in sorted(alone - workspace_links() - set(OUTSIDE_WORKSPACES))
	]
	assert not lacks, "\n".join(lacks)


def test_a_table_about_others_leaves_open_what_the_site_says_of_itself():
	lacks = [
		f'Let the controller of "{name}" derive from SaidOfOthers, with "{field}" in LEFT_OPEN'
		for name, field in of_others()
		if name not in registers() and field not in leaves_open(name)
	]
	assert not lacks, "\n".join(lacks)


def test_nothing_is_declared_twice():
	names = [one.doctype for one in DECLARED]
	assert len(names) == len(set(names))


def test_an_exception_is_one():
	"""What has got scripts, or a place in a workspace, is taken off the list."""
	scripts = {name for name in WITHOUT_SCRIPTS if doctypes()[name]["path"].with_suffix(".js").is_file()}
	assert not scripts, f"WITHOUT_SCRIPTS names registers with a script: {sorted(scripts)}"
	opened = workspace_links() & set(OUTSIDE_WORKSPACES)
	assert not opened, f"OUTSIDE_WORKSPACES names what a workspace leads to: {sorted(opened)}"
	assert set(OUTSIDE_WORKSPACES) <= set(doctypes())


def test_what_a_new_register_lacks_is_told_by_name(tmp_path):
	new = {"name": "City Gift", "path": tmp_path / "city_gift.json", "autoname": "GIFT-.####"}
	assert missing(new) == [
		"city_gift.py, its controller",
		"city_gift.js, its form script",
		"city_gift_list.js, its list script",
		"a title_field, or an autoname by what it is called, that lists and links show of it",
		'a row for "City Gift" in registers/declared.py',
		'a row for "City Gift" in access/rights.py',
		"a link in the workspace of its module, counted in link_count of its card, and a later `modified`",
		'a factory that makes a "City Gift" in tests/factories.py or its room\'s factories.py',
		"a test file about it in tests/registers/ or its room's tests",
		'a maker of "City Gift" in MAKERS of tests/registers/test_bad_input.py',
		'a bad value of "City Gift" in CASES of tests/registers/test_bad_input.py',
	]


def test_a_controller_that_became_shorter_is_not_let_grow_again():
	now = {name: len(doctypes()[name]["path"].with_suffix(".py").read_text().splitlines()) for name in LONGER}
	wrong = [f"LONGER says {LONGER[name]} of {name}, which has {now[name]}" for name in LONGER]
	wrong = [line for line, name in zip(wrong, LONGER, strict=True) if now[name] != LONGER[name]]
	assert not wrong, "\n".join(wrong)


def test_the_controller_of_what_is_no_register_is_short_too():
	controllers = {name: doctype["path"].with_suffix(".py") for name, doctype in doctypes().items()}
	lines = {name: len(path.read_text().splitlines()) for name, path in controllers.items() if path.is_file()}
	assert {name for name in lines if lines[name] > LONGER.get(name, LONGEST_CONTROLLER)} == set()
