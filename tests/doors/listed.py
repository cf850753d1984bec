"""The doors of the Frappe that is installed: its whitelisted methods and the addresses of its REST interface."""

import csv
import importlib
import inspect
import pkgutil
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

import frappe

REVIEWED = Path(__file__).with_name("reviewed.csv")
NOT_SERVED = (".tests", ".test_", ".patches", ".commands", "boilerplate")


@lru_cache(maxsize=1)
def whitelisted_methods() -> dict[str, Any]:
	"""Every function of Frappe a browser can call, by its own dotted name."""
	with warnings.catch_warnings():
		warnings.simplefilter("ignore")
		for module in pkgutil.walk_packages(frappe.__path__, "frappe."):
			if not any(part in module.name for part in NOT_SERVED):
				_import(module.name)
	named = {f"{method.__module__}.{method.__qualname__}": method for method in frappe.whitelisted}
	return {name: method for name, method in named.items() if name.startswith("frappe.")}


def _import(module: str) -> None:
	try:
		importlib.import_module(module)
	except (ImportError, AttributeError, frappe.ValidationError):
		# An optional dependency is missing; a browser could not import the module either.
		return


def rest_addresses() -> set[str]:
	"""Every address of the REST interface with its verbs, such as `/api/resource/<doctype> GET`."""
	from frappe.api import API_URL_MAP

	return {
		f"{rule.rule} {','.join(sorted((rule.methods or {'any'}) - {'HEAD', 'OPTIONS'}))}"
		for rule in API_URL_MAP.iter_rules()
	}


def reviewed() -> dict[str, str]:
	"""By method or address: empty where it is asked about planted records, otherwise why that is not needed."""
	with REVIEWED.open(newline="") as file:
		return {row["door"]: row["why_not_asked"] for row in csv.DictReader(file)}


def is_method_of_a_document(name: str) -> bool:
	"""Whether a method belongs to a controller: it is called on one document, after its own permission check."""
	return name.split(".")[-2][:1].isupper()


def parameters_of(method: Any) -> dict[str, inspect.Parameter]:
	return dict(inspect.signature(method).parameters)
