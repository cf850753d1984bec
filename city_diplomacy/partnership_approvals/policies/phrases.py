"""The fixed phrases of `domain.rehearsal` and of conditions in words, as translators find them.

The domain cannot translate, so it hands each phrase out before it fills it in. Roles and states come the same
way and are translated as they are everywhere else.
"""

from frappe import _


def translated(phrase: str) -> str:
	"""A phrase of the domain, or the name of a role or a state, in the language of the signed-in person."""
	return _(phrase)


def spoken() -> tuple[str, ...]:
	"""Every fixed phrase, for whoever looks for what is to be translated."""
	return (
		_("{seat} would be asked as well: {new_who} ({new_state})."),
		_("{seat} would no longer be asked: {old_who} ({old_state})."),
		_(
			"{seat} would be asked in another order: in {new_state} (stage {new_stage}) instead of {old_state} (stage {old_stage})."
		),
		_("{seat} would be asked of {new_who} instead of {old_who}."),
		_("{seat} would have to answer sooner: {new_time} instead of {old_time}."),
		_("{seat} would have more time: {new_time} instead of {old_time}."),
		_("{seat} is what {old_seat} would be called."),
		_("nobody yet"),
		_("{0} working days"),
		_("by {0}"),
		_("{0} is {1}"),
		_("{0} is not {1}"),
		_("{0} is more than {1}"),
		_("{0} is at least {1}"),
		_("{0} is less than {1}"),
		_("{0} is at most {1}"),
		_("{0} is one of {1}"),
		_("{0} is none of {1}"),
		_("{0} contains {1}"),
		_("{0} does not contain {1}"),
		_("a row of {0} is {1}"),
		_("no row of {0} is {1}"),
		_("{0} and {1}"),
		_("{0} or {1}"),
		_("{0} is checked"),
		_("{0} is not checked"),
		_("{0} is set"),
		_("{0} is not set"),
		_("{0} has rows"),
		_("{0} has no rows"),
	)
