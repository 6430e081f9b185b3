/** Every screen through axe, in both lights. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, charted, faults, launch, play, Server, visit } from './harness.ts';

const server = new Server();
let browser: Browser;
let game = '';
beforeAll(async () => {
  await server.start();
  browser = await launch();
  game = (await begin(server, 'first-light', 1)).id;
  await play(server, game, 1, 9);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});

const SCREENS: [name: string, path: string, ready: string][] = [
  ['lobby', '#/', 'text=A new war'],
  ['chart', '#/war/GAME/chart', 'canvas[data-frames]'],
  ['powers', '#/war/GAME/forces/powers', 'table'],
  ['groups', '#/war/GAME/forces/groups', 'table'],
  ['ships', '#/war/GAME/forces/ships', 'table'],
  ['people', '#/war/GAME/forces/people', 'table'],
  ['chronicle', '#/war/GAME/chronicle', '.event'],
  ['a life', '#/war/GAME/chronicle/ines-harrow', 'button:has-text("everybody")'],
  ['battles', '#/war/GAME/battle', '.battle'],
  ['table', '#/war/GAME/table', 'text=Seats'],
  ['record', '#/record', 'input[type=file]'],
  ['join', '#/join/nonsense', 'text=You have been invited'],
];

describe.each(['dark', 'light'])('%s', (theme) => {
  it('has no serious fault on any screen', async () => {
    const { page } = await visit(browser, { settings: { theme } });
    for (const [name, path, ready] of SCREENS) {
      await page.goto(`${server.base}/${path.replace('GAME', game)}`);
      await page.waitForSelector(ready, { timeout: 30_000 });
      expect(await faults(page), name).toEqual([]);
    }
  });
  it('has none in what opens over them', async () => {
    const { page } = await visit(browser, { settings: { theme }, toured: false });
    await page.goto(`${server.base}/#/war/${game}/chart`);
    await charted(page);
    expect(await faults(page), 'tour').toEqual([]);
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await page.locator('.outliner li button').first().click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    expect(await faults(page), 'orders').toEqual([]);
    for (const [key, name] of [
      ['Control+k', 'palette'],
      ['?', 'help'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator('dialog[open]').waitFor();
      expect(await faults(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.locator('dialog[open]').waitFor();
    expect(await faults(page), 'settings').toEqual([]);
  });
});

it('speaks German', async () => {
  const { page } = await visit(browser, { settings: { lang: 'de' } });
  await page.goto(`${server.base}/#/war/${game}/chart`);
  await charted(page);
  await page.getByRole('button', { name: 'Zug beenden' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
});
