"""The app's sources as the static tests read them: modules, DocType files and what names resolve to."""

import ast
import json
import runpy
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
APP = CHECKOUT / "city_diplomacy"
OURS = ("city_diplomacy", "tests", "benchmarks", "tools")
# Links Frappe fills in a new record with what the site says of itself.
SAID_OF_THE_SITE = ("country", "language", "region", "time_zone")
# What the city does say of itself
OF_THE_CITY = {("City Diplomacy Settings", "country")}


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


def lost_imports(path: Path) -> list[str]:
	"""The modules of ours a file imports, and the names out of them, that are not there."""
	named = [name for node in ast.walk(tree_of(path)) for name in _imported(node, path)]
	return [name for name in named if name.split(".")[0] in OURS and not resolves(name)]


def _imported(node: ast.AST, path: Path) -> list[str]:
	if isinstance(node, ast.Import):
		return [alias.name for alias in node.names]
	if not isinstance(node, ast.ImportFrom):
		return []
	module = node.module or ""
	if node.level:
		folders = path.relative_to(CHECKOUT).parts[: -node.level]
		module = ".".join([*folders, *([module] if module else [])])
	return [module if alias.name == "*" else f"{module}.{alias.name}" for alias in node.names]


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


def of_others() -> list[tuple[str, str]]:
	"""(DocType, field) of each link Frappe would fill with the site's own, in a record about somebody else."""
	return [
		(name, field["fieldname"])
		for name, doctype in doctypes().items()
		for field in doctype["fields"]
		if field["fieldtype"] == "Link"
		and field["fieldname"] in SAID_OF_THE_SITE
		and (name, field["fieldname"]) not in OF_THE_CITY
	]


def leaves_open(doctype: str) -> set[str]:
	"""The fields a DocType's controller leaves open as SaidOfOthers; none when it does not come first of its bases."""
	controller = doctypes()[doctype]["path"].with_suffix(".py")
	found: set[str] = set()
	for node in tree_of(controller).body if controller.is_file() else ():
		if isinstance(node, ast.ClassDef) and node.bases and dotted_name(node.bases[0]) == "SaidOfOthers":
			for line in node.body:
				if isinstance(line, ast.Assign) and dotted_name(line.targets[0]) == "LEFT_OPEN":
					found |= set(ast.literal_eval(line.value))
	return found


@cache
def workspace_links() -> set[str]:
	"""What the workspaces lead to: DocTypes, reports and pages."""
	return {
		row["link_to"]
		for path in APP.glob("*/workspace/*/*.json")
		for row in json.loads(path.read_text())["links"]
		if row.get("link_to")
	}


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
