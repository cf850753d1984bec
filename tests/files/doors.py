"""The ways a browser reaches File, one function each: what Frappe offers to every account."""

import json
from pathlib import Path

import frappe


def create(browser, **fields):
	"""REST: a new File."""
	return browser.post("/api/resource/File", **fields)


def change(browser, name: str, **fields):
	"""REST: columns of a File that is there."""
	return browser.request("PUT", f"/api/resource/File/{name}", json=fields)


def delete(browser, name: str):
	"""REST: a File."""
	return browser.request("DELETE", f"/api/resource/File/{name}")


def create_as_folder(browser, **fields):
	"""Frappe checks no address of a folder."""
	return create(browser, is_folder=1, file_name="folder", folder="Home", **fields)


def insert(browser, **fields):
	return browser.call("frappe.client.insert", doc=json.dumps({"doctype": "File", **fields}))


def link(browser, **fields):
	"""The dialog's "Link": an upload without bytes."""
	return browser.call("upload_file", **fields)


def point_own_file_at(browser, **fields):
	"""Upload something harmless and change where it points."""
	own = create(browser, file_name="harmless.txt", content="harmless", is_private=1).json["data"]["name"]
	return change(browser, own, **fields)


def save_with_another_owner(browser, name: str, **fields):
	"""The form's save takes the whole document from the client; this one says who owns it."""
	doc = frappe.get_doc("File", name).as_dict()
	doc.update({"owner": browser.user, **fields})
	doc.pop("content", None)
	return browser.call("frappe.desk.form.save.savedocs", doc=frappe.as_json(doc), action="Save")


def upload(browser, name: str, content: str | bytes = "own words", **fields):
	"""A private upload of one's own; answers the row."""
	return create(browser, file_name=name, content=content, is_private=1, **fields).json["data"]


def stored_files() -> dict[str, bytes]:
	"""Every file in the site's two folders with its bytes."""
	folders = (Path(frappe.get_site_path(part, "files")) for part in ("private", "public"))
	return {
		str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()
	}


def can_open(browser, file_url: str) -> bool:
	return browser.get(file_url).status_code == 200
