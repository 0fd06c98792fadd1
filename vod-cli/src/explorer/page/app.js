// The page: what is chosen, and the way from the form to the answer.

import { ask, byId, copyOf, el, fill, parse, say, stringify } from "./dom.js";
import { Form } from "./form.js";
import { History } from "./history.js";
import { CodePanel, QueuePanel, requestPanel, responsePanel, SignPanel, Tabs } from "./panels.js";
import { inline, prose } from "./prose.js";
import { Search } from "./search.js";
import { call, Refused, takeToken } from "./server.js";

const state = { data: null, model: null, form: null, checked: null, sending: null, tried: false };
const tabs = new Tabs();
const panels = { request: el("div", {}), response: el("div", {}) };
const kept = new Map();
let search, timer, checks = 0;

const target = () => state.data.targets.find((one) => one.id === byId("target").value) ?? state.data.targets[0];
const draft = () => state.model && { action: state.model.name, parameters: state.form.values, target: target().id };

const code = new CodePanel(draft);
const sign = new SignPanel(draft);
const queue = new QueuePanel(() => tabs.shown === "queue");
const past = new History(openCall, async (one) => { await openCall(one); send(); });

/** Says that the page cannot go on, and what to do. */
function gone(error) {
  if (error instanceof Refused && error.status === 401) {
    fill(byId("middle"), el("div", { class: "notice", role: "alert" }, el("h2", {}, "This tab has no token"), el("p", {}, "Open the address that `vod explorer` printed, with all that stands behind the #. If the explorer was started again, it has a new one.")));
  } else if (error instanceof Refused) {
    say(error.message);
  } else {
    fill(byId("middle"), el("div", { class: "notice", role: "alert" }, el("h2", {}, "The explorer does not answer"), el("p", {}, "It has probably ended. Start `vod explorer` again and open the address that it prints.")));
  }
}

async function start() {
  takeToken();
  tabs.add("request", "Request", panels.request);
  tabs.add("response", "Response", panels.response);
  tabs.add("code", "Code", code.element, () => code.load());
  tabs.add("sign", "Signature", sign.element, () => sign.load());
  tabs.add("history", "History", past.element);
  tabs.add("queue", "Queue", queue.element, () => queue.load());
  fill(panels.request, requestPanel(null));
  fill(panels.response, responsePanel(null));
  tabs.show("request");
  try {
    state.data = await call("start");
  } catch (error) {
    gone(error);
    return;
  }
  fill(byId("target"), state.data.targets.map((one) => el("option", { value: one.id }, one.real ? one.id.replace("profile:", "profile ") : "emulator")));
  byId("target").addEventListener("change", () => {
    mark();
    if (state.model) draw();
    check();
  });
  mark();
  search = new Search(state.data, (name) => { location.hash = name; if (location.hash.slice(1) === state.model?.name) pane("middle"); }, openCode);
  addEventListener("hashchange", () => open(location.hash.slice(1)));
  for (const button of byId("switch").children) button.addEventListener("click", () => pane(button.dataset.pane));
  byId("keys").addEventListener("click", keys);
  byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("middle").focus(); });
  document.addEventListener("keydown", key);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && tabs.shown === "queue") queue.load(); });
  if (location.hash.length > 1) open(location.hash.slice(1));
  else welcome();
}

function mark() {
  const { real, endpoint, key } = target();
  byId("top").classList.toggle("is-real", real);
  byId("mark").textContent = real ? `REAL ACCOUNT ${key}` : endpoint.replace(/^\w+:[/][/]/, "");
  byId("mark").title = endpoint;
  document.title = real ? "REAL - vod explorer" : "vod explorer";
}

function welcome() {
  const { service, version, summary, actions } = state.data;
  fill(byId("middle"), el("h2", {}, `${service} ${version}`), el("p", {}, summary),
    el("p", {}, `${actions.length} actions. Calls go to an emulator in the explorer's own process: nothing here needs an account or costs anything.`),
    el("h3", {}, "Three things to try"),
    el("ol", {}, el("li", {}, "Press ", el("kbd", {}, "/"), ", type a word such as ", el("i", {}, "watermark"), ", and press Enter."),
      el("li", {}, "Take one of the action's examples, and send it with ", el("kbd", {}, "Ctrl"), " ", el("kbd", {}, "Enter"), "."),
      el("li", {}, "Publish events in the tab ", el("i", {}, "Queue"), ", and pull them.")));
}

/** Narrow screens show one part at a time. */
function pane(name) {
  byId("main").dataset.pane = name;
  for (const button of byId("switch").children) button.setAttribute("aria-pressed", String(button.dataset.pane === name));
}

async function open(name, parameters) {
  if (state.model) kept.set(state.model.name, copyOf(state.form.values));
  if (!state.data.actions.some((action) => action.name === name)) { if (name) say(`There is no action ${name}`); return; }
  if (state.model?.name !== name) {
    try {
      state.model = await call("action", { action: name });
    } catch (error) {
      gone(error);
      return;
    }
    state.form = new Form(state.model, changed);
    fill(panels.response, responsePanel(null));
    draw();
  }
  state.tried = false;
  state.form.set(parameters ?? kept.get(name) ?? {});
  search.mark(name);
  pane("middle");
  byId("middle").scrollTop = 0;
  byId("middle").focus({ preventScroll: true });
  await check();
}

/** The middle: what the action is, and its form. */
function draw() {
  const model = state.model;
  const facts = [
    model.category,
    model.rate ? `${model.rate} calls/s` : null,
    model.idempotent ? "idempotent" : "not idempotent",
    model.changes ? null : "only reads",
    model.site && `${model.site} site only`,
  ].filter(Boolean);
  const examples = el("select", { id: "examples", onchange: () => {
    const example = model.examples[examples.value];
    if (example) { state.form.set(example.request); changed(); }
    examples.value = "";
  } }, el("option", { value: "" }, `Examples (${model.examples.length})`), model.examples.map((example, i) => el("option", { value: String(i) }, example.title)));
  const all = el("input", { type: "checkbox", id: "all", onchange: () => { state.form.showAll(all.checked); problems(); } });
  const docs = el("div", { id: "docs" });
  fill(byId("middle"),
    el("h2", { id: "name" }, model.name),
    el("p", {}, inline(model.summary)),
    el("ul", { class: "facts" }, model.deprecated ? el("li", { class: "warn" }, "deprecated") : null, model.changes && target().real ? el("li", { class: "warn" }, "may change the account") : null, facts.map((fact) => el("li", {}, fact))),
    model.deprecated ? el("p", { class: "bad" }, inline(model.deprecated)) : null,
    el("details", { id: "about" }, el("summary", {}, "Documentation, errors and answer"), docs),
    el("div", { class: "toolbar" },
      el("button", { type: "button", class: "primary", id: "send", onclick: send }, "Send ", el("kbd", { "aria-hidden": "true" }, "Ctrl Enter")),
      model.examples.length ? [el("label", { class: "unseen", for: "examples" }, "Fill in an example"), examples] : null,
      el("label", { class: "row", for: "all" }, all, "All fields"),
      el("button", { type: "button", onclick: rawJson }, "JSON"),
      el("button", { type: "button", onclick: () => { state.form.set({}); changed(); } }, "Clear")),
    el("div", { id: "rest", class: "bad" }),
    state.form.element);
  byId("about").addEventListener("toggle", () => fill(docs, documentation(model)));
}

function documentation(model) {
  const row = ({ code: name, class: of, doc }) => el("tr", {}, el("td", {}, el("code", {}, name)), el("td", {}, of ?? ""), el("td", {}, inline(doc)));
  return [
    prose(model.doc),
    model.why ? el("p", {}, "Idempotent: ", inline(model.why)) : null,
    model.see.length ? el("p", {}, "See also ", model.see.map((name) => [el("a", { href: "#" + name }, name), " "])) : null,
    model.page ? el("p", {}, el("a", { href: model.page, target: "_blank", rel: "noopener noreferrer" }, "The vendor's page")) : null,
    el("h3", {}, "Answer"), fieldTable(model.response),
    el("h3", {}, "Error codes"), el("table", {}, el("tbody", {}, model.codes.map(row))),
  ];
}

function fieldTable(fields) {
  return el("table", {}, el("tbody", {}, fields.map((field) => el("tr", {}, el("td", {}, el("code", {}, field.name)), el("td", { class: "quiet" }, field.list ? `[${field.type}]` : field.type), el("td", {}, inline(String(field.doc).replace(/\s+/g, " ")))))));
}

async function openCode(code) {
  if (state.model) kept.set(state.model.name, copyOf(state.form.values));
  history.replaceState(null, "", location.pathname);
  state.model = null;
  let actions = [];
  try { ({ actions } = await call("answers", { code: code.code })); } catch (error) { gone(error); return; }
  fill(byId("middle"), el("h2", {}, code.code), el("p", {}, el("b", {}, code.class ?? "")), prose(code.doc),
    actions.length ? [el("h3", {}, "Answered by"), el("ul", {}, actions.map((name) => el("li", {}, el("a", { href: "#" + name }, name))))] : el("p", {}, "Every action can answer it."));
  pane("middle");
}

/** Something in the form has changed. */
function changed() {
  clearTimeout(timer);
  timer = setTimeout(check, 150);
}

async function check() {
  clearTimeout(timer);
  const asked = draft();
  if (!asked) return;
  const number = ++checks;
  try {
    const checked = await call("check", asked);
    if (number !== checks) return;
    state.checked = checked;
  } catch (error) {
    if (number !== checks) return;
    if (!(error instanceof Refused)) { gone(error); return; }
    state.checked = { problems: [{ path: "", message: error.message }], request: null };
  }
  problems();
  fill(panels.request, requestPanel(state.checked));
  if (tabs.shown === "sign") sign.load();
  if (tabs.shown === "code") code.load();
}

function problems() {
  if (!state.checked) return;
  const rest = state.form.problems(state.checked.problems, state.tried);
  fill(byId("rest"), rest.map((message) => el("p", {}, message)));
}

async function send() {
  if (!state.model) return;
  if (state.sending) { state.sending.abort(); return; }
  state.tried = true;
  await check();
  if (state.checked?.problems.length) {
    problems();
    tabs.show("request");
    if (!state.form.focusProblem(state.checked.problems)) byId("rest").scrollIntoView();
    say("Not sent: " + state.checked.problems[0].message);
    return;
  }
  const body = copyOf(draft());
  const { real, endpoint, key } = target();
  if (real && state.model.changes) {
    if (!(await confirmed(state.model.name, body.target, endpoint, key))) return;
    body.confirm = state.model.name;
  }
  tabs.show("response");
  pane("right");
  await carryOut(body);
}

function confirmed(name, id, endpoint, key) {
  const input = el("input", { id: "confirm", autocomplete: "off", spellcheck: false });
  return ask(`Send ${name} to a real account?`, [
    el("p", {}, `It may change the account of ${id.replace("profile:", "profile ")} (${key}) at ${endpoint}.`),
    el("label", { for: "confirm" }, "Type the name of the action to send it:"), input,
  ], { real: true, accept: "Send", ready: () => input.value.trim() === name });
}

async function carryOut(body) {
  const button = byId("send");
  state.sending = new AbortController();
  const begun = performance.now();
  const time = el("span", {}, "0.0 s");
  const ticking = setInterval(() => { time.textContent = ((performance.now() - begun) / 1000).toFixed(1) + " s"; }, 100);
  fill(panels.response, el("p", { id: "sending" }, "Sending, ", time, " ", el("button", { type: "button", class: "small", onclick: () => state.sending?.abort() }, "Cancel")));
  button.textContent = "Cancel";
  try {
    const result = await call("send", body, state.sending.signal);
    // It comes as text, so that its members stay in the order in which they came.
    if (result.ok) result.response = parse(result.response);
    past.add(body.action, body.parameters, body.target, result);
    fill(panels.response, responsePanel(result, use));
    say(result.ok ? `Success in ${result.elapsed_ms} ms` : `Failed: ${result.error?.code ?? result.error?.message ?? ""}`);
  } catch (error) {
    if (error.name === "AbortError") fill(panels.response, el("p", {}, "Given up here. The service may have carried the call out all the same."));
    else if (error instanceof Refused && error.status !== 401) fill(panels.response, el("p", { class: "box is-bad" }, error.message));
    else gone(error);
  } finally {
    clearInterval(ticking);
    state.sending = null;
    fill(button, "Send ", el("kbd", { "aria-hidden": "true" }, "Ctrl Enter"));
  }
}

/** What else takes a value of this name: actions that have a parameter of this name, alone or as a list. */
function use(name, value) {
  if (typeof value !== "string" || !value || !/Id$|Handle$/.test(String(name)) || name === "RequestId") return null;
  const takers = state.data.actions.filter((action) => action.takes.includes(name) || action.takes.includes(name + "s")).slice(0, 40);
  if (!takers.length) return null;
  const choice = el("select", { "aria-label": `Use ${name} in`, class: "small", onchange: () => {
    const action = takers.find((one) => one.name === choice.value);
    if (!action) return;
    const parameters = action.takes.includes(name) ? { [name]: value } : { [name + "s"]: [value] };
    kept.set(action.name, parameters);
    if (state.model?.name === action.name) open(action.name, parameters); else location.hash = action.name;
  } }, el("option", { value: "" }, "use in"), takers.map((one) => el("option", { value: one.name }, one.name)));
  return [" ", choice];
}

async function openCall(one) {
  byId("target").value = one.target;
  mark();
  history.replaceState(null, "", "#" + one.action);
  await open(one.action, one.parameters);
  fill(panels.response, responsePanel(one.result, use));
  tabs.show("response");
}

async function rawJson() {
  const area = el("textarea", { rows: 16, class: "mono", spellcheck: false, "aria-label": "Parameters as JSON", value: stringify(state.form.values, 2) });
  let values = null;
  const ready = () => {
    try { values = parse(area.value); } catch { values = null; }
    return values !== null && typeof values === "object" && !Array.isArray(values);
  };
  if (await ask("Parameters as JSON", area, { accept: "Take over", ready })) {
    state.form.set(values);
    changed();
  }
}

function keys() {
  const row = (key, what) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)];
  ask("Keys", el("dl", {}, row("/", "search"), row("↑ ↓ Enter", "choose and open a result"), row("Ctrl Enter", "send; again: give up"),
    row("Alt 1 to 6", "tabs on the right"), row("← →", "move between tabs"), row("e", "examples"), row("f", "first field"), row("t", "target"), row("Esc", "leave a field, close"), row("?", "this list")));
}

function key(event) {
  if (byId("dialog").open) return;
  const inField = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); return; }
  if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    const id = tabs.at(Number(event.code.slice(5)) - 1);
    if (id) { event.preventDefault(); tabs.show(id); pane("right"); byId("tab-" + id).focus(); }
    return;
  }
  if (event.key === "Escape" && inField) { event.target.blur(); return; }
  if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
  const commands = {
    "/": () => { pane("left"); byId("search").focus(); byId("search").select(); },
    "?": keys,
    e: () => byId("examples")?.focus(),
    f: () => { pane("middle"); state.form?.focus(); },
    t: () => byId("target").focus(),
  };
  if (commands[event.key]) { event.preventDefault(); commands[event.key](); }
}

start();
