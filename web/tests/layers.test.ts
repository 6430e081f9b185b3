/** The house's own rule: base -> widgets -> wire -> session -> views -> app, and no view knows another. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');
const LAYERS = ['base', 'widgets', 'wire', 'session', 'views', 'app'];

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.(ts|svelte)$/.test(name) ? [path] : [];
  });
}

function imports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) =>
    relative(SRC, resolve(dirname(path), to ?? '')),
  );
}

/** What is wrong with one import; null when nothing is. */
export function fault(from: string, to: string): string | null {
  const [here, there] = [from.split('/'), to.split('/')];
  const [a, b] = [LAYERS.indexOf(here[0] ?? ''), LAYERS.indexOf(there[0] ?? '')];
  if (a < 0 || b < 0) return null;
  if (b > a) return `${from} looks up to ${to}`;
  if (here[0] === 'views' && there[0] === 'views' && here[1] !== there[1]) {
    return `${from} looks into another view: ${to}`;
  }
  return null;
}

describe('layers', () => {
  it('never look up, and views never look into each other', () => {
    const faults = files(SRC).flatMap((path) =>
      imports(path).map((to) => fault(relative(SRC, path), to)),
    );
    expect(faults.filter(Boolean)).toEqual([]);
  });
  it('would be caught', () => {
    expect(fault('views/chart/Chart.svelte', 'views/orders/verbs.ts')).toMatch('another view');
    expect(fault('session/room.svelte.ts', 'views/chart/paint.ts')).toMatch('looks up');
    expect(fault('views/chart/paint.ts', 'views/chart/labels.ts')).toBeNull();
  });
  it('hold each view in one line of the application', () => {
    const list = readFileSync(join(SRC, 'app/views.ts'), 'utf8');
    for (const view of readdirSync(join(SRC, 'views'))) {
      expect(list, view).toContain(`views/${view}/`);
    }
  });
  it('take no markup from anywhere', () => {
    for (const path of files(SRC)) {
      expect(readFileSync(path, 'utf8'), path).not.toMatch(/\{@html|innerHTML|insertAdjacentHTML/);
    }
  });
  it('name colours in the tokens alone', () => {
    for (const path of files(SRC).filter((one) => one.endsWith('.svelte'))) {
      const style = /<style>([\s\S]*)<\/style>/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
      expect(style, path).not.toMatch(/#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\(/i);
    }
  });
});
