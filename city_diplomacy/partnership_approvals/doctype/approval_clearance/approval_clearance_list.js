frappe.listview_settings["Approval Clearance"] = {
	hide_name_column: true,
	add_fields: ["state", "decision", "due_date", "put_to"],

	get_indicator(doc) {
		if (doc.state === "Decided") {
			const colour =
				{ Clear: "green", "Clear with Conditions": "yellow", Object: "red", Return: "orange" }[
					doc.decision
				] || "gray";
			return [__(doc.decision), colour, `decision,=,${doc.decision}`];
		}
		if (doc.state === "Pending" && doc.due_date && doc.due_date < frappe.datetime.get_today()) {
			const today = frappe.datetime.get_today();
			return [__("Overdue"), "red", `state,=,Pending|due_date,is,set|due_date,<,${today}`];
		}
		const colour = { Pending: "blue", "Question Asked": "purple" }[doc.state] || "gray";
		return [__(doc.state), colour, `state,=,${doc.state}`];
	},

	onload(listview) {
		listview.page.add_inner_button(__("What Waits for Me"), () => window.open("/clearances", "_blank"));
	},
};
