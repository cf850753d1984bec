"""The one connection of a test run: what commits in a test is a savepoint, and what rolls back goes to the last one."""

BOUNDARY = "last_commit"
ENDS_A_TRANSACTION = ("alter", "create", "drop", "truncate", "rename", "start", "begin")


class SchemaChangeInTest(Exception):
	"""A statement that MariaDB cannot roll back, in a test that is rolled back."""


def never_committing(base: type) -> type:
	"""Answer a subclass of a Frappe database class that keeps everything in one transaction."""

	class NeverCommitting(base):
		def commit(self, **_options):
			self.before_rollback.reset()
			self.after_rollback.reset()
			self.before_commit.run()
			self.mark_boundary()
			self.after_commit.run()

		def rollback(self, *, save_point=None, **_options):
			if save_point:
				super().rollback(save_point=save_point)
				return
			self.before_commit.reset()
			self.after_commit.reset()
			self.before_rollback.run()
			self.sql(f"rollback to savepoint {BOUNDARY}")
			self.value_cache.clear()
			self.after_rollback.run()

		def begin(self, **_options):
			"""The one transaction is open already."""

		def close(self):
			"""The connection is closed by the ground, at the end of the run."""

		def check_implicit_commit(self, query, *_rest):
			words = query.split(None, 1) if isinstance(query, str) else ()
			if words and words[0].lower() in ENDS_A_TRANSACTION:
				raise SchemaChangeInTest(
					f"`{words[0]} …` would commit this test for good: ask for the fixture `outside_transaction`."
				)

		def mark_boundary(self):
			self.transaction_writes = 0
			self.sql(f"savepoint {BOUNDARY}")

		def undo(self, to: str | None = None):
			"""Roll back to the savepoint `to`, for real without one."""
			for callbacks in (
				self.before_commit,
				self.after_commit,
				self.before_rollback,
				self.after_rollback,
			):
				callbacks.reset()
			super().rollback(save_point=to)
			self.value_cache.clear()

		def hang_up(self):
			super().close()

	return NeverCommitting
