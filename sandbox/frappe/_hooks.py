"""Hooks of the installed apps, modules and functions by their dotted names, whitelisted methods."""

import inspect
from importlib import import_module
from pathlib import Path

from frappe._messages import _, bold, throw
from frappe._state import _dict, local
from frappe.exceptions import AppNotInstalledError, PermissionError

from sandbox.strict import own_names

whitelisted, guest_methods, allowed_http_methods_for_whitelisted_func = [], [], {}


def scrub(txt: str) -> str:
	return str(txt).replace(" ", "_").replace("-", "_").lower()


def get_attr(method_string: str):
	if method_string.split(".", 1)[0] not in (*local.installed_apps, "frappe", "sandbox"):
		throw(_("The app of {0} is not installed").format(method_string), AppNotInstalledError)
	module, _dot, name = method_string.rpartition(".")
	return getattr(import_module(module), name)


def call(fn, *args, **kwargs):
	"""Call with those of the keyword arguments that the function can take."""
	fn = get_attr(fn) if isinstance(fn, str) else fn
	parameters = inspect.signature(fn).parameters
	takes_all = any(parameter.kind == parameter.VAR_KEYWORD for parameter in parameters.values())
	never = ("ignore_permissions", "flags")
	given = {key: value for key, value in kwargs.items() if takes_all or key in parameters}
	return fn(*args, **{key: value for key, value in given.items() if key not in never})


def get_hooks(hook=None, default=None, app_name=None):
	"""All hooks, or one by name; values are lists, dictionaries of lists, as Frappe merges them."""
	if app_name:
		return _merged([f"{app_name}.hooks"])
	if local.hooks is None:
		local.hooks = _merged(["sandbox.controllers", *(f"{app}.hooks" for app in local.installed_apps)])
	return local.hooks.get(hook, [] if default is None else default)


def _merged(modules) -> _dict:
	hooks = _dict()
	for module in modules:
		for key, value in vars(import_module(module)).items():
			if not key.startswith("_") and isinstance(value, str | list | dict | int):
				_append(hooks, key, value)
	return hooks


def _append(target, key, value):
	if isinstance(value, dict):
		for name in value:
			_append(target.setdefault(key, {}), name, value[name])
	else:
		target.setdefault(key, []).extend(value if isinstance(value, list) else [value])


def get_app_path(app_name: str, *joins) -> str:
	return str(Path(import_module(app_name).__file__).parent.joinpath(*joins))


def get_module_list(app_name: str) -> list[str]:
	lines = Path(get_app_path(app_name, "modules.txt")).read_text(encoding="utf-8").splitlines()
	return [line.strip() for line in lines if line.strip()]


def whitelist(allow_guest=False, methods=None):
	"""Make a function callable at /api/method/; its arguments are checked against its annotations."""

	def register(fn):
		from frappe.utils.typing_validations import validate_argument_types

		checked = validate_argument_types(fn, lambda: bool(local.request or local.flags.in_test))
		whitelisted.append(checked)
		allowed_http_methods_for_whitelisted_func[checked] = methods or ["GET", "POST", "PUT", "DELETE"]
		guest_methods.extend([checked] if allow_guest else [])
		return checked

	return register


def is_whitelisted(method):
	from frappe.utils import sanitize_html

	is_guest = local.session.user == "Guest"
	if method not in whitelisted or (is_guest and method not in guest_methods):
		name = bold(f"{method.__module__}.{method.__name__}")
		throw(_("You may not call {0}. Sign in first.").format(name), PermissionError)
	if is_guest:
		local.form_dict.update({key: sanitize_html(value) for key, value in local.form_dict.items()})


__all__ = [*own_names(globals()), "allowed_http_methods_for_whitelisted_func"]
