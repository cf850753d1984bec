"""Stored words become HTML in two places: escaped by `city_diplomacy.html` in scripts, by autoescape in templates.

Everything by which a script or a template could make HTML of text otherwise is looked for here.
"""

import re

import pytest

from tests.static.sources import APP, CHECKOUT

SCRIPTS = sorted(APP.rglob("*.js"))
TEMPLATES = sorted(APP.rglob("*.html"))
MAKES_HTML = APP / "public" / "js" / "markup.js"
INSERTS = re.compile(
	r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bparseHTML\b|createContextualFragment|srcdoc"
	r"|\.html\(\s*[^\s)]|render_template\("
)
# jQuery takes a string for HTML; `appendTo` and its like are called on elements only.
JQUERY_INSERTS = re.compile(r"\.(?:append|prepend|before|after|replaceWith|wrap|wrapAll|wrapInner)\(")
# What may be handed to jQuery: a selector, markup without values, an element of an event.
IN_JQUERY = re.compile(r"\$\((?!`[^`$]*`\)|\"[^\"<]*\"\)|currentTarget\))")
# A sentence of the template, a value that is escaped, or a macro that escapes.
SHOWN_SAFELY = re.compile(
	r'_\("[^"]*"\)|.*\|\s*e|(?:print|paper)\.\w+\(.*\)|(?:widths|seats)\(.*\)', re.DOTALL
)
INNERMOST_ESCAPED = re.compile(
	r"{%-?\s*autoescape true\s*-?%}(?:(?!{%-?\s*autoescape).)*?{%-?\s*endautoescape\s*-?%}", re.DOTALL
)
TAGGED = "city_diplomacy.html"
# file: why a value in its markup is HTML already
FRAPPE_FORMATTED = {
	name: "`shown` is what Frappe's formatter made of a value the report has made neutral"
	for name in ("renewal_radar.js", "ledger_verification.js", "approval_exceptions.js")
}
ALLOWED_VALUES = {"shown", '__("whole")', '__("broken")'}


def ids(path) -> str:
	return str(path.relative_to(CHECKOUT))


def template_literals(script: str, start: int = 0, end: int | None = None):
	"""(position, text without its values, values) of each template literal, those inside values as well."""
	position, end = start, len(script) if end is None else end
	while position < end:
		character = script[position]
		if script.startswith("//", position) and script[position - 1] != ":":
			position = script.find("\n", position) % (len(script) + 1)
		elif character in "\"'":
			position += 1
			while script[position] != character:
				position += 2 if script[position] == "\\" else 1
		elif character == "`":
			text, values, after = _literal(script, position)
			yield position, text, [script[first:last] for first, last in values]
			for first, last in values:
				yield from template_literals(script, first, last)
			position = after
			continue
		position += 1


def _literal(script: str, position: int) -> tuple[str, list[tuple[int, int]], int]:
	text, values, here = "", [], position + 1
	while script[here] != "`":
		if script.startswith("${", here):
			first, depth, here = here + 2, 1, here + 2
			while depth:
				if script[here] == "`":
					here = _literal(script, here)[2]
					continue
				depth += {"{": 1, "}": -1}.get(script[here], 0)
				here += 1
			values.append((first, here - 1))
			text += " "
		else:
			text += script[here]
			here += 1
	return text, values, here + 1


@pytest.mark.parametrize("path", SCRIPTS, ids=ids)
def test_a_script_makes_markup_with_values_by_the_tag_alone(path):
	script = path.read_text()
	wrong = []
	for position, text, values in template_literals(script):
		tagged = script[:position].endswith(TAGGED)
		if not values or tagged or not re.search(r"</?[a-z]", text, re.IGNORECASE):
			continue
		if path.name not in FRAPPE_FORMATTED or not set(values) <= ALLOWED_VALUES:
			wrong.append(text)
	assert wrong == []


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path != MAKES_HTML], ids=ids)
def test_a_script_inserts_no_html_by_itself(path):
	script = path.read_text()
	found = [match[0] for match in INSERTS.finditer(script)]
	if re.search(r"\$\(", script):
		found += [match[0] for match in JQUERY_INSERTS.finditer(script)]
	found += [script[match.start() :][:60] for match in IN_JQUERY.finditer(script)]
	assert found == []


def test_markup_is_joined_by_nothing_but_its_tag():
	"""`"<b>" + words` would pass the eye of the tests above."""
	added = re.compile(r"""["'][^"'\n]*<[a-z/][^"'\n]*["']\s*\+|\+\s*["'][^"'\n]*<[a-z/]""", re.IGNORECASE)
	assert [ids(path) for path in SCRIPTS if added.search(path.read_text())] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_template_escapes_what_it_shows(path):
	"""Inside of {% autoescape true %}, or by `| e`; macros of the print formats escape what they are given."""
	template = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
	assert not re.search(r"\|\s*safe\b|autoescape\s+false|<script\b(?![^>]*\bsrc=)", template)
	outside, nested = template, 1
	while nested:
		outside, nested = INNERMOST_ESCAPED.subn("", outside)
	shown = [expression.strip() for expression in re.findall(r"{{-?(.*?)-?}}", outside, flags=re.DOTALL)]
	assert [expression for expression in shown if not SHOWN_SAFELY.fullmatch(expression)] == []


def test_only_the_reducer_of_formatted_text_answers_markup():
	"""`Markup` switches escaping off for what it holds."""
	users = {path.name for path in APP.rglob("*.py") if re.search(r"\bMarkup\(", path.read_text())}
	assert users == {"markup.py"}
