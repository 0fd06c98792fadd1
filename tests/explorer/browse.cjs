// What a person does with the explorer, done by a browser. Run by run.sh.

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const [vod, out] = process.argv.slice(2);
const HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=2</script>";

/** Starts an explorer and gives the address that it prints. */
function explorer(args, home) {
  const child = spawn(vod, ["explorer", "--port", "0", ...args], { env: { HOME: home, PATH: process.env.PATH }, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      const found = /^open (\S+)/m.exec(text);
      if (found) resolve({ child, url: found[1] });
    });
    child.on("exit", () => reject(new Error("the explorer ended: " + text)));
  });
}

const children = [];
const results = [];
async function step(name, action) {
  const begun = Date.now();
  await action();
  results.push(name);
  console.log(`ok ${results.length} - ${name} (${Date.now() - begun} ms)`);
}

/** No finding of axe that is serious or critical. */
async function accessible(page, state) {
  await page.evaluate(axe.source + ";0");
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const shown = bad.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html + " " + node.failureSummary).join("\n  ")}`);
  assert.deepEqual(shown, [], state);
}

const text = (page, selector) => page.locator(selector).innerText();

async function find(page, words) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}

async function json(page, parameters) {
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await page.locator("dialog textarea").fill(JSON.stringify(parameters));
  await page.getByRole("button", { name: "Take over" }).click();
}

/** Waits until the request that would be sent has this text, whichever tab is shown. */
const requested = (page, part) => page.locator("#request", { hasText: part }).waitFor({ state: "attached" });

async function send(page) {
  await page.keyboard.press("Control+Enter");
  await page.locator("#outcome").waitFor();
}

async function main() {
  const home = fs.mkdtempSync(path.join(out, "home-"));
  const { child, url } = await explorer(["--events", "3"], home);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  const foreign = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(url.split("/#")[0])) foreign.push(request.url()); });

  await step("the page opens, and its token leaves the address", async () => {
    await page.goto(url);
    await page.getByText("Three things to try").waitFor();
    assert.ok(!page.url().includes("token"));
    assert.equal(await page.evaluate(() => document.cookie + localStorage.length), "0");
    await page.screenshot({ path: path.join(out, "welcome-light.png") });
    await accessible(page, "welcome");
  });

  await step("an action is found by a word and opened by the keyboard alone", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("acknowledge");
    assert.match(await text(page, "#actions"), /ConfirmEvents/);
    await page.screenshot({ path: path.join(out, "search-light.png") });
    await page.keyboard.press("Enter");
    await page.locator("#name").waitFor();
    assert.equal(await text(page, "#name"), "ConfirmEvents");
    assert.ok(page.url().endsWith("#ConfirmEvents"));
  });

  await step("limits are checked as one types, and a wrong call is not sent", async () => {
    await page.keyboard.press("Control+Enter");
    await page.locator(".problem", { hasText: "EventHandles" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Add an item to EventHandles");
    await page.keyboard.press("Enter");
    await page.keyboard.type("handle-1");
    await page.locator("#request", { hasText: '{"EventHandles":["handle-1"]}' }).waitFor();
    assert.equal(await page.locator(".problem:not(:empty)").count(), 0);
    await json(page, { EventHandles: Array.from({ length: 17 }, (_, i) => `h${i}`), SubAppId: "x" });
    await page.locator("#panel-request", { hasText: "Nothing would be sent" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".problem", { hasText: "16" }).waitFor();
    await page.locator(".problem", { hasText: "SubAppId" }).waitFor();
    assert.match(await page.locator("[aria-invalid=true]").first().evaluate((node) => node.outerHTML), /field-/);
    await page.screenshot({ path: path.join(out, "problems-light.png") });
    await accessible(page, "problems");
  });

  await step("an example fills the form, and a refusal is explained by the spec", async () => {
    await page.locator("#examples").selectOption({ index: 1 });
    await requested(page, '"111"');
    assert.match(await text(page, "#request"), /x-tc-action: ConfirmEvents/);
    assert.match(await text(page, "#request"), /Credential=AKID\.\.\.\w{4}\/.*\(masked\)/);
    await send(page);
    assert.match(await text(page, "#error"), /InvalidParameterValue[\s\S]*The spec: [\s\S]*The client: /);
    await accessible(page, "error");
  });

  await step("events are pulled and confirmed by the keyboard alone", async () => {
    await find(page, "pullevents");
    await page.locator("#name", { hasText: "PullEvents" }).waitFor();
    await send(page);
    assert.match(await text(page, "#outcome"), /Success HTTP 200 in [\d.]+ ms, 1 attempt/);
    assert.match(await text(page, "#request-id"), /^[0-9a-f-]{36}$/);
    const handle = (await text(page, ".tree")).match(/EventHandle: "([0-9a-f]+)"/)[1];
    await page.screenshot({ path: path.join(out, "response-light.png") });
    await page.setViewportSize({ width: 1160, height: 640 });
    await page.screenshot({ path: path.join(out, "explorer.png") });
    await page.setViewportSize({ width: 1440, height: 900 });
    await accessible(page, "response");
    await find(page, "confirmevents");
    await page.locator("#name", { hasText: "ConfirmEvents" }).waitFor();
    await page.getByRole("button", { name: "Clear" }).press("Enter");
    await page.keyboard.press("f");
    await page.keyboard.press("Enter");
    await page.keyboard.type(handle);
    await send(page);
    assert.match(await text(page, "#outcome"), /Success/);
  });

  await step("the signature's steps are shown, and another signer's first differing line", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+4");
    await page.locator(".lines").first().waitFor();
    const lines = await page.locator(".lines").first().locator("td:nth-child(2)").allInnerTexts();
    assert.equal(lines[0].trim(), "POST");
    lines[3] = "content-type:application/json; charset=utf-8";
    await page.locator("#against").fill(lines.map((line) => line.trim()).join("\n"));
    await page.locator("#compare").click();
    await page.locator("#verdict", { hasText: "canonical request, line 4" }).waitFor();
    assert.equal(await page.locator("tr.differs").count(), 1);
    await page.screenshot({ path: path.join(out, "signature-light.png") });
    await accessible(page, "signature");
  });

  await step("code is generated in each language", async () => {
    await page.keyboard.press("Escape");
    await page.locator("#tab-code").click();
    for (const [language, part] of [["Rust", "vod_api"], ["curl", "curl "], ["Python", "import"], ["Node.js", "require"], ["Go", "package main"], ["tccli", "tccli vod ConfirmEvents"], ["vod", "vod "]]) {
      await page.locator("#panel-code").getByRole("button", { name: language, exact: true }).click();
      await page.locator("#code", { hasText: part }).waitFor();
    }
    await page.screenshot({ path: path.join(out, "code-light.png") });
    await accessible(page, "code");
  });

  await step("a hostile text in an answer is shown as text", async () => {
    await find(page, "createclass");
    await page.locator("#name", { hasText: "CreateClass" }).waitFor();
    await json(page, { ParentId: -1, ClassName: HOSTILE.slice(0, 60) });
    await requested(page, "onerror");
    await send(page);
    await find(page, "describeallclass");
    await page.locator("#name", { hasText: "DescribeAllClass" }).waitFor();
    await send(page);
    await page.locator(".tree .string", { hasText: "onerror" }).first().waitFor();
    await find(page, "confirmevents");
    await page.locator("#name", { hasText: "ConfirmEvents" }).waitFor();
    await json(page, { EventHandles: [HOSTILE] });
    await requested(page, "onerror");
    await send(page);
    await page.keyboard.press("Alt+5");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type(HOSTILE);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator("img, iframe, object, embed, body script").count(), 0);
  });

  await step("the history opens, sends again, and compares two answers", async () => {
    await page.locator("#tab-history").click();
    assert.ok(await page.locator("#panel-history tbody tr").count() >= 5);
    await page.getByRole("button", { name: "Send again call 2" }).click();
    await page.locator("#name", { hasText: "PullEvents" }).waitFor();
    await page.locator("#outcome").waitFor();
    await page.locator("#tab-history").click();
    await page.getByRole("checkbox", { name: "Choose call 2 to compare" }).check();
    await page.getByRole("checkbox").nth(1).check();
    await page.getByRole("button", { name: "Compare the two answers" }).click();
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ["vod-explorer-token"]);
    assert.doesNotMatch(await page.locator("#panel-history").innerText(), /Authorization|Signature|TC3/);
    await page.locator("#difference td", { hasText: "RequestId" }).first().waitFor();
    await page.screenshot({ path: path.join(out, "history-light.png") });
    await accessible(page, "history");
    await page.getByRole("button", { name: "Open call 1" }).click();
    await page.locator("#name", { hasText: "ConfirmEvents" }).waitFor();
  });

  await step("the queue shows what is published, by itself", async () => {
    await page.locator("#tab-queue").click();
    const published = page.locator(".figure", { hasText: "published" }).locator("b");
    await page.locator(".figure", { hasText: "published" }).waitFor();
    const before = Number(await published.innerText());
    await page.locator("#publish").click();
    await page.waitForFunction((count) => Number([...document.querySelectorAll(".figure")].find((one) => one.textContent.includes("published")).querySelector("b").textContent) === count, before + 1);
    const waiting = page.locator("#events tbody tr", { hasText: "waits" });
    await waiting.first().waitFor();
    await waiting.first().locator("summary").first().click();
    await page.locator("#events .tree", { hasText: "EventType" }).first().waitFor();
    await page.screenshot({ path: path.join(out, "queue-light.png") });
    await accessible(page, "queue");
  });

  await step("every action's form can be drawn", async () => {
    const names = await page.locator("#actions .option").evaluateAll((options) => options.map((option) => option.dataset.name));
    assert.ok(names.length > 240, String(names.length));
    for (const name of names.filter((_, i) => i % 6 === 0)) {
      await page.evaluate((hash) => { location.hash = hash; }, name);
      await page.waitForFunction((wanted) => document.getElementById("name")?.textContent === wanted, name);
    }
  });

  await step("the dark scheme", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await find(page, "processmedia");
    await page.locator("#name", { hasText: "ProcessMedia" }).first().waitFor();
    await page.locator("#examples").selectOption({ index: 1 });
    await page.locator("#tab-request").click();
    await requested(page, "AiRecognitionTask");
    await page.screenshot({ path: path.join(out, "form-dark.png") });
    await accessible(page, "dark form");
    await find(page, "pullevents");
    await page.locator("#name", { hasText: "PullEvents" }).waitFor();
    await send(page);
    await page.screenshot({ path: path.join(out, "response-dark.png") });
    await accessible(page, "dark response");
  });

  await step("a narrow screen shows one part at a time, and nothing beyond its edge", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 844 });
    const fits = () => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth);
    await page.getByRole("button", { name: "Parameters" }).click();
    assert.ok(await page.locator("#middle").isVisible() && !(await page.locator("#right").isVisible()));
    assert.ok(await fits(), "form");
    await page.screenshot({ path: path.join(out, "form-narrow.png") });
    await accessible(page, "narrow");
    await page.getByRole("button", { name: "Result" }).click();
    assert.ok(await fits(), "result");
    await page.screenshot({ path: path.join(out, "response-narrow.png") });
    await page.getByRole("button", { name: "Actions" }).click();
    assert.ok(await fits(), "actions");
    await page.locator("#search").fill("watermark");
    await page.keyboard.press("Enter");
    await page.locator("#name", { hasText: "Watermark" }).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await step("a real account is marked, and a change is asked for", async () => {
    const endpoint = await page.evaluate(() => document.getElementById("mark").title);
    fs.mkdirSync(path.join(home, ".tencentcloud"), { recursive: true });
    fs.writeFileSync(path.join(home, ".tencentcloud/credentials"), "[own]\nsecret_id = AKIDEMULATOR0000000000000000EXAMPLE\nsecret_key = EmulatorSecretKey0000000EXAMPLE\n");
    const real = await explorer(["--profile", "own", "--endpoint", endpoint], home);
    const other = await context.newPage();
    other.setDefaultTimeout(15_000);
    await other.goto(real.url);
    await other.getByText("Three things to try").waitFor();
    await other.locator("#target").selectOption("profile:own");
    assert.match(await text(other, "#mark"), /REAL ACCOUNT AKID\.\.\.MPLE/);
    await find(other, "deletemedia");
    await other.locator("#name", { hasText: "DeleteMedia" }).waitFor();
    await json(other, { FileId: "5285890784246869930" });
    await requested(other, "5285890784246869930");
    await other.keyboard.press("Control+Enter");
    await other.locator("dialog[open]").waitFor();
    const sendButton = other.locator("dialog").getByRole("button", { name: "Send" });
    assert.ok(await sendButton.isDisabled());
    await other.screenshot({ path: path.join(out, "confirm-light.png") });
    await accessible(other, "confirm");
    await other.keyboard.press("Escape");
    await other.locator("#tab-history").click();
    assert.match(await text(other, "#panel-history"), /Nothing has been sent yet/);
    await other.locator("#send").click();
    await other.locator("dialog[open]").waitFor();
    await other.keyboard.type("DeleteMedia");
    await other.keyboard.press("Enter");
    await other.locator("#outcome").waitFor();
    real.child.removeAllListeners("exit");
    real.child.kill();
    await other.close();
  });

  await step("a tab without a token, and an explorer that has ended, say what to do", async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(url.split("#")[0]);
    await other.getByText("This tab has no token").waitFor();
    await accessible(other, "no token");
    child.removeAllListeners("exit");
    child.kill();
    await new Promise((resolve) => child.once("close", resolve));
    await find(page, "confirmevents");
    await page.getByText("The explorer does not answer").waitFor();
  });

  const unexpected = faults.filter((fault) => !/ERR_CONNECTION_REFUSED|status of 4\d\d/.test(fault));
  assert.deepEqual(unexpected, [], "errors in the page");
  assert.deepEqual(foreign, [], "requests to elsewhere");
  await browser.close();
  console.log(`${results.length} passed`);
}

/** Ends with everything that was started, also if the time is up. */
function end(code) {
  for (const child of children) { child.removeAllListeners("exit"); child.kill("SIGKILL"); }
  process.exit(code);
}

process.on("SIGTERM", () => { console.error("time is up"); end(1); });
main().then(() => end(0), (error) => {
  console.error(error);
  end(1);
});
