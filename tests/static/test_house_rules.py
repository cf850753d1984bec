"""What the house rules ask of every file, where a machine can see it. Each test names the offenders."""

import ast
import re

from tests.static.sources import APP, CHECKOUT, calls_in, dotted_name, lost_imports, python_files, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LARGEST_SANDBOX = 4000
VAGUE_NAMES = {"utils", "helpers", "common", "misc"}
CLOCKS = ("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.time_ns")


def _here(path, line: int | None = None) -> str:
	return f"{path.relative_to(CHECKOUT)}:{line}" if line else str(path.relative_to(CHECKOUT))


def _lines(path) -> list[str]:
	return path.read_text().splitlines()


def _calls(room=APP):
	"""(where, dotted name) of every call in the app."""
	for path in python_files(room):
		for call in calls_in(tree_of(path)):
			yield _here(path, call.lineno), dotted_name(call.func)


def test_no_file_is_long():
	assert [
		_here(path, len(_lines(path))) for path in python_files() if len(_lines(path)) > LONGEST_FILE
	] == []


def test_no_function_is_long():
	functions = [
		(path, node)
		for path in python_files()
		for node in ast.walk(tree_of(path))
		if isinstance(node, ast.FunctionDef)
	]
	assert [
		_here(path, function.lineno)
		for path, function in functions
		if function.end_lineno - function.lineno >= LONGEST_FUNCTION
	] == []


def test_the_sandbox_stays_small():
	assert sum(len(_lines(path)) for path in python_files(CHECKOUT / "sandbox")) <= LARGEST_SANDBOX


def test_no_file_has_a_name_that_says_nothing():
	ours = [*python_files(), *python_files(CHECKOUT / "tests")]
	assert [_here(path) for path in ours if path.stem in VAGUE_NAMES] == []


def test_what_is_imported_of_ours_is_there():
	rooms = (APP, CHECKOUT / "tests", CHECKOUT / "benchmarks", CHECKOUT / "tools")
	lost = [
		f"{_here(path)} imports {name}, which is not there"
		for room in rooms
		for path in python_files(room)
		for name in lost_imports(path)
	]
	assert not lost, "\n".join(lost)


def test_an_import_of_what_is_not_there_is_found(tmp_path):
	controller = tmp_path / "city_gift.py"
	controller.write_text(
		"import frappe\n"
		"from city_diplomacy.partnerships import gifts\n"
		"from city_diplomacy.registers.register import Register, Gift\n"
	)
	assert lost_imports(controller) == [
		"city_diplomacy.partnerships.gifts",
		"city_diplomacy.registers.register.Gift",
	]


def test_ignoring_permissions_says_why():
	assert [
		_here(path, number)
		for path in python_files()
		for number, line in enumerate(_lines(path), start=1)
		if re.search(r"ignore_permissions\s*=[^=]", line.split("#")[0]) and not _says_why(path, number)
	] == []


def _says_why(path, number: int) -> bool:
	"""Whether a comment stands on the line, above it, or above the statement it belongs to."""
	lines = _lines(path)
	around = [
		node.lineno
		for node in ast.walk(tree_of(path))
		if isinstance(node, ast.stmt) and node.lineno <= number <= node.end_lineno
	]
	above = [lines[line - 2].strip() for line in (number, *around[-1:]) if line > 1]
	return "#" in lines[number - 1] or any(line.startswith("#") for line in above)


def test_no_sql_is_written_by_hand():
	assert [where for where, call in _calls() if re.search(r"\bdb\.(sql|sql_list|multisql)$", call)] == []


def test_nothing_in_the_app_commits():
	assert [where for where, call in _calls() if call.endswith("db.commit")] == []


def test_nobody_is_signed_in_by_the_app():
	"""The demonstration plays its people; nothing else speaks for another person."""
	signings = [where for where, call in _calls() if call.endswith("set_user")]
	assert [where for where in signings if not where.startswith("city_diplomacy/demo/")] == []


def test_desk_addresses_are_asked_for_not_written():
	assert [
		_here(path, node.lineno)
		for path in python_files()
		for node in ast.walk(tree_of(path))
		if isinstance(node, ast.Constant)
		and isinstance(node.value, str)
		and re.match(r"/(app|desk)(/|$)", node.value)
	] == []


def test_no_error_is_swallowed():
	handlers = [
		(path, node)
		for path in python_files()
		for node in ast.walk(tree_of(path))
		if isinstance(node, ast.ExceptHandler)
	]
	assert [
		_here(path, handler.lineno)
		for path, handler in handlers
		if handler.type is None or all(isinstance(step, ast.Pass) for step in handler.body)
	] == []


def test_nothing_is_left_for_later():
	assert [
		_here(path, number)
		for path in python_files()
		for number, line in enumerate(_lines(path), start=1)
		if re.search(r"#.*\b(TODO|FIXME|XXX|HACK)\b", line)
	] == []


def test_the_rules_read_no_clock():
	assert [
		where
		for where, call in _calls(APP / "domain")
		if any(call == clock or call.endswith(f".{clock}") for clock in CLOCKS)
	] == []
