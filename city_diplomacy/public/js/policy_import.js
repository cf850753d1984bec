// Policies from elsewhere: the examples that come with the app, and files. Read with the form and with the list.
frappe.provide("city_diplomacy.policies");

city_diplomacy.policies.call = function (method, args, type) {
	return frappe
		.call({
			method: `city_diplomacy.partnership_approvals.api.policies.${method}`,
			args,
			type,
			freeze: type === "POST",
		})
		.then(({ message }) => message);
};

city_diplomacy.policies.import_example = async function () {
	const examples = await city_diplomacy.policies.call("list_examples", {}, "GET");
	const described = (title) => examples.find((example) => example.title === title);
	const dialog = new frappe.ui.Dialog({
		title: __("Import Example"),
		fields: [
			{
				fieldname: "title",
				fieldtype: "Select",
				label: __("Example"),
				options: examples.map((example) => example.title),
				default: examples[0].title,
				reqd: 1,
				change: () => show_description(),
			},
			{ fieldname: "description", fieldtype: "HTML" },
		],
		primary_action_label: __("Import"),
		primary_action: async ({ title }) => {
			dialog.hide();
			const made = await city_diplomacy.policies.call(
				"import_example",
				{ example: described(title).example },
				"POST"
			);
			frappe.set_route("Form", "Routing Policy", made.name);
		},
	});
	const show_description = () => {
		const example = described(dialog.get_value("title"));
		dialog.fields_dict.description.$wrapper.text(example ? example.description : "");
	};
	dialog.show();
	show_description();
};

city_diplomacy.policies.import_file = function () {
	const chooser = document.createElement("input");
	chooser.type = "file";
	chooser.accept = ".json,application/json";
	chooser.addEventListener("change", async () => {
		const content = await chooser.files[0].text();
		const made = await city_diplomacy.policies.call("import_policy", { content }, "POST");
		frappe.set_route("Form", "Routing Policy", made.name);
	});
	chooser.click();
};

city_diplomacy.policies.export_file = async function (policy) {
	const file = await city_diplomacy.policies.call("export_policy", { policy }, "GET");
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([file.content], { type: "application/json" }));
	link.download = file.file_name;
	link.click();
	URL.revokeObjectURL(link.href);
};
