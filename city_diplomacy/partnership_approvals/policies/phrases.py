"""The fixed phrases of `domain.rehearsal.condition_reading`, as translators find them.

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
		_("{0} is {1}"),
		_("{0} is not {1}"),
		_("{0} is less than {1}"),
		_("{0} is at most {1}"),
		_("{0} is more than {1}"),
		_("{0} is at least {1}"),
		_("{0} is one of {1}"),
		_("{1} contains {0}"),
		_("a row of {1} is {0}"),
		_("{0} is none of {1}"),
		_("{1} does not contain {0}"),
		_("no row of {1} is {0}"),
		_("{0} and {1}"),
		_("{0} or {1}"),
		_("not ({0})"),
		_("{0} is checked"),
		_("{0} is not checked"),
		_("{0} is set"),
		_("{0} is not set"),
		_("{0} has rows"),
		_("{0} has no rows"),
		_("the number of {0}"),
	)
