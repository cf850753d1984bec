const GUESTS_API = "city_diplomacy.diplomatic_protocol.guests.api.";
const PAPERS = { place_cards: __("Place Cards"), guest_badges: __("Badges"), seating_chart: __("Seating Chart") };

frappe.ui.form.on("Guest List", {
	setup(frm) {
		for (const fieldname of ["guest", "other_guest"]) {
			frm.set_query(fieldname, "kept_apart", () => ({ filters: { guest_list: frm.docname } }));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(
			__("Guests"),
			() => frappe.set_route("List", "Invited Guest", { guest_list: frm.docname }),
			__("View")
		);
		for (const [paper, label] of Object.entries(PAPERS)) {
			frm.add_custom_button(label, () => print_paper(frm, paper), __("Print"));
		}
		show_seating(frm);
		if (!frm.perm[0].write) return;
		if (frm.doc.status === "Inviting") {
			frm.add_custom_button(__("Ask All Not Asked Yet"), () => ask_all(frm), __("Send a Link"));
		}
		if ((frm.doc.tables || []).length) {
			frm.add_custom_button(__("Plan the Seating"), () => plan_seating(frm));
		}
	},

	about_type(frm) {
		if (frm.doc.about) frm.set_value("about", "");
	},
});

function ask_all(frm) {
	frappe.confirm(__("Write to every guest who was not asked yet?"), () =>
		frappe.xcall(`${GUESTS_API}ask_all`, { guest_list: frm.docname }).then((answer) => {
			const without = answer.without_address.map(frappe.utils.escape_html);
			const sentences = [__("{0} letters are on their way.", [answer.sending])];
			if (without.length) sentences.push(__("No address to write to: {0}.", [without.join(", ")]));
			frappe.msgprint(sentences.join("<br>"));
		})
	);
}

function print_paper(frm, paper) {
	const query = new URLSearchParams({ guest_list: frm.docname, paper });
	window.open(`/api/method/${GUESTS_API}print_paper?${query}`);
}

function plan_seating(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the list first."));
		return;
	}
	frappe.xcall(`${GUESTS_API}plan_seating`, { guest_list: frm.docname }).then((answer) => {
		frappe.show_alert({
			message: __("{0} guests have a seat, {1} have none.", [answer.seated, answer.unseated]),
			indicator: answer.unseated ? "orange" : "green",
		});
		show_seating(frm);
	});
}

function show_seating(frm) {
	const shown = frm.docname;
	const $place = frm.get_field("seating_view").$wrapper;
	if (!(frm.doc.tables || []).length) {
		city_diplomacy.put(
			$place,
			city_diplomacy.html`<p class="text-muted">${__("Enter tables below, save, and plan the seating.")}</p>`
		);
		return;
	}
	frappe
		.call({ method: `${GUESTS_API}view_seating`, args: { guest_list: shown }, type: "GET" })
		.then(({ message }) => {
			if (frm.docname === shown) draw_seating(frm, $place, message);
		});
}

function draw_seating(frm, $place, seating) {
	const may_move = frm.perm[0].write;
	const broken = seating.broken.map((sentence) => city_diplomacy.html`<li>${sentence}</li>`);
	const without = seating.without_seat.map(
		(guest) => city_diplomacy.html`<li>${guest.name} ${move_button(may_move, guest.guest, guest.name)}</li>`
	);
	const section = (title, rows) =>
		rows.length ? city_diplomacy.html`<h5>${title}</h5><ul class="list-unstyled">${rows}</ul>` : "";
	city_diplomacy.put(
		$place,
		city_diplomacy.html`<div class="seating-picture" style="overflow:auto"></div>
			${section(__("What the plan breaks"), broken)}
			${section(__("Without a seat"), without)}
			${seating.tables.map((table) => table_of_seats(table, may_move))}`
	);
	// Made by the server of escaped words; a picture that is no SVG is not shown.
	const picture = new DOMParser().parseFromString(seating.svg, "image/svg+xml").documentElement;
	if (picture.nodeName === "svg") {
		$place.find(".seating-picture").get(0).appendChild(document.importNode(picture, true));
	}
	if (!may_move) return;
	const act = ({ currentTarget }) => {
		const { guest, table, seat } = currentTarget.dataset;
		ask_where(frm, seating, guest, table, seat);
	};
	$place.find(".move-guest").on("click", act);
	$place.find("g.seat").on("click keydown", (event) => {
		if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
		event.preventDefault();
		act(event);
	});
}

function move_button(may_move, guest, name, table, seat) {
	if (!may_move) return "";
	return city_diplomacy.html`<button type="button" class="btn btn-xs btn-default move-guest" data-guest="${guest}"
		data-table="${table || ""}" data-seat="${seat || ""}" aria-label="${__("Move {0}", [name])}">${__("Move")}</button>`;
}

function table_of_seats(table, may_move) {
	const rows = table.seats
		.filter((seat) => seat.guest)
		.map(
			(seat) => city_diplomacy.html`<tr><td>${seat.number}</td>
				<td>${seat.name}${seat.fixed ? city_diplomacy.html` <span class="indicator-pill blue">${__("stays")}</span>` : ""}</td>
				<td>${seat.why.join(" ")}</td>
				<td>${move_button(may_move, seat.guest, seat.name, table.label, seat.number)}</td></tr>`
		);
	return city_diplomacy.html`<h5>${table.label}</h5><table class="table table-condensed"><thead><tr>
		<th scope="col">${__("Seat")}</th><th scope="col">${__("Guest")}</th><th scope="col">${__("Why")}</th>
		<th scope="col"></th></tr></thead><tbody>${rows}</tbody></table>`;
}

// Without a guest, the seat is chosen and somebody for it is asked for.
function ask_where(frm, seating, guest, table, seat) {
	const seats = seating.tables.flatMap((one) =>
		one.seats.map((place) => ({
			label: place.name
				? __("{0}, seat {1}: {2}", [one.label, place.number, place.name])
				: __("{0}, seat {1}: free", [one.label, place.number]),
			value: JSON.stringify([one.label, place.number]),
			guest: place.guest,
			name: place.name,
		}))
	);
	const people = [...seats.filter((one) => one.guest), ...seating.without_seat].map((one) => ({
		label: one.name,
		value: one.guest,
	}));
	const dialog = new frappe.ui.Dialog({
		title: __("Move a Guest"),
		fields: [
			{ fieldname: "guest", fieldtype: "Select", label: __("Guest"), options: people, reqd: 1, default: guest },
			{
				fieldname: "seat",
				fieldtype: "Select",
				label: __("To"),
				options: seats,
				reqd: 1,
				default: guest ? undefined : JSON.stringify([table, Number(seat)]),
				description: __("Whoever sits there changes seats with them."),
			},
		],
		primary_action_label: __("Move"),
		primary_action(given) {
			dialog.hide();
			const [to, number] = JSON.parse(given.seat);
			move(frm, { guest: given.guest, table: to, seat: number });
		},
		secondary_action_label: __("Take Off the Seat"),
		secondary_action() {
			dialog.hide();
			const chosen = dialog.get_value("guest");
			if (chosen) {
				frappe.xcall(`${GUESTS_API}free_seat`, { guest: chosen }).then(() => show_seating(frm));
			}
		},
	});
	dialog.show();
}

function move(frm, args) {
	const go = () => frappe.xcall(`${GUESTS_API}move_guest`, args).then(() => show_seating(frm));
	frappe.call({ method: `${GUESTS_API}what_move_breaks`, args, type: "GET" }).then(({ message }) => {
		if (!message.length) return go();
		const broken = message.map(frappe.utils.escape_html);
		frappe.confirm([__("This breaks:"), ...broken, __("Move all the same?")].join("<br>"), go);
	});
}
