// Which of them hold today is said by public/js/in_force.js.
frappe.listview_settings["Ceremonial Rule"] = {};
