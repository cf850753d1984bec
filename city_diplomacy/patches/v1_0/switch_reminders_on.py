"""Reminders are on for a city that has never been asked: its settings were saved before there was the question."""

import frappe

SETTINGS = "City Diplomacy Settings"


def execute() -> None:
	stored = frappe.db.get_singles_dict(SETTINGS)
	if stored and "reminders" not in stored:
		frappe.db.set_single_value(SETTINGS, "reminders", 1)
