"""A background worker of the bench for as long as the tests run: `python -m tests.grounds.worker`.

Frappe's own, as `bench start` has it, but for two things. It is as urgent as the tests, which wait for it; Frappe's
lets every other process go first, and beside three busy ones it hardly comes to do anything. And it has loaded
beforehand what Frappe's loads for every job anew.
"""

from importlib import import_module

from frappe.utils import background_jobs

OF_EVERY_JOB = (
	"city_diplomacy.hooks",
	"erpnext.hooks",
	"frappe.core.doctype.user.user",
	"frappe.desk.form.save",
	"frappe.email.doctype.email_queue.email_queue",
	"frappe.model.workflow",
)


def main() -> None:
	for module in OF_EVERY_JOB:
		import_module(module)
	background_jobs.set_niceness = lambda: None
	background_jobs.start_worker(quiet=True)


if __name__ == "__main__":
	main()
