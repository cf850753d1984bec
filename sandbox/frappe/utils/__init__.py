"""`frappe.utils`: numbers, text and addresses; dates and times are in _dates.py, HTML in html_utils.py."""

# ruff: noqa: F403 - the names come from the modules below
import datetime
import decimal
import re
from urllib.parse import quote, urlparse

import frappe
from frappe.utils import _dates, html_utils
from frappe.utils._dates import *
from frappe.utils._dates import get_datetime, getdate
from frappe.utils.html_utils import *
from frappe.utils.html_utils import escape_html

from sandbox.strict import own_names

_EMAIL = re.compile(
	r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", re.I
)
_PHONE = re.compile(r"([0-9 +_\-,.*#()]){1,20}")
_SEPARATORS = {"#,###.##": ",.", "#.###,##": ".,", "# ###.##": " .", "# ###,##": " ,", "#'###.##": "'."}


def cint(value, default=0) -> int:
	"""A whole number out of anything; `default` where there is none."""
	try:
		return int(float(value)) if isinstance(value, str) and "." in value else int(value)
	except (TypeError, ValueError, OverflowError):
		return default


def flt(value) -> float:
	"""A float out of anything, 0 where there is none."""
	try:
		return float(value.replace(",", "") if isinstance(value, str) else value)
	except (TypeError, ValueError):
		return 0.0


def cstr(value, encoding="utf-8") -> str:
	return "" if value is None else value.decode(encoding) if isinstance(value, bytes) else str(value)


def fmt_money(amount, currency=None) -> str:
	"""The amount with the site's separators and the currency's symbol (none without a currency)."""
	number_format = frappe.get_system_settings("number_format") or "#,###.##"
	if number_format not in _SEPARATORS:
		frappe.refuse(f"the number format {number_format!r}")
	text = f"{decimal.Decimal(repr(flt(amount))):,.2f}"
	text = text.translate(str.maketrans(",.", _SEPARATORS[number_format]))
	if not currency:
		return text
	symbol, on_right = frappe.db.get_value("Currency", currency, ["symbol", "symbol_on_right"]) or (None, 0)
	return f"{text} {symbol or currency}" if on_right else f"{symbol or currency} {text}"


def cast(fieldtype, value=None):
	"""A Python value of the field's type; the lowest one where there is none."""
	if fieldtype in ("Date", "Datetime") and not value:
		return datetime.date(1, 1, 1) if fieldtype == "Date" else datetime.datetime(1, 1, 1)
	return cast_fieldtype(fieldtype, value)


def cast_fieldtype(fieldtype, value):
	return _CASTS[fieldtype](value) if fieldtype in _CASTS else value


_CASTS = {**dict.fromkeys(("Currency", "Float", "Percent"), flt), "Int": cint, "Check": cint, "Date": getdate,
	"Datetime": get_datetime, "Text": cstr, "Data": cstr, "Small Text": cstr, "Long Text": cstr,
	"Text Editor": cstr, "Select": cstr, "Link": cstr, "Dynamic Link": cstr}  # fmt: skip


def get_url(uri=None) -> str:
	if uri and uri.startswith(("http://", "https://")):
		return uri
	request, host = frappe.local.request, frappe.local.conf.host_name
	host = host or (request.host_url.rstrip("/") if request else f"http://{frappe.local.site}")
	return host + (f"/{uri.lstrip('/')}" if uri else "")


def get_files_path(*path, is_private=0) -> str:
	folder = frappe.local.site_object.folder / ("private" if is_private else "public") / "files"
	return str(folder.joinpath(*path))


def get_url_to_form(doctype, name) -> str:
	slug = quote(doctype.lower().replace(" ", "-"))
	return get_url(f"/app/{slug}/{quote(cstr(name), safe='~@#$&()*!+=:;,.?')}")


def split_emails(text) -> list[str]:
	return [part.strip() for part in re.split(r"[,\n](?=(?:[^\"]|\"[^\"]*\")*$)", cstr(text)) if part.strip()]


def validate_email_address(text, throw=False) -> str:
	"""The valid addresses, or "" where one is not valid (an InvalidEmailAddressError with `throw`)."""
	good = []
	for part in split_emails(text):
		found = _EMAIL.fullmatch(re.sub(r"^.*<(.*)>$", r"\1", part).strip())
		if not found:
			message = frappe._("{0} is not a valid e-mail address")
			return _refuse(part, throw, message, frappe.InvalidEmailAddressError) or ""
		good.append(found.group())
	return ", ".join(good)


def _refuse(text, throw, message, error=frappe.ValidationError) -> bool:
	if throw:
		frappe.throw(message.format(escape_html(text)), error)
	return False


def validate_phone_number(text, throw=False) -> bool:
	good, message = _PHONE.fullmatch((text or "").strip()), frappe._("{0} is not a phone number")
	return bool(good) or _refuse(text, throw and text, message, frappe.InvalidPhoneNumberError)


def validate_url(text, throw=True) -> bool:
	url = urlparse(text or "")
	good = bool(url.scheme and (url.netloc or url.path))
	return good or _refuse(text, throw, frappe._("{0} is not a valid URL"))


def get_fullname(user=None) -> str:
	user = user or frappe.session.user
	return frappe.db.get_value("User", user, "full_name") or user


__all__ = [*_dates.__all__, *html_utils.__all__, *own_names(globals())]
