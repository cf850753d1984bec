// Links for people outside: what was sent about a record, on its form, and sending further ones from form and list.
frappe.provide("city_diplomacy.guest_links");

city_diplomacy.guest_links.api = "city_diplomacy.guest_links.api";

// Call from `refresh` of a form whose records links can be about.
city_diplomacy.guest_links.show = function (frm) {
	if (frm.is_new() || !frappe.model.can_read("Guest Link")) return;
	const shown = frm.docname;
	frappe
		.xcall(`${city_diplomacy.guest_links.api}.about`, { doctype: frm.doctype, name: shown })
		.then((answer) => {
			if (frm.docname !== shown) return;
			for (const purpose of answer.purposes) {
				frm.add_custom_button(
					purpose.label,
					() => city_diplomacy.guest_links.ask_whom(frm, purpose),
					__("Send a Link")
				);
			}
			if (answer.links.length) city_diplomacy.guest_links.draw(frm, answer.links);
		});
};

city_diplomacy.guest_links.act = function (frm, method, values) {
	return frappe.xcall(`${city_diplomacy.guest_links.api}.${method}`, values).then(() => frm.reload_doc());
};

city_diplomacy.guest_links.ask_whom = function (frm, purpose) {
	frappe.prompt(
		[
			{ fieldname: "person", fieldtype: "Data", label: __("Sent to"), reqd: 1, default: purpose.person },
			{
				fieldname: "email",
				fieldtype: "Data",
				options: "Email",
				label: __("E-mail"),
				reqd: 1,
				default: purpose.email,
			},
			{
				fieldname: "language",
				fieldtype: "Link",
				options: "Language",
				label: __("Language"),
				default: purpose.language,
				description: __("Where our forms are not translated to it, the letter is in the site's language."),
			},
		],
		(values) =>
			city_diplomacy.guest_links.act(frm, "send", {
				doctype: frm.doctype,
				name: frm.docname,
				purpose: purpose.key,
				...values,
			}),
		purpose.label,
		__("Send")
	);
};

city_diplomacy.guest_links.colours = {
	Waiting: "blue",
	Answered: "green",
	Expired: "orange",
	Revoked: "gray",
	Replaced: "gray",
};

city_diplomacy.guest_links.draw = function (frm, links) {
	const day = frappe.datetime.str_to_user;
	const list = city_diplomacy.element(city_diplomacy.html`<ul class="list-unstyled guest-links"></ul>`);
	for (const link of links) {
		const facts = [
			__("sent {0}", [day(link.creation)]),
			link.mail_status === "Not Delivered" ? __("not delivered") : __(link.mail_status),
			link.times_opened
				? __("opened ({0}), last {1}", [link.times_opened, day(link.last_opened)])
				: __("not opened"),
			link.answered_on ? __("answered {0}", [day(link.answered_on)]) : "",
			link.next_mail_on && link.may_send_again ? __("next mail {0}", [day(link.next_mail_on)]) : "",
		];
		const colour = city_diplomacy.guest_links.colours[link.status];
		const row = city_diplomacy.element(city_diplomacy.html`<li class="mb-2">
			<span class="indicator-pill ${colour}">${__(link.status)}</span>
			<a href="${frappe.utils.get_form_link("Guest Link", link.name)}">${__(link.purpose)}</a>,
			${link.person} (${link.email}): ${facts.filter(Boolean).join(", ")} <span class="acts"></span></li>`);
		const button = (label, act) =>
			city_diplomacy
				.element(
					city_diplomacy.html`<button class="btn btn-xs btn-default mr-1" type="button">${label}</button>`
				)
				.on("click", act)
				.appendTo(row.find(".acts"));
		if (link.to_decide) {
			button(__("Decide on Corrections ({0})", [link.to_decide]), () =>
				frappe.set_route("Form", "Guest Link", link.name)
			);
		}
		if (link.may_send_again) {
			button(__("Send Again"), () =>
				city_diplomacy.guest_links.act(frm, "send_again", { link: link.name })
			);
		}
		if (link.may_revoke) {
			button(__("Revoke"), () =>
				frappe.confirm(__("End this link? It cannot be used any more."), () =>
					city_diplomacy.guest_links.act(frm, "revoke", { link: link.name })
				)
			);
		}
		row.appendTo(list);
	}
	frm.dashboard.add_section(list, __("Links Sent"));
	frm.dashboard.show();
};

// Call from `onload` of a list: one action that sends a link about each chosen record.
city_diplomacy.guest_links.offer_for_many = function (listview, purpose) {
	listview.page.add_actions_menu_item(__("Send a Link: {0}", [__(purpose)]), () => {
		const names = listview.get_checked_items(true);
		frappe.confirm(__("Write to {0} of them now?", [names.length]), () =>
			frappe
				.xcall(`${city_diplomacy.guest_links.api}.send_many`, {
					doctype: listview.doctype,
					names,
					purpose,
				})
				.then((answer) => {
					const without = answer.without_address.map(frappe.utils.escape_html);
					const sentences = [__("{0} letters are on their way.", [answer.sending])];
					if (without.length) {
						sentences.push(__("No person and address to write to: {0}.", [without.join(", ")]));
					}
					frappe.msgprint(sentences.join("<br>"));
				})
		);
	});
};
