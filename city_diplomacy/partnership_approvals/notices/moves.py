"""What those are told who asked for an approval, when its document moves; see `notify.tell_requester`."""

from city_diplomacy.domain.sentences import _

BACK_IN_DRAFT = _("{title} came back to draft")
READY_TO_SIGN = _("{title} is cleared and ready to sign")
IN_FORCE = _("{title} is in force")
ENDED = _("{title} ended: {state}")
