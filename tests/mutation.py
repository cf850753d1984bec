"""What the tests of the rules need under mutation: few examples, the same for every mutant, and nothing remembered.

`[tool.mutmut]` in pyproject.toml hands it to pytest.
"""

import os
import sys
from functools import _lru_cache_wrapper

import hypothesis

# Nobody reads how small an example could be made.
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)

hypothesis.settings.register_profile(
	"mutation", deadline=None, derandomize=True, database=None, max_examples=20, phases=PHASES
)


def pytest_sessionstart() -> None:
	"""A mutant runs in a copy of a process that has run the tests before: its caches hold the right answers."""
	_forget()


def pytest_runtest_setup() -> None:
	"""While mutmut notes which test calls which function, none is spared a call by a test before it."""
	if os.environ.get("MUTANT_UNDER_TEST") == "stats":
		_forget()


def _forget() -> None:
	for name, module in list(sys.modules.items()):
		if name.startswith("city_diplomacy.domain."):
			for value in vars(module).values():
				if isinstance(value, _lru_cache_wrapper):
					value.cache_clear()


def pytest_collection_modifyitems(items) -> None:
	"""Examples first: the first test that fails ends the run, and a property takes longest to fail."""
	items.sort(key=lambda item: getattr(item.obj, "is_hypothesis_test", False))
