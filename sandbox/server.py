"""The sandbox's web application: /api/method, files, and the pages. Not for production."""

import json
import mimetypes
import re
import traceback
from pathlib import Path

import frappe
from frappe import _
from frappe._state import _dict, local, reset_request
from frappe.permissions import is_system_user
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect, safe_join
from werkzeug.wrappers import Request, Response

from sandbox import pages

UNSAFE_METHODS = ("POST", "PUT", "DELETE", "PATCH")
_REFUSED = ("/api/resource", "/api/v1", "/api/v2", "/app", "/desk", "/printview")
_WITHOUT_DESK = re.compile(r".*\.(png|jpg|jpeg|pdf|txt|csv|docx?|xlsx?|odt|ods)", re.IGNORECASE)


class Application:
	"""One request at a time, each in its own transaction and as the person of its session."""

	def __init__(self, site):
		self.site = site

	def __call__(self, environ, start_response):
		return self.respond(Request(environ))(environ, start_response)

	def respond(self, request: Request) -> Response:
		kept = ("session", "form_dict", "request", "message_log", "response", "lang")
		before = {key: local.__dict__.get(key) for key in kept}
		if local.test_depth:
			# what a test made so far is there for its request, and stays when the request is refused
			frappe.db.commit()
		reset_request()
		try:
			response, write = self._answer(request), request.method in UNSAFE_METHODS
			frappe.db.commit() if local.flags.pop("commit", write) else frappe.db.rollback()
		except Exception as error:  # noqa: BLE001 - every error becomes an answer
			frappe.db.rollback()
			response = _answer_error(request, error)
		local.__dict__.update(before, role_permissions={})
		return pages.add_bar(response, request) if response.mimetype == "text/html" else response

	def _answer(self, request: Request) -> Response:
		local.request, local.session = request, self.site.session_of(request.cookies.get("sid"))
		local.form_dict = _read_form(request)
		own = frappe.db.get_value("User", local.session.user, "language")
		wanted = local.form_dict.get("_lang") or own or request.accept_languages.best or "en"
		known = [tag for tag in (wanted, wanted.split("-")[0]) if frappe.db.exists("Language", tag)]
		local.lang = known[0] if known else "en"
		given = request.headers.get("X-Frappe-CSRF-Token") or local.form_dict.pop("csrf_token", None)
		token = local.session.data.csrf_token
		if request.method in UNSAFE_METHODS and token and given != token:
			frappe.throw(_("Invalid Request"), frappe.CSRFTokenError)
		return self._route(request, request.path)

	def _route(self, request: Request, path: str) -> Response:
		if path.startswith("/api/method/"):
			return _call(path.removeprefix("/api/method/"))
		if any(path == prefix or path.startswith(prefix + "/") for prefix in _REFUSED):
			frappe.refuse(path)
		if path.startswith("/assets/"):
			app, _slash, rest = path.removeprefix("/assets/").partition("/")
			known = app in local.installed_apps
			return _send(safe_join(frappe.get_app_path(app, "public"), rest) if known else None)
		if path.startswith(("/files/", "/private/files/")):
			return _file(path)
		if path in pages.ROUTES:
			return pages.ROUTES[path](self.site, request)
		return pages.respond(path)


def _call(cmd: str) -> Response:
	"""Check that the command may be called this way, and call it with the form's values."""
	try:
		method = upload_file if cmd == "upload_file" else frappe.get_attr(cmd)
	except (ImportError, AttributeError, frappe.AppNotInstalledError):
		frappe.throw(_("There is no method {0}").format(frappe.utils.escape_html(cmd)))
	frappe.is_whitelisted(method)
	if local.request.method not in frappe.allowed_http_methods_for_whitelisted_func[method]:
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	data = frappe.call(method, **local.form_dict)
	answer, kind = local.response, local.response.get("type")
	if kind == "download":
		mimetype = mimetypes.guess_type(answer.filename)[0] or "application/octet-stream"
		response = Response(answer.filecontent, mimetype=mimetype)
		response.headers.set("Content-Disposition", "attachment", filename=answer.filename)
		return response
	if kind:
		frappe.refuse(f"the response type {kind}")
	body = {key: value for key, value in answer.items() if key not in ("docs", "http_status_code")}
	body.update({} if data is None else {"message": data})
	return _json(body, answer.get("http_status_code") or 200)


@frappe.whitelist(allow_guest=True)
def upload_file():
	"""Keep the file of a form as a File document; guests may not."""
	if frappe.session.user == "Guest":
		raise frappe.PermissionError
	form, upload = frappe.form_dict, local.request.files["file"]
	if form.doctype:
		doc = frappe.get_doc(form.doctype, form.docname) if form.docname else None
		frappe.has_permission(form.doctype, "write", doc, throw=True)
	if not (is_system_user() or _WITHOUT_DESK.fullmatch(upload.filename)):
		kind = mimetypes.guess_type(upload.filename)[0]
		frappe.throw(_("{0} is not a kind of file that can be uploaded.").format(kind))
	doc = frappe.new_doc("File", file_name=upload.filename, content=upload.stream.read())
	doc.update({"is_private": frappe.utils.cint(form.is_private), "attached_to_doctype": form.doctype})
	doc.update({"attached_to_name": form.docname, "attached_to_field": form.fieldname})
	return doc.save()


def _answer_error(request: Request, error: Exception) -> Response:
	if isinstance(error, frappe.Redirect):
		return redirect(frappe.flags.redirect_location, error.http_status_code)
	status = getattr(error, "http_status_code", None) or getattr(error, "code", None) or 500
	status = 501 if isinstance(error, NotImplementedError) else status
	if status == 500:
		traceback.print_exception(error)
	if not request.path.startswith("/api/") or (request.headers.get("Accept") or "").startswith("text"):
		return pages.error_page(error, status)
	kind = type(error)
	body = {"exception": f"{kind.__module__}.{kind.__name__}: {error}", "exc_type": kind.__name__}
	message = local.flags.pop("error_message", None)
	return _json({**body, **({"_error_message": message} if message else {})}, status)


def _json(body: dict, status: int) -> Response:
	if local.message_log:
		body["_server_messages"] = json.dumps([json.dumps(message) for message in local.message_log])
	text = json.dumps(body, default=frappe.json_handler, separators=(",", ":"))
	return Response(text, status=status, mimetype="application/json")


def _read_form(request: Request) -> _dict:
	if not request.is_json or not request.get_data():
		return _dict(request.args.items()).update(request.form.items())
	values = request.get_json()
	if not isinstance(values, dict):
		frappe.throw(_("The request is not a JSON object."))
	return _dict(values)


def _file(path: str) -> Response:
	"""Public files for everybody; private ones for who may read one of their File documents."""
	if path.startswith("/private/"):
		names = frappe.get_all("File", filters={"file_url": path}, pluck="name")
		seen = any(frappe.get_doc("File", name).has_permission("read") for name in names)
		if local.session.user == "Guest" or not seen:
			raise frappe.PermissionError(_("You may not see this file."))
	folder = local.site_object.folder / ("private" if path.startswith("/private/") else "public") / "files"
	return _send(safe_join(str(folder), path.split("/files/", 1)[1]))


def _send(path: str | None) -> Response:
	if not path or not Path(path).is_file():
		raise NotFound
	mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
	return Response(Path(path).read_bytes(), mimetype=mimetype, headers={"X-Content-Type-Options": "nosniff"})


def serve(site, host: str, port: int):
	"""Serve until interrupted. One request at a time: it is a stand-in, not a server."""
	from werkzeug.serving import WSGIRequestHandler, run_simple

	class Impatient(WSGIRequestHandler):
		# Browsers open connections ahead and leave them idle; with one request at a time that holds up the rest.
		timeout = 1

	run_simple(host, port, Application(site), request_handler=Impatient, threaded=False)
