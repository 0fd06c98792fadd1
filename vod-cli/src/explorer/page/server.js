// Calls of the explorer's own server. The token comes with the start address and stays in this tab.

import { parse, stringify } from "./dom.js";

const KEY = "vod-explorer-token";

/** Takes the token out of the address, where it would be seen. */
export function takeToken() {
  const found = /^#token=([0-9a-f]{64})$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(KEY, found[1]);
    history.replaceState(null, "", location.pathname);
  }
}

export class Refused extends Error {
  constructor(status, body) {
    super(body?.error ?? `status ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** Makes one call; fails with Refused, or with a TypeError if there is no connection. */
export async function call(path, body = {}, signal = undefined) {
  const response = await fetch("/api/" + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vod-token": sessionStorage.getItem(KEY) ?? "" },
    body: stringify(body),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    signal,
  });
  const json = parse(await response.text());
  if (!response.ok) throw new Refused(response.status, json);
  return json;
}
