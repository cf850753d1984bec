"""DocType definitions: the app's from its own JSON files, Frappe's and ERPNext's from doctypes/*.json."""

import json
from pathlib import Path

import frappe
from frappe.model import data_fieldtypes, no_value_fields

from sandbox.controllers import controller_of


def load_declared() -> dict[str, dict]:
	"""Frappe's and ERPNext's DocTypes with the fields used here: {name: definition}."""
	found = {}
	for path in sorted((Path(__file__).parent / "doctypes").glob("*.json")):
		for definition in json.loads(path.read_text(encoding="utf-8")):
			rules = definition.get("permissions", [])
			definition["permissions"] = [{"role": role, **dict.fromkeys(given, 1)} for role, *given in rules]
			for df in definition["fields"]:
				df.setdefault("label", df["fieldname"].replace("_", " ").title())
			definition["controller_path"] = controller_of(definition["name"])
			found[definition["name"]] = definition
	return found


def load_app(app: str) -> dict[str, dict]:
	"""The app's DocTypes, module by module as modules.txt has them: {name: definition}."""
	found = {}
	for module in map(frappe.scrub, frappe.get_module_list(app)):
		for path in sorted(Path(frappe.get_app_path(app, module, "doctype")).glob("*/*.json")):
			definition = json.loads(path.read_text(encoding="utf-8"))
			if definition.get("doctype") == "DocType" and path.stem == path.parent.name:
				definition["controller_path"] = f"{app}.{module}.doctype.{path.stem}.{path.stem}"
				refuse_unknown(definition)
				found[definition["name"]] = definition
	return found


def refuse_unknown(definition: dict):
	"""Better no site than one that ignores a rule of the DocType."""
	for df in definition["fields"]:
		known = df["fieldtype"] in (*no_value_fields, *data_fieldtypes) and not df.get("is_virtual")
		if df.get("permlevel") or not known:
			field = f"{definition['name']}.{df.get('fieldname')}"
			frappe.refuse(f"the permission level or the field type {df['fieldtype']} of {field}")
	if definition.get("is_virtual") or definition.get("autoname") == "autoincrement":
		frappe.refuse(f"a virtual or autoincrement DocType, as {definition['name']},")
