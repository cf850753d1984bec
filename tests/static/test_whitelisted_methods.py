"""Every method a browser can call is typed, written for POST when it writes, and checks permission itself.

Frappe's semgrep rules have none for a missing check or a write by GET. Here each method stands in one
table with the check it reaches; the tests follow the calls in the syntax tree, so a check taken out of the
code is missed by name.
"""

import ast

import pytest

from tests.static.sources import (
	calls_in,
	dotted_name,
	file_of,
	function_in,
	module_name,
	python_files,
	tree_of,
)
from tests.static.whitelisted import ARGUMENTS, DOORS, OPEN_TO_GUESTS, PERMISSION_CHECKS, READ_ONLY_METHODS


def _whitelisting(function: ast.FunctionDef) -> ast.Call | None:
	"""The `@frappe.whitelist(...)` of a function; refuses one without brackets."""
	for decorator in function.decorator_list:
		called = decorator.func if isinstance(decorator, ast.Call) else decorator
		if dotted_name(called).split(".")[-1] == "whitelist":
			assert isinstance(decorator, ast.Call), (
				f"{function.name}: write @frappe.whitelist() with its brackets"
			)
			return decorator
	return None


def _whitelisted() -> dict[str, ast.FunctionDef]:
	found = {}
	for path in python_files():
		for node in ast.walk(tree_of(path)):
			if isinstance(node, ast.FunctionDef) and _whitelisting(node):
				found[f"{module_name(path)}.{node.name}"] = node
	return found


METHODS = _whitelisted()
every_method = pytest.mark.parametrize("name", sorted(METHODS))


def _option(name: str, option: str):
	keywords = {keyword.arg: keyword.value for keyword in _whitelisting(METHODS[name]).keywords}
	return ast.literal_eval(keywords[option]) if option in keywords else None


def _follow(module: str, name: str) -> tuple[str, ast.FunctionDef | None]:
	"""The module and the function a called name stands for; None for what is not ours to look into."""
	path = file_of(module)
	first, function_name = name.split(".")[0], name.split(".")[-1]
	if "." not in name and (function := function_in(path, name)):
		return module, function
	for node in ast.walk(tree_of(path)):
		if isinstance(node, ast.ImportFrom) and first in {alias.asname or alias.name for alias in node.names}:
			source = f"{node.module}.{first}" if file_of(f"{node.module}.{first}") else node.module
			return source, function_in(file_of(source), function_name) if file_of(source) else None
	return module, None


@every_method
def test_it_is_typed(name):
	function = METHODS[name]
	arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
	assert [
		argument.arg for argument in arguments if argument.arg != "self" and not argument.annotation
	] == []
	assert function.returns, "say what it answers"
	# What stands for a method of Frappe takes what the installed Frappe's takes.
	if not name.startswith(DOORS):
		assert (function.args.vararg, function.args.kwarg) == (None, None), "take named arguments only"


# What stands for a method of Frappe takes what Frappe's takes, and leaves what it does not guard to Frappe.
@pytest.mark.parametrize("name", sorted(name for name in METHODS if not name.startswith(DOORS)))
def test_its_arguments_are_of_the_types_that_refuse_what_it_cannot_take(name):
	function = METHODS[name]
	types = {node.id for node in tree_of(file_of(ARGUMENTS)).body for node in _assigned(node)}
	arguments = [arg for arg in function.args.args if arg.arg != "self"]
	assert [arg.arg for arg in arguments if dotted_name(arg.annotation) not in types] == []
	decorators = [dotted_name(each) for each in function.decorator_list[1:]]
	assert not arguments or decorators[:1] == ["checked"]


def _assigned(node: ast.stmt) -> list[ast.Name]:
	"""The name of a type that is annotated with its check."""
	is_type = isinstance(node, ast.Assign) and dotted_name(getattr(node.value, "value", None)) == "Annotated"
	return [target for target in node.targets if isinstance(target, ast.Name)] if is_type else []


@every_method
def test_it_is_post_only_unless_it_only_reads(name):
	methods = _option(name, "methods")
	if name in READ_ONLY_METHODS:
		assert methods in (None, ["GET"]), f"{name} stands in READ_ONLY_METHODS, and so is called by GET"
	else:
		assert methods == ["POST"], f'write methods=["POST"], or add {name} to READ_ONLY_METHODS'


@every_method
def test_it_is_open_to_guests_only_where_that_is_meant(name):
	assert bool(_option(name, "allow_guest")) == (name in OPEN_TO_GUESTS)


@every_method
def test_it_reaches_its_permission_check(name):
	assert name in PERMISSION_CHECKS, (
		f"Add {name} to PERMISSION_CHECKS, with the calls that lead to its check"
	)
	module, function = name.rpartition(".")[0], METHODS[name]
	for step in PERMISSION_CHECKS[name]:
		called = {dotted_name(call.func) for call in calls_in(function)}
		assert any(call == step or call.endswith(f".{step}") for call in called), (
			f"{function.name} calls no {step}"
		)
		module, function = _follow(module, step)
		if function is None:
			break


def test_the_tables_name_methods_there_are():
	lost = sorted((set(PERMISSION_CHECKS) | READ_ONLY_METHODS | OPEN_TO_GUESTS) - set(METHODS))
	assert not lost, f"Take out of the tables, there are no such methods: {lost}"
