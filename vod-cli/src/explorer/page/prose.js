// The spec's Markdown as elements: paragraphs, lists, code, emphasis and links.

import { el } from "./dom.js";

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** One line of text with its code and links. */
export function inline(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(end, found.index));
    const [whole, code, strong, label, address] = found;
    if (code) parts.push(el("code", {}, code));
    else if (strong) parts.push(el("strong", {}, strong));
    else parts.push(address.startsWith("https:" + "//") ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label) : label);
    end = found.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** A whole text. */
export function prose(text) {
  const blocks = String(text ?? "").split(/\n\s*\n/);
  return el("div", { class: "prose" }, blocks.map((block) => {
    const lines = block.split("\n");
    if (lines.every((line) => /^\s*[-*] |^\s{2,}\S/.test(line)) && /^\s*[-*] /.test(lines[0])) {
      const items = block.split(/\n(?=\s*[-*] )/).map((item) => item.replace(/^\s*[-*] /, "").replace(/\n\s*/g, " "));
      return el("ul", {}, items.map((item) => el("li", {}, inline(item))));
    }
    if (lines.length > 1 && lines.every((line) => line.startsWith("|"))) {
      const rows = lines.filter((line) => !/^\|[\s:|-]+\|$/.test(line)).map((line) => line.slice(1, -1).split("|"));
      return el("table", {}, rows.map((cells, i) => el("tr", {}, cells.map((cell) => el(i ? "td" : "th", {}, inline(cell.trim()))))));
    }
    return el("p", {}, inline(block.replace(/\n/g, " ")));
  }));
}

/** The first sentence. */
export function firstSentence(text) {
  const line = String(text ?? "").replace(/\s+/g, " ");
  const end = /[.:!?] (?=[A-Z`])/.exec(line);
  return end ? line.slice(0, end.index + 1) : line;
}
