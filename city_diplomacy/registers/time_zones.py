"""Time zones by their IANA names, as records say them and as the site has its own."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.utils import cstr, escape_html

from city_diplomacy.registers.errors import RegisterError


def check_time_zone(doc: Any, fieldname: str = "time_zone") -> None:
	"""Raises RegisterError unless the field is empty or one of the IANA names, such as Asia/Tokyo."""
	zone = cstr(doc.get(fieldname)).strip()
	doc.set(fieldname, zone)
	if zone and zone not in _known():
		frappe.throw(
			_("{0} is not a time zone; choose one from the list, such as Asia/Tokyo.").format(
				escape_html(zone[:40])
			),
			RegisterError,
		)


def own_time_zone() -> str:
	"""The time zone of the site, which is that of the city."""
	zone = cstr(frappe.get_system_settings("time_zone"))
	return zone if zone in _known() else "UTC"


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
	return frozenset(available_timezones())
