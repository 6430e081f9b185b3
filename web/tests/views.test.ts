import { describe, expect, it } from 'vitest';
import { rank } from '../src/app/commands.ts';
import { sideOf, type Event } from '../src/session/model.ts';
import { beats, causes, told } from '../src/views/chronicle/tell.ts';
import { condition, groupRows, shipRows, wounds } from '../src/views/forces/rows.ts';
import {
  chosenShips,
  offered,
  PLAIN,
  task,
  VERBS,
  whyNot,
  whyNotThere,
} from '../src/views/orders/verbs.ts';
import { jump, ticks } from '../src/views/time/marks.ts';
import { arranged, matches, type Column } from '../src/widgets/table.ts';
import { chart, group, ship, view } from './world.ts';

const none = { body: null, contact: null, group: null };

describe('orders', () => {
  it('say why not', () => {
    const base = group(0, { ships: [ship(0, { class: 1 })] });
    const all = view({ groups: [base] });
    expect(whyNot('move', chart, all, base)).toBe('immobile');
    expect(whyNot('hold', chart, all, base)).toBeNull();
    expect(whyNot('lay_mines', chart, all, base)).toBe('no_mines');
    expect(whyNot('escort', chart, all, group(1))).toBe('alone');
    expect(whyNot('hunt', chart, all, group(1))).toBe('no_contact');
    expect(whyNot('unload', chart, all, group(1))).toBe('nothing_aboard');
  });
  it('say why not there', () => {
    const own = group(0);
    const short = group(1, { ships: [ship(9, { class: 3 })] });
    const all = view({ groups: [own, short] });
    expect(whyNotThere('move', chart, all, own, { ...none, body: 1 })).toBe('here');
    expect(whyNotThere('move', chart, all, own, { ...none, body: 3 })).toBeNull();
    expect(whyNotThere('move', chart, all, short, { ...none, body: 3 })).toBe('no_stars');
    expect(whyNotThere('land', chart, all, short, { ...none, body: 0 })).toBe('no_ground');
    expect(whyNotThere('land', chart, all, short, { ...none, body: 1 })).toBeNull();
    expect(whyNotThere('merge', chart, all, own, { ...none, group: 0 })).toBe('itself');
    expect(whyNotThere('depart', chart, all, own, { ...none, body: 1 })).toBe('not_star');
  });
  it('make tasks of the wire, and none while something is missing', () => {
    const own = group(0);
    for (const { verb, aim } of VERBS) {
      const bare = task(verb, own, none, PLAIN);
      const complete = !['body', 'group', 'field', 'star'].includes(aim) && verb !== 'intercept';
      expect(bare !== null, verb).toBe(complete);
      const full = task(
        verb,
        own,
        { body: 3, contact: 7, group: 1 },
        { ...PLAIN, from: 0, field: 2 },
      );
      expect(full?.kind, verb).toBe(verb);
    }
    expect(
      task('ambush', own, { ...none, body: 1 }, { ...PLAIN, from: 0, standoff_km: 40 }),
    ).toEqual({ kind: 'ambush', from: 0, to: 1, standoff_m: 40_000 });
  });
  it('split off the wounded or the whole', () => {
    const mixed = group(0, {
      ships: [ship(1, { hull: 100 }), ship(2), ship(3, { class: 2 }), ship(4, { hull: 400 })],
    });
    expect(chosenShips(mixed, 0, 2, true)).toEqual([1, 4]);
    expect(chosenShips(mixed, 0, 2, false)).toEqual([2, 4]);
    expect(chosenShips(mixed, null, 9, false)).toHaveLength(4);
    expect(chosenShips(mixed, 2, -1, false)).toEqual([]);
  });
  it('offer the likeliest first', () => {
    expect(offered(view(), { ...none, body: 3 }, true)[0]).toBe('assault');
    expect(offered(view(), { ...none, body: 3 }, false)[0]).toBe('move');
    expect(offered(view(), { ...none, group: 1 }, false)[0]).toBe('escort');
  });
});

describe('sides', () => {
  it('are the looker’s own', () => {
    const regards = view().regards;
    expect(sideOf(0, regards, 0)).toBe('own');
    expect(sideOf(0, regards, 1)).toBe('hostile');
    expect(sideOf(0, regards, 5)).toBe('neutral');
    expect(sideOf(0, regards, null)).toBe('unknown');
  });
});

describe('tables', () => {
  interface Row {
    name: string;
    hull: number;
  }
  const columns: Column<Row>[] = [
    { key: 'name', title: '', text: (row) => row.name },
    { key: 'hull', title: '', text: (row) => `${row.hull / 10} %`, value: (row) => row.hull },
  ];
  const rows = [
    { name: 'Patience', hull: 300 },
    { name: 'Candour', hull: 900 },
    { name: 'Cruiser 10', hull: 300 },
    { name: 'Cruiser 9', hull: 50 },
  ];
  it('sort by value, numbers in names as numbers, equals as they were', () => {
    const names = (key: string, down = false) =>
      arranged(rows, columns, { key, down }, '').map((row) => row.name);
    expect(names('name')).toEqual(['Candour', 'Cruiser 9', 'Cruiser 10', 'Patience']);
    expect(names('hull', true)).toEqual(['Candour', 'Patience', 'Cruiser 10', 'Cruiser 9']);
  });
  it('search words, columns and numbers', () => {
    expect(matches(rows[0]!, columns, 'pat')).toBe(true);
    expect(matches(rows[0]!, columns, 'hull<400 ti')).toBe(true);
    expect(matches(rows[1]!, columns, 'hull<400')).toBe(false);
    expect(arranged(rows, columns, null, 'name:cruiser')).toHaveLength(2);
    expect(arranged(rows, columns, null, 'a (b')).toHaveLength(0);
  });
});

describe('forces', () => {
  it('tell condition and wounds', () => {
    const hurt = ship(1, {
      shields: [0, 0, 0, 1000, 1000, 1000],
      hull: 300,
      armour: 0,
      parts: {
        engine_lost_permille: 250,
        gravity_drives_lost: 1,
        guns_lost_permille: 0,
        emitters_lost_permille: 0,
        sensors_lost_permille: 0,
        pylons_lost: 5,
        bridge_hit: true,
      },
    });
    expect(condition(chart, [hurt])).toEqual({ shields: 500, hull: 300 });
    expect(wounds(hurt)).toEqual({
      text: 'engines 25 % gone, 1 gravity drive gone, 2 pylons gone, bridge hit',
      count: 4,
    });
    const all = view({ groups: [group(0, { ships: [hurt, ship(2)], opening_ships: 5 })] });
    expect(shipRows(chart, all)).toHaveLength(2);
    expect(groupRows(chart, all, () => 'hostile')[0]).toMatchObject({ ships: 2, opening: 5 });
  });
});

function event(id: string, part: Partial<Event> = {}): Event {
  return {
    id,
    turn: 1,
    at: 10,
    body: 1,
    kind: 'ship_lost',
    text: `event ${id}`,
    power: 0,
    group: null,
    ship: null,
    class: 0,
    by_power: null,
    by_class: null,
    how: null,
    contact: null,
    person: null,
    battle: null,
    quantities: {},
    because: [],
    ...part,
  };
}

describe('chronicle', () => {
  const list = [
    event('1.0', { kind: 'battle_began' }),
    event('1.1', { because: [{ kind: 'event', event: '1.0' }] }),
    event('1.2', {
      because: [
        { kind: 'event', event: '1.1' },
        { kind: 'event', event: '1.0' },
      ],
    }),
    event('1.3', { kind: 'person', person: 'ines', because: [{ kind: 'event', event: '1.2' }] }),
  ];
  const plain = { depth: 'great' as const, search: '', person: null, group: null };
  it('tells as much as is wished', () => {
    expect(told(list, plain).map((one) => one.id)).toEqual(['1.0', '1.3']);
    expect(told(list, { ...plain, depth: 'all' })).toHaveLength(4);
    expect(told(list, { ...plain, person: 'ines' })).toHaveLength(1);
    expect(told(list, { ...plain, search: 'EVENT 1.1' })).toHaveLength(1);
  });
  it('gathers losses', () => {
    expect(beats(list).map((beat) => beat.events.length)).toEqual([1, 2, 1]);
  });
  it('follows causes once each, rings too', () => {
    const byId = new Map(list.map((one) => [one.id, one]));
    expect(causes(list[3]!, byId).map((one) => one.id)).toEqual(['1.2', '1.1', '1.0']);
    const ring = [
      event('a', { because: [{ kind: 'event', event: 'b' }] }),
      event('b', { because: [{ kind: 'event', event: 'a' }] }),
    ];
    expect(causes(ring[0]!, new Map(ring.map((one) => [one.id, one])))).toHaveLength(1);
  });
});

describe('time', () => {
  const list = ticks([
    { turn: 0, at: 0, kinds: {} },
    { turn: 1, at: 10, kinds: { sighted: 2 } },
    { turn: 2, at: 20, kinds: { battle_began: 1, ship_lost: 4, a_new_kind: 9 } },
  ]);
  it('counts what is worth a mark', () => {
    expect(list[2]).toMatchObject({ total: 5, tones: { battle: 1, loss: 4 } });
  });
  it('jumps to the next', () => {
    expect(jump(list, 0, 1, 'battle')).toBe(2);
    expect(jump(list, 2, -1, 'sight')).toBe(1);
    expect(jump(list, 2, 1, 'battle')).toBeNull();
  });
});

describe('palette', () => {
  it('ranks beginnings above middles above scattered letters', () => {
    expect(rank('Hearth', 'hea')).toBeGreaterThan(rank('The guard of Hearth', 'hea'));
    expect(rank('The guard of Hearth', 'hea')).toBeGreaterThan(rank('Upheaval', 'hea'));
    expect(rank('The guard of Hearth', 'tgh')).toBe(1);
    expect(rank('Ember', 'xyz')).toBe(0);
  });
});
