"""Sites from before visits had checklists get the steps a new site starts with."""

from city_diplomacy.setup.visit_steps import seed_checklist_steps


def execute() -> None:
	seed_checklist_steps()
