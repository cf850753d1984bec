"""The public form for a ceremony; what may be sent by it is in `ceremonies/public.py`."""

from typing import Any


def get_context(context: Any) -> None:
	"""Frappe asks this of every standard web form."""
