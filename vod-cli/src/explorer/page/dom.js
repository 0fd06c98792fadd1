// Elements from names, properties and children. Texts become text nodes, never markup.

export const byId = (id) => document.getElementById(id);

/** Makes an element; children are nodes, texts or lists of them. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key in element && !key.includes("-") && key !== "role" && key !== "list") element[key] = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Says something in the corner, and to screen readers. */
let timer;
export function say(text) {
  const status = byId("status");
  status.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { status.textContent = ""; }, 4000);
}

/** A button that copies what a function returns. */
export function copyButton(text, label = "Copy") {
  return el("button", {
    type: "button",
    class: "small",
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text());
        say("Copied");
      } catch {
        say("The browser does not allow copying; select the text instead");
      }
    },
  }, label);
}

/** JSON with whole numbers beyond 2^53 kept as they are. */
export function parse(text) {
  return JSON.parse(text, (_, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "") ? BigInt(context.source) : value);
}

export function stringify(value, indent = 0, level = 0) {
  const line = indent ? "\n" + " ".repeat(indent * (level + 1)) : "";
  const end = indent ? "\n" + " ".repeat(indent * level) : "";
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) {
    if (!value.length) return "[]";
    return "[" + value.map((item) => line + stringify(item ?? null, indent, level + 1)).join(",") + end + "]";
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    if (!members.length) return "{}";
    const colon = indent ? ": " : ":";
    return "{" + members.map(([name, member]) => line + JSON.stringify(name) + colon + stringify(member, indent, level + 1)).join(",") + end + "}";
  }
  return JSON.stringify(value) ?? "null";
}

/** A copy without anything shared. */
export const copyOf = (value) => parse(stringify(value));

/** Opens the dialog with a title and contents; resolves with what was chosen, or null. */
export function ask(title, contents, { real = false, accept, refuse = "Cancel", ready = () => true } = {}) {
  const dialog = byId("dialog");
  const before = document.activeElement;
  return new Promise((resolve) => {
    let chosen = null;
    const done = el("button", { type: "submit", class: real ? "primary real" : "primary", disabled: !ready() }, accept ?? "Close");
    const check = () => { done.disabled = !ready(); };
    const form = el("form", { method: "dialog", onsubmit: () => { chosen = ready(); }, oninput: check },
      el("h2", { id: "dialog-title" }, title), contents,
      el("div", { class: "row" }, done, accept && el("button", { type: "button", onclick: () => dialog.close() }, refuse)));
    fill(dialog, form);
    dialog.classList.toggle("is-real", real);
    dialog.setAttribute("aria-labelledby", "dialog-title");
    dialog.onclose = () => { before?.focus?.(); resolve(chosen); };
    dialog.showModal();
    (form.querySelector("input") ?? done).focus();
  });
}
