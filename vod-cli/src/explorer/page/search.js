// The list of actions on the left, and the search in it.

import { byId, el, fill } from "./dom.js";
import { inline } from "./prose.js";

/** How well an action fits the words; 0 means not at all. */
export function score(action, words) {
  const name = action.name.toLowerCase();
  const title = action.title.toLowerCase();
  const more = action.words.map((word) => word.toLowerCase());
  const fields = [...action.takes, ...action.gives].map((field) => field.toLowerCase());
  let total = 0;
  for (const word of words) {
    let best = 0;
    if (name === word) best = 100;
    else if (name.startsWith(word)) best = 60;
    else if (name.includes(word)) best = 40;
    else if (more.some((item) => item.includes(word))) best = 30;
    else if (new RegExp("\\b" + word.replace(/[^a-z0-9]/g, "\\$&")).test(title)) best = 25;
    else if (title.includes(word)) best = 15;
    else if (fields.some((field) => field === word)) best = 12;
    else if (fields.some((field) => field.includes(word))) best = 5;
    if (!best) return 0;
    total += best;
  }
  return action.deprecated ? total / 4 : total;
}

export class Search {
  #data;
  #open;
  #openCode;
  #current = null;
  #active = -1;
  #options = [];

  constructor(data, open, openCode) {
    this.#data = data;
    this.#open = open;
    this.#openCode = openCode;
    const input = byId("search");
    input.addEventListener("input", () => this.#show(input.value));
    input.addEventListener("keydown", (event) => this.#key(event, input));
    this.#show("");
  }

  /** Marks the action that is open. */
  mark(name) {
    this.#current = name;
    for (const option of this.#options) {
      const is = option.dataset.name === name;
      option.setAttribute("aria-selected", String(is));
      if (is) option.scrollIntoView({ block: "nearest" });
    }
  }

  #key(event, input) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step && this.#options.length) {
      event.preventDefault();
      this.#activate(Math.max(0, Math.min(this.#options.length - 1, this.#active + step)));
    } else if (event.key === "Enter" && this.#options.length) {
      event.preventDefault();
      this.#options[Math.max(0, this.#active)].click();
    } else if (event.key === "Escape") {
      input.value = "";
      this.#show("");
    }
  }

  #activate(at) {
    this.#active = at;
    this.#options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    this.#options[at].scrollIntoView({ block: "nearest" });
    byId("search").setAttribute("aria-activedescendant", this.#options[at].id);
  }

  #show(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.#options = [];
    this.#active = -1;
    byId("search").removeAttribute("aria-activedescendant");
    const list = byId("actions");
    if (!words.length) {
      const groups = this.#data.categories.map((category) => [category.name, this.#data.actions.filter((action) => action.category === category.name)]);
      fill(list, groups.filter(([, actions]) => actions.length).map(([name, actions]) => this.#group(name, actions, false)));
      this.mark(this.#current);
      return;
    }
    const ranked = this.#data.actions.map((action) => [score(action, words), action]).filter(([points]) => points > 0);
    ranked.sort((a, b) => b[0] - a[0] || a[1].name.localeCompare(b[1].name));
    const codes = this.#data.codes.filter((code) => words.every((word) => code.code.toLowerCase().includes(word)));
    fill(list,
      ranked.length ? this.#group("actions", ranked.map(([, action]) => action), true) : null,
      codes.length ? this.#codes(codes) : null,
      ranked.length || codes.length ? null : el("p", { class: "option quiet" }, "Nothing has all of these words."));
    if (this.#options.length) this.#activate(0);
  }

  #group(name, actions, explained) {
    return el("div", { class: "group", role: "group", "aria-label": name },
      el("div", { class: "head", "aria-hidden": "true" }, el("span", {}, name), el("span", {}, String(actions.length))),
      actions.map((action) => this.#option(action.name, () => this.#open(action.name), action.deprecated,
        explained && el("span", { class: "sub" }, inline(action.title)))));
  }

  #codes(codes) {
    return el("div", { class: "group", role: "group", "aria-label": "error codes" },
      el("div", { class: "head", "aria-hidden": "true" }, el("span", {}, "error codes"), el("span", {}, String(codes.length))),
      codes.slice(0, 40).map((code) => this.#option(code.code, () => this.#openCode(code), false, el("span", { class: "sub" }, code.class ?? ""))));
  }

  #option(name, open, deprecated, sub) {
    const option = el("div", {
      class: deprecated ? "option is-deprecated" : "option",
      role: "option",
      id: "option-" + this.#options.length,
      "aria-selected": String(name === this.#current),
      "data-name": name,
      onclick: open,
    }, el("span", { class: "name" }, name), sub);
    this.#options.push(option);
    return option;
  }
}
