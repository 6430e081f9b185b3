/** What every browser test stands on: a server of our own in a folder of its own, and a browser that draws without a graphics card. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '../..');

/** The program under test: what the caller built, else what stands in the target folder. */
export function program(): string {
  const given = process.env['JUMPLINE'];
  const found = [given, join(ROOT, 'target/release/jumpline'), join(ROOT, 'target/debug/jumpline')];
  const path = found.find((one) => one !== undefined && existsSync(one));
  if (!path) throw new Error('build jumpline first: cargo build --release -p jumpline-cli');
  return path;
}

export class Server {
  readonly data: string;
  base = '';
  port = 0;
  private child: ChildProcess | null = null;
  private readonly words: string[];

  constructor(words: string[] = []) {
    this.data = mkdtempSync(join(tmpdir(), 'jumpline-browser-'));
    this.words = words;
  }

  /** Starts, on the same port as before if it ran before. */
  async start(): Promise<void> {
    const child = spawn(
      program(),
      ['serve', '--port', String(this.port), '--data', this.data, ...this.words],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child = child;
    const said: string[] = [];
    this.base = await new Promise<string>((good, bad) => {
      const hear = (chunk: Buffer) => {
        said.push(chunk.toString());
        const found = /listening on (http:\/\/[\d.:]+)/.exec(said.join(''));
        if (found?.[1]) good(found[1]);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.on('exit', (code) => bad(new Error(`the server ended with ${code}: ${said.join('')}`)));
    });
    this.port = Number(new URL(this.base).port);
  }

  /** As a power cut does it. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const gone = new Promise((good) => child.once('exit', good));
    child.kill('SIGKILL');
    await gone;
    this.child = null;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Asks the server as a client without a browser does. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.base + path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

/** `plain`: without a graphics card, not even one made of software; three dimensions cannot be drawn then. */
export function launch(more: string[] = [], plain = false): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      ...(plain ? ['--disable-gpu'] : ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']),
      ...more,
    ],
  });
}

/** A page of a person of their own. What the page complains of is kept: a test looks that it is nothing. */
export async function visit(
  browser: Browser,
  options: {
    width?: number;
    height?: number;
    toured?: boolean;
    settings?: Record<string, unknown>;
    scale?: number;
  } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const kept = { toured: options.toured ?? true, ...options.settings };
  await page.addInitScript((value) => {
    localStorage.setItem(
      'jumpline.settings',
      JSON.stringify({
        ...value,
        ...JSON.parse(localStorage.getItem('jumpline.settings') ?? '{}'),
      }),
    );
  }, kept);
  return { page, complaints };
}

/** Waits until the chart has been drawn. */
export async function charted(page: Page): Promise<void> {
  await page.waitForSelector('canvas[data-frames]', { timeout: 60_000 });
}

/** Ends the turn and waits for the next. */
export async function endTurn(page: Page, next: number): Promise<void> {
  await page.getByRole('button', { name: 'End turn' }).click();
  await page.getByText(`turn ${next} of`).waitFor({ timeout: 90_000 });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or worse. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: {
              id: string;
              impact: string;
              nodes: { html: string; failureSummary: string }[];
            }[];
          }>;
        };
      }
    ).axe.run();
    return found.violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
      );
  });
}

export interface GameIs {
  id: string;
  turn: number;
}

/** A war that is begun without the lobby. */
export function begin(server: Server, key: string, seat: number): Promise<GameIs> {
  return server.ask('POST', '/api/games', {
    source: { kind: 'scenario', key },
    seats: [seat],
    seed: '1',
    start: true,
  });
}

/** Plays turns without the browser. */
export async function play(
  server: Server,
  game: string,
  seat: number,
  turns: number,
): Promise<void> {
  let { turn } = await server.ask<GameIs>('GET', `/api/games/${game}`);
  const to = turn + turns;
  while (turn < to) {
    await server.ask('POST', `/api/games/${game}/seats/${seat}/ready`, {
      turn,
      ready: true,
    });
    for (let tries = 0; tries < 600; tries += 1) {
      const now = await server.ask<GameIs>('GET', `/api/games/${game}`);
      if (now.turn > turn) {
        turn = now.turn;
        break;
      }
      await new Promise((good) => setTimeout(good, 50));
    }
  }
}
