"""What a browser is told of the pages links open: keep no copy, send the address nowhere, run nothing."""

from typing import Any

from city_diplomacy.guest_links.letters import PATH

HEADERS = {
	"Cache-Control": "no-store",
	"Content-Security-Policy": (
		"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	),
	"Referrer-Policy": "no-referrer",
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "DENY",
	"X-Robots-Tag": "noindex, nofollow, noarchive",
}


def keep_to_itself(response: Any, request: Any) -> None:
	"""Hook after each request: of a page a link opens, and of every refusal of one."""
	if request.path.startswith(PATH):
		response.headers.update(HEADERS)
