// The tabs on the right: request, response, code, signature, history and the emulator's queue.

import { ask, byId, copyButton, el, fill, stringify } from "./dom.js";
import { call, Refused } from "./server.js";
import { inline } from "./prose.js";
import { tree } from "./tree.js";

/** Tabs with panels, by arrow keys too. */
export class Tabs {
  #tabs = new Map();
  #shown = null;

  add(id, label, panel, onshow = () => {}) {
    const tab = el("button", {
      type: "button", role: "tab", id: "tab-" + id, "aria-controls": "panel-" + id, "aria-selected": "false", tabIndex: -1,
      onclick: () => this.show(id),
      onkeydown: (event) => {
        const ids = [...this.#tabs.keys()];
        const at = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
        if (at === undefined) return;
        event.preventDefault();
        const to = Math.abs(at) === 1 ? (ids.indexOf(id) + at + ids.length) % ids.length : at < 0 ? 0 : ids.length - 1;
        this.show(ids[to]);
        this.#tabs.get(ids[to]).tab.focus();
      },
    }, label);
    const holder = el("div", { class: "panel", role: "tabpanel", id: "panel-" + id, "aria-labelledby": "tab-" + id, tabIndex: 0, hidden: true }, panel);
    this.#tabs.set(id, { tab, holder, onshow });
    byId("tabs").append(tab);
    byId("panels").append(holder);
  }

  get shown() { return this.#shown; }

  at(number) { return [...this.#tabs.keys()][number]; }

  show(id) {
    this.#shown = id;
    for (const [name, { tab, holder }] of this.#tabs) {
      const is = name === id;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
      holder.hidden = !is;
    }
    this.#tabs.get(id).onshow();
  }
}

/** The request as it would leave. */
export function requestPanel(checked) {
  if (!checked) return el("p", { class: "quiet" }, "Choose an action on the left.");
  if (!checked.request) {
    return [el("p", {}, "Nothing would be sent: the parameters are refused before."),
      el("ul", {}, checked.problems.map(({ message }) => el("li", {}, message)))];
  }
  return [el("p", { class: "quiet" }, `To ${checked.request.url}, ${checked.request.bytes} bytes of parameters. Signed in the explorer's process; the signature is masked here.`),
    el("pre", { id: "request", tabIndex: 0 }, checked.request.text), copyButton(() => checked.request.text)];
}

/** What came of a call. */
export function responsePanel(result, use) {
  if (!result) return el("p", { class: "quiet" }, "Nothing has been sent yet.");
  const attempts = result.attempts ?? [];
  const last = attempts.at(-1);
  const status = last?.status ? `HTTP ${last.status}` : result.ok ? "answered" : "no answer";
  const summary = el("p", { id: "outcome" },
    el("b", { class: result.ok ? "good" : "bad" }, result.ok ? "Success" : "Failed"),
    ` ${status} in ${result.elapsed_ms} ms, ${attempts.length} attempt${attempts.length === 1 ? "" : "s"}`);
  const id = result.request_id ? el("p", { class: "row" }, "Request id ", el("code", { id: "request-id" }, result.request_id), copyButton(() => result.request_id)) : null;
  return [summary, id, result.error ? errorBox(result.error) : null,
    result.mismatches?.length ? el("div", { class: "box" }, el("p", {}, "Values that do not fit the spec:"), el("ul", {}, result.mismatches.map((text) => el("li", {}, text)))) : null,
    attempts.length ? attemptTable(attempts) : null,
    result.response ? answer(result.response, use) : null];
}

function answer(response, use) {
  const place = el("div", {}, tree(response, use));
  let raw = false;
  const toggle = el("button", {
    type: "button", class: "small", "aria-pressed": "false",
    onclick: () => {
      raw = !raw;
      toggle.setAttribute("aria-pressed", String(raw));
      fill(place, raw ? el("pre", { tabIndex: 0 }, stringify(response, 2)) : tree(response, use));
    },
  }, "Raw");
  return [el("div", { class: "row" }, el("h3", {}, "Response"), toggle, copyButton(() => stringify(response, 2))), place];
}

function errorBox(error) {
  return el("div", { class: "box is-bad", id: "error" },
    el("p", {}, el("b", {}, error.code ?? error.kind), error.class ? ` (${error.class})` : ""),
    el("p", {}, error.message),
    error.doc ? el("p", {}, el("b", {}, "The spec: "), inline(error.doc)) : null,
    error.advice ? el("p", {}, el("b", {}, "The client: "), error.advice) : null,
    error.snippet ? el("pre", {}, error.snippet) : null);
}

function attemptTable(attempts) {
  const cell = (text) => el("td", {}, text === null || text === undefined ? "" : String(text));
  return el("details", { open: attempts.length > 1 }, el("summary", {}, "Attempts"),
    el("table", {}, el("thead", {}, el("tr", {}, ["#", "Host", "ms", "Status", "Sent", "Received", "Error"].map((name) => el("th", {}, name)))),
      el("tbody", {}, attempts.map((attempt) => el("tr", {}, cell(attempt.number), cell(attempt.host), cell(attempt.elapsed_ms), cell(attempt.status), cell(attempt.sent), cell(attempt.received), cell(attempt.error))))));
}

/** The call as a program: one button for each language. */
export class CodePanel {
  #element = el("div", {});
  #forms = [];
  #name = "Rust";
  #draft;

  constructor(draft) {
    this.#draft = draft;
  }

  get element() { return this.#element; }

  async load() {
    const draft = this.#draft();
    if (!draft) { fill(this.#element, el("p", { class: "quiet" }, "Choose an action on the left.")); return; }
    try {
      this.#forms = (await call("code", draft)).forms;
      this.#show();
    } catch (error) {
      fill(this.#element, el("p", { class: "box is-bad" }, error instanceof Refused ? error.message : "The explorer does not answer."));
    }
  }

  #show() {
    const form = this.#forms.find(({ name }) => name === this.#name) ?? this.#forms[0];
    const button = ({ name }) => el("button", {
      type: "button", "aria-pressed": String(name === form.name),
      onclick: () => {
        this.#name = name;
        this.#show();
        this.#element.querySelector('[aria-pressed="true"]').focus();
      },
    }, name);
    fill(this.#element,
      el("div", { class: "row choice", role: "group", "aria-label": "Language" }, this.#forms.map(button)),
      el("pre", { id: "code", tabIndex: 0 }, form.text), copyButton(() => form.text),
      el("p", { class: "quiet" }, "Keys are not part of the code: programs read them from the environment."));
  }
}

/** The steps of the signature, and a place to paste another one. */
export class SignPanel {
  #element = el("div", {});
  #result = el("div", {});
  #text = el("textarea", { id: "against", rows: 5, spellcheck: false, class: "mono" });
  #draft;

  constructor(draft) {
    this.#draft = draft;
    fill(this.#element, this.#result,
      el("h3", {}, "Compare"),
      el("label", { for: "against" }, "Paste another signer's canonical request or string to sign, or the service's answer:"),
      this.#text,
      el("div", { class: "row" }, el("button", { type: "button", id: "compare", onclick: () => this.load(this.#text.value) }, "Find the first line that differs")));
  }

  get element() { return this.#element; }

  async load(against = "") {
    const draft = this.#draft();
    if (!draft) { fill(this.#result, el("p", { class: "quiet" }, "Choose an action on the left.")); return; }
    try {
      this.#show(await call("sign", against ? { ...draft, against } : draft));
      if (against) byId("verdict")?.scrollIntoView({ block: "start" });
    } catch (error) {
      fill(this.#result, el("p", { class: "box is-bad" }, error instanceof Refused ? error.message : "The explorer does not answer."));
    }
  }

  #show(report) {
    const difference = report.difference;
    const verdict = report.verdict === "differs"
      ? el("div", { class: "box is-bad", id: "verdict" },
        el("p", {}, el("b", {}, `First difference: ${difference.step}, line ${difference.line}`), ` (${difference.what})`),
        el("p", {}, "expected ", el("code", {}, difference.expected)), el("p", {}, "given ", el("code", {}, difference.given)),
        difference.reason ? el("p", {}, difference.reason) : null)
      : report.verdict === "agrees" ? el("p", { class: "box is-good", id: "verdict" }, "The texts agree.") : null;
    fill(this.#result, verdict, report.notes.map((note) => el("p", { class: "quiet" }, note)),
      el("p", { class: "quiet" }, `${report.algorithm}, for a request sent now.`),
      report.steps.map((step) => [
        el("h3", {}, step.title),
        el("table", { class: "lines" }, el("tbody", {}, step.lines.map((line, i) => el("tr", { class: difference && difference.step === step.title && difference.line === i + 1 ? "differs" : "" },
          el("td", { class: "num" }, String(i + 1)), el("td", {}, line.text), el("td", { class: "what" }, line.what))))),
      ]),
      el("h3", {}, "signing key"), el("p", {}, report.signing_key),
      el("h3", {}, "signature"), el("p", {}, el("code", {}, report.signature ?? "")));
  }
}

/** What is told of the queue, the way of an event first. */
const FIGURES = ["published", "queued", "in flight", "confirmed", "redelivered", "expired", "waiting pulls"];

/** The emulator's queue, while it is looked at. */
export class QueuePanel {
  #element = el("div", {});
  #figures = el("div", { "aria-live": "off" });
  #timer = null;
  /** The numbers of the events that are open. */
  #opened = new Set();
  #isShown;

  constructor(isShown) {
    this.#isShown = isShown;
    fill(this.#element,
      el("p", { class: "quiet" }, "The queue of the emulator in this process. Its events are pulled and confirmed by calls."),
      el("div", { class: "row" },
        el("button", { type: "button", id: "publish", onclick: () => this.load({ do: "publish", count: 1 }) }, "Publish a sample event"),
        el("button", { type: "button", onclick: () => this.#own() }, "Publish an event of your own"),
        el("button", { type: "button", onclick: () => this.load({ do: "advance", seconds: 30 }) }, "Advance its clock by 30 s")),
      this.#figures);
  }

  get element() { return this.#element; }

  async load(command = {}) {
    clearTimeout(this.#timer);
    try {
      this.#show(await call("emulator", command));
    } catch (error) {
      fill(this.#figures, el("p", { class: "box is-bad" }, error instanceof Refused ? error.message : "The explorer does not answer."));
    }
    if (this.#isShown() && !document.hidden) this.#timer = setTimeout(() => this.load(), 1000);
  }

  async #own() {
    const area = el("textarea", { id: "event", rows: 10, class: "mono", spellcheck: false, "aria-label": "Event as JSON", value: '{\n  "EventType": ""\n}' });
    let event = null;
    const ready = () => { try { event = JSON.parse(area.value); return true; } catch { return false; } };
    if (await ask("Publish an event", area, { accept: "Publish", ready })) this.load({ do: "publish", event });
  }

  /** One event: what became of it, its type, and all of it on demand. It stays open while the figures change. */
  #event({ number, event, handle, valid_for: left }) {
    const details = el("details", {
      open: this.#opened.has(number),
      ontoggle: () => { if (details.open) this.#opened.add(number); else this.#opened.delete(number); show(); },
    }, el("summary", {}, event?.EventType ?? "event"));
    const show = () => { if (details.open && details.childElementCount === 1) details.append(tree(event)); };
    show();
    return el("tr", { "data-number": String(number) }, el("td", {}, details),
      el("td", {}, handle ? [`handed out, ${left} s left`, el("br"), el("code", {}, handle)] : "waits"));
  }

  #show(queue) {
    const focused = document.activeElement?.closest("#events tr")?.dataset.number;
    const events = queue.events.length
      ? el("table", { id: "events" }, el("thead", {}, el("tr", {}, ["Event", "State"].map((name) => el("th", {}, name)))),
        el("tbody", {}, queue.events.map((one) => this.#event(one))))
      : el("p", { class: "quiet" }, "No event waits.");
    fill(this.#figures,
      el("div", { class: "columns" }, FIGURES.map((name) => el("div", { class: "figure" }, el("b", {}, String(queue.state[name])), name))),
      events, queue.more_events ? el("p", { class: "quiet" }, `and ${queue.more_events} more`) : null,
      el("p", {}, `${queue.calls} calls, ${queue.failed} of them failed. Endpoint `, el("code", {}, queue.endpoint)),
      el("table", {}, el("thead", {}, el("tr", {}, ["Call", "Outcome", "Request id"].map((name) => el("th", {}, name)))),
        el("tbody", {}, queue.recent.map((one) => el("tr", {}, el("td", {}, one.action), el("td", { class: one.code ? "bad" : "good" }, one.code ?? "success"), el("td", {}, el("code", {}, one.request_id)))))));
    if (focused) byId("events")?.querySelector(`[data-number="${Number(focused)}"] summary`)?.focus();
  }
}
