// The calls of this tab, in memory: to open, to send again, and to compare. Neither headers nor keys are among them.

import { el, fill, stringify } from "./dom.js";
import { differences } from "./tree.js";

const KEPT = 100;
const SHOWN = 400;
const cut = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}... (${text.length} characters)` : text);

export class History {
  #calls = [];
  #chosen = new Set();
  #element = el("div", {});
  #open;
  #replay;
  #number = 0;

  constructor(open, replay) {
    this.#open = open;
    this.#replay = replay;
    this.draw();
  }

  get element() { return this.#element; }

  add(action, parameters, target, result) {
    this.#calls.unshift({ number: ++this.#number, time: new Date(), action, parameters, target, result });
    this.#calls.length = Math.min(this.#calls.length, KEPT);
    this.draw();
  }

  draw() {
    if (!this.#calls.length) {
      fill(this.#element, el("p", { class: "quiet" }, "Nothing has been sent yet. Calls are kept in this tab until it is closed."));
      return;
    }
    const difference = el("div", {});
    const compare = el("button", { type: "button", disabled: this.#chosen.size !== 2, onclick: () => this.#compare(difference) }, "Compare the two answers");
    const row = (call) => el("tr", {},
      el("td", {}, el("input", {
        type: "checkbox", checked: this.#chosen.has(call.number), "aria-label": `Choose call ${call.number} to compare`,
        onchange: (event) => {
          if (event.target.checked) this.#chosen.add(call.number); else this.#chosen.delete(call.number);
          compare.disabled = this.#chosen.size !== 2;
        },
      })),
      el("td", { class: "num" }, String(call.number)),
      el("td", {}, el("b", {}, call.action), el("br"), el("span", { class: "quiet" }, `${call.time.toLocaleTimeString()}, ${call.target}`)),
      el("td", { class: call.result.ok ? "good" : "bad" }, call.result.ok ? "success" : call.result.error?.code ?? call.result.error?.kind ?? "failed", el("br"), el("span", { class: "quiet" }, `${call.result.elapsed_ms} ms`)),
      el("td", {}, el("div", { class: "row" },
        el("button", { type: "button", class: "small", "aria-label": `Open call ${call.number}`, onclick: () => this.#open(call) }, "Open"),
        el("button", { type: "button", class: "small", "aria-label": `Send again call ${call.number}`, onclick: () => this.#replay(call) }, "Send again"))));
    fill(this.#element,
      el("table", {}, el("thead", {}, el("tr", {}, el("th", {}, el("span", { class: "unseen" }, "Compare")), el("th", { class: "num" }, "#"), el("th", {}, "Call"), el("th", {}, "Outcome"), el("th", {}, el("span", { class: "unseen" }, "Actions")))), el("tbody", {}, this.#calls.map(row))),
      el("p", {}, compare), difference);
  }

  #compare(place) {
    const [left, right] = this.#calls.filter((call) => this.#chosen.has(call.number)).sort((a, b) => a.number - b.number);
    const answer = (call) => call.result.response ?? call.result.error ?? null;
    const found = differences(answer(left), answer(right));
    const shown = (value) => (value === undefined ? el("span", { class: "quiet" }, "absent") : el("code", {}, cut(stringify(value))));
    fill(place, el("h3", {}, `Difference of ${left.number} and ${right.number}`),
      found.length
        ? el("table", { id: "difference" }, el("thead", {}, el("tr", {}, el("th", {}, "Path"), el("th", {}, `Call ${left.number}`), el("th", {}, `Call ${right.number}`))),
          el("tbody", {}, found.slice(0, 500).map(({ path, left: one, right: other }) => el("tr", {}, el("td", {}, el("code", {}, path)), el("td", {}, shown(one)), el("td", {}, shown(other))))))
        : el("p", {}, "The answers are equal."));
  }
}
