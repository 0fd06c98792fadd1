// The form of one action: fields by their types, the values as one JSON object, and problems beside their fields.

import { copyOf, el, fill, parse, stringify } from "./dom.js";
import { firstSentence, inline, prose } from "./prose.js";

let ids = 0;

export class Form {
  #model;
  #changed;
  #root = el("div", { class: "fields" });
  #places = new Map();
  #open = new Set();
  #touched = new Set();
  #all = false;
  values = {};

  constructor(model, changed) {
    this.#model = model;
    this.#changed = changed;
  }

  get element() { return this.#root; }

  /** Takes values, for example those of an example, and draws the form. */
  set(values) {
    this.values = copyOf(values);
    this.#open.clear();
    this.#touched.clear();
    this.draw();
  }

  /** Whether optional fields are open. */
  showAll(all) {
    this.#all = all;
    this.draw();
  }

  draw() {
    this.#places.clear();
    fill(this.#root, this.#fields(this.#model.request, this.values, ""));
  }

  /** Shows problems beside their fields; `all` shows those of fields, too, that nobody has touched yet. */
  problems(problems, all) {
    for (const place of this.#places.values()) place.show([]);
    const rest = [];
    for (const { path, message } of problems) {
      const place = this.#place(path);
      if (!place) rest.push(message);
      else if (all || [...this.#touched].some((touched) => path.startsWith(touched))) place.show([...place.shown, message]);
    }
    return rest;
  }

  /** Puts the focus on the first field with a problem, and opens it. */
  focusProblem(problems) {
    for (const { path } of problems) {
      const place = this.#place(path);
      if (place) { place.focus(); return true; }
    }
    return false;
  }

  focus() {
    this.#places.values().next().value?.focus();
  }

  /** The field at a path, or the nearest around it. */
  #place(path) {
    for (let at = path; at; at = at.replace(/(\.[^.[\]]*|\[\d+\])$/, "")) {
      if (this.#places.has(at)) return this.#places.get(at);
      if (!/[.[]/.test(at)) break;
    }
    return undefined;
  }

  #fields(fields, holder, path) {
    const sorted = [...fields].sort((a, b) => rank(a) - rank(b));
    return sorted.map((field) => this.#field(field, holder, path ? `${path}.${field.name}` : field.name));
  }

  #field(field, holder, path) {
    const slot = el("div", {});
    const draw = () => {
      const isSet = holder[field.name] !== undefined;
      fill(slot, isSet || field.required || this.#all || this.#open.has(path) ? this.#opened(field, holder, path, draw) : this.#closed(field, path, draw));
    };
    draw();
    return slot;
  }

  #closed(field, path, draw) {
    const open = () => {
      this.#open.add(path);
      draw();
      this.#places.get(path)?.focus();
    };
    this.#places.set(path, { shown: [], show: () => {}, focus: open });
    return el("div", { class: "closed" },
      el("button", { type: "button", class: "small", onclick: open, "aria-label": `Add ${field.name}` }, "+ " + field.name),
      el("span", { class: "doc" }, field.deprecated ? "deprecated" : firstSentence(field.doc)));
  }

  #opened(field, holder, path, draw) {
    const id = "field-" + ++ids;
    const problem = el("div", { class: "problem", id: id + "-problem" });
    const editor = this.#editor(field, holder, path, id, draw);
    const place = {
      shown: [],
      show: (messages) => {
        place.shown = messages;
        problem.textContent = messages.join(" ");
        const control = editor.control?.();
        if (control) {
          if (messages.length) control.setAttribute("aria-invalid", "true");
          else control.removeAttribute("aria-invalid");
        }
      },
      focus: () => (editor.control?.() ?? slot.querySelector("button, input"))?.focus(),
    };
    this.#places.set(path, place);
    const more = el("div", {});
    const first = firstSentence(field.doc);
    const whole = String(field.doc).trim().replace(/\s+/g, " ");
    const slot = el("div", { class: field.deprecated ? "field is-deprecated" : "field", role: "group", "aria-labelledby": id + "-name" },
      el("div", { class: "head" },
        el("label", { class: "name", id: id + "-name", for: id }, field.name),
        field.required ? el("span", { class: "star" }, "required") : null,
        el("span", { class: "type" }, typeText(field, this.#model)),
        limits(field).map((limit) => el("span", { class: "limit" }, limit)),
        field.required ? null : el("button", {
          type: "button", class: "small", "aria-label": `Remove ${field.name}`,
          onclick: () => {
            delete holder[field.name];
            this.#open.delete(path);
            draw();
            this.#changed();
            slot.parentElement?.querySelector("button")?.focus();
          },
        }, "Remove")),
      el("div", { class: "doc", id: id + "-doc" }, inline(first), " ",
        whole.length > first.length + 2 || field.deprecated ? el("button", {
          type: "button", class: "link", "aria-expanded": "false", "aria-label": `More about ${field.name}`,
          onclick: (event) => {
            const isOpen = more.childElementCount > 0;
            fill(more, isOpen ? null : [field.deprecated ? prose(`Deprecated: ${field.deprecated}`) : null, prose(field.doc), this.#valuesOf(field)]);
            event.target.setAttribute("aria-expanded", String(!isOpen));
            event.target.textContent = isOpen ? "more" : "less";
          },
        }, "more") : null),
      more, editor.element, problem);
    return slot;
  }

  #valuesOf(field) {
    const item = this.#model.enums[field.type];
    if (!item) return null;
    return el("table", {}, item.values.map(({ value, doc }) => el("tr", {}, el("td", {}, el("code", {}, value)), el("td", {}, inline(doc)))));
  }

  #editor(field, holder, path, id, draw) {
    const get = () => holder[field.name];
    const set = (value) => {
      if (value === undefined) delete holder[field.name];
      else holder[field.name] = value;
      this.#touched.add(path);
      this.#changed();
    };
    if (field.list) return this.#list(field, get, set, path, id);
    return this.#single(field, get, set, path, id, draw);
  }

  #list(field, get, set, path, id) {
    const box = el("div", {});
    const isRecord = field.type in this.#model.types;
    const draw = () => {
      const items = get() ?? [];
      fill(box, items.map((_, i) => {
        const itemId = i ? `${id}-${i}` : id;
        const itemPath = `${path}[${i}]`;
        const editor = this.#single({ ...field, list: false }, () => get()[i], (value) => { const all = [...get()]; all[i] = value ?? (isRecord ? {} : ""); set(all); }, itemPath, itemId, draw, `${field.name} ${i + 1}`);
        const note = el("div", { class: "problem" });
        const place = {
          shown: [],
          show: (messages) => {
            place.shown = messages;
            note.textContent = messages.join(" ");
            editor.control?.()?.toggleAttribute("aria-invalid", messages.length > 0);
            if (messages.length) editor.control?.()?.setAttribute("aria-invalid", "true");
          },
          focus: () => editor.control?.()?.focus(),
        };
        this.#places.set(itemPath, place);
        return el("div", { class: "item" }, el("div", {}, editor.element, note),
          el("button", { type: "button", class: "small", "aria-label": `Remove ${field.name} ${i + 1}`, onclick: () => { set(get().filter((_, at) => at !== i)); draw(); } }, "−"));
      }), el("button", {
        type: "button", class: "small", id: items.length ? undefined : id,
        "aria-label": `Add an item to ${field.name}`,
        onclick: () => {
          set([...(get() ?? []), isRecord ? {} : empty(field)]);
          draw();
          box.querySelectorAll(".item input, .item textarea, .item select")[0] && [...box.querySelectorAll(":scope > .item")].at(-1)?.querySelector("input, textarea, select, button")?.focus();
        },
      }, "+ item"));
    };
    draw();
    return { element: box, control: () => box.querySelector("input, textarea, select, button") };
  }

  #single(field, get, set, path, id, draw, label) {
    const name = label ? { "aria-label": label } : {};
    const described = { "aria-describedby": `${id}-doc ${id}-problem` };
    const record = this.#model.types[field.type];
    if (record) {
      if (get() === undefined) {
        const add = el("button", { type: "button", class: "small", id, onclick: () => { set({}); draw(); } }, `Fill in ${field.type}`);
        return { element: add, control: () => add };
      }
      const value = get();
      const nested = el("div", { class: "nested", id, tabindex: "-1", role: "group", "aria-label": label ?? field.name }, this.#fields(record.fields, value, path));
      return { element: nested, control: () => nested.querySelector("input, textarea, select, button") };
    }
    if (field.type === "bool") {
      const choice = el("select", { id, ...name, ...described, onchange: () => set(choice.value === "" ? undefined : choice.value === "true") },
        ["", "true", "false"].map((value) => el("option", { value, selected: String(get() ?? "") === value }, value || "not set")));
      return { element: choice, control: () => choice };
    }
    if (field.type === "json") {
      const area = el("textarea", { id, ...name, ...described, rows: 3, spellcheck: false, value: get() === undefined ? "" : stringify(get(), 2) });
      area.addEventListener("input", () => {
        try { set(area.value.trim() ? parse(area.value) : undefined); } catch { set(area.value); }
      });
      return { element: area, control: () => area };
    }
    const isNumber = ["int64", "uint64", "float"].includes(field.type);
    const options = this.#model.enums[field.type]?.values;
    const input = el("input", {
      id, ...name, ...described, autocomplete: "off", spellcheck: false,
      type: field.sensitive ? "password" : "text",
      inputmode: isNumber ? "decimal" : undefined,
      placeholder: placeholder(field),
      value: get() === undefined ? "" : String(get()),
    });
    input.addEventListener("input", () => set(input.value === "" && !label ? undefined : isNumber ? number(input.value, field) : input.value));
    if (!options) return { element: input, control: () => input };
    const list = el("datalist", { id: id + "-values" }, options.map(({ value, doc }) => el("option", { value }, firstSentence(doc))));
    input.setAttribute("list", list.id);
    return { element: el("div", {}, input, list), control: () => input };
  }
}

/** A number if the text is one; otherwise the text, which the check refuses by name. */
function number(text, field) {
  const clean = text.trim();
  if (field.type === "float" && clean !== "" && Number.isFinite(Number(clean))) return Number(clean);
  if (!/^-?\d+$/.test(clean)) return text;
  return Number.isSafeInteger(Number(clean)) ? Number(clean) : BigInt(clean);
}

const rank = (field) => (field.required ? 0 : field.deprecated ? 2 : 1);
const empty = (field) => (["int64", "uint64", "float"].includes(field.type) ? 0 : field.type === "bool" ? false : field.type === "json" ? {} : "");

function placeholder(field) {
  if (field.default !== undefined) return `default: ${field.default}`;
  if (field.type === "timestamp") return "2026-01-31T08:00:00Z";
  if (field.type === "date") return "2026-01-31";
  return "";
}

const NAMES = { string: "text", int64: "whole number", uint64: "whole number, not negative", float: "number", bool: "true or false", timestamp: "time", date: "day", json: "JSON" };

export function typeText(field, model) {
  const name = NAMES[field.type] ?? (model.enums[field.type] ? "text" : field.type);
  return field.list ? `list of ${name}` : name;
}

/** What limits a field has, in words. */
export function limits(field) {
  return [
    field.items && `${field.items} items`,
    field.length && `${field.length} characters`,
    field.range && `${field.range}`,
    field.pattern && `matches ${field.pattern}`,
    field.validFor && `good for ${field.validFor} s`,
    field.site && `${field.site} site only`,
    field.sensitive && "secret",
  ].filter(Boolean);
}
