"""The public form for a visit; what may be sent by it is in `visits/requests.py`."""

from typing import Any


def get_context(context: Any) -> None:
	"""Frappe asks this of every standard web form."""
