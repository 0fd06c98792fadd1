// What a person does with the emulator's page, done by a browser. Run by run.sh.

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { createHash, createHmac } = require("node:crypto");
const path = require("node:path");
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const [vod, out] = process.argv.slice(2);
const HOSTILE = "<img src=x onerror=window.hacked=1>";

/** Starts an emulator and gives the address that it prints. */
function emulator() {
  const options = ["--listen", "127.0.0.1:0", "--quiet", "--task-progress", "by-hand"];
  // It is `vod emulator` or `vod-emulator`.
  const command = path.basename(vod).startsWith("vod-emulator") ? options : ["emulator", ...options];
  const child = spawn(vod, command, { env: { PATH: process.env.PATH }, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      const found = /listening on (http:\S+)/.exec(text);
      if (found) resolve({ child, url: found[1] });
    });
    child.on("exit", () => reject(new Error("the emulator ended: " + text)));
  });
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
const mac = (key, text) => createHmac("sha256", key).update(text).digest();

/** Calls the API, signed with the emulator's usual key. */
async function call(url, action, parameters) {
  const { host } = new URL(url);
  const body = JSON.stringify(parameters);
  const time = Math.floor(Date.now() / 1000);
  const date = new Date(time * 1000).toISOString().slice(0, 10);
  const scope = `${date}/vod/tc3_request`;
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n${hash(body)}`;
  const text = `TC3-HMAC-SHA256\n${time}\n${scope}\n${hash(canonical)}`;
  const key = mac(mac(mac("TC3EmulatorSecretKey0000000EXAMPLE", date), "vod"), "tc3_request");
  const credential = `Credential=AKIDEMULATOR0000000000000000EXAMPLE/${scope}, SignedHeaders=content-type;host`;
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "Authorization": `TC3-HMAC-SHA256 ${credential}, Signature=${mac(key, text).toString("hex")}`,
      "X-TC-Action": action,
      "X-TC-Version": "2018-07-17",
      "X-TC-Timestamp": String(time),
    },
  });
  return answer.text();
}

async function main() {
  const { child, url } = await emulator();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    const faults = [];
    const foreign = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
    page.on("request", (request) => { if (!request.url().startsWith(url)) foreign.push(request.url()); });
    await page.goto(url + "/_emulator/");

    const posted = await fetch(url + "/_emulator/events", { method: "POST", body: JSON.stringify({ EventType: HOSTILE }) });
    assert.equal(posted.status, 200);
    await page.locator("#events", { hasText: HOSTILE }).waitFor();

    const pulled = await call(url, "PullUpload", { MediaUrl: "http://example.com/film.mp4", MediaName: HOSTILE });
    assert.match(pulled, /TaskId/);
    await page.locator("details.call summary", { hasText: "PullUpload" }).click();
    await page.locator("details.call", { hasText: "passed signature" }).waitFor();
    await page.getByRole("button", { name: /^finish / }).click();
    await page.locator("#media", { hasText: HOSTILE }).waitFor();
    await page.locator("#tasks", { hasText: "FINISH" }).waitFor();

    await page.locator("#plan").fill('{"random": [{"probability": 1, "fault": "no-such"}]}');
    await page.getByRole("button", { name: "Inject" }).click();
    await page.locator("#message", { hasText: "there is no fault `no-such`" }).waitFor();
    faults.length = 0; // The browser tells of the status 400.
    await page.locator("#plan").fill('{"script": [{"action": "DescribeEventConfig", "faults": ["bad-gateway"]}]}');
    await page.getByRole("button", { name: "Inject" }).click();
    await call(url, "DescribeEventConfig", {});
    await page.locator("#injected", { hasText: "bad-gateway: 1" }).waitFor();

    const before = await page.locator("#clock").innerText();
    await page.getByRole("button", { name: "+1 day" }).click();
    await page.waitForFunction((text) => document.getElementById("clock").textContent.slice(0, 10) > text.slice(0, 10), before);

    await page.evaluate(axe.source + ";0");
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(bad.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    await page.screenshot({ path: out + "/emulator.png" });

    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator("#media", { hasText: "no file" }).waitFor();
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.deepEqual(foreign, []);
    assert.deepEqual(faults, []);
    console.log("ok - the emulator's page: calls, events, tasks, media, faults, clock, reset, a hostile text, accessibility");
  } finally {
    await browser.close();
    child.kill();
  }
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
