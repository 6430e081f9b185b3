/** Takes the pictures of docs/screens: `cargo xtask screens`. Not a test: what changed is for a person to look at. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { it } from 'vitest';
import { begin, charted, launch, play, program, Server, visit, type GameIs } from './harness.ts';

const OUT = resolve(import.meta.dirname, '../../docs/screens');

it('takes a picture of every main screen', async () => {
  mkdirSync(OUT, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'jumpline-screens-'));
  const server = new Server();
  await server.start();
  const browser = await launch();
  const { page } = await visit(browser, { width: 1440, height: 860 });
  const shot = async (name: string) => {
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
  };
  try {
    const first = await begin(server, 'first-light', 1);
    await page.goto(server.base);
    await page.getByRole('button', { name: 'Begin' }).waitFor();
    await shot('lobby');

    await page.goto(`${server.base}/#/war/${first.id}/chart`);
    await charted(page);
    await page.getByRole('button', { name: /The second squadron/ }).click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('combobox', { name: /^Where/ }).selectOption({ label: "Hearth's star" });
    await page.getByText(/^Arrives/).waitFor();
    await shot('orders');

    await play(server, first.id, 1, 9);
    await page.getByText('turn 9 of').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Chronicle' }).click();
    await page.getByRole('region', { name: 'Chronicle' }).waitFor();
    await shot('chronicle');

    const pagalis = await begin(server, 'pagalis', 1);
    await play(server, pagalis.id, 1, 2);
    await page.goto(`${server.base}/#/war/${pagalis.id}/chart`);
    await charted(page);
    await shot('system');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('varasiss');
    await page.waitForTimeout(100);
    await page.keyboard.press('Enter');
    await shot('body');
    await page.goto(`${server.base}/#/war/${pagalis.id}/forces/ships`);
    await page.locator('table').waitFor();
    await shot('forces');

    const galaxy = await server.ask<GameIs>('POST', '/api/games', {
      source: { kind: 'generated', systems: 600, powers: 8, seed: '11' },
      seats: [0],
      seed: '1',
      start: true,
    });
    await page.goto(`${server.base}/#/war/${galaxy.id}/chart`);
    await charted(page);
    await shot('galaxy');

    const file = join(folder, 'battle.arrow');
    execFileSync(
      program(),
      [
        'duel',
        'hycre:destroyer*300+hycre:cruiser*200',
        'cajdital:cajdital-cruiser*1200',
        '--runs',
        '1',
        '--record',
        file,
      ],
      { stdio: 'ignore' },
    );
    await page.goto(`${server.base}/#/record`);
    await page.setInputFiles('input[type=file]', file);
    const slider = page.getByRole('slider', { name: 'Moment of the battle' });
    await slider.waitFor();
    await slider.evaluate((input: HTMLInputElement) => {
      input.value = String(Number(input.max) / 6);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.getByRole('button', { name: 'Everybody in sight' }).click();
    await shot('battle');

    const light = await visit(browser, { width: 1440, height: 860, settings: { theme: 'light' } });
    await light.page.goto(`${server.base}/#/war/${pagalis.id}/chart`);
    await charted(light.page);
    await light.page.waitForTimeout(500);
    await light.page.screenshot({ path: join(OUT, 'light.png') });
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
