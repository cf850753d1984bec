// A ledger keeps the account that acted, as it is hashed; its list shows whose account that is.
frappe.provide("city_diplomacy");

city_diplomacy.show_full_names = async function (listview, field) {
	const accounts = new Set(listview.data.map((row) => row[field]).filter(Boolean));
	for (const account of accounts) {
		const name =
			frappe.utils.get_link_title("User", account) ||
			(await frappe.utils.fetch_link_title("User", account));
		listview.$result
			.find("[data-filter]")
			.filter((_position, cell) => cell.dataset.filter === `${field},=,${account}`)
			.text(name || account);
	}
};
