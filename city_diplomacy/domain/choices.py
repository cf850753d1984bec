"""The base of closed lists of words, such as the states of a record: each list is written once, as a StrEnum."""

from enum import Enum


class StrEnum(str, Enum):
	"""Python 3.11's enum.StrEnum, for 3.10: a member is its text wherever a text is stored, compared or sent.

	What turns a value into text asks it in different ways: JSON and mysqlclient take the string that a member is, PyPika
	the value of an Enum, PyMySQL and every format str(); all of them get the plain text. repr() alone shows the member.
	"""

	def __str__(self) -> str:
		return str.__str__(self)
