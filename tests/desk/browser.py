"""A real browser before a real web server: Chromium, driven by Playwright, on the site under test.

The server is a process of its own, so what it shows must be committed: ask for the fixture `committed`.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60  # seconds
NARROW = 992  # pixels, below which Desk puts a form's buttons into a menu
SERVE = (
	"import sys, frappe.app; "
	"frappe.app.serve(port=int(sys.argv[1]), no_reload=True, site=sys.argv[2], sites_path='.')"
)


@contextmanager
def web_server() -> Iterator[str]:
	"""Serve the site of this test with this checkout's code; answers the address."""
	port = _free_port()
	server = subprocess.Popen(
		[sys.executable, "-c", SERVE, str(port), frappe.local.site],
		cwd=os.getcwd(),
		env={**os.environ, "CI": "1"},
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
	)
	try:
		_wait_for(port, server)
		yield f"http://127.0.0.1:{port}"
	finally:
		server.terminate()
		server.wait(PATIENCE)
		# How often this address asked, which the tests that follow do from the same.
		frappe.cache.delete_keys("rl:")


def let_mails_wait() -> None:
	"""Give the site an account for outgoing mail, with which a letter gets into the queue; nothing is sent from there."""
	account = frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Office of the test",
			"email_id": "office@city.example",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "mail.invalid",
		}
	)
	account.name = account.email_account_name
	# Saved as a document, Frappe would ask the server.
	account.db_insert()


@contextmanager
def chromium() -> Iterator[Any]:
	"""A headless Chromium of Playwright."""
	from playwright.sync_api import sync_playwright

	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
		yield browser
		browser.close()


def page_of(browser: Any, address: str, session: tuple[str, str], width: int = 1280) -> Any:
	"""A page signed in by a session's id; `width` in pixels."""
	context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
	context.add_cookies([{"name": "sid", "value": session[0], "url": address}])
	page = context.new_page()
	page.set_default_timeout(PATIENCE * 1000)
	return page


def press(page: Any, label: str, group: str | None = None) -> None:
	"""Press a button of a form's or list's head, by the words on it; `group` is the menu it is in.

	A narrow screen has them all in the menu of three dots.
	"""
	outer = page.locator(".page-actions button:visible", has_text=group or label).first
	dots = page.locator(".page-actions :is(.menu-btn-group, .actions-btn-group) > button:visible").first
	if page.viewport_size["width"] >= NARROW:
		outer.click()
		if group:
			page.locator(".page-actions .dropdown-menu a:visible", has_text=label).first.click()
		return
	# What is offered depends on an answer of the server, after which the menu is drawn once more.
	said = f"{group} > {label}" if group else label
	page.locator(".page-actions .dropdown-item", has_text=said).first.wait_for(state="attached")
	dots.click()
	page.locator(".page-actions .dropdown-item:visible", has_text=said).first.click()


def _free_port() -> int:
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		return free.getsockname()[1]


def _wait_for(port: int, server: subprocess.Popen) -> None:
	deadline = time.monotonic() + PATIENCE
	while True:
		try:
			socket.create_connection(("127.0.0.1", port), timeout=2).close()
			return
		except OSError:
			assert server.poll() is None, "the web server ended by itself"
			assert time.monotonic() < deadline, "the web server does not answer"
			time.sleep(0.2)
