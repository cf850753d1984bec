"""A one-process stand-in for a Frappe site on SQLite. README.md says what it has and has not."""

import sys

from sandbox.strict import StrictFinder


def activate() -> None:
	"""Let `import frappe` answer from this folder. Refuses when a real Frappe is already imported."""
	loaded = sys.modules.get("frappe")
	if loaded is not None and not getattr(loaded, "__sandbox__", False):
		raise RuntimeError("A real frappe is already imported; start a new process to use the sandbox.")
	if not any(isinstance(finder, StrictFinder) for finder in sys.meta_path):
		sys.meta_path.insert(0, StrictFinder())
