/** Every main view has its picture in docs/screens, small enough to be kept, and shown in a page that people read. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { SHOT_BYTES_MOST, SHOTS, SHOTS_BYTES_MOST } from '../browser/shots.ts';
import { PANELS, SCREENS } from '../src/app/views.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/screens');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs/book')).map((name) => `docs/book/${name}`),
];

/** Views that have no picture, of those named. */
function missing(views: readonly string[]): string[] {
  return views.filter((name) => !(name in SHOTS) || !existsSync(join(FOLDER, `${name}.webp`)));
}

it('has a picture of every view', () => {
  const views = [...SCREENS.map((entry) => entry.id), ...Object.keys(PANELS), 'lobby', 'record'];
  expect(views.length).toBeGreaterThanOrEqual(10);
  expect(missing(views)).toEqual([]);
  expect(missing(['chart', 'a-view-nobody-has-pictured'])).toEqual(['a-view-nobody-has-pictured']);
});

it('keeps no picture that is not taken afresh, and none too large', () => {
  const kept = readdirSync(FOLDER).sort();
  expect(kept).toEqual(
    Object.keys(SHOTS)
      .map((name) => `${name}.webp`)
      .sort(),
  );
  const sizes = kept.map((name) => statSync(join(FOLDER, name)).size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(SHOT_BYTES_MOST);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(SHOTS_BYTES_MOST);
});

it('shows each of them in a page', () => {
  const text = PAGES.map((page) => readFileSync(join(ROOT, page), 'utf8')).join('\n');
  const unseen = Object.keys(SHOTS).filter((name) => !text.includes(`screens/${name}.webp`));
  expect(unseen).toEqual([]);
});
