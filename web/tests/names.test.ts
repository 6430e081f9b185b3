import { describe, expect, it } from 'vitest';
import { intentions, plans } from '../src/session/advisor.svelte.ts';
import type { Person } from '../src/session/model.ts';
import { aboard, known } from '../src/views/battle/people.ts';
import type { BattleRecord } from '../src/views/battle/record.ts';
import { powerColumns } from '../src/views/forces/columns.ts';
import { stamps } from '../src/views/time/marks.ts';
import { view } from './world.ts';

function person(name: string, fate: Person['fate']): Person {
  return { key: name, name, role: 'gunner', fate, wounds_permille: 0 };
}

describe('names in a battle', () => {
  const record = {
    ships: [
      { id: 7, name: null },
      { id: 8, name: 'Candour' },
      { id: 9, name: null },
    ],
    events: [
      { kind: 'lost', slot: 1, tick: 40 },
      { kind: 'field_lit', slot: 0, tick: 3 },
    ],
  } as unknown as BattleRecord;
  it('are those of named ships and of people by the number of their ship, people first', () => {
    const people = aboard(
      view({
        people: [
          person('Ines', { kind: 'aboard', ship: 7 }),
          person('Ada', { kind: 'aboard', ship: 7 }),
          person('Bea', { kind: 'ground', body: 1 }),
          person('Cyr', { kind: 'aboard', ship: null }),
        ],
      }),
    );
    expect([...people]).toEqual([[7, ['Ines', 'Ada']]]);
    expect(known(record, people, (slot) => record.ships[slot]?.name ?? `ship ${slot}`)).toEqual([
      { slot: 0, name: 'ship 0', people: ['Ines', 'Ada'], lost: null },
      { slot: 1, name: 'Candour', people: [], lost: 40 },
    ]);
  });
});

describe('under the scrubber', () => {
  it('stands the day where it begins and the hour where it goes on', () => {
    const places = [0, 6, 12, 24, 30].map((at) => ({ turn: at, at }));
    const written = stamps(
      places,
      (at) => `day ${Math.floor(at / 24)}`,
      (at) => `${at % 24}:00`,
    );
    expect(written.map((one) => one.text)).toEqual(['day 0', '6:00', '12:00', 'day 1', '6:00']);
  });
});

describe('intentions', () => {
  it('are plans with one reason', () => {
    const hold = (group: number, reason: string) => ({
      say: {
        kind: 'group' as const,
        group,
        task: { kind: 'hold' as const, until: null },
        queued: false,
        doctrine: null,
      },
      reason,
    });
    const all = plans([hold(1, 'a'), hold(2, 'b'), hold(3, 'a')]);
    expect(intentions(all).map((one) => [one.reason, one.plans.map((plan) => plan.group)])).toEqual(
      [
        ['a', [1, 3]],
        ['b', [2]],
      ],
    );
  });
});

describe('columns', () => {
  it('have names of their own, so that a search can name them', () => {
    const keys = powerColumns().map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
