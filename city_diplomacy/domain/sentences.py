"""How a fixed sentence is written where it cannot be translated yet: its reader comes later, or the room knows no Frappe."""


def _(sentence: str) -> str:
	"""Marks a sentence, in English, for translators, whose tools look for this name; whoever shows it translates it."""
	return sentence
