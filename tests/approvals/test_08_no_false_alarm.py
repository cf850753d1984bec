"""Property 8, the other side: what people do by the ordinary ways verifies after every act of every life."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest

import city_diplomacy
from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.record.recorded import BASELINE
from city_diplomacy.partnership_approvals.council import action
from city_diplomacy.partnership_approvals.engine import reassign, renames
from city_diplomacy.partnership_approvals.ledger import baselines, entries, facts
from tests import factories
from tests.approvals import lives, scenes

ALL = [*lives.IN_BOTH, *(pytest.param(life, marks=pytest.mark.real_site) for life in lives.ON_A_SITE)]
# Where the engine names an event by something that is no constant, with the events that may stand there.
CHOSEN = {
	"_event_of": ("Decided", "Decision Recorded", "Overridden"),
	"event": (
		reassign.FORWARDED,
		reassign.HANDED_OVER,
		*action.UNDECIDED.values(),
		renames.MERGED,
		facts.DATES_CHANGED,
		facts.SIGNATORIES_CHANGED,
	),
}
# `_end` and `new_entry` take theirs from these callers.
ENDS = ("Declined", "Withdrawn")
# writer: where among what it is given the event stands
WRITERS = {"record": 0, "record_about": 1, "record_text": 0}


@pytest.mark.parametrize("life", ALL, ids=lambda life: life.__name__)
def test_it_verifies_after_every_act(life):
	for agreement in life():
		assert entries.verify("MOU", agreement.name)["findings"] == [], scenes.events_of(agreement)[-1]


@pytest.mark.real_site
def test_every_kind_of_entry_is_in_one_of_the_lives():
	seen = set()
	for life in (*lives.IN_BOTH, *lives.ON_A_SITE):
		for agreement in life():
			seen |= set(scenes.events_of(agreement))
	assert sorted(events_written() - seen) == []


def events_written() -> set[str]:
	"""Every event the code enters in a ledger, read from its calls."""
	root = Path(city_diplomacy.__file__).parent
	found = {disclosure.DISPOSED, BASELINE, baselines.KEY_CHANGED, *ENDS}
	for path in sorted(root.rglob("*.py")):
		source = path.read_text()
		# The sample city has a verb of that name, which calls the engine's.
		if "demo" not in path.parts and any(f"{writer}(" in source for writer in WRITERS):
			module = ".".join(("city_diplomacy", *path.relative_to(root).with_suffix("").parts))
			found |= set(_events_in(ast.parse(source), module))
	return found


def _events_in(tree: ast.AST, module: str) -> Iterator[str]:
	for node in ast.walk(tree):
		called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
		if called in WRITERS and len(node.args) > WRITERS[called]:
			yield from _values(node.args[WRITERS[called]], module)


def _values(argument: ast.expr, module: str) -> tuple[str, ...]:
	"""The events an expression may stand for; one that is no constant has to be named in CHOSEN."""
	if isinstance(argument, ast.Constant):
		return (argument.value,)
	if isinstance(argument, ast.Call):
		return CHOSEN[argument.func.id]
	text = ast.unparse(argument)
	if text in CHOSEN:
		return CHOSEN[text]
	value = eval(text, vars(importlib.import_module(module)))
	return (value,) if isinstance(value, str) else ()


@pytest.mark.real_site
def test_a_text_that_came_over_rest_with_numbers_as_text_and_markup_verifies(client):
	"""What is stored is hashed, not what was sent: Frappe makes numbers of it and takes scripts out."""
	agreement = lives.set_out()
	browser = client(scenes.office())
	sent = {
		"financial_value": "2000.50",
		"term_months": "24",
		"no_funds_clause": "1",
		"needed_by": "2030-01-01",
		"purpose": "  Learn from each other's ports.\r\nAnd harbors. ",
		"recitals": "<p onclick='x()'>Whereas <script>alert(1)</script> ports.</p>",
	}
	answer = browser.request("PUT", f"/api/resource/MOU/{agreement.name}", json=sent)
	assert answer.status_code == 200, answer.text
	assert frappe.db.get_value("MOU", agreement.name, "term_months") == 24
	assert entries.verify("MOU", agreement.name)["findings"] == []
	factories.clear_every_stage(agreement)
	assert entries.verify("MOU", agreement.name)["findings"] == []
