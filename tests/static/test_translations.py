"""What people read can be translated: it passes `_()` or `__()`, whole, so that it is found when extracted."""

import ast
import re

import pytest

from tests.static.sources import APP, CHECKOUT, calls_in, dotted_name, python_files, tree_of

TEMPLATES = sorted(
	[*APP.glob("www/**/*.html"), *APP.glob("templates/**/*.html"), *APP.glob("*/print_format/**/*.html")]
)
SCRIPTS = sorted(
	[
		*APP.glob("public/js/**/*.js"),
		*APP.glob("*/doctype/*/*.js"),
		*APP.glob("*/page/*/*.js"),
		*APP.glob("www/**/*.js"),
	]
)
TRANSLATORS = {"_", "frappe._", "_lt", "frappe._lt"}
SPOKEN_ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "data-label")
BARE_ATTRIBUTES = ("novalidate", "hidden", "required")


def _here(path):
	return str(path.relative_to(CHECKOUT))


def _line(path, node) -> str:
	return f"{_here(path)}:{node.lineno}"


def _translated():
	for path in python_files():
		for call in calls_in(tree_of(path)):
			if dotted_name(call.func) in TRANSLATORS and call.args:
				yield path, call


def test_a_sentence_is_translated_before_it_is_filled_in():
	assert [_line(path, call) for path, call in _translated() if _is_put_together(call.args[0])] == []


def _is_put_together(text: ast.expr) -> bool:
	is_format = (
		isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format"
	)
	return is_format or isinstance(text, ast.JoinedStr | ast.BinOp)


def test_a_sentence_is_translated_whole():
	assert [
		_line(path, node)
		for path in python_files()
		for node in ast.walk(tree_of(path))
		if isinstance(node, ast.BinOp) and _translates(node.left) and _translates(node.right)
	] == []


def _translates(part: ast.expr) -> bool:
	return any(dotted_name(call.func) in TRANSLATORS for call in calls_in(part))


def test_an_error_people_see_is_translated():
	assert [
		_line(path, call)
		for path in python_files()
		for call in calls_in(tree_of(path))
		if dotted_name(call.func) in ("frappe.throw", "frappe.msgprint")
		and call.args
		and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
	] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_here)
def test_a_template_says_nothing_untranslated(path):
	markup = re.sub(r"{#.*?#}|<!--.*?-->", "", path.read_text(), flags=re.S)
	markup = re.sub(r"<(style|script|code|svg)\b.*?</\1>", "", markup, flags=re.S)
	markup = re.sub(r"{{.*?}}|{%.*?%}", "\0", markup, flags=re.S)
	spoken = [
		text for attribute in SPOKEN_ATTRIBUTES for text in re.findall(rf'\s{attribute}="([^"]*)"', markup)
	]
	# A macro of attributes stands outside any tag; what is left of it is markup, not words.
	between_tags = re.sub(r'[\w-]+="[^"]*"', "", re.sub(r"<[^>]*>", "\n", markup))
	spoken += between_tags.split("\n")
	words = [text.strip() for text in spoken if re.search(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", text))]
	assert [text for text in words if text not in BARE_ATTRIBUTES] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=_here)
def test_a_script_translates_whole_sentences(path):
	assert re.findall(r"__\(\s*`[^`]*\$\{", path.read_text()) == []
	assert re.findall(r"(?:msgprint|throw|show_alert|confirm)\(\s*[\"'`]", path.read_text()) == []
