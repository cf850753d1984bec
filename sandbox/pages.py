"""Pages: the app's as Frappe's TemplatePage renders them, errors, the sandbox's bar, switch and outbox."""

import inspect
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urlsplit

import frappe
from frappe import _
from frappe._state import _dict, local
from frappe.utils import cstr, escape_html
from frappe.utils.jinja import get_jenv
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.strict import ROOT


def respond(path: str) -> Response:
	"""The app's page at a path, at / the person's own. Raises what the page raises, or PageDoesNotExistError."""
	if not (path := path.strip("/ ")):
		hooks = frappe.get_hooks("get_website_user_home_page")
		return redirect("/" + ((hooks and frappe.get_attr(hooks[-1])(local.session.user)) or "login"))
	rules = frappe.get_hooks("website_route_rules")
	routes = Map([Rule(rule["from_route"], endpoint=rule["to_route"]) for rule in rules])
	try:
		endpoint, arguments = routes.bind_to_environ(local.request.environ).match("/" + path)
	except NotFound:
		endpoint, arguments = path, {}
	local.form_dict.update(arguments)
	for app in reversed(local.installed_apps):
		base = Path(frappe.get_app_path(app, "www")).resolve()
		file = Path(f"{base}/{endpoint}.html").resolve()
		if file.is_file() and file.is_relative_to(base):
			return _render(app, base, file, endpoint)
	raise frappe.PageDoesNotExistError(_("There is no page {0}").format(path))


def _render(app: str, base: Path, file: Path, endpoint: str) -> Response:
	context = _dict(path=endpoint, route=endpoint, lang=local.lang, title=file.stem.title())
	controller = file.with_name(file.stem.replace("-", "_") + ".py")
	if controller.exists():
		parts = controller.relative_to(base).with_suffix("").parts
		get_context = import_module(".".join([app, "www", *parts])).get_context
		takes_context = inspect.signature(get_context).parameters
		context.update((get_context(context) if takes_context else get_context()) or {})
	source = file.read_text(encoding="utf-8")
	if "{% extends" not in source:
		frappe.refuse(f"the page {endpoint}, which extends no template,")
	return _html(get_jenv().from_string(source).render(context), context.http_status_code or 200)


def _html(text: str, status: int = 200) -> Response:
	return Response(text, status=status, mimetype="text/html")


def _own(name: str, **context) -> str:
	return get_jenv().get_template(f"templates/{name}.html").render({"lang": local.lang, **context})


def error_page(error: Exception, status: int) -> Response:
	"""A plain page; what it says of the error is escaped."""
	if isinstance(error, frappe.DoesNotExistError) and error.doctype:
		status = status if frappe.permissions.has_permission(error.doctype) else 403
	titles = {403: _("Not Permitted"), 404: _("Not Found"), 501: _("Not in the sandbox")}
	texts = {403: _("You do not have enough permissions to see this."), 404: _("There is no such page.")}
	message = escape_html(texts.get(status) or str(error))
	return _html(_own("message", title=titles.get(status, _("Error")), message=message), status)


def _local_path(target: str | None) -> str:
	"""A path on this site, never another site's address."""
	parts = urlsplit((target or "").replace("\\", "/"))
	elsewhere = parts.netloc or parts.scheme or not parts.path.startswith("/") or parts.path.startswith("//")
	return "/login" if elsewhere else target


def switch_to(site, request: Request) -> Response:
	"""POST /sandbox/switch with `user`: a new session as that person."""
	response = redirect(_local_path(request.form.get("redirect_to")), 303)
	local.web_sessions.pop(local.session.sid, None)
	response.delete_cookie("sid")
	if (user := cstr(request.form.get("user"))) not in ("", "Guest"):
		if request.method != "POST" or not frappe.db.exists("User", {"name": user, "enabled": 1}):
			raise frappe.DoesNotExistError(_("There is no person {0}").format(user))
		response.set_cookie("sid", site.new_session(user)[0], httponly=True, samesite="Lax")
	return response


def login_page(site, request: Request) -> Response:
	"""GET /login: everybody one can be, with the roles that are theirs alone."""
	people = frappe.get_all("User", ["name", "full_name"], filters={"enabled": 1}, order_by="full_name")
	for person in people:
		roles = frappe.get_roles(person.name) if person.name not in frappe.STANDARD_USERS else []
		person.roles = ", ".join(role for role in roles if role not in frappe.permissions.AUTOMATIC_ROLES)
	target = _local_path(request.args.get("redirect-to") or "/")
	return _html(_own("people", people=people, target=target, token=local.session.data.csrf_token))


def outbox_page(site, request: Request) -> Response:
	"""GET /outbox: the letters nobody sent, newest first, their HTML shown in a frame without scripts."""
	return _html(_own("letters", letters=site.outbox()[::-1]))


def add_bar(response: Response, request: Request) -> Response:
	"""Say on every page that this is the sandbox, and as whom one is signed in."""
	user = local.site_object.session_of(request.cookies.get("sid")).user
	back = quote(request.full_path.rstrip("?"), safe="/")
	bar = (ROOT / "templates" / "bar.html").read_text().format(user=escape_html(user), back=back)
	html = response.get_data(as_text=True)
	at = html.find(">", html.find("<body")) + 1
	response.set_data(html[:at] + bar + html[at:])
	return response


ROUTES = {"/login": login_page, "/outbox": outbox_page, "/sandbox/switch": switch_to}
