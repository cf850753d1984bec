import frappe

from city_diplomacy.registers.kept_rows import KeptRow


class VisitProgrammeItem(KeptRow):
	"""An item of the programme of a visit."""

	KEPT_WITH = ("Delegation Visit",)


def on_doctype_update() -> None:
	frappe.db.add_index("Visit Programme Item", ["lead", "day"])
