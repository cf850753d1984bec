"""The database and the two Redis servers of a bench: found running, or started and stopped again."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

LOCAL = ("", "localhost", "127.0.0.1", "::1")
PATIENCE = 60  # seconds
# Nothing started here may hold on to our output, or whoever reads it would wait for ever.
DETACHED = {
	"stdin": subprocess.DEVNULL,
	"stdout": subprocess.DEVNULL,
	"stderr": subprocess.DEVNULL,
	"start_new_session": True,
}


class ServiceProblem(Exception):
	"""Why a service of the bench could not be had, in one sentence."""


@contextmanager
def running(bench: Path, site: str) -> Iterator[None]:
	"""MariaDB and both Redis servers answer while the block runs."""
	config = {
		**json.loads((bench / "sites" / "common_site_config.json").read_text()),
		**json.loads((bench / "sites" / site / "site_config.json").read_text()),
	}
	with ExitStack() as stack:
		host, port = config.get("db_host") or "127.0.0.1", int(config.get("db_port") or 3306)
		if config.get("db_type", "mariadb") == "mariadb":
			stack.enter_context(_answering("MariaDB", host, port, _start_mariadb))
		for name in ("redis_cache", "redis_queue"):
			url = urlsplit(os.environ.get(f"FRAPPE_{name.upper()}") or config.get(name) or "")
			if url.port:
				start = _redis_starter(bench / "config" / f"{name}.conf")
				stack.enter_context(_answering(name, url.hostname, url.port, start))
		yield


@contextmanager
def _answering(name: str, host: str, port: int, start: Callable[[], Callable]) -> Iterator[None]:
	if _answers(host, port):
		yield
		return
	if host not in LOCAL:
		raise ServiceProblem(
			f"{name} does not answer at {host}:{port}, and it is not on this machine to start"
		)
	print(f"Starting {name}")
	stop = start()
	try:
		deadline = time.monotonic() + PATIENCE
		while not _answers(host, port):
			if time.monotonic() > deadline:
				raise ServiceProblem(f"{name} was started and does not answer at {host}:{port}")
			time.sleep(0.2)
		yield
	finally:
		stop()


def _answers(host: str, port: int) -> bool:
	try:
		socket.create_connection((host, port), timeout=2).close()
	except OSError:
		return False
	return True


def _start_mariadb() -> Callable[[], object]:
	"""By the system's service where there is one and we may, else by MariaDB's own script."""
	may_start = shutil.which("service") and os.geteuid() == 0
	if may_start and subprocess.run(["service", "mariadb", "start"], **DETACHED).returncode == 0:
		return lambda: subprocess.run(["service", "mariadb", "stop"], **DETACHED)
	script = shutil.which("mariadbd-safe") or shutil.which("mysqld_safe")
	if not script:
		raise ServiceProblem("MariaDB does not run and neither `service mariadb` nor mariadbd-safe is here")
	subprocess.Popen([script], **DETACHED)
	admin = shutil.which("mariadb-admin") or "mysqladmin"
	return lambda: subprocess.run([admin, "shutdown"], **DETACHED)


def _redis_starter(config: Path) -> Callable[[], Callable]:
	def start() -> Callable[[], object]:
		if not shutil.which("redis-server") or not config.is_file():
			raise ServiceProblem(f"redis-server or {config} is missing; it cannot be started")
		server = subprocess.Popen(["redis-server", str(config)], cwd=config.parent, **DETACHED)

		def stop():
			server.terminate()
			server.wait(timeout=PATIENCE)

		return stop

	return start
