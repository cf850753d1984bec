"""One account asking Frappe's methods as a request does, without the web server around it.

What a request does on its way is done here as well: the hooks that look at it, the overrides, the check of what is
whitelisted and by which verb. What a method writes is undone.
"""

import json
from typing import Any

import frappe
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from city_diplomacy.access import requests

SAVEPOINT = "before_the_door"


def ask(verb: str, method: str, arguments: dict[str, Any]) -> tuple[int, str]:
	"""Returns the status and the text of what the signed-in account is answered."""
	before = (frappe.local.form_dict, frappe.local.response, frappe.local.message_log)
	frappe.local.request = Request(EnvironBuilder(path=f"/api/method/{method}", method=verb).get_environ())
	given = {
		key: value if isinstance(value, str) else str(value)
		for key, value in arguments.items()
		if value is not None
	}
	frappe.local.form_dict = frappe._dict(given, cmd=method)
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.message_log = []
	frappe.db.savepoint(SAVEPOINT)
	try:
		status, answer = 200, _answer(method)
	except Exception as error:  # noqa: BLE001, a request answers whatever is raised
		status, answer = getattr(error, "http_status_code", 500), f"{type(error).__name__}: {error}"
	finally:
		frappe.db.rollback(save_point=SAVEPOINT)
		text = json.dumps([answer, frappe.local.response, frappe.local.message_log], default=_as_text)
		frappe.local.request = None
		frappe.local.form_dict, frappe.local.response, frappe.local.message_log = before
	return status, text


def _answer(method: str) -> Any:
	# The sandbox, which reads this file and runs none of it, has no methods of Frappe's to call.
	from frappe.handler import execute_cmd

	requests.check()
	return execute_cmd(method)


def _as_text(value: Any) -> Any:
	from frappe.utils.response import json_handler

	try:
		return json_handler(value)
	except TypeError:
		return str(value)
