"""A small app of its own, so that the stand-in is tested apart from City Diplomacy."""

import json
import sys

import frappe
import pytest

from tests.sandbox.trial_app import CONTROLLERS, DOCTYPES, HOOKS, PAGES


@pytest.fixture(scope="session")
def trial_site(tmp_path_factory, ground):
	"""A sandbox site with the trial app alone."""
	if ground.name != "sandbox":
		pytest.skip("is about the sandbox itself")
	from sandbox.site import new_site

	sys.path.insert(0, str(write_app(tmp_path_factory.mktemp("apps"))))
	main = frappe.local.site_object
	site = new_site(apps=["trial_app"])
	main.connect()
	yield site
	site.connect()
	site.close()
	main.connect()


@pytest.fixture
def trial(trial_site):
	"""The trial site, connected for one test, which leaves nothing in it."""
	main = frappe.local.site_object
	trial_site.connect()
	with trial_site.test_transaction():
		yield trial_site
	main.connect()


def write_app(folder):
	"""Write the trial app as Frappe wants an app laid out."""
	app = folder / "trial_app"
	for name, definition in DOCTYPES.items():
		place = app / "trial" / "doctype" / frappe.scrub(name)
		place.mkdir(parents=True)
		(place / f"{place.name}.json").write_text(
			json.dumps({"doctype": "DocType", "name": name, **definition})
		)
		class_name = name.replace(" ", "")
		body = CONTROLLERS.get(name, f"class {class_name}(Document):\n\tpass\n")
		(place / f"{place.name}.py").write_text(
			f"import frappe\nfrom frappe.model.document import Document\n\n\n{body}"
		)
	for name, text in {**PAGES, "hooks.py": HOOKS, "modules.txt": "Trial\n", "__init__.py": ""}.items():
		(app / name).parent.mkdir(parents=True, exist_ok=True)
		(app / name).write_text(text)
	return folder
