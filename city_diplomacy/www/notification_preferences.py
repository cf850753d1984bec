"""When the person signed in is told about approvals: his own choice, or the city's while he has made none."""

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnership_approvals.notices.preferences import as_clock, choice_of, zone_of
from city_diplomacy.templates.page import begin, require_sign_in


def get_context(context) -> None:
	require_sign_in("/notification-preferences")
	page = begin(context, _("Notification preferences"), here="clearances")
	chosen = choice_of(frappe.session.user)
	page.update(
		{
			"state": "",
			"deliver": chosen.deliver,
			"digest_hour": cint(chosen.digest_hour),
			"hours": [{"value": hour, "text": f"{hour:02d}:00"} for hour in range(24)],
			"reminders": cint(chosen.reminders),
			"quiet_hours": cint(chosen.quiet_hours),
			"quiet_from": _clock(chosen.quiet_from, "19:00"),
			"quiet_until": _clock(chosen.quiet_until, "07:00"),
			"rests_on_days_off": cint(chosen.rests_on_days_off),
			"zone": zone_of(frappe.session.user).key,
		}
	)


def _clock(value, usual: str) -> str:
	clock = as_clock(value)
	return clock.strftime("%H:%M") if clock else usual
