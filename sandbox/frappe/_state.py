"""`frappe.local`, the proxies that look into it, Frappe's forgiving dictionary and its cache."""

from werkzeug.local import LocalProxy

from sandbox.strict import refuse


class _dict(dict):
	"""A dict whose keys are attributes; an absent key answers None, as in Frappe."""

	__slots__ = ()
	__setattr__ = dict.__setitem__
	__delattr__ = dict.__delitem__

	def __getattr__(self, key):
		if key[:2] == "__" == key[-2:]:
			raise AttributeError(key)
		return self.get(key)

	def update(self, *args, **kwargs):
		super().update(*args, **kwargs)
		return self

	def copy(self):
		return type(self)(self)


class Local:
	"""The state of the one site and the one request of this process."""

	def __call__(self, name: str) -> LocalProxy:
		return LocalProxy(lambda: self.__dict__[name])


local = Local()


def reset_request() -> None:
	"""Forget what belongs to one request or one test: messages, form, response, permission caches."""
	local.form_dict, local.response, local.request = _dict(), _dict(docs=[]), None
	local.message_log, local.role_permissions, local.new_doc_templates = [], {}, {}


def reset_session(user: str) -> None:
	local.session = _dict(user=user, sid=user, data=_dict())


class Cache:
	"""`frappe.cache` in this process."""

	def __init__(self):
		self._hashes = {}

	def __getattr__(self, name):
		if name.startswith("__"):
			raise AttributeError(name)
		return refuse(f"frappe.cache.{name}")

	def hget(self, name, key, generator=None):
		stored = self._hashes.setdefault(name, {})
		if stored.get(key) is None and generator:
			stored[key] = generator()
		return stored.get(key)

	def hdel(self, name, key):
		self._hashes.get(name, {}).pop(key, None)

	def delete_value(self, name):
		self._hashes.pop(name, None)

	def clear(self):
		"""Forget everything. Not part of Frappe: the sandbox's own."""
		self._hashes.clear()
