"""What a test leaves in Redis: seen as it is written, and taken out when the test is over."""

from collections.abc import Callable

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
	"""Notes every key that is written through a Redis client under one site's prefix."""

	def __init__(self, client, prefix: str):
		self._client, self._prefix = client, f"{prefix}|"
		self._execute = client.execute_command
		self._keys: set[str] = set()
		self._fields: set[tuple[str, str]] = set()
		client.execute_command = self._watch

	def stop(self) -> None:
		del self._client.execute_command

	def _watch(self, command, *args, **options):
		if command in WRITES:
			self._note(command, *map(_text, args[:2]))
		return self._execute(command, *args, **options)

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
