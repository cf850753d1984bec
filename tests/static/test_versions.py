"""What the README says was tried, and what `bench get-app` is told to ask for, are the same versions."""

import re

import pytest

from tests.static.sources import CHECKOUT

TRIED = re.compile(r"^\| v\d+ \| (?P<frappe>[\d.]+) \| (?P<erpnext>[\d.]+) \|", re.MULTILINE)
ASKED_FOR = re.compile(r'^(?P<app>frappe|erpnext) = ">=(?P<lowest>[\d.]+),<(?P<bound>[\d.]+)"$', re.MULTILINE)


def _numbers(version: str) -> tuple[int, ...]:
	return tuple(map(int, version.split(".")))


@pytest.mark.parametrize("app", ["frappe", "erpnext"])
def test_bench_is_told_the_lowest_version_that_was_tried_and_the_first_that_was_not(app):
	tried = [_numbers(row[app]) for row in TRIED.finditer((CHECKOUT / "README.md").read_text())]
	asked = {found["app"]: found for found in ASKED_FOR.finditer((CHECKOUT / "pyproject.toml").read_text())}
	assert len(tried) == 2
	# bench reads versions of three numbers only.
	assert _numbers(asked[app]["lowest"]) == (*min(tried), 0)
	assert _numbers(asked[app]["bound"]) == (max(tried)[0] + 1, 0, 0)
