"""Addresses of Desk that have moved: bookmarks and letters name the old one.

Frappe 16 answers whatever begins with /desk/ before it looks at `website_redirects`, so they are led on after it has
answered. Kept for as long as a site may be upgraded from 1.0.
"""

import re
from typing import Any

import frappe

# Where a policy was rehearsed before it was a report.
_MOVED = (
	(re.compile(r"/(app|desk)/policy-(?:lab|rehearsal)(?:/.*)?"), "/{}/query-report/Policy%20Rehearsal"),
)


def lead_on(response: Any, request: Any) -> None:
	"""Hook after each request: send whoever opened an old address to the new one."""
	for old, new in _MOVED:
		if found := old.fullmatch(request.path):
			response.status_code = 302
			response.headers["Location"] = frappe.utils.get_url(new.format(found[1]))
			response.set_data(b"")
