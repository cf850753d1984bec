/* Sends the forms of our pages and says what came of it; everything else works without script. */
(() => {
	"use strict";

	const token = document.querySelector('meta[name="csrf-token"]')?.content || "";
	const headers = { Accept: "application/json", "X-Frappe-CSRF-Token": token };

	class Refusal extends Error {
		constructor(sentences) {
			super(sentences.join(" "));
			this.sentences = sentences;
		}
	}

	/* The sentences the server gave for a refusal, as plain text, one for each line; none if it gave none. */
	const sentences = (answer) => {
		let messages = [];
		try {
			messages = JSON.parse(answer._server_messages || "[]").map((message) => JSON.parse(message).message);
		} catch {
			return [];
		}
		const text = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
		const lines = messages.flatMap((message) => (message || "").split(/<br\s*\/?>/i));
		return [...new Set(lines.map(text).filter(Boolean))];
	};

	const post = async (form, url, body, extra = {}) => {
		let response;
		let answer = {};
		try {
			response = await fetch(url, {
				method: "POST",
				credentials: "same-origin",
				headers: { ...headers, ...extra },
				body,
			});
			answer = await response.json();
		} catch {
			throw new Refusal([form.dataset.failed]);
		}
		if (response.ok) return answer.message;
		const said = sentences(answer);
		const gone = response.status === 401 || answer.exc_type === "CSRFTokenError" || answer.session_expired;
		if (gone) throw new Refusal([form.dataset.signedOut]);
		throw new Refusal(said.length ? said : [form.dataset.failed]);
	};

	const upload = async (form, input) => {
		const body = new FormData();
		body.append("file", input.files[0]);
		body.append("is_private", "1");
		return (await post(form, input.dataset.upload, body)).file_url;
	};

	const chosenIn = (form) => form.querySelector('[name="decision"]:checked, [name="outcome"]:checked');
	const decisionOf = (form) => chosenIn(form)?.value || "";

	/* Shows what belongs to the chosen decision, and says which words it needs. */
	const arrange = (form) => {
		const decision = decisionOf(form);
		for (const part of form.querySelectorAll("[data-when]")) {
			part.hidden = !part.dataset.when.split("|").includes(decision);
			const fields = "textarea:not([data-optional]), [data-needed-here]";
			for (const field of part.querySelectorAll(fields)) field.required = !part.hidden;
		}
		for (const field of form.querySelectorAll("[data-needed-for]")) {
			field.required = field.dataset.neededFor.split("|").includes(decision);
		}
	};

	const labelOf = (form, field) => {
		if (field.type === "radio") return form.querySelector("legend").firstChild.textContent.trim();
		return field.labels[0].firstChild.textContent.trim();
	};

	/* One sentence stands alone, several in a list. */
	const fail = (form, said, fields = []) => {
		const place = form.querySelector(".failure[role='alert']");
		const items = said.map((sentence) => {
			const item = document.createElement(said.length > 1 ? "li" : "span");
			item.textContent = sentence;
			return item;
		});
		const list = document.createElement("ul");
		list.append(...items);
		place.replaceChildren(...(said.length > 1 ? [list] : items));
		place.hidden = false;
		for (const field of fields) field.setAttribute("aria-invalid", "true");
		(fields[0] || place).focus();
	};

	/* Every field that is needed and empty; of a choice, its first. */
	const missing = (form) => {
		const found = [];
		for (const field of form.elements) {
			field.removeAttribute("aria-invalid");
			const empty = field.type === "radio" ? !decisionOf(form) : !field.value?.trim();
			const chosen = field.type === "radio" && found.some((other) => other.name === field.name);
			if (field.required && empty && !chosen && !field.closest("[hidden]")) found.push(field);
		}
		return found;
	};

	const link = (href, words) => {
		const anchor = document.createElement("a");
		anchor.href = href;
		anchor.textContent = words;
		return anchor;
	};

	/* Puts what happened and what follows in the place of the form, and leads the reader there. */
	const finish = (form, answer) => {
		const panel = form.closest(".panel");
		const heading = document.createElement("h2");
		heading.textContent = form.dataset.doneHeading;
		heading.tabIndex = -1;
		const happened = document.createElement("p");
		happened.textContent = answer.message || "";
		const follows = document.createElement("p");
		const chosen = chosenIn(form);
		const next = chosen?.dataset.next || form.dataset.next;
		const moved = answer.workflow_state && answer.workflow_state !== form.dataset.here;
		follows.textContent = moved && next === form.dataset.next ? "" : next;
		const ways = document.createElement("p");
		ways.append(
			link("/clearances", form.dataset.listLabel),
			" · ",
			link(window.location.pathname, form.dataset.againLabel),
		);
		const done = document.createElement("section");
		done.className = "panel done-panel";
		done.append(heading, happened, follows, ways);
		for (const other of document.querySelectorAll(".answering form")) {
			if (other !== form) other.closest(".panel").remove();
		}
		(panel || form).replaceWith(done);
		heading.focus();
	};

	/* Lists in a form: a row is sent when its needed field is filled in, or differs from what stood there. */
	const rowsOf = (list) => {
		const rows = [];
		for (const row of list.querySelectorAll("[data-row]")) {
			const needed = row.querySelector("[data-needed]");
			const same = needed.dataset.needed === "changed" && needed.value === needed.defaultValue;
			if (!needed.value.trim() || same) continue;
			const fields = [...row.querySelectorAll("[data-column]")];
			rows.push(Object.fromEntries(fields.map((field) => [field.dataset.column, field.value])));
		}
		return rows;
	};

	/* One more row like the last, empty, its labels bound to fields of its own. */
	const addRow = (list) => {
		const rows = list.querySelectorAll("[data-row]");
		const row = rows[rows.length - 1].cloneNode(true);
		for (const label of row.querySelectorAll("label")) {
			const field = row.querySelector(`[id="${label.htmlFor}"]`);
			field.id = label.htmlFor = label.htmlFor.replace(/\d+$/, rows.length + 1);
			field.value = "";
		}
		rows[rows.length - 1].after(row);
		row.querySelector("input").focus();
	};

	const send = async (form) => {
		const values = form.dataset.clearance ? { clearance: form.dataset.clearance } : {};
		for (const field of form.elements) {
			const chosen = field.type !== "radio" || field.checked;
			const shown = field.type === "hidden" || !field.closest("[hidden]");
			if (field.name && chosen && field.type !== "file" && shown) {
				values[field.name] = field.value;
			}
		}
		for (const list of form.querySelectorAll("[data-rows]")) {
			if (!list.closest("[hidden]")) values[list.dataset.rows] = rowsOf(list);
		}
		for (const input of form.querySelectorAll("[data-upload]")) {
			if (!input.files.length) continue;
			input.dataset.url ||= await upload(form, input);
			values[input.name] = input.dataset.url;
		}
		return post(form, form.dataset.api, JSON.stringify(values), { "Content-Type": "application/json" });
	};

	const submit = async (event) => {
		event.preventDefault();
		const form = event.target;
		const button = form.querySelector("button[type='submit']");
		if (button.disabled) return;
		form.querySelector(".failure[role='alert']").hidden = true;
		const empty = missing(form);
		if (empty.length) {
			const labels = empty.map((field) => labelOf(form, field)).join(", ");
			fail(form, [form.dataset.required.replace("{0}", labels)], empty);
			return;
		}
		const words = button.textContent;
		button.disabled = true;
		button.textContent = form.dataset.sending;
		form.setAttribute("aria-busy", "true");
		try {
			finish(form, (await send(form)) || {});
		} catch (error) {
			fail(form, error.sentences || [form.dataset.failed]);
		} finally {
			form.removeAttribute("aria-busy");
			button.disabled = false;
			button.textContent = words;
		}
	};

	for (const form of document.querySelectorAll("form[data-api]")) {
		arrange(form);
		form.addEventListener("change", (event) => {
			if (event.target.type === "file") delete event.target.dataset.url;
			arrange(form);
		});
		for (const button of form.querySelectorAll("[data-add-row]")) {
			button.addEventListener("click", () => addRow(button.closest("[data-rows]")));
		}
		form.addEventListener("submit", submit);
	}
})();
