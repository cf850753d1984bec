"""A small browser: one person's cookies and CSRF token against the ground's WSGI application."""

from collections.abc import Callable
from urllib.parse import urlsplit

from werkzeug.test import Client, TestResponse


class WebClient:
	"""Calls whitelisted methods and opens pages as one person.

	`run` is given each request as a function and runs it the way the ground has to.
	"""

	def __init__(self, application: Callable, base_url: str, run: Callable = lambda send: send()):
		self._client, self._base_url, self._run = Client(application), base_url, run
		self._csrf_token = None

	def sign_in(self, sid: str, csrf_token: str | None) -> None:
		self._client.set_cookie("sid", sid, domain=urlsplit(self._base_url).hostname)
		self._csrf_token = csrf_token

	def get(self, path: str, **query) -> TestResponse:
		"""Open a page."""
		return self._send(path, method="GET", query_string=query)

	def read(self, method: str, **arguments) -> TestResponse:
		"""Call a whitelisted method by GET."""
		return self.get(f"/api/method/{method}", **arguments)

	def call(self, method: str, **arguments) -> TestResponse:
		"""Call a whitelisted method by POST, with the CSRF token its page would send."""
		return self.post(f"/api/method/{method}", **arguments)

	def post(self, path: str, *, csrf_token: bool = True, **arguments) -> TestResponse:
		headers = {"X-Frappe-CSRF-Token": self._csrf_token} if csrf_token and self._csrf_token else {}
		return self._send(path, method="POST", json=arguments, headers=headers)

	def request(self, method: str, path: str, **options) -> TestResponse:
		"""Send anything else, such as a PUT or DELETE of REST, with the CSRF token."""
		headers = {"X-Frappe-CSRF-Token": self._csrf_token} if self._csrf_token else {}
		return self._send(path, method=method, headers={**headers, **options.pop("headers", {})}, **options)

	def _send(self, path: str, *, headers: dict | None = None, **options) -> TestResponse:
		def send() -> TestResponse:
			return self._client.open(
				path,
				base_url=self._base_url,
				headers={"Accept": "application/json, text/html;q=0.9", **(headers or {})},
				buffered=True,
				**options,
			)

		return self._run(send)
