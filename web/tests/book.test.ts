/** The page for players names the keys that there are. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../src/app/commands.ts';
import type { Game } from '../src/session/model.ts';
import { Room } from '../src/session/room.svelte.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/book/playing.md'), 'utf8');

/** Keys in the first column of the page's table, ranges such as `1 to 5` spelt out. */
function told(page: string): Set<string> {
  const keys = new Set<string>();
  for (const line of page.split('\n').filter((one) => one.startsWith('| ') && one.endsWith(' |'))) {
    const cell = line.split('|')[1]?.trim() ?? '';
    const range = /^(\d) to (\d)$/.exec(cell);
    if (range) for (let n = Number(range[1]); n <= Number(range[2]); n += 1) keys.add(String(n));
    else for (const word of cell.split(' ')) keys.add(word.replace(/(.),$/, '$1').toLowerCase());
  }
  return keys;
}

it('names every key of the palette', () => {
  const room = new Room('any');
  room.game = { you: { seats: [0] }, seats: [], stage: 'open' } as unknown as Game;
  expect(room.mine).toBe(true);
  const nothing = () => {};
  const list = commands({ room, screen: nothing, open: nothing, tour: nothing, endTurn: nothing });
  const keys = list.flatMap((one) => (one.key ? [one.key] : []));
  expect(keys.length).toBeGreaterThanOrEqual(10);
  const missing = (page: string) =>
    keys.filter((key) => !told(page).has(key) && !page.includes(`\`${key}\``));
  expect(missing(PAGE)).toEqual([]);
  expect(missing(PAGE.replace('| T |', '| |'))).toEqual(['t']);
});
