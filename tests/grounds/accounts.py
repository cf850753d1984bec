"""Accounts on a real site at a part of their price.

Half of what Frappe does for a new account is done beside it: a contact, a share, notification settings, caches
to clear. Nearly every test makes a few people, so the first of a kind is inserted as in production, and the
others get copies of what it has beside it. The account itself is always inserted and validated by Frappe.
"""

from typing import Any

import frappe

# What belongs to an account, by the column that says to whose.
BESIDE = {
	"Notification Settings": "name",
	"DocShare": "user",
	"Contact": "user",
	"Contact Email": "email_id",
}


class Accounts:
	def __init__(self):
		self._first: dict[str, _First] = {}

	def insert(self, user: Any) -> Any:
		"""Insert a User; answers it as stored."""
		first = self._first.get(user.user_type)
		if first is None:
			user.insert()
			self._first[user.user_type] = _First(user)
			return user
		user.after_insert = user.run_post_save_methods = lambda: None
		user.insert()
		first.copy_for(user)
		return frappe.get_doc("User", user.name)


class _First:
	"""The rows beside an account that Frappe inserted, and the words in them that are its own."""

	def __init__(self, user: Any):
		self.rows = [
			frappe.get_doc(doctype, name)
			for doctype, column in BESIDE.items()
			for name in frappe.get_all(doctype, {column: user.name}, pluck="name", limit_page_length=0)
		]
		self.user = user

	def copy_for(self, user: Any) -> None:
		own = {self.user.name: user.name, self.user.first_name: user.first_name}
		own |= {self.user.full_name: user.full_name}
		# A contact has the name of its person, which two people may share.
		names = {row.name: frappe.generate_hash(length=16) for row in self.rows if row.name != self.user.name}
		for row in self.rows:
			copy = frappe.new_doc(row.doctype)
			for key, value in row.get_valid_dict().items():
				copy.set(key, (names if key in ("name", "parent") else own).get(value, own.get(value, value)))
			copy.update({"creation": user.creation, "modified": user.modified})
			copy.db_insert()
