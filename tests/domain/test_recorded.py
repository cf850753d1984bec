"""What entries tell of everything beside them is folded into one record, whatever kinds of entries there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.record.recorded import BASELINE, Told, recorded


def entries(*told, full=True):
	"""Payloads in the order of a chain; those that are `full` are written as entries are now."""
	return [
		{"sequence": number, **({"format": 2} if full else {}), **one} for number, one in enumerate(told, 1)
	]


def test_the_last_entry_that_tells_of_a_column_counts():
	told = recorded(
		entries(
			{
				"event": "Stage Opened",
				"clearances": {"c1": {"state": "Pending", "seat": "Law"}},
				"whole": ["c1"],
			},
			{"event": "Whatever Comes Later", "clearances": {"c1": {"state": "Decided"}}},
		)
	)
	assert told.complete
	assert told.whole == {"c1"}
	assert told.clearances == {"c1": {"state": Told(2, "Decided"), "seat": Told(1, "Law")}}


def test_an_entry_is_cited_by_the_number_it_gives_itself():
	told = recorded([{"sequence": 7, "format": 2, "standing": {"state": "Signed"}}])
	assert told.route == {"state": Told(7, "Signed")}


def test_what_is_told_of_the_route_itself_is_what_was_told_last():
	told = recorded(
		entries({"standing": {"state": "In Clearance", "round": 1}}, {"standing": {"state": "Signed"}})
	)
	assert told.route == {"state": Told(2, "Signed"), "round": Told(1, 1)}


def test_a_clearance_of_another_shape_is_left_out_and_those_beside_it_are_not():
	told = recorded(entries({"clearances": {"c0": "Pending", "c1": {"state": "Pending"}}}))
	assert told.clearances == {"c1": {"state": Told(1, "Pending")}}


def test_the_text_is_what_an_entry_about_no_clearance_fixed_last():
	told = recorded(
		entries(
			{"content_hash": "a" * 64},
			{"content_hash": "b" * 64},
			{"content_hash": "c" * 64, "clearance": "c1"},
			{"content_hash": None},
		)
	)
	assert told.text == Told(2, "b" * 64)


def test_the_rules_of_each_policy_are_those_told_with_it():
	told = recorded(
		entries(
			{"policy": "P v1", "rules": {"policy": {"sha256": "1"}}},
			{"policy": "P v1"},
			{"policy": "P v2", "rules": {"policy": {"sha256": "2"}}},
		)
	)
	assert {policy: parts["policy"].value["sha256"] for policy, parts in told.rules.items()} == {
		"P v1": "1",
		"P v2": "2",
	}


def test_entries_of_the_first_format_tell_nothing_of_what_is_beside_them():
	told = recorded(entries({"content_hash": "a" * 64}, {"decision": "Clear"}, full=False))
	assert (told.complete, told.text, told.clearances) == (False, None, {})


def test_a_baseline_completes_an_old_ledger_and_overrides_nothing_that_was_told():
	told = recorded(
		[
			*entries({"event": "Submitted for Intake"}, full=False),
			{"sequence": 2, "format": 2, "clearances": {"c1": {"state": "Decided"}}},
			{
				"sequence": 3,
				"format": 2,
				"event": BASELINE,
				"clearances": {"c1": {"state": "Pending", "veto": None}},
				"snapshots": {"a": "1"},
			},
		]
	)
	assert told.complete
	assert told.clearances["c1"] == {"state": Told(2, "Decided"), "veto": Told(3, None)}
	assert told.snapshots == {"a": Told(3, "1")}


def test_a_later_entry_in_full_does_not_complete_an_old_ledger():
	assert not recorded([*entries({"event": "Decided"}, full=False), {"sequence": 2, "format": 2}]).complete


json_values = st.recursive(
	st.none() | st.booleans() | st.integers() | st.text(),
	lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
	max_leaves=6,
)


@pytest.mark.parametrize(
	"name", ["clearances", "whole", "standing", "rules", "snapshots", "content_hash", "format"]
)
@given(value=json_values)
def test_whatever_stands_in_a_payload_is_folded_without_an_error(name, value):
	told = recorded(entries({"event": "Decided", name: value}))
	columns = [*told.clearances.values(), *told.rules.values(), told.route, told.snapshots]
	values = [one for named in columns for one in named.values()] + ([told.text] if told.text else [])
	assert {one.sequence for one in values} <= {1}


def test_a_value_of_another_shape_is_left_out_and_an_entry_without_a_number_is_known_by_its_place():
	forged = {
		"format": 2,
		"sequence": ["1"],
		"content_hash": ["a"],
		"standing": {"outcome": ["Signed"]},
		"clearances": {"c1": {"seat": ["Law"], "state": "Pending"}},
	}
	told = recorded([forged])
	assert (told.text, told.route) == (None, {})
	assert told.clearances == {"c1": {"state": Told(1, "Pending")}}
