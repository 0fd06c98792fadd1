// JSON as a tree that folds, and the differences of two.

import { el } from "./dom.js";

const SHOWN = 50;
const NULLS = 3;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A value as elements. `use` makes something of a member's name and text, such as a link. */
export function tree(value, use = () => null) {
  return el("div", { class: "tree" }, node(null, value, use, 0));
}

function node(key, value, use, depth) {
  const label = key === null ? [] : [el("span", { class: "key" }, typeof key === "number" ? `[${key}]` : key), ": "];
  if (value === null || typeof value !== "object") {
    return el("div", { class: "leaf" }, label, scalar(value), use(key, value));
  }
  const everything = Array.isArray(value) ? value.map((item, i) => [i, item]) : Object.entries(value);
  const present = everything.filter(([, member]) => member !== null);
  // Answers have a member for each thing that may be there.
  const hides = !Array.isArray(value) && everything.length - present.length > NULLS;
  const members = hides ? present : everything;
  const brackets = Array.isArray(value) ? `[${members.length}]` : `{${everything.length}}`;
  if (!everything.length) return el("div", { class: "leaf" }, label, el("span", { class: "literal" }, Array.isArray(value) ? "[]" : "{}"));
  const body = el("div", {});
  const details = el("details", { open: depth < 3 || members.length <= 3 }, el("summary", {}, label, el("span", { class: "note" }, brackets)), body);
  let filled = false;
  const nodes = (some) => some.map(([name, member]) => node(name, member, use, depth + 1));
  const show = (count) => {
    body.replaceChildren(...nodes(members.slice(0, count)));
    if (hides) {
      const nulls = everything.filter(([, member]) => member === null);
      const button = el("button", { type: "button", class: "small", onclick: () => button.replaceWith(...nodes(nulls)) }, `${nulls.length} more that are null`);
      body.append(button);
    }
    if (members.length > count) {
      body.append(el("button", { type: "button", class: "small", onclick: () => show(members.length) }, `Show all ${members.length}`));
    }
  };
  const open = () => { if (!filled && details.open) { filled = true; show(SHOWN); } };
  details.addEventListener("toggle", open);
  open();
  return details;
}

function scalar(value) {
  if (typeof value !== "string") {
    return el("span", { class: typeof value === "number" || typeof value === "bigint" ? "number" : "literal" }, String(value));
  }
  const text = el("span", { class: "string" }, JSON.stringify(value));
  if (!TIME.test(value) || value.startsWith("0000")) return text;
  return [text, " ", el("span", { class: "note" }, new Date(value).toLocaleString())];
}

/** Where two values differ: path, left, right. */
export function differences(left, right, path = "") {
  if (left !== null && right !== null && typeof left === "object" && typeof right === "object" && Array.isArray(left) === Array.isArray(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    const child = (name) => (Array.isArray(left) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
    return names.flatMap((name) => differences(left[name], right[name], child(name)));
  }
  return left === right ? [] : [{ path: path || "(all)", left, right }];
}
