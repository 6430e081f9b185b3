/** Two players and a spectator in one war, each in a browser of their own. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { charted, launch, Server, visit } from './harness.ts';

const server = new Server(['--accounts']);
let one: Browser;
let two: Browser;
beforeAll(async () => {
  await server.start();
  [one, two] = await Promise.all([launch(), launch()]);
});
afterAll(async () => {
  await one?.close();
  await two?.close();
  await server.stop();
});

async function register(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'I have no account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(`a long secret of ${name}`);
  await page.getByRole('button', { name: 'Make an account' }).click();
}

async function link(page: Page, button: string): Promise<string> {
  const before = await page
    .locator('[data-link]')
    .inputValue()
    .catch(() => '');
  await page.getByRole('button', { name: button }).click();
  await expect
    .poll(
      () =>
        page
          .locator('[data-link]')
          .inputValue()
          .catch(() => ''),
      { timeout: 10_000 },
    )
    .not.toBe(before);
  return page.locator('[data-link]').inputValue();
}

it('play a turn together; talk is text; the spectator sees it', async () => {
  const host = await visit(one);
  await host.page.goto(server.base);
  await register(host.page, 'Ada');
  await host.page.getByRole('radio', { name: /First light/ }).check();
  await host.page.getByRole('checkbox', { name: /alone/ }).uncheck();
  await host.page.getByText('More options').click();
  await host.page.getByRole('combobox', { name: /Spectators/ }).selectOption('late');
  await host.page.getByRole('spinbutton', { name: /Turns late/ }).fill('0');
  await host.page.getByRole('button', { name: 'Open the table' }).click();
  await host.page.getByRole('heading', { name: 'Seats' }).waitFor();
  const seat = await link(host.page, 'Invite a player for the Amber League');
  const watch = await link(host.page, 'Invite a spectator');

  const guest = await visit(two);
  await guest.page.goto(seat);
  await register(guest.page, 'Bel');
  await guest.page.getByRole('button', { name: 'Take the seat' }).click();
  await guest.page.getByText('gathering').first().waitFor();

  const third = await visit(two);
  await third.page.goto(watch);
  await register(third.page, 'Cay');
  await third.page.getByRole('button', { name: 'Watch', exact: true }).click();

  await host.page.getByRole('cell', { name: 'Bel' }).waitFor();
  await host.page.getByRole('button', { name: 'Start the war' }).click();
  await host.page.getByText('orders are taken').waitFor();

  // Markup is what was typed, on every screen.
  const text = '<img src=x onerror="document.title=1"> & <b>hello</b>';
  await host.page.getByPlaceholder('Say something').fill(text);
  await host.page.getByRole('button', { name: 'Say', exact: true }).click();
  for (const { page } of [host, guest]) {
    await page.getByRole('link', { name: 'Table' }).click();
    await page.getByRole('log').getByText(text).waitFor();
    expect(await page.locator('[role=log] img, [role=log] b').count()).toBe(0);
  }

  for (const { page } of [host, guest]) {
    await page.getByRole('link', { name: 'Chart' }).click();
    await charted(page);
  }
  // Each sees the own side alone.
  await host.page
    .getByRole('button', { name: /The guard of Hearth/ })
    .first()
    .waitFor();
  expect(await guest.page.getByRole('button', { name: /The guard of Hearth/ }).count()).toBe(0);
  await guest.page.getByRole('button', { name: /The Amber fleet/ }).waitFor();

  await host.page.getByRole('button', { name: 'End turn' }).click();
  await host.page.getByText('Ended; waiting for 1 other').waitFor();
  await guest.page.getByRole('button', { name: 'End turn' }).click();
  for (const { page } of [host, guest]) {
    await page.getByText('turn 1 of').waitFor({ timeout: 60_000 });
  }
  await third.page.getByRole('link', { name: 'Chart' }).click();
  await third.page.getByText('turn 1 of').waitFor({ timeout: 60_000 });
  expect(await third.page.getByRole('button', { name: 'End turn' }).count()).toBe(0);
  expect([...host.complaints, ...guest.complaints]).toEqual([]);
});
