import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord


class ApprovalClearance(EngineRecord):
	"""One seat's question in one round, and its answer.

	Who is asked is in `put_to`: Desk's own assignments write any field that is called assigned_to.
	"""


def on_doctype_update() -> None:
	frappe.db.add_index("Approval Clearance", ["route", "round", "stage"])
	frappe.db.add_index("Approval Clearance", ["reference_doctype", "reference_name"])
	frappe.db.add_index("Approval Clearance", ["put_to", "state", "due_date"])
	frappe.db.add_index("Approval Clearance", ["role", "state", "due_date"])
	# By these people's lists are found, and of what; no locking read asks for them, see `clearance_rows`.
	for person in (["put_to"], ["decided_by", "decided_on"], ["department"], ["role", "put_to"]):
		columns = [*person, "reference_doctype", "reference_name"]
		frappe.db.add_index("Approval Clearance", columns, index_name=f"{person[0]}_about_index")
	frappe.db.add_index("Approval Clearance", ["forwarded_from", "state"])
