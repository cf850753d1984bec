"""The sandbox as a ground: one site in memory for the whole run, one transaction per test."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from sandbox import site
from tests.grounds.outbox import Letter
from tests.grounds.web import WebClient


class Ground:
	name = "sandbox"

	def open(self) -> None:
		self.site = site.new_site()
		self.enqueue = frappe.enqueue
		# As on the other ground: jobs run at once, because tests do not commit.
		frappe.enqueue = lambda method, **options: frappe.call(method, **options)

	def close(self) -> None:
		self.site.close()

	def insert_account(self, user):
		return user.insert()

	@contextmanager
	def test_transaction(self) -> Iterator[None]:
		with self.site.test_transaction():
			yield

	@contextmanager
	def committed(self) -> Iterator[None]:
		"""One process and one connection: there is nobody to commit for."""
		yield

	outside_transaction = committed

	def client(self, user: str | None = None) -> WebClient:
		client = WebClient(self.site.application, "http://sandbox.localhost")
		if user and user != "Guest":
			client.sign_in(*self.site.new_session(user))
		return client

	def outbox(self) -> list[Letter]:
		"""Answer what was posted since the test began, oldest first."""
		return [
			Letter(frozenset(found.recipients), found.subject, found.message) for found in self.site.outbox()
		]
