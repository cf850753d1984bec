// The one way our scripts make HTML: every value is escaped, unless it was made this way itself.
frappe.provide("city_diplomacy");

// Several forms read this file; what one of them made is known to the next.
city_diplomacy.Markup ??= class {
	constructor(text) {
		this.text = text;
	}

	toString() {
		return this.text;
	}
};

// A template tag: city_diplomacy.html`<b>${words}</b>`. Lists are put one after the other, nothing for no value.
city_diplomacy.html = function (strings, ...values) {
	const shown = (value) => {
		if (value instanceof city_diplomacy.Markup) return value.toString();
		if (Array.isArray(value)) return value.map(shown).join("");
		if (value === undefined || value === null || value === false) return "";
		return frappe.utils.escape_html(String(value));
	};
	return new city_diplomacy.Markup(
		strings.reduce((text, piece, position) => text + shown(values[position - 1]) + piece),
	);
};

city_diplomacy.as_markup = function (markup) {
	if (markup instanceof city_diplomacy.Markup) return markup.toString();
	throw new Error("Make it with city_diplomacy.html");
};

city_diplomacy.put = ($place, markup) => $place.html(city_diplomacy.as_markup(markup));
city_diplomacy.element = (markup) => $(city_diplomacy.as_markup(markup));
