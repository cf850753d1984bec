"""Requests of one address counted as in Frappe, for as long as the process or the test runs."""

import functools
import time
from collections import Counter

import frappe
from frappe import _, local


def rate_limit(*, limit, seconds: int):
	"""Refuse what an address asks beyond `limit` times within `seconds`; Frappe's other options are not here."""

	def limited(fn, *args, **kwargs):
		if local.request:
			counts = frappe.cache.hget("rate_limit", local.form_dict.get("cmd") or "", Counter)
			address = (local.request.remote_addr, time.time() // seconds)
			counts[address] += 1
			if counts[address] > (limit() if callable(limit) else limit):
				frappe.throw(_("You hit the rate limit; try again later."), frappe.RateLimitExceededError)
		return fn(*args, **kwargs)

	return lambda fn: functools.wraps(fn)(functools.partial(limited, fn))
