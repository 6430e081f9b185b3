/** The past can be looked at and left by another way; a server that dies takes nothing acknowledged with it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, charted, endTurn, launch, play, Server, visit } from './harness.ts';

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

it('forks from the scrubber', async () => {
  const game = await begin(server, 'first-light', 1);
  await play(server, game.id, 1, 3);
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.base}/#/war/${game.id}/chart`);
  await charted(page);
  await page.getByText('turn 3 of').waitFor();
  const scrub = page.getByRole('slider', { name: 'Turn looked at' });
  await scrub.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByText('turn 1 of').waitFor();
  expect(await scrub.getAttribute('aria-valuetext')).toContain('Turn 1');
  // What was is not ordered about.
  expect(await page.getByRole('button', { name: 'Back to now' }).count()).toBe(1);
  await page.getByRole('button', { name: 'Fork here' }).click();
  await page.waitForURL((url) => !url.href.includes(game.id));
  await charted(page);
  await page.getByText('turn 1 of').waitFor();
  await endTurn(page, 2);
  const old = await server.ask<{ turn: number }>('GET', `/api/games/${game.id}`);
  expect(old.turn).toBe(3);
  expect(complaints).toEqual([]);
});

it('comes back when the server was killed, with every acknowledged order', async () => {
  const game = await begin(server, 'first-light', 1);
  const { page } = await visit(browser);
  await page.goto(`${server.base}/#/war/${game.id}/chart`);
  await charted(page);
  await page.getByRole('button', { name: /The second squadron/ }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
  await page.getByRole('button', { name: 'Give order' }).click();
  await page.getByText('Ordered this turn: 1').waitFor();

  await server.kill();
  await page.getByText('Connection lost').waitFor();
  // Given into the void: kept, and sent again.
  await page.getByRole('button', { name: /^The guard of Hearth \d/ }).click();
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await page.getByRole('button', { name: 'Give order' }).click();
  await page.getByText('not yet acknowledged').waitFor();

  await server.start();
  await page.getByText('Connection lost').waitFor({ state: 'detached', timeout: 30_000 });
  await page.getByText('not yet acknowledged').waitFor({ state: 'detached', timeout: 30_000 });
  await page.getByText("The second squadron: Move to Hearth's star").waitFor();
  await page.getByText('The guard of Hearth: Hold').waitFor();
  await endTurn(page, 1);
  await page.reload();
  await charted(page);
  await page.getByRole('button', { name: /The second squadron.*jumping/s }).waitFor();
});
