"""Text and messages: translation, msgprint, throw."""

import secrets
from importlib import import_module
from pathlib import Path

from babel.messages.pofile import read_po
from frappe._state import _dict, local
from frappe.exceptions import ValidationError


def _(msg: str, lang: str | None = None, context: str | None = None) -> str:
	"""The translation from the apps' locale files in the session's language; the text itself without one."""
	lang = lang or local.__dict__.get("lang") or "en"
	if lang == "en":
		return str(msg)
	found, key = local.db.translations.get(lang), str(msg).strip()
	if found is None:
		found = local.db.translations[lang] = _read_translations(lang)
	return (context and found.get((key, context))) or found.get((key, None)) or str(msg)


def _read_translations(lang: str) -> dict[tuple, str]:
	"""A language's translations over those of its parent language."""
	tags, found = dict.fromkeys((lang.split("-")[0], lang.replace("-", "_"))), {}
	for path in (Path(import_module(app).__file__).parent for app in local.installed_apps):
		for file in (path / "locale" / f"{tag}.po" for tag in tags):
			messages = read_po(file.open("rb")) if file.exists() else ()
			found.update({(str(one.id), one.context): one.string for one in messages if one.string})
	return found


def bold(text) -> str:
	return f"<strong>{text}</strong>"


def generate_hash(txt=None, length=56) -> str:
	return secrets.token_hex((length + 1) // 2)[:length]


def msgprint(msg, title=None, raise_exception=False, indicator=None, alert=False):
	indicator = indicator or ("red" if raise_exception else None)
	out = {"indicator": indicator, "alert": alert, "raise_exception": int(bool(raise_exception))}
	out = {key: value for key, value in out.items() if value}
	local.message_log.append(_dict(message=msg, title=title or _("Message"), **out))
	if isinstance(raise_exception, Exception):
		raise_exception.args = (msg,)
		raise raise_exception
	if raise_exception:
		raise raise_exception(msg)


def throw(msg, exc=ValidationError, title=None):
	msgprint(msg, title, exc)


def get_message_log() -> list[dict]:
	return list(local.message_log)


def clear_messages() -> None:
	local.message_log = []


def clear_last_message() -> None:
	local.message_log = local.message_log[:-1]
