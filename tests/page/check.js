// Opens report pages in headless Chromium at desktop and phone width, light and dark: no violation that axe
// finds, nothing fetched, nothing wider than the window, goals with chances in words, figures that say their numbers
// by mouse and key, and are saved; a printed brief of a few pages. Usage: node check.js PAGE… [--shots FOLDER]
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const given = process.argv.slice(2);
const at = given.indexOf("--shots");
const shots = at < 0 ? null : given.splice(at, 2)[1];
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } };
const failures = [];

function expect(holds, what) {
  if (!holds) failures.push(what);
}

async function accessible(page, what) {
  // Folded parts are looked at too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const violation of violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n    ");
    failures.push(`${what}: ${violation.id}: ${violation.help} (${violation.nodes.length} places)\n    ${nodes}`);
  }
}

async function figures(page, what) {
  const frame = page.locator("figure:has(.spot) .picture").first();
  const said = page.locator("figure:has(.spot) .said").first();
  // What a figure says is unpacked when it is first asked for.
  const telling = () => page.waitForFunction(() => /\d/.test(document.querySelector("figure:has(.spot) .said").textContent));
  await frame.focus();
  await telling();
  const first = await said.textContent();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((before) => document.querySelector("figure:has(.spot) .said").textContent !== before, first);
  const second = await said.textContent();
  expect(/\d/.test(first) && first !== second, `${what}: a figure does not say its numbers by key: ${first} | ${second}`);
  await frame.evaluate((each) => each.blur());
  await frame.locator("svg").hover({ position: { x: 150, y: 200 } });
  await telling();
  expect(/\d/.test(await said.textContent()), `${what}: a figure does not say its numbers when pointed at`);
  for (const [label, start] of [["SVG", "<svg"], ["PNG", "\u0089PNG"], ["CSV", "\ufeff"]]) {
    const saved = page.waitForEvent("download");
    await page.locator("figure:has(.spot)").first().getByRole("button", { name: label }).click();
    const download = await saved;
    const bytes = readFileSync(await download.path());
    const text = bytes.toString(label === "PNG" ? "latin1" : "utf8");
    // What other programs read has its colours with each element, as they know no style sheet of the page.
    if (label === "SVG") expect(/<text[^>]* fill=/.test(text) && !/ class=/.test(text), `${what}: ${download.suggestedFilename()} lacks its colours`);
    if (label === "CSV") expect(text.split("\n").length > 2, `${what}: ${download.suggestedFilename()} has no rows`);
    expect(text.startsWith(start) && text.length > 100, `${what}: ${download.suggestedFilename()} is no ${label}`);
  }
}

// The goals stand before all else, each with words for its chance, and dots that agree with its number.
async function firstScreen(page, what, colorScheme) {
  const { goals, after, ground } = await page.evaluate(() => ({
    goals: [...document.querySelectorAll(".goals .chance")].map((each) => ({
      words: each.querySelector("b").textContent,
      full: each.querySelectorAll(".dots i.full").length,
      exact: Number.parseFloat(each.querySelector(".exact")?.textContent),
    })),
    after: [...document.querySelectorAll("main h2")].findIndex((each) => each.id === "goals"),
    ground: getComputedStyle(document.querySelector(".picture rect") ?? document.body).fill,
  }));
  expect(goals.length > 0 && after === 0, `${what}: the page does not begin with its goals`);
  for (const { words, full, exact } of goals) {
    expect(words.trim() !== "", `${what}: a goal without words for its chance`);
    expect(!(exact >= 0) || Math.abs(full - exact / 10) <= 0.51, `${what}: ${full} dots for ${exact} %`);
  }
  const bright = Number(/\d+/.exec(ground)?.[0]) > 128;
  expect(bright === (colorScheme === "light"), `${what}: the ground of a figure is ${ground}`);
  for (const link of await page.locator("nav a").evaluateAll((all) => all.map((each) => each.hash.slice(1)))) {
    expect(await page.evaluate((id) => document.getElementById(id) !== null, link), `${what}: nothing at #${link}`);
  }
}

async function check(browser, file, name, viewport, colorScheme) {
  const what = `${basename(file)}, ${name}, ${colorScheme}`;
  const context = await browser.newContext({ viewport, colorScheme, bypassCSP: false });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    expect(/^(file|data|blob):/.test(url), `${what}: the page asks for ${url}`);
  });
  page.on("pageerror", (error) => failures.push(`${what}: ${error}`));
  page.on("console", (message) => expect(message.type() !== "error", `${what}: ${message.text()}`));
  await page.goto(pathToFileURL(resolve(file)).href);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider <= 0, `${what}: the page is ${wider} pixels wider than the window`);
  if (shots) await page.screenshot({ path: `${shots}/${basename(file, ".html")}-${name}-${colorScheme}.png`, fullPage: false });
  await firstScreen(page, what, colorScheme);
  await figures(page, what);
  await accessible(page, what);
  await context.close();
}

async function print(browser, file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  // A4 within its margins, in CSS pixels: no table may be wider than that.
  await page.setViewportSize({ width: 672, height: 1000 });
  await page.emulateMedia({ media: "print" });
  const brief = await page.pdf({ preferCSSPageSize: true });
  if (shots) writeFileSync(`${shots}/${basename(file, ".html")}-brief.pdf`, brief);
  const pages = (brief.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  expect(pages >= 1 && pages <= 4, `${basename(file)}, printed: the brief has ${pages} pages`);
  await page.evaluate(() => { document.getElementById("print-all").checked = true; });
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  const cut = await page.evaluate(() => [...document.querySelectorAll("table, figure svg")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => `${each.tagName} ${each.textContent.trim().slice(0, 60)}: ${Math.round(each.getBoundingClientRect().right)} px`));
  for (const each of cut) failures.push(`${basename(file)}, printed: cut off: ${each}`);
  if (shots) await page.pdf({ path: `${shots}/${basename(file, ".html")}.pdf`, preferCSSPageSize: true });
  await page.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const file of given) {
  for (const [name, viewport] of Object.entries(sizes)) {
    for (const scheme of ["light", "dark"]) await check(browser, file, name, viewport, scheme);
  }
  await print(browser, file);
}
await browser.close();
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
console.log(`${given.length} pages: no violation of accessibility, nothing fetched, nothing cut off`);
