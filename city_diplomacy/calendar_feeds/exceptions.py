"""What is refused about calendar feeds."""

import frappe


class FeedError(frappe.ValidationError):
	"""Something that cannot be done with a feed."""


class UnknownFeedError(Exception):
	"""A token that opens no feed."""
