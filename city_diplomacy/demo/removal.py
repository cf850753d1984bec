"""Taking the sample city out of a site again, leaving whatever somebody has changed or built upon."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import strip_html

from city_diplomacy.demo.book import Entry, read_book, stamps_of, strike_out
from city_diplomacy.demo.city import require_administrator, without_letters
from city_diplomacy.demo.city_files import WITH_FILES, delete_file, erase_attached, rows_at, urls_in_use
from city_diplomacy.demo.loader import REFUSALS, acting_as
from city_diplomacy.demo.people import POLICY_ADMINISTRATOR, SETTINGS
from city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy import activate

ENGINE = (
	"Approval Notice",
	"Approval Decision",
	"Approval Snapshot",
	"Approval Clearance",
	"Ledger Head",
	"Approval Route",
)
# What hangs on a record and is nothing without it: DocType, and the columns that name the record.
TRACES = (
	("ToDo", "reference_type", "reference_name"),
	("Notification Log", "document_type", "document_name"),
	("Comment", "reference_doctype", "reference_name"),
	("Version", "ref_doctype", "docname"),
	("Workflow Action", "reference_doctype", "reference_name"),
)
# What people hang on an agreement outside of this app.
OUTSIDE = (
	("Communication", "reference_doctype", "reference_name"),
	("Event Participants", "reference_doctype", "reference_docname"),
	("ToDo", "reference_type", "reference_name"),
	("File", "attached_to_doctype", "attached_to_name"),
)
# Removed before the agreements they are about, each before what it led to.
ABOUT_AGREEMENTS = ("Trade Referral", "Partnership Commitment", "Partner Engagement", "International Event")
CHANGED = "changed since it was loaded"


@dataclass
class RemovalReport:
	"""How many of each were removed, and what stays with the reason."""

	removed: Counter = field(default_factory=Counter)
	stays: list[tuple[str, str, str]] = field(default_factory=list)

	def as_dict(self) -> dict[str, Any]:
		return {"removed": dict(self.removed), "stays": [list(kept) for kept in self.stays]}

	def tell(self, echo: Callable[[str], None]) -> None:
		"""Say it in lines a person reads."""
		if not self.removed and not self.stays:
			echo("There is no sample city on this site.")
		for doctype, count in sorted(self.removed.items()):
			echo(f"{doctype}: {count} removed")
		for doctype, name, reason in self.stays:
			echo(f"Stays: {doctype} {name}: {reason}")


def remove_city() -> RemovalReport:
	"""Remove what the loader made where nothing was added; answers what was removed and what stays.

	Raises SampleCityError for anybody but the Administrator. One transaction, which the caller commits.
	"""
	require_administrator()
	removal = _Removal(read_book())
	with without_letters():
		removal.run()
	return removal.report


class _Removal:
	def __init__(self, entries: list[Entry]):
		self.entries, self.report = entries, RemovalReport()
		self.done: list[Entry] = []
		self.kept = self._touched_by_people()

	def run(self) -> None:
		first = [entry for entry in reversed(self.entries) if entry.doctype in ABOUT_AGREEMENTS]
		for entry in sorted(first, key=lambda entry: ABOUT_AGREEMENTS.index(entry.doctype)):
			self._remove(entry)
		self._remove_agreements([entry for entry in self.entries if entry.doctype == "MOU"])
		for entry in reversed(self.entries):
			if entry.doctype == SETTINGS:
				self._restore_settings(entry)
			elif entry.doctype == "Routing Policy":
				self._restore_policy(entry)
			elif entry.doctype not in (*ABOUT_AGREEMENTS, "MOU", "File"):
				self._remove(entry)
		# Those of records that were removed after the agreements.
		self._remove_files([])
		_erase_what_deletion_leaves(self.done)
		strike_out(self.done)

	def _touched_by_people(self) -> dict[Entry, str]:
		"""What somebody has changed or commented on; what somebody has deleted is done already."""
		records = [entry for entry in self.entries if entry.before is None and entry.doctype != "File"]
		stamps = stamps_of((entry.doctype, entry.name) for entry in records)
		commented = {
			(row.reference_doctype, row.reference_name)
			for row in frappe.get_all(
				"Comment",
				filters={
					"comment_type": "Comment",
					"reference_name": ["in", [entry.name for entry in records] or [""]],
				},
				fields=["reference_doctype", "reference_name"],
				limit_page_length=0,
			)
		}
		touched = {}
		for entry in records:
			stamp = stamps.get((entry.doctype, entry.name))
			if stamp is None:
				self.done.append(entry)
			elif stamp != entry.stamp:
				touched[entry] = CHANGED
			elif (entry.doctype, entry.name) in commented:
				touched[entry] = "somebody has commented on it"
		return touched

	def _remove(self, entry: Entry) -> None:
		"""Delete a record through the document layer, which refuses while anything links to it."""
		if entry in self.done:
			return
		if entry in self.kept:
			self._leave(entry, self.kept[entry])
			return
		frappe.db.savepoint("sample_removal")
		try:
			if entry.doctype == "User":
				_remove_belongings_of(entry.name)
			if entry.doctype in WITH_FILES:
				self._detach_files(entry)
			# The Administrator alone comes here, for records the book names; its wins are invented, claimed or not.
			how = {"ignore_permissions": True, "ignore_on_trash": entry.doctype == "Export Win"}
			frappe.delete_doc(entry.doctype, entry.name, delete_permanently=True, **how)
		except REFUSALS as refusal:
			frappe.db.rollback(save_point="sample_removal")
			self._leave(entry, _reason_of(refusal))
		else:
			frappe.db.release_savepoint("sample_removal")
			self._count(entry)
		frappe.clear_messages()

	def _remove_agreements(self, entries: list[Entry]) -> None:
		"""Remove agreements with their approvals, beneath the document layer.

		There is no other way: the guards let nobody delete a routed agreement, and nobody a ledger entry, the
		Administrator included. Here it is right because nothing of it happened: the agreements are invented or
		copied from public pages, the book names them, and those somebody has answered, changed or linked stay.
		"""
		going = {entry.name: entry for entry in entries if entry not in self.kept and entry not in self.done}
		in_use = _why_needed(set(going), rows_at(self._addresses().values()))
		for entry in entries:
			reason = self.kept.get(entry) or in_use.get(entry.name)
			if reason:
				going.pop(entry.name, None)
				self._leave(entry, reason)
		# First the files, or Frappe would delete with each agreement what is attached to it, at once and for good.
		self._remove_files(sorted(going))
		_erase_agreements(sorted(going))
		for entry in going.values():
			self._count(entry)

	def _detach_files(self, entry: Entry) -> None:
		"""Frappe would delete what is attached to a record with it, at once and for good."""
		attached = {"attached_to_doctype": entry.doctype, "attached_to_name": entry.name}
		urls = self._addresses()
		copies = {"file_url": ["in", list(urls.values()) or [""]], "name": ["not in", list(urls) or [""]]}
		frappe.db.delete("File", {**attached, **copies})
		own = {**attached, "name": ["in", list(urls) or [""]]}
		frappe.db.set_value("File", own, dict.fromkeys(attached), update_modified=False)

	def _remove_files(self, going: list[str]) -> None:
		"""Files go with their records, of which the agreements named are going; those in use stay without a word."""
		urls = self._addresses()
		needed = urls_in_use(list(urls.values()), going)
		erase_attached({name: url for name, url in urls.items() if url not in needed}, going)
		for entry in self.entries:
			name = entry.name
			if entry.doctype != "File" or entry in self.done:
				continue
			if name in urls and urls[name] not in needed:
				delete_file(name)
			if name not in urls or urls[name] not in needed:
				self._count(entry)

	def _addresses(self) -> dict[str, str]:
		"""Where the files the book names are stored, by the names of their rows."""
		names = [entry.name for entry in self.entries if entry.doctype == "File"]
		return dict(
			frappe.get_all(
				"File",
				filters={"name": ["in", names or [""]]},
				fields=["name", "file_url"],
				as_list=True,
				limit_page_length=0,
			)
		)

	def _restore_settings(self, entry: Entry) -> None:
		"""What was set before, in the fields that still say what the sample city put there."""
		settings = frappe.get_doc(SETTINGS)
		before, after = entry.before["before"], entry.before["after"]
		# As stored: saving would fill in again what the city's office had left empty.
		frappe.db.set_single_value(
			SETTINGS, {name: before[name] for name in after if settings.get(name) == after[name]}
		)
		self._count(entry)

	def _restore_policy(self, entry: Entry) -> None:
		"""The policy that was active before, unless somebody has activated another one since."""
		if frappe.db.get_value("Routing Policy", entry.name, "status") == "Active":
			with acting_as(POLICY_ADMINISTRATOR):
				if entry.before["active"]:
					activate(entry.before["active"])
				else:
					policy = frappe.get_doc("Routing Policy", entry.name)
					policy.status = "Retired"
					policy.save()
		self._count(entry)

	def _leave(self, entry: Entry, reason: str) -> None:
		self.report.stays.append((entry.doctype, entry.name, reason))

	def _count(self, entry: Entry) -> None:
		self.report.removed[entry.doctype] += 1
		self.done.append(entry)


def _reason_of(refusal: Exception) -> str:
	"""The refusal in plain words; for what can be disabled Frappe puts that advice over what links to it."""
	first = refusal.__context__
	refusal = first if isinstance(first, frappe.LinkExistsError) else refusal
	return " ".join(strip_html(str(refusal)).split())


def _why_needed(agreements: set[str], files: set[str]) -> dict[str, str]:
	"""Which of the agreements something else needs, and what; an agreement that stays needs those it names."""
	uses = [use for use in _uses(agreements) if not (use[1] == "File" and use[2] in files)]
	needed: dict[str, str] = {}
	found = True
	while found:
		found = False
		for target, doctype, source in uses:
			goes_too = doctype == "MOU" and source in agreements and source not in needed
			if target not in needed and not goes_too:
				needed[target], found = f"{doctype} {source} is about it", True
	return needed


def _uses(agreements: set[str]) -> Iterator[tuple[str, str, str]]:
	"""(agreement, DocType, record) for everything that points at one of the agreements."""
	for doctype, fieldname, filters in (*_uses_in_this_app(), *_uses_outside()):
		is_table = frappe.get_meta(doctype).istable
		rows = frappe.get_all(
			doctype,
			filters={**filters, fieldname: ["in", sorted(agreements) or [""]]},
			fields=["name", fieldname, *(("parent", "parenttype") if is_table else ())],
			limit_page_length=0,
		)
		for row in rows:
			yield row[fieldname], *((row.parenttype, row.parent) if is_table else (doctype, row.name))


def _uses_in_this_app() -> Iterator[tuple[str, str, dict[str, str]]]:
	modules = frappe.get_module_list("city_diplomacy")
	for doctype in frappe.get_all(
		"DocType", filters={"module": ["in", modules], "issingle": 0}, pluck="name"
	):
		if doctype in ENGINE:
			continue
		for df in frappe.get_meta(doctype).fields:
			if df.fieldtype == "Link" and df.options == "MOU":
				yield doctype, df.fieldname, {}
			elif df.fieldtype == "Dynamic Link":
				yield doctype, df.fieldname, {df.options: "MOU"}


def _uses_outside() -> Iterable[tuple[str, str, dict[str, str]]]:
	return ((doctype, name_field, {type_field: "MOU"}) for doctype, type_field, name_field in OUTSIDE)


def _erase_agreements(names: list[str]) -> None:
	if not names:
		return
	clearances = frappe.get_all(
		"Approval Clearance",
		filters={"reference_doctype": "MOU", "reference_name": ["in", names]},
		pluck="name",
		limit_page_length=0,
	)
	_erase_traces("MOU", names)
	_erase_traces("Approval Clearance", clearances)
	for doctype in ENGINE:
		frappe.db.delete(doctype, {"reference_doctype": "MOU", "reference_name": ["in", names]})
	frappe.db.set_value("MOU", {"name": ["in", names]}, "docstatus", 0, update_modified=False)
	for name in names:
		# Without the guards' `on_trash`, as `_remove_agreements` says, and without asking who links to whom
		# among agreements that go together.
		frappe.delete_doc(
			"MOU",
			name,
			force=True,
			ignore_on_trash=True,
			# Who may remove the city was asked at the door (`remove_city`).
			ignore_permissions=True,
			delete_permanently=True,
		)


def _erase(doctype: str, filters: dict[str, Any]) -> None:
	"""Rows with the rows of their own tables."""
	tables = frappe.get_meta(doctype).get_table_fields()
	if tables:
		parents = frappe.get_all(doctype, filters=filters, pluck="name", limit_page_length=0)
		for df in tables:
			frappe.db.delete(df.options, {"parenttype": doctype, "parent": ["in", parents or [""]]})
	frappe.db.delete(doctype, filters)


def _erase_traces(of: str, names: list[str]) -> None:
	for doctype, type_field, name_field in TRACES:
		_erase(doctype, {type_field: of, name_field: ["in", names or [""]]})


def _erase_what_deletion_leaves(entries: Iterable[Entry]) -> None:
	"""What hung on the records, which Frappe leaves to a worker, and a line of news for each deletion.

	A thousand such lines would bury what is worth reading.
	"""
	by_doctype: dict[str, list[str]] = defaultdict(list)
	for entry in entries:
		if entry.before is None:
			by_doctype[entry.doctype].append(entry.name)
	by_doctype["Notification Settings"] = by_doctype.get("User", [])
	for doctype, names in by_doctype.items():
		_erase_traces(doctype, names)
		subjects = [f"{frappe._(doctype)} {name}" for name in names]
		frappe.db.delete(
			"Comment",
			{"comment_type": "Deleted", "reference_doctype": doctype, "subject": ["in", subjects or [""]]},
		)


def _remove_belongings_of(user: str) -> None:
	"""What Frappe makes for every new account and leaves behind, or in its bin, when the account goes."""
	frappe.db.delete("DefaultValue", {"parent": user})
	for contact in frappe.get_all("Contact", filters={"user": user}, fields=["name", "creation", "modified"]):
		# One nobody has touched.
		if contact.creation == contact.modified:
			# As for all that the Administrator removes here.
			frappe.delete_doc("Contact", contact.name, ignore_permissions=True, delete_permanently=True)
	if frappe.db.table_exists("Notification Settings"):
		# As above.
		frappe.delete_doc("Notification Settings", user, ignore_permissions=True, delete_permanently=True)
