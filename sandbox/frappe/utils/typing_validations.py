"""Whitelisted methods check what a request sends against their annotations: pydantic, as in Frappe."""

from functools import cache, wraps
from inspect import Parameter, signature
from typing import Union

import frappe
from pydantic import ConfigDict, TypeAdapter, ValidationError

_adapter = cache(lambda annotation: TypeAdapter(annotation, config=ConfigDict(arbitrary_types_allowed=True)))


def validate_argument_types(function, apply_condition):
	@wraps(function)
	def checked(*args, **kwargs):
		if apply_condition():
			args, kwargs = transform_parameter_types(function, args, kwargs)
		return function(*args, **kwargs)

	return checked


def transform_parameter_types(function, args, kwargs):
	"""Answer the arguments cast to their annotations; a FrappeTypeError names the one that does not fit."""
	bound = signature(function).bind_partial(*args, **kwargs)
	for name, value in bound.arguments.items():
		parameter = bound.signature.parameters[name]
		wanted = parameter.annotation
		if wanted is Parameter.empty or isinstance(wanted, str) or parameter.kind == Parameter.VAR_KEYWORD:
			continue
		accepted = [int, bool, float] if wanted is bool else [wanted]
		accepted += [] if parameter.default is Parameter.empty else [type(parameter.default)]
		try:
			bound.arguments[name] = _adapter(Union[tuple(accepted)]).validate_python(value)  # noqa: UP007
		except ValidationError as error:
			wanted, got = getattr(wanted, "__name__", wanted), type(value).__name__
			text = f"Argument '{name}' should be of type '{wanted}' but got '{got}' instead."
			raise frappe.FrappeTypeError(text) from error
	return bound.args, bound.kwargs
