/** What is drawn, and how fast: a galaxy of 2,000 systems, and a battle of 5,000 ships in three dimensions. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { charted, launch, program, Server, visit, type GameIs } from './harness.ts';

const server = new Server();
const folder = mkdtempSync(join(tmpdir(), 'jumpline-pictures-'));
let browser: Browser;
beforeAll(async () => {
  await server.start();
  // Plain drawing by the processor: a graphics card made of software would be measured instead of us.
  browser = await launch(['--disable-accelerated-2d-canvas']);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function share(values: number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? 0;
}

/** Drags for a while and tells what every frame cost. */
async function frames(page: Page, count: number): Promise<{ between: number[]; paint: number[] }> {
  return page.evaluate(async (many) => {
    const surface = document.querySelector('[role=application]');
    const canvas = surface?.querySelector('canvas');
    if (!surface || !canvas) throw new Error('no chart');
    const box = surface.getBoundingClientRect();
    const send = (kind: string, x: number, y: number) =>
      surface.dispatchEvent(
        new PointerEvent(kind, {
          bubbles: true,
          pointerId: 1,
          button: 0,
          clientX: box.left + x,
          clientY: box.top + y,
        }),
      );
    Element.prototype.setPointerCapture = () => {};
    send('pointerdown', 420, 330);
    const [between, paint]: [number[], number[]] = [[], []];
    let last = performance.now();
    for (let n = 0; n < many; n += 1) {
      send('pointermove', 420 + Math.sin(n / 9) * 160, 330 + Math.cos(n / 7) * 90);
      await new Promise((good) => requestAnimationFrame(good));
      const now = performance.now();
      between.push(now - last);
      paint.push(Number(canvas.dataset['paint']));
      last = now;
    }
    send('pointerup', 420, 330);
    return { between: between.slice(5), paint: paint.slice(5) };
  }, count);
}

it('a chart of 2,000 systems follows the hand', async () => {
  const game = await server.ask<GameIs>('POST', '/api/games', {
    source: { kind: 'generated', systems: 2000, powers: 12, seed: '7' },
    seats: [0],
    seed: '1',
    start: true,
  });
  const { page, complaints } = await visit(browser, { width: 1280, height: 720 });
  await page.goto(`${server.base}/#/war/${game.id}/chart`);
  await charted(page);
  await page.waitForTimeout(500);
  const { between, paint } = await frames(page, 60);
  const told = (values: number[]) =>
    `least ${share(values, 0).toFixed(1)}, median ${share(values, 0.5).toFixed(1)}, 95 % ${share(values, 0.95).toFixed(1)} ms`;
  const [load = 0] = loadavg();
  const processors = cpus().length;
  console.log(
    `2,000 systems, drawn by the processor: painting ${told(paint)}; between frames ${told(between)}; load ${load.toFixed(1)} on ${processors}`,
  );
  // A figure for a machine without a graphics card is printed, not held; what is held is that a hand can follow at all.
  expect(share(paint, 0)).toBeLessThan(200);
  expect(complaints).toEqual([]);
});

interface Pixels {
  blue: number;
  red: number;
  lit: number;
  sum: number;
}

/** Counts what is on the stage: pixels near the colours of the two sides, and all that are not the ground. */
async function pixels(page: Page): Promise<Pixels> {
  return page.evaluate(() => {
    const stage = document.querySelector<HTMLCanvasElement>('[role=application] canvas');
    if (!stage) throw new Error('no stage');
    const copy = document.createElement('canvas');
    copy.width = stage.width;
    copy.height = stage.height;
    const ctx = copy.getContext('2d');
    if (!ctx) throw new Error('no copy');
    ctx.drawImage(stage, 0, 0);
    const { data } = ctx.getImageData(0, 0, copy.width, copy.height);
    const found = { blue: 0, red: 0, lit: 0, sum: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
      if (r + g + b < 90) continue;
      found.lit += 1;
      found.sum += ((at / 4) % 9973) * (r + 2 * g + 3 * b);
      if (b > r + 25) found.blue += 1;
      if (r > b + 25) found.red += 1;
    }
    return found;
  });
}

it('a battle of 5,000 ships is drawn, moves, and thins out', async () => {
  const file = join(folder, 'battle.arrow');
  execFileSync(
    program(),
    [
      'duel',
      'hycre:destroyer*1000+hycre:cruiser*500',
      'cajdital:cajdital-cruiser*3500',
      '--runs',
      '1',
      '--record',
      file,
    ],
    { stdio: 'ignore', timeout: 100_000 },
  );
  console.log(`a record of 5,000 ships: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  const { page, complaints } = await visit(browser, { width: 960, height: 540 });
  await page.goto(`${server.base}/#/record`);
  await page.setInputFiles('input[type=file]', file);
  const canvas = page.locator('[role=application] canvas');
  await expect
    .poll(async () => Number(await canvas.getAttribute('data-ships').catch(() => 0)), {
      timeout: 60_000,
    })
    .toBeGreaterThanOrEqual(5000);
  await page.waitForTimeout(400);
  const first = await pixels(page);
  // Both sides are there, and much of the stage is empty space.
  expect(first.blue).toBeGreaterThan(300);
  expect(first.red).toBeGreaterThan(600);
  expect(first.lit).toBeLessThan(400_000);

  const slider = page.getByRole('slider', { name: 'Moment of the battle' });
  const last = Number(await slider.getAttribute('max'));
  const seek = async (to: number) => {
    const before = await canvas.getAttribute('data-frames');
    await slider.evaluate((input: HTMLInputElement, value) => {
      input.value = String(value);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, to);
    await expect.poll(() => canvas.getAttribute('data-frames')).not.toBe(before);
  };
  await seek(last / 8);
  const second = await pixels(page);
  expect(second.sum).not.toBe(first.sum);
  await seek(last);
  const fewer = Number(await canvas.getAttribute('data-ships'));
  expect(fewer).toBeLessThan(5000);

  await seek(0);
  await page.getByRole('button', { name: 'Play from here' }).click();
  const cost = await page.evaluate(async () => {
    const stage = document.querySelector<HTMLCanvasElement>('[role=application] canvas');
    const [between, paint]: [number[], number[]] = [[], []];
    let before = performance.now();
    for (let n = 0; n < 60; n += 1) {
      await new Promise((good) => requestAnimationFrame(good));
      between.push(performance.now() - before);
      before = performance.now();
      paint.push(Number(stage?.dataset['paint']));
    }
    return { between, paint };
  });
  console.log(
    `5,000 ships, software drawing: script and drawing calls median ${share(cost.paint, 0.5).toFixed(1)} ms, between frames median ${share(cost.between, 0.5).toFixed(1)} ms`,
  );
  await page.getByRole('region', { name: 'Who killed whom' }).waitFor();
  expect(complaints).toEqual([]);
});
