/** A war that is played in a terminal is followed in the browser while it is played: `jumpline run --watch`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, beforeAll, afterAll, expect, it } from 'vitest';
import { charted, launch, program, visit } from './harness.ts';

let browser: Browser;
let child: ChildProcess | null = null;
const folder = mkdtempSync(join(tmpdir(), 'jumpline-watch-test-'));
beforeAll(async () => {
  browser = await launch();
});
afterEach(() => {
  child?.kill('SIGKILL');
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a run and gives the address of its page, and what becomes of it. */
async function run(
  words: string[],
): Promise<{ page: string; told: string[]; gone: Promise<number | null> }> {
  const started = spawn(program(), ['run', 'first-light', '--watch', '--no-open', ...words], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const told: string[] = [];
  started.stdout.on('data', (chunk: Buffer) => told.push(chunk.toString()));
  const gone = new Promise<number | null>((good) => started.once('exit', good));
  const page = await new Promise<string>((good, bad) => {
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /open (http:\S+)/.exec(said);
      if (found?.[1]) good(found[1]);
    });
    started.once('exit', (code) => bad(new Error(`the run ended with ${code}: ${said}`)));
  });
  return { page, told, gone };
}

it('follows a war turn after turn, looks back while it goes on, and sees its end', async () => {
  const war = await run(['--pace', '0.7']);
  const { page, complaints } = await visit(browser);
  await page.goto(war.page);
  await charted(page);
  await page.getByText('The turn is being played').first().waitFor();
  const bar = page.getByText(/turn \d+ of 20/).first();
  const turn = async () => Number(/turn (\d+)/.exec((await bar.textContent()) ?? '')?.[1]);
  const first = await turn();
  // It moves by itself, and before the war is over.
  await expect.poll(turn, { timeout: 30_000 }).toBeGreaterThan(first + 1);
  expect(await turn()).toBeLessThan(20);
  expect(await page.getByRole('button', { name: 'End turn' }).count()).toBe(0);

  // What was stays put while the war goes on.
  const scrub = page.getByRole('slider', { name: 'Turn looked at' });
  await scrub.focus();
  await page.keyboard.press('Home');
  await page.getByText('turn 0 of').waitFor();
  await page.waitForTimeout(2_000);
  expect(await turn()).toBe(0);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect.poll(turn).toBeGreaterThan(first + 2);

  // Through others' eyes.
  await page.getByRole('combobox').first().selectOption({ label: 'The Blue Accord' });
  await page.getByRole('button', { name: /The guard of Hearth/ }).waitFor();

  await page.getByText('turn 20 of').waitFor({ timeout: 60_000 });
  await page.getByText('over', { exact: true }).waitFor();
  await expect.poll(() => war.told.join('')).toContain('## Forces');
  child?.kill('SIGINT');
  expect(await war.gone).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  expect(complaints.filter((one) => !/WebSocket|ERR_CONNECTION/.test(one))).toEqual([]);
});

it('as a power sees what that power knows, and may take over by a fork', async () => {
  const war = await run(['--pace', '0', '--as', 'amber-league']);
  const { page } = await visit(browser);
  await page.goto(war.page);
  await charted(page);
  await page.getByText('turn 20 of').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /The Amber fleet/ }).waitFor();
  expect(await page.getByRole('option', { name: 'The Blue Accord' }).count()).toBe(0);
  const scrub = page.getByRole('slider', { name: 'Turn looked at' });
  await scrub.focus();
  await page.keyboard.press('Home');
  await page.getByText('turn 0 of').waitFor();
  await page.getByRole('button', { name: 'Fork here' }).click();
  await page.waitForURL((url) => !war.page.includes(url.hash));
  await charted(page);
  await page.getByRole('button', { name: 'End turn' }).click();
  await page.getByText('turn 1 of').waitFor({ timeout: 60_000 });
});
