/** A war that is really fought: what the commander proposes, orders that are kept and put in order, the battle that came of it. */
import type { Browser, Page } from 'playwright-core';
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

/** The Blue Accord, which has a world to hold and a squadron on its way home. */
const ACCORD = 1;

async function seated(page: Page): Promise<string> {
  const game = await begin(server, 'first-light', ACCORD);
  await page.goto(`${server.base}/#/war/${game.id}/chart`);
  await charted(page);
  return game.id;
}

it('hears what the commander proposes, and has the last word', async () => {
  const { page, complaints } = await visit(browser, { height: 1000 });
  await seated(page);
  const advice = page.getByRole('region', { name: 'The commander’s advice' });
  await advice.getByText('Proposals: 1').waitFor();
  await advice.getByText('There is nowhere to fall back to.').waitFor();

  await advice.getByRole('button', { name: 'Veto: The guard of Hearth' }).click();
  await advice.getByText('Proposals: 0').waitFor();
  await advice.getByText('Your wishes').click();
  await advice.getByRole('button', { name: 'Hear 1 again' }).click();
  await advice.getByText('Proposals: 1').waitFor();

  await advice.getByRole('button', { name: 'Accept: The guard of Hearth' }).click();
  await page.getByText('Ordered this turn: 1').waitFor();
  await advice.getByText('Proposals: 0').waitFor();
  await page.getByRole('button', { name: 'Take back the last order' }).click();
  await page.getByText('Ordered this turn: 0').waitFor();
  await advice.getByText('Proposals: 1').waitFor();

  await advice.getByRole('button', { name: 'Leave The guard of Hearth to me' }).click();
  await advice.getByText('Proposals: 0').waitFor();
  await advice.getByText('The guard of Hearth is yours alone').waitFor();

  // From the next turn on it acts by itself; what it has ordered can be taken back in one step.
  await advice.getByRole('combobox').selectOption({ label: 'order, unless vetoed' });
  for (const turn of [1, 2, 3]) await endTurn(page, turn);
  await page.getByText('Ordered this turn: 3').waitFor();
  await page.getByText('Two halves make a fleet, if they meet in time.').first().waitFor();
  await page.getByRole('button', { name: 'Take back the last order' }).click();
  await page.getByText('Ordered this turn: 0').waitFor();
  expect(complaints).toEqual([]);
});

it('puts a queue in order, keeps it as a template and gives it to another group', async () => {
  const { page, complaints } = await visit(browser, { height: 1000 });
  await seated(page);
  await page.getByRole('button', { name: /The second squadron/ }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
  await page.getByRole('button', { name: 'Give order' }).click();
  const queue = page.getByRole('list', { name: 'What it is told, in this order' });
  await queue.getByText("Move to Hearth's star").waitFor();
  await page.getByRole('button', { name: 'Guard', exact: true }).click();
  await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: 'Hearth' });
  await page.getByRole('checkbox', { name: 'after what it is doing' }).check();
  await page.getByRole('button', { name: 'Give order' }).click();
  await page.getByText('Ordered this turn: 2').waitFor();
  const kinds = async () =>
    (await queue.getByRole('listitem').allTextContents()).map((one) => one.trim().split(' ')[0]);
  await expect.poll(kinds).toEqual(['Move', 'Guard']);

  await queue.getByRole('button', { name: 'Earlier: Guard Hearth' }).click();
  await expect.poll(kinds).toEqual(['Guard', 'Move']);
  await page.getByRole('button', { name: 'Take back the last order' }).click();
  await expect.poll(kinds).toEqual(['Move', 'Guard']);

  await page.getByRole('button', { name: 'Keep as a template' }).click();
  await page.getByRole('textbox', { name: 'Name of the template' }).fill('homewards');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page
    .getByRole('button', { name: /The guard of Hearth/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Apply homewards to The guard of Hearth' }).click();
  await page.getByText('Ordered this turn: 4').waitFor();
  await page.getByText('By the template “homewards”').first().waitFor();
  // Applied as one, undone as one.
  await page.getByRole('button', { name: 'Take back the last order' }).click();
  await page.getByText('Ordered this turn: 2').waitFor();

  // It is there again in another war, and forgetting it can be taken back too.
  await seated(page);
  await page.getByRole('button', { name: /The second squadron/ }).click();
  await page.getByRole('button', { name: 'Forget the template homewards' }).click();
  await page.getByRole('button', { name: 'Take the last change back' }).click();
  await page.getByRole('button', { name: 'Apply homewards to The second squadron' }).waitFor();
  expect(complaints).toEqual([]);
});

it('offers what can be ordered at a place, and says why not', async () => {
  const { page, complaints } = await visit(browser);
  await seated(page);
  await page.getByRole('button', { name: /The second squadron/ }).click();
  const chart = page.getByRole('application');
  await chart.focus();
  await page.keyboard.press('Home');
  // Over the chart by keys alone, to a place where something can be ordered.
  const menu = page.getByRole('menu', { name: 'What can be ordered here' });
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown']) {
    if (await menu.isVisible()) break;
    await page.keyboard.press(key);
    await page.keyboard.press('Shift+Enter');
    await page.waitForTimeout(150);
  }
  await menu.waitFor();
  await menu.getByText('There are no mines aboard.').waitFor();
  // The first entry has been thought of: its arrival stands at the head.
  await menu.locator('p small').waitFor();
  await menu.getByRole('menuitem', { name: /^Move/ }).click();
  await page.getByText('Ordered this turn: 1').waitFor();
  expect(complaints).toEqual([]);
});

it('replays its own battle from the story and from the chart, at a moment that can be shared', async () => {
  const { page, complaints } = await visit(browser, { width: 1280, height: 900 });
  const game = await seated(page);
  await play(server, game, ACCORD, 9);
  await page.getByText('turn 9 of').waitFor();

  // From the chart: the world that was fought over knows the battle.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hearth');
  await page
    .getByRole('option', { name: /^Hearth(?!'s)/ })
    .first()
    .click();
  const beside = page.getByRole('region', { name: 'Selection and orders' });
  await beside.getByRole('link', { name: /lost/ }).first().waitFor();

  // From the story: because of what, and the battle itself.
  await page.getByRole('link', { name: 'Chronicle' }).click();
  const story = page.getByRole('region', { name: 'Chronicle' });
  await story.getByRole('button', { name: 'because…' }).first().click();
  await story.locator('.why li').first().waitFor();
  await page
    .getByRole('complementary', { name: 'People and battles' })
    .getByText('Ines Harrow')
    .click();
  await page.waitForFunction(() => location.hash.includes('chronicle/'));
  await page.getByRole('button', { name: 'everybody' }).click();
  await story.getByRole('link', { name: 'the battle' }).last().click();

  const canvas = page.locator('[role=application] canvas[data-ships]');
  await expect
    .poll(async () => Number(await canvas.getAttribute('data-ships').catch(() => 0)), {
      timeout: 60_000,
    })
    .toBeGreaterThan(10);
  // Who of a name fights there, and who killed whom.
  await page.getByRole('region', { name: 'Names' }).getByText('Ines Harrow').waitFor();

  const slider = page.getByRole('slider', { name: 'Moment of the battle' });
  await slider.evaluate((input: HTMLInputElement) => {
    input.value = String(Number(input.max) / 3);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.getByRole('region', { name: 'Who killed whom' }).waitFor();
  const moment = await slider.getAttribute('aria-valuetext');
  await page.getByRole('button', { name: 'Link to this moment' }).click();
  await page.waitForFunction(() => /at=\d+.*from=/.test(location.hash));
  const address = page.url();
  const again = await visit(browser, { width: 1280, height: 900 });
  await again.page.goto(address);
  await expect
    .poll(
      () =>
        again.page
          .getByRole('slider', { name: 'Moment of the battle' })
          .getAttribute('aria-valuetext'),
      {
        timeout: 60_000,
      },
    )
    .toBe(moment);
  expect(complaints).toEqual([]);
});
