"""A real site as a ground: every test is one transaction on one connection, and it is never committed.

`frappe.connect()` is given the same connection all through the run, in a test and in the web requests the
test makes. On it `commit` is a savepoint and `rollback` goes back to the last one, so the code under test
commits and rolls back as it does in production, and at the end one real rollback undoes the whole test.
What the test put into Redis is taken out again, and `frappe.local` starts empty for every test, as it does
for every request.

Schema changes would end the transaction for real, so they are refused. A test that needs several processes
at once asks for the `committed` fixture, one that changes the schema or installs and uninstalls for
`outside_transaction`.
"""

import contextvars
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from pathlib import Path

import frappe
import frappe.database
import frappe.utils.background_jobs
import frappe.utils.caching

import city_diplomacy
from benchmarks.background import let_jobs_end
from city_diplomacy.demo import book
from city_diplomacy.partnership_approvals.policies import examples
from city_diplomacy.setup.custom_fields import CUSTOM_FIELDS
from city_diplomacy.setup.install import store_settings
from city_diplomacy.setup.policies import SEEDED
from tests.grounds.accounts import Accounts
from tests.grounds.cache import CacheWatch
from tests.grounds.committed_rows import CommittedRows
from tests.grounds.connection import never_committing
from tests.grounds.outbox import Letter
from tests.grounds.web import WebClient

CHECKOUT = Path(__file__).parents[2]
# Letters are written to Email Queue, as from a site with a mail server, and stay there.
NO_MAIL = {"mute_emails": 1, "mail_server": "mail.invalid", "auto_email_id": "office@city.example"}
# What every site has of us from its installation on.
INSTALLED = (
	"Agreement Type",
	"Routing Policy",
	"Trade Filing Rule",
	"Trade Stage",
	"Trade Stage Field",
	"Routing Rule",
	"Routing Condition",
	"SDG Goal",
	"SDG Target",
)


class Ground:
	"""A site of a bench, opened from the bench's `sites` folder."""

	name = "site"

	def __init__(self, site: str):
		self.site = site
		self._committed_rows = CommittedRows(site)
		self._depth = 0
		self.insert_account = Accounts().insert

	def open(self) -> None:
		os.chdir(os.environ["CITY_DIPLOMACY_SITES"])
		if not Path(city_diplomacy.__file__).is_relative_to(CHECKOUT):
			raise RuntimeError(f"The code under test is not this checkout's: {city_diplomacy.__file__}")
		self._new_connection = frappe.database.get_db
		self._enqueue = frappe.utils.background_jobs.enqueue
		frappe.init(self.site)
		if not frappe.conf.allow_tests:
			raise RuntimeError(
				f"{self.site} has no allow_tests in its site_config.json: it is not for tests."
			)
		frappe.connect()
		self._committed_rows.look_around()
		# A run that was killed in a committing test left its rows; they would be in the way of that test for ever.
		self._committed_rows.undo()
		self._set_aside = _registers_with_rows()
		self._of_sample_city = defaultdict(list)
		for entry in book.read_book():
			if entry.before is None and not frappe.get_meta(entry.doctype).issingle:
				self._of_sample_city[entry.doctype].append(entry.name)
		self._kept = Path(tempfile.mkdtemp(prefix="kept_", dir=f"{self.site}/private"))
		self._warm_up()
		# Frappe 16 keeps a copy of Redis in the process and reads and writes it by a client of its own.
		own = [frappe.client_cache.redis] if hasattr(frappe, "client_cache") else []
		self.cache = CacheWatch([frappe.cache, *own], frappe.conf.db_name)
		self.connection = frappe.local.db
		self.connection.__class__ = never_committing(type(self.connection))
		self.connection.undo()
		frappe.destroy()
		frappe.database.get_db = self._hand_out
		_put_in_place_of(self._enqueue, self._run_now)

	def close(self) -> None:
		frappe.database.get_db = self._new_connection
		_put_in_place_of(self._run_now, self._enqueue)
		self.connection.hang_up()
		self.cache.stop()
		shutil.rmtree(self._kept)

	def _hand_out(self, *args, **kwargs):
		"""Stand in for `frappe.database.get_db`: whoever connects starts at a boundary, e-mail muted."""
		frappe.local.conf.update(NO_MAIL)
		self.connection.value_cache.clear()
		self.connection.mark_boundary()
		return self.connection

	def _run_now(self, *args, **kwargs):
		"""Stand in for `enqueue`: a worker would never see rows that are not committed."""
		return self._enqueue(*args, **{**kwargs, "now": True, "deduplicate": False})

	def _warm_up(self) -> None:
		"""Read into Redis what every test and every page reads, before anyone watches what tests leave there."""
		from frappe.app import application

		modules = frappe.get_all("Module Def", {"app_name": "city_diplomacy"}, pluck="name")
		ours = frappe.get_all("DocType", {"module": ["in", modules]}, pluck="name")
		for doctype in [*ours, "User", "Role", "Company", "Department", "ToDo", "Email Queue", "Workflow"]:
			frappe.get_meta(doctype)
		guest = WebClient(application, f"http://{self.site}", contextvars.Context().run)
		guest.get("/login")

	@contextmanager
	def test_transaction(self) -> Iterator[None]:
		"""Undo what the block did: rows, files, Redis, `frappe.local`. In a block there may be others."""
		before = f"before_block_{self._depth}" if self._depth else None
		if before:
			# What waits for a commit belongs to the outer block's `frappe.local`.
			frappe.db.commit()
			self.connection.sql(f"savepoint {before}")
			self._disconnect()
		self._connect()
		if not before:
			self._empty_registers()
		files = self._files()
		self._keep(files)
		self._depth += 1
		try:
			yield
		finally:
			self._depth -= 1
			self.connection.undo(to=before)
			for path in self._files() - files:
				path.unlink()
				self._kept_name(path).unlink(missing_ok=True)
			for path in files - self._files():
				os.link(self._kept_name(path), path)
			self._disconnect()
			if before:
				self._connect()

	def _keep(self, files: set[Path]) -> None:
		"""A second name for every file there is: what a test deletes from the disk does not roll back."""
		for path in files:
			kept = self._kept_name(path)
			if not kept.exists():
				kept.parent.mkdir(parents=True, exist_ok=True)
				os.link(path, kept)

	def _kept_name(self, path: Path) -> Path:
		return self._kept / path.relative_to(self.site)

	def _empty_registers(self) -> None:
		"""A test finds no record or setting of the city whose site this is, only what installing brings."""
		if not self._set_aside:
			return
		for doctype in self._set_aside:
			frappe.db.delete(doctype)
		for doctype, names in self._of_sample_city.items():
			frappe.db.delete(doctype, {"name": ["in", names]})
		frappe.db.delete("DefaultValue", {"parent": book.PARENT})
		company = frappe.db.get_single_value("City Diplomacy Settings", "company")
		frappe.db.delete("Singles", {"doctype": "City Diplomacy Settings"})
		store_settings()
		frappe.db.set_single_value("City Diplomacy Settings", "company", company)
		heads = [
			field["fieldname"] for field in CUSTOM_FIELDS["Department"] if field.get("options") == "User"
		]
		everyone = {"name": ["is", "set"]}
		frappe.db.set_value("Department", everyone, dict.fromkeys(heads), update_modified=False)
		_seed_policies_alone()
		self.connection.mark_boundary()

	def _files(self) -> set[Path]:
		folders = (Path(self.site, part, "files") for part in ("public", "private"))
		return {path for folder in folders for path in folder.rglob("*") if path.is_file()}

	def _connect(self) -> None:
		frappe.init(self.site)
		frappe.connect()

	def _disconnect(self) -> None:
		frappe.destroy()
		frappe.utils.caching._SITE_CACHE.clear()
		if hasattr(frappe, "client_cache"):
			# Frappe 16 keeps a copy of Redis in the process.
			frappe.client_cache.clear_cache()
		self.cache.undo(self._read_metas)

	def _read_metas(self, doctypes: set[str]) -> None:
		"""Read again the DocTypes a test read first or cleared, so that the next test finds them."""
		self._connect()
		for doctype in doctypes:
			if frappe.db.exists("DocType", doctype):
				frappe.get_meta(doctype)
		if not self._depth:
			self.connection.undo()
		frappe.destroy()

	@contextmanager
	def outside_transaction(self) -> Iterator[None]:
		"""Work on a connection of its own that commits; what is changed stays, unless the test undoes it."""
		if self._depth > 1:
			raise RuntimeError(
				"What the module arranged is not committed: this test belongs in another module."
			)
		self.connection.undo()
		# Frappe 16's `migrate` ends whichever has been idle for long; the next use connects again.
		self.connection.hang_up()
		frappe.destroy()
		frappe.database.get_db = self._new_connection
		self._connect()
		frappe.local.conf.update(NO_MAIL)
		try:
			yield
		finally:
			frappe.destroy()
			frappe.database.get_db = self._hand_out
			self._connect()

	@contextmanager
	def committed(self) -> Iterator[None]:
		"""Work on real connections, for other processes to see; then delete every document made meanwhile.

		Only documents the test itself makes may be changed in it: a change to an older one is not undone, but for the
		policy in force.
		"""
		with self.outside_transaction():
			self._committed_rows.begin()
			try:
				yield
			finally:
				frappe.db.rollback()
				let_jobs_end()
				self._committed_rows.undo()

	def client(self, user: str | None = None) -> WebClient:
		"""Answer a browser-like client, signed in as `user` with a session of the site's own."""
		from frappe.app import application

		frappe.db.commit()
		client = WebClient(application, f"http://{self.site}", self._in_a_request_of_its_own)
		if user and user != "Guest":
			client.sign_in(*self.new_session(user))
		return client

	def new_session(self, user: str) -> tuple[str, str]:
		"""Sign somebody in without a password; answers their session's id and CSRF token."""
		return contextvars.Context().run(self._new_session, user)

	def _in_a_request_of_its_own(self, send):
		"""Run one request with an empty `frappe.local`, as a thread of the web server has."""
		frappe.db.commit()
		try:
			return contextvars.Context().run(send)
		finally:
			# What a request leaves to a commit it never made ends with its connection.
			frappe.db.before_commit.reset()
			frappe.db.after_commit.reset()
			frappe.db.value_cache.clear()
			frappe.local.cache = {}
			frappe.local.role_permissions = {}
			if hasattr(frappe.local, "request_cache"):
				frappe.local.request_cache.clear()

	def _new_session(self, user: str) -> tuple[str, str]:
		"""Store a session as Frappe's sign-in does, without what it reads for the first page after it.

		That is the counts of every table of the server, the start page and the account once more: half the time
		of the suite.
		"""
		from frappe.sessions import Session, get_expiry_period

		self._connect()
		frappe.utils.set_request(method="GET", path="/", base_url=f"http://{self.site}")
		session = frappe.local.session_obj = Session(user="")
		kind, full_name = frappe.db.get_value("User", user, ["user_type", "full_name"])
		sid = session.sid = frappe.generate_hash()
		session.data.update({"user": user, "sid": sid})
		session.data.data.update(
			{
				"user": user,
				"session_ip": frappe.local.request_ip,
				"last_updated": frappe.utils.now(),
				"session_expiry": get_expiry_period(),
				"full_name": full_name,
				"user_type": kind,
			}
		)
		token = session.data.data.csrf_token = frappe.generate_hash()
		session.insert_session_record()
		frappe.db.commit()
		frappe.destroy()
		return sid, token

	def outbox(self) -> list[Letter]:
		"""Answer what waits in Email Queue since the test began, oldest first."""
		rows = frappe.get_all("Email Queue", fields=["name", "message"], order_by="creation asc, name asc")
		return [_read_letter(row.name, row.message) for row in rows]


def _read_letter(queued: str, message: str) -> Letter:
	letter = message_from_string(message, policy=policy.default)
	body = letter.get_body(preferencelist=("html", "plain"))
	recipients = frappe.get_all("Email Queue Recipient", {"parent": queued}, pluck="recipient")
	return Letter(frozenset(recipients), str(letter["Subject"]), body.get_content() if body else "")


def _seed_policies_alone() -> None:
	"""Let the policies every site starts with stand as on a new one, and no other be in force."""
	everyone = {"name": ["is", "set"]}
	frappe.db.set_value("Routing Policy", everyone, "status", "Retired", update_modified=False)
	for example, status in SEEDED.items():
		title = examples.values_of(example)["title"]
		frappe.db.set_value("Routing Policy", {"title": title}, "status", status, update_modified=False)


def _registers_with_rows() -> list[str]:
	"""Our DocTypes that hold rows no installation brought, and the contacts that came with them."""
	modules = frappe.get_all("Module Def", {"app_name": "city_diplomacy"}, pluck="name")
	ours = frappe.get_all("DocType", {"module": ["in", modules], "issingle": 0}, pluck="name")
	found = [name for name in ours if name not in INSTALLED and frappe.db.count(name)]
	return [*found, "Contact", "Workflow Action"] if found else []


def _put_in_place_of(one: Callable, other: Callable) -> None:
	"""Let `enqueue` be another function everywhere: many modules of Frappe import it by its name."""
	for module in list(sys.modules.values()):
		if vars(module).get("enqueue") == one:
			module.enqueue = other
