"""What a calendar program is told beside a calendar: what it is, who may keep it, and whether it changed."""

from typing import Any

from city_diplomacy.calendar_feeds.feeds import METHOD

HEADERS = {
	"Cache-Control": "private, no-cache",
	"Referrer-Policy": "no-referrer",
	"X-Content-Type-Options": "nosniff",
	"X-Robots-Tag": "noindex, nofollow, noarchive",
}


def finish(response: Any, request: Any) -> None:
	"""Hook after each request: a calendar that is as it was is not sent again, and no refusal says more than it must."""
	if request.path != METHOD:
		return
	response.headers.update(HEADERS)
	if response.status_code == 200:
		response.headers["Content-Type"] = "text/calendar; charset=utf-8"
		response.add_etag()
		response.make_conditional(request)
	elif response.status_code == 404:
		response.headers["Content-Type"] = "text/plain; charset=utf-8"
		response.set_data("Not found")
