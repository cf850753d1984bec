"""A site: one SQLite database, one folder for files, the apps installed in it."""

import json
import shutil
import tempfile
from collections import namedtuple
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import sandbox

sandbox.activate()

import frappe  # noqa: E402
from frappe._state import _dict, local, reset_request, reset_session  # noqa: E402
from frappe.database import schema  # noqa: E402
from frappe.database.database import Database  # noqa: E402

from sandbox import definitions  # noqa: E402

_MASTERS = Path(__file__).parent / "data" / "masters.json"
_STAMPS = {"creation": "2026-01-01 00:00:00", "modified": "2026-01-01 00:00:00", "owner": "Administrator",
	"modified_by": "Administrator"}  # fmt: skip
_DOCTYPE_FIELDS = ("module", "istable", "issingle", "is_submittable", "autoname")
_REFUSED_HOOKS = {
	"before_install",
	"after_sync",
	"home_page",
}
_KEPT_BY_TESTS = ("session", "flags", "conf", "lang", "hooks", "web_sessions")


Letter = namedtuple("Letter", "recipients subject message")


class Site:
	"""Use `new_site` or `open_site`. `connect` makes it the site that `frappe` talks to."""

	def __init__(self, path: str = ":memory:"):
		self._temporary = tempfile.mkdtemp(prefix="sandbox-site-") if path == ":memory:" else None
		self.folder = Path(self._temporary or f"{path}-files")
		for part in ("public", "private"):
			(self.folder / part / "files").mkdir(parents=True, exist_ok=True)
		config = self.folder / "site_config.json"
		conf = _dict(json.loads(config.read_text()) if config.exists() else {})
		self._state = {"site": "sandbox.localhost", "site_object": self, "lang": "en", "conf": conf}
		self._state.update(
			hooks=None, jenv=None, flags=_dict(currently_saving=[]), meta_changes=0, test_depth=0
		)
		self._state.update(installed_apps=[], doctypes={}, metas={}, controllers={}, web_sessions={})
		self.connect()
		local.db = self.db = Database(str(path))
		local.doctypes.update(definitions.load_declared())

	def connect(self) -> "Site":
		"""Make this the current site, as Administrator."""
		local.__dict__ = self._state
		frappe.cache.clear()
		reset_request()
		reset_session("Administrator")
		return self

	def close(self):
		"""Close the database; an in-memory site's files go with it."""
		self.db.close()
		if self._temporary:
			shutil.rmtree(self._temporary, ignore_errors=True)

	def set_config(self, key: str, value):
		"""Keep a value in the site's configuration, across processes for a site on disk."""
		local.conf[key] = value
		(self.folder / "site_config.json").write_text(json.dumps(local.conf))

	@property
	def application(self):
		"""The WSGI application of this site."""
		from sandbox.server import Application

		return Application(self)

	def new_session(self, user: str) -> tuple[str, str]:
		"""Sign a person in; answers the session's cookie `sid` and its CSRF token."""
		sid, token = frappe.generate_hash(), frappe.generate_hash()
		local.web_sessions[sid] = _dict(user=user, sid=sid, data=_dict(csrf_token=token))
		return sid, token

	def session_of(self, sid: str | None) -> _dict:
		return local.web_sessions.get(sid) or _dict(user="Guest", sid="Guest", data=_dict())

	def outbox(self) -> list[Letter]:
		"""Every letter that would have been sent, oldest first."""
		names = frappe.get_all("Email Queue", order_by="creation asc, name asc", pluck="name")
		rows = [frappe.get_doc("Email Queue", name) for name in names]
		return [Letter([one.recipient for one in row.recipients], row.subject, row.message) for row in rows]

	# installing

	def _create(self):
		self.db.execute("CREATE TABLE tabSingles (doctype TEXT, field TEXT, value TEXT)")
		self.db.execute("CREATE INDEX singles_doctype ON tabSingles (doctype, field)")
		self.db.execute("CREATE TABLE tabSeries (name TEXT COLLATE UNICODE_CI PRIMARY KEY, current INTEGER)")
		self.db.tables |= {"tabSingles", "tabSeries"}
		self._add_tables(local.doctypes)
		for doctype, (fields, *rows) in json.loads(_MASTERS.read_text(encoding="utf-8")).items():
			stamps = {} if doctype == "Singles" else _STAMPS
			self.db.bulk_insert(doctype, [*fields, *stamps], [[*row, *stamps.values()] for row in rows])

	def _add_tables(self, found: dict):
		first = ("Custom Field", "Property Setter", "Custom DocPerm")
		for name in sorted(found, key=lambda name: name not in first):
			schema.sync(self.db, frappe.get_meta(name, cached=False))
		rows = []
		for name, definition in found.items():
			rows.append([name, *(definition.get(field, 0) for field in _DOCTYPE_FIELDS)])
		self._add_masters("DocType", ["name", *_DOCTYPE_FIELDS], rows)

	def _add_masters(self, doctype: str, fields: list, rows: list):
		values = [[*row, *_STAMPS.values()] for row in rows]
		self.db.bulk_insert(doctype, [*fields, *_STAMPS], values, ignore_duplicates=True)

	def _load(self, app: str) -> dict:
		local.installed_apps.append(app)
		local.hooks = local.jenv = None
		local.controllers.clear()
		local.metas.clear()
		found = definitions.load_app(app)
		local.doctypes.update(found)
		return found

	def _install(self, app: str):
		"""The order of Frappe's own install_app."""
		hooks = frappe.get_hooks(app_name=app)
		if unknown := hooks.keys() & _REFUSED_HOOKS:
			frappe.refuse(f"the hook {', '.join(unknown)} of {app}")
		local.flags.in_install = app
		found = self._load(app)
		self._add_tables(found)
		roles = {perm["role"] for definition in found.values() for perm in definition.get("permissions", [])}
		values = [[one, one, 1] for one in sorted(roles)]
		self._add_masters("Role", ["name", "role_name", "desk_access"], values)
		modules = [[name, name, app] for name in frappe.get_module_list(app)]
		self._add_masters("Module Def", ["name", "module_name", "app_name"], modules)
		for definition in found.values():
			module = import_module(definition["controller_path"])
			if "on_doctype_update" in vars(module):
				module.on_doctype_update()
		for method in hooks.get("after_install", []):
			frappe.get_attr(method)()
		local.flags.in_import = True
		for path in sorted(Path(frappe.get_app_path(app)).glob("fixtures/*.json")):
			for values in json.loads(path.read_text(encoding="utf-8")):
				# installing, as the system
				frappe.get_doc(values).insert(ignore_permissions=True, ignore_links=True)
		local.flags.in_import = local.flags.in_install = False
		frappe.clear_cache()

	# testing

	@contextmanager
	def test_transaction(self):
		"""Undo what the block did: rows, columns, files, caches, outbox, session, flags, configuration."""
		kept = {key: _copy(self._state[key]) for key in _KEPT_BY_TESTS}
		files, tables, changes = set(self.folder.rglob("*")), set(self.db.tables), local.meta_changes
		name = f"sandbox_test_{local.test_depth}"
		self.db.execute(f"SAVEPOINT {name}")
		local.test_depth += 1
		self.db.begin()
		try:
			yield self
		finally:
			self.db.forget_callbacks()
			self.db.execute(f"ROLLBACK TO {name}")
			self.db.execute(f"RELEASE {name}")
			for path in sorted(set(self.folder.rglob("*")) - files, reverse=True):
				path.unlink() if path.is_file() else path.rmdir()
			self.db.tables = tables
			frappe.cache.clear()
			reset_request()
			if local.meta_changes != changes:
				local.metas.clear()
				self.db.columns.clear()
			local.__dict__.update(kept, test_depth=local.test_depth - 1)


def _copy(value):
	if isinstance(value, dict):
		return type(value)((key, _copy(item)) for key, item in value.items())
	return list(value) if isinstance(value, list) else value


def new_site(path: str = ":memory:", apps: tuple = ("city_diplomacy",)) -> Site:
	"""Make a site with these apps, in place of what is there; connect to it."""
	if path != ":memory:":
		Path(path).unlink(missing_ok=True)
		shutil.rmtree(f"{path}-files", ignore_errors=True)
	site = Site(path)
	site._create()
	for app in apps:
		site._install(app)
	site.db.commit()
	return site


def open_site(path: str, apps: tuple = ("city_diplomacy",)) -> Site:
	"""Connect to a site made before."""
	site = Site(path)
	for app in apps:
		site._load(app)
	return site
