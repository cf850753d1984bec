"""Expressions of administrators, compiled by RestrictedPython with Frappe's limits."""

import ast
import types
import unicodedata

from RestrictedPython import RestrictingNodeTransformer, compile_restricted
from RestrictedPython.Guards import guarded_iter_unpack_sequence

UNSAFE = str.split(
	"gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_origin cr_await ag_code ag_frame tb_frame tb_next format "
	"format_map f_back f_builtins f_code f_globals f_locals f_trace"
)
_INTERNALS = types.ModuleType | types.CodeType | types.TracebackType | types.FrameType


def _getattr(value, name, *default):
	if name in UNSAFE or isinstance(value, _INTERNALS):
		raise SyntaxError(f"{name} may not be read here")
	if name.startswith("_"):
		raise AttributeError(f'"{name}" starts with "_" and may not be read here')
	return getattr(value, name, *default)


_GLOBALS = {"int": int, "float": float, "long": int, "round": round, "_getattr_": _getattr, "_getiter_": iter,
	"_getitem_": lambda value, key: value[key], "__builtins__": {},
	"_iter_unpack_sequence_": guarded_iter_unpack_sequence}  # fmt: skip


def safe_eval(code, eval_globals=None, eval_locals=None):
	"""The value of one expression; assignments, imports and names with underscores are refused."""
	code = unicodedata.normalize("NFKC", code)
	if any(isinstance(node, ast.NamedExpr) for node in ast.walk(ast.parse(code, mode="eval"))):
		raise SyntaxError("An assignment is not allowed")
	compiled = compile_restricted(code, "<safe_eval>", "eval", policy=RestrictingNodeTransformer)
	return eval(compiled, {**(eval_globals or {}), **_GLOBALS}, eval_locals)
