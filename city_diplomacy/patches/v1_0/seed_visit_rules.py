"""Sites from before there were visits get the rules of triage a new site starts with."""

from city_diplomacy.setup.visit_rules import seed_triage_rules


def execute() -> None:
	seed_triage_rules()
