"""Records about others, of whom the site's own country and language are not said."""

from typing import Any


class SaidOfOthers:
	"""A record or row whose fields LEFT_OPEN stay empty until somebody fills them in.

	Frappe fills a link named `country` or `language` with what the site says of itself, in whatever comes by REST, by
	an import or from a script. Put it before the document class.
	"""

	LEFT_OPEN: tuple[str, ...] = ()

	def get_valid_dict(self, sanitize: bool = True, *args: Any, **kwargs: Any) -> dict[str, Any]:
		values = super().get_valid_dict(sanitize, *args, **kwargs)
		# Without sanitising, Frappe asks for one thing: the values every new record starts with.
		return values if sanitize else values.update(dict.fromkeys(self.LEFT_OPEN))
