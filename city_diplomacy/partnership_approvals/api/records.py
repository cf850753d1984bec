"""What custodians of records and auditors do with approval records. Writes are POST only.

Every method checks that the person may read the document and holds a role of `setup.permissions.RECORD_KEEPING`.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import RECORD_KEEPING
from city_diplomacy.partnership_approvals.arguments import Flag, Line, Name, RoutedDoctypeName, Words, checked
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import RecordsError
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.records import bundle, custody
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def mark_disclosure(
	entry: Name, disclosure: Line, exemption: Words = None, reason: Words = None
) -> dict[str, Any]:
	"""Mark the words of a ledger entry as Public, Deliberative, Privileged or Exempt."""
	readable("Approval Decision", entry)
	return custody.mark(entry, disclosure, exemption, reason)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def redact(entry: Name, reason: Words) -> dict[str, Any]:
	"""Remove the words of a ledger entry for good; who decided what and when stays."""
	readable("Approval Decision", entry)
	return custody.redact(entry, reason)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def legal_hold(doctype: RoutedDoctypeName, name: Name, on: Flag, reason: Words) -> dict[str, Any]:
	"""Place (`on` true) or lift a hold, under which no word of the document's approval record is removed."""
	readable(doctype, name)
	return custody.place_hold(doctype, name, reason) if on else custody.lift_hold(doctype, name, reason)


@frappe.whitelist()
@checked
def export_record(doctype: RoutedDoctypeName, name: Name, version: Line) -> dict[str, Any]:
	"""The approval record as a bundle that can be verified without this site: see `bundle.record_of`.

	`version` is "internal" (every word) or "releasable" (what the public may have).
	"""
	doc = readable(doctype, name)
	if version not in bundle.VERSIONS:
		frappe.throw(
			_("{0} is not a version of the record; ask for one of: {1}.").format(
				version, ", ".join(bundle.VERSIONS)
			),
			RecordsError,
		)
	routes.require_role(RECORD_KEEPING[f"export {version}"], _("export an approval record"))
	return bundle.record_of(doc, version)


@frappe.whitelist()
@checked
def acts_on(entry: Name) -> dict[str, bool]:
	"""For the form of a ledger entry: which acts the signed-in person may do on it now."""
	row = readable("Approval Decision", entry)
	has_words = bool(row.remarks)
	held = bool(frappe.db.exists("Legal Hold", {"route": row.route, "lifted_on": ["is", "not set"]}))
	may = {act: bool(set(roles) & set(frappe.get_roles())) for act, roles in RECORD_KEEPING.items()}
	return {
		"mark": may["mark"] and has_words,
		"redact": may["redact"] and has_words and not held,
		"hold": may["hold"] and not held,
		"lift": may["hold"] and held,
		"export": may["export releasable"],
		"held": held,
	}
