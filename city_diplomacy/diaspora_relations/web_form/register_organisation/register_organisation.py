"""The public form by which an organisation registers; what may be sent by it is in `registrations.py`."""

from typing import Any


def get_context(context: Any) -> None:
	"""Frappe asks this of every standard web form."""
