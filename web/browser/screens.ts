/** Takes the pictures of docs/screens: `cargo xtask screens`. Not a test: what changed is for a person to look at. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, charted, launch, play, program, Server, visit, type GameIs } from './harness.ts';
import { SHOT_BYTES_MOST, SHOTS, type Shot } from './shots.ts';

const OUT = resolve(import.meta.dirname, '../../docs/screens');
const SIZE = { width: 1440, height: 860 };
const FINENESS = [86, 76, 64, 50, 36];

const server = new Server();
const folder = mkdtempSync(join(tmpdir(), 'jumpline-screens-'));
const taken = new Set<Shot>();
let browser: Browser;
let dark: Page;
let light: Page;
/** Wars that the pictures show: a small one some turns old, a great one, and one just begun. */
let small: GameIs;
let great: GameIs;
let fresh: GameIs;

beforeAll(async () => {
  await server.start();
  browser = await launch();
  dark = (await visit(browser, SIZE)).page;
  light = (await visit(browser, { ...SIZE, settings: { theme: 'light' } })).page;
  fresh = await begin(server, 'first-light', 1);
  small = await begin(server, 'first-light', 1);
  await play(server, small.id, 1, 11);
  const pagalis = { kind: 'scenario', key: 'pagalis' };
  const kvash = await powerOf('pagalis', 'kvash');
  great = await server.ask<GameIs>('POST', '/api/games', {
    source: pagalis,
    seats: [kvash],
    seed: '1',
    start: true,
  });
  await play(server, great.id, kvash, 14);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function powerOf(key: string, power: string): Promise<number> {
  const { scenarios } = await server.ask<{
    scenarios: { key: string; powers: { key: string; power: number }[] }[];
  }>('GET', '/api/scenarios');
  const found = scenarios.find((one) => one.key === key)?.powers.find((one) => one.key === power);
  if (!found) throw new Error(`${key} has no ${power}`);
  return found.power;
}

/** Takes a picture of what the page shows, as finely as its size allows. */
async function shot(page: Page, name: Shot): Promise<void> {
  await page.waitForTimeout(700);
  const devtools = await page.context().newCDPSession(page);
  for (const quality of FINENESS) {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality });
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > SHOT_BYTES_MOST && quality !== FINENESS.at(-1)) continue;
    expect(bytes.length, name).toBeLessThanOrEqual(SHOT_BYTES_MOST);
    mkdirSync(OUT, { recursive: true });
    writeFileSync(join(OUT, `${name}.webp`), bytes);
    break;
  }
  await devtools.detach();
  taken.add(name);
}

async function open(page: Page, place: string): Promise<void> {
  await page.goto(`${server.base}/${place}`);
}

async function chart(page: Page, game: GameIs): Promise<void> {
  await open(page, `#/war/${game.id}/chart`);
  await charted(page);
}

/** Goes somewhere by the palette. */
async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.type(words);
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

it('the lobby', async () => {
  for (const [page, name] of [
    [dark, 'lobby'],
    [light, 'lobby-light'],
  ] as const) {
    await open(page, '');
    await page.getByRole('button', { name: 'Begin' }).waitFor();
    await shot(page, name);
  }
  await open(dark, '#/new/pagalis');
  await dark.getByRole('checkbox', { name: /alone/ }).uncheck();
  await dark.getByText('More options').click();
  await dark.getByRole('button', { name: 'Open the table' }).scrollIntoViewIfNeeded();
  await shot(dark, 'new-war');
});

it('the first minute', async () => {
  const { page } = await visit(browser, { ...SIZE, toured: false });
  await chart(page, fresh);
  const tour = page.getByRole('region', { name: 'First minute' });
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByText('Choose one of your groups').waitFor();
  await shot(page, 'tour');
  await page.context().close();
});

it('orders', async () => {
  await chart(dark, fresh);
  await dark.getByRole('button', { name: /The second squadron/ }).click();
  await dark.getByRole('button', { name: 'Move', exact: true }).click();
  await dark.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
  await dark.getByText(/^Arrives/).waitFor();
  await shot(dark, 'orders');
  await dark.keyboard.press('Escape');
});

it('the table', async () => {
  const { id } = await server.ask<GameIs>('POST', '/api/games', {
    source: { kind: 'scenario', key: 'first-light' },
    seats: [1],
    seed: '1',
    settings: { deadline_s: 86_400, watching: 'late', watch_delay_turns: 2 },
  });
  const say = (text: string, power: number | null) =>
    server.ask('POST', `/api/games/${id}/chat`, { text, power });
  await say('Seats are open until Friday; the link is in your letter.', null);
  await say('The Accord has asked for nothing but to be left alone.', 1);
  await open(dark, `#/war/${id}/table`);
  await dark.getByRole('heading', { name: 'Seats' }).waitFor();
  await dark.getByRole('button', { name: /Invite a player for the Amber League/ }).click();
  await dark.locator('[data-link]').waitFor();
  await shot(dark, 'table');
});

it('time', async () => {
  await chart(dark, small);
  await dark.getByText('turn 11 of').waitFor();
  const scrub = dark.getByRole('slider', { name: 'Turn looked at' });
  await scrub.focus();
  for (let n = 0; n < 3; n += 1) await dark.keyboard.press('ArrowLeft');
  await dark.getByText('turn 8 of').waitFor();
  await shot(dark, 'time');
  await dark.getByRole('button', { name: 'Back to now' }).click();
});

it('the chronicle', async () => {
  for (const [page, name] of [
    [dark, 'chronicle'],
    [light, 'chronicle-light'],
  ] as const) {
    await open(page, `#/war/${small.id}/chronicle`);
    await page.waitForSelector('.event');
    await shot(page, name);
  }
});

it('a galaxy', async () => {
  const galaxy = await server.ask<GameIs>('POST', '/api/games', {
    source: { kind: 'generated', systems: 600, powers: 8, seed: '11' },
    seats: [0],
    seed: '1',
    start: true,
  });
  await play(server, galaxy.id, 0, 6);
  await chart(dark, galaxy);
  await dark.getByRole('application').focus();
  await dark.keyboard.press('Home');
  await dark.waitForTimeout(1500);
  // The ring of the focus is for whoever has no pointer.
  await dark.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await shot(dark, 'chart');
});

it('a system and a body of it', async () => {
  await chart(dark, great);
  await shot(dark, 'system');
  await find(dark, 'varasiss');
  await dark.waitForTimeout(1500);
  await shot(dark, 'body');
  await dark.keyboard.press('Control+k');
  await dark.locator('dialog[open]').waitFor();
  await dark.keyboard.type('kv');
  await shot(dark, 'palette');
  await dark.keyboard.press('Escape');
  await chart(light, great);
  await shot(light, 'chart-light');
});

it('forces', async () => {
  for (const [page, game, part, name] of [
    [dark, great, 'ships', 'forces'],
    [dark, small, 'people', 'people'],
    [light, great, 'groups', 'forces-light'],
  ] as const) {
    await open(page, `#/war/${game.id}/forces/${part}`);
    await page.locator('table').waitFor();
    await shot(page, name);
  }
});

/** Waits for a replay and goes to a moment of it. */
async function moment(page: Page, share: number): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Moment of the battle' });
  await slider.waitFor();
  await slider.evaluate((input: HTMLInputElement, at) => {
    input.value = String(Number(input.max) * at);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, share);
  await page.getByRole('button', { name: 'Everybody in sight' }).click();
  await page.waitForTimeout(1500);
}

it('battles', async () => {
  await open(dark, `#/war/${great.id}/battle`);
  await dark.waitForSelector('.battle');
  await shot(dark, 'battles');
  await open(dark, `#/war/${small.id}/battle`);
  await dark.waitForSelector('a.battle');
  const href = await dark.locator('a.battle').last().getAttribute('href');
  for (const [page, name] of [
    [dark, 'battle'],
    [light, 'battle-light'],
  ] as const) {
    await open(page, href ?? '');
    await moment(page, 0.35);
    await shot(page, name);
  }
});

it('a great battle from its record', async () => {
  const file = join(folder, 'battle.arrow');
  const sides = ['hycre:destroyer*300+hycre:cruiser*200', 'cajdital:cajdital-cruiser*1200'];
  execFileSync(program(), ['duel', ...sides, '--runs', '1', '--record', file], { stdio: 'ignore' });
  await open(dark, '#/record');
  await dark.setInputFiles('input[type=file]', file);
  await moment(dark, 1 / 6);
  await shot(dark, 'record');
});

it('leaves no picture out and none behind', () => {
  expect(Object.keys(SHOTS).filter((name) => !taken.has(name as Shot))).toEqual([]);
  for (const name of readdirSync(OUT)) {
    const known = name.endsWith('.webp') && name.slice(0, -'.webp'.length) in SHOTS;
    if (!known) rmSync(join(OUT, name));
  }
});
