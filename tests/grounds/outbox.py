"""A letter as tests look at it, whichever ground it was posted on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
	recipients: frozenset[str]
	subject: str
	body: str
