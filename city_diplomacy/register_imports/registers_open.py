"""Which registers a person may import into, and what each says of itself for it."""

from functools import lru_cache

import frappe
from frappe import _

from city_diplomacy.access.guarded import open_to_imports
from city_diplomacy.registers import plain_doubles
from city_diplomacy.registers.declaration import full
from city_diplomacy.registers.declared import DECLARED
from city_diplomacy.registers.importing import Importing

PLAIN = Importing(key=plain_doubles.key, same=plain_doubles.same, alike=plain_doubles.alike)


def open_to_person() -> list[str]:
	"""Those of them in which the signed-in person may create records."""
	return [register for register in open_to_imports() if frappe.has_permission(register, "create")]


def refuse_unless_open(register: str) -> None:
	"""Raises PermissionError unless the signed-in person may create records of a register, and by an import."""
	if register not in open_to_person():
		frappe.throw(
			_("You may import into {0}; choose one of them.").format(
				", ".join(_(one) for one in open_to_person()) or _("no register")
			),
			frappe.PermissionError,
		)


def importing_of(register: str) -> Importing:
	"""What a register says of itself for imports."""
	path = _paths().get(register)
	return frappe.get_attr(full(path)) if path else PLAIN


@lru_cache(maxsize=1)
def _paths() -> dict[str, str]:
	return {one.doctype: one.importing for one in DECLARED if one.importing}
