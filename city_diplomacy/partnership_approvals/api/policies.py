"""What an approval administrator does with policies as files, and what the policy's form offers to choose from.

Every method checks the right on Routing Policy that it needs; writes are POST only.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.arguments import Content, Name, RoutedDoctypeName, checked
from city_diplomacy.partnership_approvals.exceptions import PolicyFileError
from city_diplomacy.partnership_approvals.policies import examples, exchange, tables
from city_diplomacy.partnership_approvals.routing import conditions
from city_diplomacy.partnership_approvals.shapes import Policy
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["GET"])
def list_examples() -> list[dict[str, str]]:
	"""The example policies that come with the app: {"example": what to import it by, "title", "description"}."""
	frappe.has_permission("Routing Policy", "read", throw=True)
	listed = []
	for name in examples.names():
		values = examples.values_of(name)
		listed.append({"example": name, "title": values["title"], "description": values["description"]})
	return listed


@frappe.whitelist(methods=["POST"])
@checked
def import_example(example: Name) -> dict[str, str]:
	"""Make a draft of an example policy."""
	frappe.has_permission("Routing Policy", "create", throw=True)
	if example not in examples.names():
		frappe.throw(_("There is no example called {0}.").format(example), PolicyFileError)
	return _made(exchange.make_from(examples.content_of(example)))


@frappe.whitelist(methods=["GET"])
@checked
def export_policy(policy: Name) -> dict[str, str]:
	"""A policy as a file: {"file_name", "content": JSON text that `import_policy` takes}."""
	doc = readable("Routing Policy", policy)
	conditions.refuse_expressions(doc)
	return {"file_name": f"{frappe.scrub(doc.name)}.json", "content": exchange.text_of(doc)}


@frappe.whitelist(methods=["POST"])
@checked
def import_policy(content: Content) -> dict[str, str]:
	"""Make a draft from the JSON text of a policy; what cannot be taken is named, see `exchange.make_from`."""
	frappe.has_permission("Routing Policy", "create", throw=True)
	return _made(exchange.make_from(content))


@frappe.whitelist(methods=["GET"])
@checked
def choices(document_type: RoutedDoctypeName) -> dict[str, Any]:
	"""What the form offers for policies on a DocType; see `tables.choices`."""
	frappe.has_permission("Routing Policy", "read", throw=True)
	return tables.choices(document_type)


def _made(doc: Policy) -> dict[str, str]:
	return {"name": doc.name, "title": doc.title, "status": doc.status}
