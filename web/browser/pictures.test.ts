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

interface Frames {
  between: number[];
  paint: number[];
  /** How many of the frames were drawn from nothing: the rest are copies of a kept picture. */
  drawn: number;
}

/** Drags the chart, turns it or the wheel, for a while and tells what every frame cost; `nothing` is one pixel: the browser's own share. */
async function frames(
  page: Page,
  how: 'nothing' | 'drag' | 'turn' | 'wheel',
  count: number,
): Promise<Frames> {
  return page.evaluate(
    async ([how, many]) => {
      const surface = document.querySelector('[role=application]');
      const canvas = surface?.querySelector('canvas');
      if (!surface || !canvas) throw new Error('no chart');
      const box = surface.getBoundingClientRect();
      const at = (x: number, y: number) => ({
        bubbles: true,
        cancelable: true,
        clientX: box.left + x,
        clientY: box.top + y,
      });
      const dragged = how === 'drag' || how === 'turn';
      const point = (kind: string, x: number, y: number) =>
        surface.dispatchEvent(
          new PointerEvent(kind, { ...at(x, y), pointerId: 1, button: 0, altKey: how === 'turn' }),
        );
      Element.prototype.setPointerCapture = () => {};
      const [between, paint]: [number[], number[]] = [[], []];
      const before = Number(canvas.dataset['drawn']);
      if (dragged) point('pointerdown', 520, 330);
      let last = performance.now();
      for (let n = 0; n < many; n += 1) {
        if (dragged) {
          point('pointermove', 520 + Math.sin(n / 9) * 160, 330 + Math.cos(n / 7) * 90);
        } else if (how === 'wheel') {
          const deltaY = Math.sin(n / 20) > 0 ? -24 : 24;
          surface.dispatchEvent(new WheelEvent('wheel', { ...at(620, 330), deltaY }));
        } else canvas.getContext('2d')?.fillRect(1, 1, 1, 1);
        await new Promise((good) => requestAnimationFrame(good));
        const now = performance.now();
        between.push(now - last);
        paint.push(Number(canvas.dataset['paint']));
        last = now;
      }
      if (dragged) point('pointerup', 520, 330);
      const drawn = Number(canvas.dataset['drawn']) - before;
      return { between: between.slice(5), paint: paint.slice(5), drawn };
    },
    [how, count] as const,
  );
}

it('a chart of 2,000 systems follows the hand', async () => {
  const game = await server.ask<GameIs>('POST', '/api/games', {
    source: { kind: 'generated', systems: 2000, powers: 12, seed: '7' },
    seats: [0],
    seed: '1',
    start: true,
  });
  const told = (values: number[]) =>
    `least ${share(values, 0).toFixed(1)}, median ${share(values, 0.5).toFixed(1)}, 95 % ${share(values, 0.95).toFixed(1)} ms`;
  // Once with everything drawn by the processor, once with a graphics card made of software between us and the window.
  const plain = await launch([], true);
  try {
    for (const [name, eyes] of [
      ['by the processor', plain],
      ['through software GL', browser],
    ] as const) {
      const { page, complaints } = await visit(eyes, { width: 1280, height: 720 });
      await page.goto(`${server.base}/#/war/${game.id}/chart`);
      await charted(page);
      await page.waitForTimeout(500);
      const [load = 0] = loadavg();
      console.log(`2,000 systems, ${name}; load ${load.toFixed(1)} on ${cpus().length}`);
      for (const how of ['nothing', 'drag', 'wheel', 'turn'] as const) {
        const { paint, between, drawn } = await frames(page, how, 90);
        const ours =
          how === 'nothing' ? '' : `painting ${told(paint)}; drawn afresh ${drawn} of 90; `;
        console.log(`  ${how}: ${ours}between frames ${told(between)}`);
        held(how, paint, drawn);
      }
      // At rest nothing is drawn at all.
      const canvas = page.locator('[role=application] canvas');
      await page.waitForTimeout(400);
      const count = await canvas.getAttribute('data-frames');
      await page.waitForTimeout(400);
      expect(await canvas.getAttribute('data-frames')).toBe(count);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  } finally {
    await plain.close();
  }
});

/** A figure for one machine is printed, not held; what is held is that a hand can follow at all, and why it can: what is only moved is not
 * drawn again. */
function held(how: string, paint: number[], drawn: number): void {
  expect(share(paint, 0)).toBeLessThan(200);
  if (how === 'drag') expect(drawn).toBeLessThan(9);
  if (how === 'wheel') expect(drawn).toBeLessThan(45);
  if (how === 'turn') expect(drawn).toBeGreaterThan(60);
}

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
