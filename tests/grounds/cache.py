"""What a test leaves in Redis: seen as it is written, and taken out when the test is over."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

WRITES = {"SET", "SETEX", "PSETEX", "HSET", "SADD", "LPUSH", "RPUSH", "INCRBY", "ZADD"}
# Read from the apps' code and the tables' columns, neither of which a test changes.
SAME_FOR_EVERY_TEST = (
	"all_apps",
	"app_hooks",
	"app_modules",
	"installed_app_modules",
	"module_app",
	"module_installed_app",
	"db_tables",
	"table_columns",
	"lang_full_dict",
	"merged_translations",
)


class CacheWatch:
	"""Notes every key that is written under one site's prefix through Redis clients, of which Frappe 16 has two."""

	def __init__(self, clients: Sequence[Any], prefix: str):
		self._clients, self._prefix = clients, f"{prefix}|"
		self._execute = clients[0].execute_command
		self._keys: set[str] = set()
		self._fields: set[tuple[str, str]] = set()
		for client in clients:
			client.execute_command = partial(self._watch, client.execute_command)

	def stop(self) -> None:
		for client in self._clients:
			del client.execute_command

	def _watch(self, execute: Callable, command, *args, **options):
		if command in WRITES:
			self._note(command, *map(_text, args[:2]))
		return execute(command, *args, **options)

	def _note(self, command: str, key: str, field: str = "") -> None:
		name = key.removeprefix(self._prefix)
		if name == key or name.split("::")[0] in SAME_FOR_EVERY_TEST:
			return
		if command == "HSET":
			self._fields.add((key, field))
		else:
			self._keys.add(key)

	def undo(self, read_metas: Callable[[set[str]], None]) -> None:
		"""Take out what was written since the last time; `read_metas` puts the DocTypes among it back."""
		metas = {field for key, field in self._fields if key == f"{self._prefix}doctype_meta"}
		metas |= {key.split("::")[1] for key in self._keys if key.startswith(f"{self._prefix}doctype_meta::")}
		if self._keys:
			self._execute("DEL", *self._keys)
		for key, field in self._fields:
			self._execute("HDEL", key, field)
		if metas:
			read_metas(metas)
		self._keys.clear()
		self._fields.clear()


def _text(part) -> str:
	return part.decode(errors="replace") if isinstance(part, bytes) else str(part)
