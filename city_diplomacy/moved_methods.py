"""Methods browsers call that have moved: bookmarks, letters, dashboards people made and other systems name the old path.

Kept for as long as a site may be upgraded from 1.0.
"""

_APPROVALS, _PARTNERSHIPS = "city_diplomacy.partnership_approvals", "city_diplomacy.partnerships"

# (the module's path before, its path now, its methods)
_MOVED = (
	(
		f"{_APPROVALS}.council_api",
		f"{_APPROVALS}.api.council",
		("record_council_action", "open_questions", "texts_to_amend"),
	),
	(
		f"{_APPROVALS}.records_api",
		f"{_APPROVALS}.api.records",
		("mark_disclosure", "redact", "legal_hold", "export_record", "acts_on"),
	),
	(
		f"{_APPROVALS}.policy_api",
		f"{_APPROVALS}.api.policies",
		("list_examples", "import_example", "export_policy", "import_policy", "choices"),
	),
	(
		f"{_APPROVALS}.rehearsal_api",
		f"{_APPROVALS}.api.rehearsals",
		("try_on", "what_if", "simulate"),
	),
	(f"{_APPROVALS}.form", f"{_APPROVALS}.api.form", ("for_form",)),
	(f"{_APPROVALS}.cards", f"{_APPROVALS}.api.cards", ("count_waiting", "count_overdue")),
	(f"{_PARTNERSHIPS}.renewals", f"{_PARTNERSHIPS}.agreements.renewals", ("count_ahead",)),
	(f"{_PARTNERSHIPS}.search", f"{_PARTNERSHIPS}.partners.search", ("find_partner",)),
	(f"{_PARTNERSHIPS}.connections", f"{_PARTNERSHIPS}.partners.connections", ("count",)),
	(f"{_PARTNERSHIPS}.public_register", f"{_PARTNERSHIPS}.public_pages.public_register", ("download_text",)),
)

MOVED_METHODS = {f"{before}.{name}": f"{now}.{name}" for before, now, names in _MOVED for name in names}
