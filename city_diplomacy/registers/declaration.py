"""What Frappe can be told of one DocType: the shape of a row of `declared.py`, and the events that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

APP = "city_diplomacy"
APPROVALS = "partnership_approvals"
GUARDS = f"{APPROVALS}.engine.guards"

# What a routed document may do, and with it every way a person or a script can reach one.
ROUTED_EVENTS = {
	"validate": f"{GUARDS}.check_move",
	"before_submit": f"{GUARDS}.check_move",
	"before_update_after_submit": f"{GUARDS}.check_move",
	"before_cancel": f"{GUARDS}.refuse_cancel",
	"before_discard": f"{GUARDS}.refuse_cancel",
	"before_rename": f"{GUARDS}.refuse_rename",
	"on_update": (f"{GUARDS}.check_outcome", f"{APPROVALS}.native.workflow_actions.follow_state"),
	"on_submit": f"{GUARDS}.check_outcome",
	"on_update_after_submit": f"{GUARDS}.check_outcome",
	"on_cancel": f"{GUARDS}.refuse_cancel",
	"on_trash": f"{GUARDS}.refuse_trash",
}
# Texts people clear name records of these; an answer follows the new name.
NAMED_EVENTS = {"after_rename": f"{APPROVALS}.engine.renames.follow"}
# Agreements are found by the names of their partners.
PARTNER_EVENTS = {
	"on_update": "partnerships.agreements.names.follow_partner",
	"after_rename": "partnerships.agreements.names.follow_renamed_partner",
}
# What was sent to people outside about a record follows its name and goes with it.
LINKED_EVENTS = {"on_trash": "guest_links.links.forget", "after_rename": "guest_links.links.follow_new_name"}

Paths = str | tuple[str, ...]


@dataclass(frozen=True)
class PersonalData:
	"""What of a DocType, or of one of its tables, is about the person who has an e-mail address, as Frappe's
	`user_data_fields` has it: given to that person who asks for it, and redacted where they ask to be forgotten."""

	filter_by: str
	redacted: tuple[str, ...]
	table: str = ""


@dataclass(frozen=True)
class Declared:
	"""What Frappe is told of one DocType; what is left out does not apply.

	Attributes:
		visible: path of the condition for the records a person may know of (see `access/dispatch.py`)
		routing: path of the RoutedDoctype by which its documents are approved
		is_partner: agreements are found by its names
		is_named: texts people clear name its records
		is_found_by_any_name: links, lists and the search bar find it under each name it has
		events: what happens at document events, as Frappe's `doc_events`
		form_scripts: read with its form before its own
		list_scripts: read with its list
		links: paths of the Purposes for which people outside are sent links about its records
		has_calendar: its days are in the office's calendars
		feed: path of the function that tells what of it is in the calendars people subscribe to
		days_kept: after how many days Frappe's Log Settings clear it, until an administrator sets others
		importing: path of what it says of itself for imports (`registers/importing.py`)
		personal: which of its columns and of its tables' are about a person
	"""

	doctype: str
	visible: str = ""
	routing: str = ""
	is_partner: bool = False
	is_named: bool = False
	is_found_by_any_name: bool = False
	events: Mapping[str, Paths] = field(default_factory=dict)
	form_scripts: tuple[str, ...] = ()
	list_scripts: tuple[str, ...] = ()
	links: tuple[str, ...] = ()
	has_calendar: bool = False
	feed: str = ""
	days_kept: int = 0
	importing: str = ""
	personal: tuple[PersonalData, ...] = ()

	@property
	def all_events(self) -> dict[str, list[str]]:
		"""Its document events with those that follow from the rest of the row, as full paths."""
		sets = [
			ROUTED_EVENTS if self.routing else {},
			NAMED_EVENTS if self.is_named else {},
			PARTNER_EVENTS if self.is_partner else {},
			LINKED_EVENTS if self.links else {},
			self.events,
		]
		found: dict[str, list[str]] = {}
		for events in sets:
			for event, paths in events.items():
				paths = (paths,) if isinstance(paths, str) else paths
				found.setdefault(event, []).extend(full(path) for path in paths)
		return found


def full(path: str) -> str:
	"""A path of this table as Python and Frappe know it."""
	return f"{APP}.{path}"
