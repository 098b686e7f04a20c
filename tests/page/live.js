// Moves the levers of live pages in headless Chromium: the numbers that a page shows are those of the command, byte for
// byte; the state stands in the address; nothing is fetched; axe finds no violation; printed, the page is as written.
// Usage: node live.js PLANCAST PAGE… ; each PAGE was written by `report NAME --live --out NAME-LANG.html`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [plancast, ...given] = process.argv.slice(2);
const at = given.indexOf("--shots");
const shots = at < 0 ? null : given.splice(at, 2)[1];
const failures = [];
const times = [];

function expect(holds, what) {
  if (!holds) failures.push(what);
}

// What the command line that the page gives writes as summary.json.
function ofCommand(command) {
  const folder = mkdtempSync(join(tmpdir(), "plancast-live-"));
  const line = command.replace(/^plancast /, `"${resolve(plancast)}" `);
  return execFileSync("sh", ["-c", `${line} --json --quiet --charts none --out "${folder}"`], { encoding: "utf8", maxBuffer: 1 << 28 });
}

async function opened(browser, file, options, hash = "") {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const what = `${basename(file)}, ${options.colorScheme ?? "light"}`;
  page.on("request", (request) => expect(/^(file|data|blob):/.test(request.url()), `${what}: the page asks for ${request.url()}`));
  page.on("pageerror", (error) => failures.push(`${what}: ${error}`));
  page.on("console", (message) => expect(message.type() !== "error", `${what}: ${message.text()}`));
  await page.addInitScript(() => {
    window.shown = [];
    document.addEventListener("plancast", (event) => window.shown.push(event.detail));
  });
  await page.goto(pathToFileURL(resolve(file)).href + hash);
  const began = Date.now();
  await page.evaluate(() => window.plancast.ready);
  return { context, page, what, started: Date.now() - began };
}

async function accessible(page, what) {
  await page.evaluate(() => document.querySelectorAll("#live details").forEach((each) => { each.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run("#live"));
  for (const each of violations) {
    failures.push(`${what}: ${each.id}: ${each.help}\n    ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n    ")}`);
  }
}

async function moved(browser, file) {
  const { context, page, what, started } = await opened(browser, file, { viewport: { width: 1280, height: 900 } });
  const levers = await page.evaluate(() => window.plancast.levers());
  const lever = levers.find((each) => each.declared && each.low < each.high);
  expect(lever, `${what}: no lever is declared`);
  const shown = (page) => page.locator("#live td.now").allTextContents().then((cells) => cells.join("|"));
  const written = await shown(page);

  // A hand on the slider: the first look comes while it moves.
  const slider = page.locator(`#live .lever[data-name="${lever.name}"] input[type=range]`);
  await page.evaluate(() => { window.shown = []; });
  await slider.evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, lever.value === lever.high ? lever.low : lever.high);
  await page.waitForFunction(() => window.shown.some((each) => each.paths === 10000), null, { timeout: 60000 });
  const [first, settled] = await page.evaluate(() => [1000, 10000].map((paths) => window.shown.find((each) => each.paths === paths)));
  times.push(`${what}: ready after ${started} ms, first look ${Math.round(first.waited)} ms (engine ${Math.round(first.worked)}), 10,000 paths ${Math.round(settled.waited)} ms (engine ${Math.round(settled.worked)})`);
  const after = await shown(page);
  expect(after !== written, `${what}: nothing followed the slider: ${after}`);
  const same = async (which) => {
    const [command, summary] = await page.evaluate(() => [window.plancast.command(), window.plancast.summary()]);
    expect(summary === ofCommand(command), `${what}, ${which}: ${command} gives other bytes than the page`);
  };
  await same("a lever moved");
  const hash = await page.evaluate(() => location.hash);
  expect(hash.includes(encodeURIComponent(lever.name)), `${what}: the state is not in the address: ${hash}`);

  // Any other assumption: a distribution as a whole, or as one number.
  const other = levers.find((each) => !each.declared && each.value !== 0 && /^[a-z_]+$/.test(each.name));
  if (other) {
    await page.evaluate(([name, value]) => window.plancast.set(name, value), [other.name, other.value * 1.01]);
    await same(`${other.name} moved`);
    await accessible(page, what);
    if (shots) await page.locator("#live").screenshot({ path: join(shots, `${basename(file, ".html")}-moved.png`) });
  }
  await page.evaluate(() => window.plancast.set("nothing_of_this_name", 1)).then(
    () => failures.push(`${what}: a name that is not there is taken`), () => {});
  await page.evaluate(() => window.plancast.reset());
  await same("reset");
  expect((await page.evaluate(() => location.hash)) === "", `${what}: the address keeps a state after a reset`);
  await context.close();

  // Sent to someone else, the address shows the same.
  const sent = await opened(browser, file, { viewport: { width: 1280, height: 900 } }, hash);
  expect(await shown(sent.page) !== written, `${what}: the address does not bring the state back`);
  await sent.context.close();
}

async function states(browser, file) {
  for (const width of [360, 768, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      const { context, page, what } = await opened(browser, file, { viewport: { width, height: 800 }, colorScheme });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider <= 0, `${what}, ${width} px: ${wider} pixels wider than the window`);
      await accessible(page, `${what}, ${width} px`);
      if (shots) await page.locator("#live").screenshot({ path: join(shots, `${basename(file, ".html")}-${width}-${colorScheme}.png`) });
      await page.emulateMedia({ media: "print" });
      expect(!(await page.locator("#live").isVisible()), `${what}: the part that moves is printed`);
      await context.close();
    }
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => { delete window.WebAssembly; });
  await page.goto(pathToFileURL(resolve(file)).href);
  expect(!(await page.locator("#live").isVisible()), `${basename(file)}: without WebAssembly the part that moves is shown`);
  expect(await page.locator("main h2").first().isVisible(), `${basename(file)}: without WebAssembly the page is not whole`);
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const file of given) {
  await moved(browser, file);
  await states(browser, file);
}
await browser.close();
console.log(times.join("\n"));
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
console.log(`${given.length} live pages: moved, the bytes of the command; nothing fetched; no violation of accessibility`);
