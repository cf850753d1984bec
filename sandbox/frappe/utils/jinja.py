"""Jinja as Frappe sets it up: the apps' templates, Frappe's filters; `frappe` itself is not offered."""

import frappe
from frappe.utils.safe_exec import UNSAFE
from jinja2 import ChoiceLoader, DebugUndefined, FileSystemLoader
from jinja2.sandbox import SandboxedEnvironment

from sandbox.strict import ROOT


class _Environment(SandboxedEnvironment):
	def is_safe_attribute(self, obj, attr, *args, **kwargs):
		allowed = attr in ("format", "format_map") or attr not in UNSAFE
		return allowed and super().is_safe_attribute(obj, attr, *args, **kwargs)


def get_jenv() -> _Environment:
	if not frappe.local.jenv:
		paths = [*(frappe.get_app_path(app) for app in reversed(frappe.local.installed_apps)), str(ROOT)]
		loader, utils = ChoiceLoader([FileSystemLoader(path) for path in paths]), frappe.utils
		environment = frappe.local.jenv = _Environment(loader=loader, undefined=DebugUndefined)
		filters = {"json": frappe.as_json, "len": len, "int": utils.cint, "str": utils.cstr, "flt": utils.flt}
		environment.filters.update(filters)
		environment.globals.update(_=frappe._, dict=dict)
		for kind, paths in frappe.get_hooks("jinja", {}).items():
			target = environment.globals if kind == "methods" else environment.filters
			target.update({path.rsplit(".", 1)[-1]: frappe.get_attr(path) for path in paths})
	return frappe.local.jenv
