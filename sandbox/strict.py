"""What the sandbox does not know it refuses by name, modules and attributes alike."""

import importlib
import importlib.abc
import importlib.machinery
from pathlib import Path

ROOT = Path(__file__).parent


def refuse(name: str):
	"""Raise the one sentence by which everything unknown is refused."""
	raise NotImplementedError(f"{name} is not in the sandbox; run this on a bench")


def own_names(namespace: dict) -> list[str]:
	"""The public functions and classes a module defines itself, for its __all__."""
	own = [one for one in namespace.items() if getattr(one[1], "__module__", None) == namespace["__name__"]]
	return [name for name, value in own if not name.startswith("_") and callable(value)]


def _find(full_name: str) -> Path | None:
	path = ROOT.joinpath(*full_name.split("."))
	candidates = (path.with_suffix(".py"), path / "__init__.py", path)
	return next((found for found in candidates if found.exists()), None)


class _Loader(importlib.machinery.SourceFileLoader):
	"""Runs a module, or a folder that only holds others; gives it the refusal of unknown attributes."""

	def exec_module(self, module):
		def __getattr__(name: str):
			full_name = f"{module.__name__}.{name}"
			if name.startswith("__"):
				raise AttributeError(name)
			known = hasattr(module, "__path__") and _find(full_name)
			return importlib.import_module(full_name) if known else refuse(full_name)

		module.__getattr__ = __getattr__
		if not Path(self.path).is_dir():
			super().exec_module(module)


class StrictFinder(importlib.abc.MetaPathFinder):
	"""Finds `frappe.*` in this folder and refuses every other `frappe.*` and `erpnext.*` module."""

	def find_spec(self, full_name, path=None, target=None):
		if full_name.split(".", 1)[0] not in ("frappe", "erpnext"):
			return None
		source = _find(full_name) or refuse(full_name)
		is_package = source.name == "__init__.py" or source.is_dir()
		loader = _Loader(full_name, str(source))
		spec = importlib.machinery.ModuleSpec(full_name, loader, origin=str(source), is_package=is_package)
		spec.has_location = not source.is_dir()
		if is_package:
			spec.submodule_search_locations = [str(ROOT.joinpath(*full_name.split(".")))]
		return spec
