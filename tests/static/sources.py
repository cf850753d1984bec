"""The app's sources as the static tests read them: modules, DocType files and what names resolve to."""

import ast
import json
import runpy
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
APP = CHECKOUT / "city_diplomacy"


@cache
def python_files(room: Path = APP) -> tuple[Path, ...]:
	return tuple(sorted(room.rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
	return ast.parse(path.read_text(), str(path))


def module_name(path: Path) -> str:
	parts = path.relative_to(CHECKOUT).with_suffix("").parts
	return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def file_of(module: str) -> Path | None:
	"""The file of one of our modules; None when there is none."""
	path = CHECKOUT.joinpath(*module.split("."))
	candidates = (path.with_suffix(".py"), path / "__init__.py")
	return next((candidate for candidate in candidates if candidate.is_file()), None)


def defined_in(path: Path) -> set[str]:
	"""The names at the top of a module: functions, classes, assignments, imports."""
	names: set[str] = set()
	for node in tree_of(path).body:
		if isinstance(node, ast.FunctionDef | ast.ClassDef):
			names.add(node.name)
		elif isinstance(node, ast.Import | ast.ImportFrom):
			names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
		else:
			names |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
	return names


def resolves(dotted: str) -> bool:
	"""Whether a dotted path names one of our modules, or something at the top of one."""
	module, _, name = dotted.rpartition(".")
	if file_of(dotted):
		return True
	path = file_of(module)
	return bool(path) and name in defined_in(path)


def function_in(path: Path, name: str) -> ast.FunctionDef | None:
	functions = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))
	return next((function for function in functions if function.name == name), None)


def dotted_name(node: ast.AST) -> str:
	"""`a.b.c` as it is written; what is not a plain name is left out: `get_doc().save` is `save`."""
	if isinstance(node, ast.Name):
		return node.id
	if isinstance(node, ast.Attribute):
		return f"{dotted_name(node.value)}.{node.attr}".lstrip(".")
	return ""


def calls_in(function: ast.AST) -> list[ast.Call]:
	return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


@cache
def hooks() -> dict:
	return runpy.run_path(str(APP / "hooks.py"))


@cache
def doctypes() -> dict[str, dict]:
	"""Our DocTypes by name; `path` is where each is written."""
	found = {}
	for path in sorted(APP.glob("*/doctype/*/*.json")):
		doctype = json.loads(path.read_text())
		found[doctype["name"]] = {**doctype, "path": path}
	return found


@cache
def borrowed_doctypes() -> dict[str, dict]:
	"""The DocTypes of Frappe and ERPNext the sandbox declares; a test on a real site compares them."""
	return {
		doctype["name"]: doctype
		for path in sorted((CHECKOUT / "sandbox" / "doctypes").glob("*.json"))
		for doctype in json.loads(path.read_text())
	}


def fields_of(doctype: str) -> dict[str, dict]:
	declared = doctypes().get(doctype) or borrowed_doctypes()[doctype]
	return {field["fieldname"]: field for field in declared["fields"]}


def is_known(doctype: str) -> bool:
	return doctype in doctypes() or doctype in borrowed_doctypes()
