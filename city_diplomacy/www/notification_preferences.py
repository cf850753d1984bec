"""When the person signed in is told about approvals: their own choice, or the city's while they have made none."""

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnership_approvals.notices.preferences import choice_of, zone_of
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
			"zone": zone_of(frappe.session.user).key,
		}
	)
