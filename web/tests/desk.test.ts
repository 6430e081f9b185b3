import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plans, wished, type Wishes } from '../src/session/advisor.svelte.ts';
import { Desk, type Office } from '../src/session/desk.svelte.ts';
import type { NewOrder, Order, Proposal, Say, Task } from '../src/session/model.ts';
import { pack, rowSays, Templates, unpack } from '../src/session/templates.svelte.ts';
import { moved, planned, replaced, without } from '../src/views/orders/queue.ts';
import { chart, group, view } from './world.ts';

const go = (to: number): Task => ({ kind: 'move', to, spot: null, pace_permille: 1000 });
const hold: Task = { kind: 'hold', until: null };
const tell = (to: number, task: Task, queued = false): Say => ({
  kind: 'group',
  group: to,
  task,
  queued,
  doctrine: null,
});
function order(id: string, say: Say, more: Partial<Order> = {}): Order {
  return { order: id, id, by: 'person', say, reason: '', refusal: null, ...more };
}

describe('the desk', () => {
  /** A book as a server keeps it. */
  let book: Order[] = [];
  let refuse = false;
  const office: Office = {
    id: 'war',
    power: 0,
    latest: view(),
    open: true,
    notify: () => {},
    complain: () => {},
  };
  beforeEach(() => {
    book = [];
    refuse = false;
    vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
      if (refuse) return Promise.reject(new TypeError('no route'));
      let answer: unknown = {};
      if (init.method === 'POST') {
        const { orders } = JSON.parse(String(init.body)) as { orders: NewOrder[] };
        for (const one of orders) {
          if (!book.some((have) => have.id === one.id))
            book.push(order(one.id, one.say, { reason: one.reason }));
        }
        answer = { turn: 0, receipts: orders.map(({ id }) => ({ id, order: id, refusal: null })) };
      } else {
        if (path.endsWith('/gone')) {
          return Promise.resolve(
            new Response('{"code":"not_found","message":"no"}', { status: 404 }),
          );
        }
        if (init.method === 'DELETE') book = book.filter((one) => !path.endsWith(`/${one.id}`));
        answer = { turn: 0, open: true, orders: [...book] };
      }
      return Promise.resolve(new Response(JSON.stringify(answer)));
    });
  });
  afterEach(() => vi.unstubAllGlobals());
  const says = () => book.map((one) => one.say);

  it('undoes a whole step, however many orders it was', async () => {
    const desk = new Desk(office);
    await desk.give([{ say: tell(0, hold) }]);
    await desk.give([{ say: tell(1, go(1)) }, { say: tell(1, go(3), true) }]);
    expect(says()).toHaveLength(3);
    await desk.undo();
    expect(says()).toEqual([tell(0, hold)]);
    await desk.undo();
    expect(says()).toEqual([]);
    expect(desk.undoable).toBe(false);
  });
  it('gives again what a step had taken out, with its reason', async () => {
    const desk = new Desk(office);
    await desk.give([{ say: tell(0, go(1)), reason: 'as agreed' }]);
    const [first] = book;
    await desk.change([{ say: tell(0, go(3)) }], [first!.id!]);
    expect(says()).toEqual([tell(0, go(3))]);
    await desk.undo();
    expect(book.map(({ say, reason }) => ({ say, reason }))).toEqual([
      { say: tell(0, go(1)), reason: 'as agreed' },
    ]);
  });
  it('undoes what it has struck out', async () => {
    const desk = new Desk(office);
    await desk.give([{ say: tell(0, hold) }]);
    await desk.takeBack(book[0]!.id!);
    expect(says()).toEqual([]);
    await desk.undo();
    expect(says()).toEqual([tell(0, hold)]);
  });
  it('can put back what it took out before a change failed', async () => {
    const desk = new Desk(office);
    await desk.give([{ say: tell(0, hold) }, { say: tell(1, hold) }]);
    const [one] = book.map((order) => order.id!);
    expect(await desk.change([{ say: tell(2, hold) }], [one!, 'gone'])).toBe(false);
    expect(says()).toEqual([tell(1, hold)]);
    await desk.undo();
    expect(says()).toHaveLength(2);
  });
  it('keeps what was not acknowledged and sends it once', async () => {
    const desk = new Desk(office);
    refuse = true;
    expect(await desk.give([{ say: tell(0, hold) }])).toBe(false);
    expect(desk.pending).toHaveLength(1);
    refuse = false;
    expect(await desk.resend()).toBe(true);
    expect(await desk.resend()).toBe(true);
    expect(book).toHaveLength(1);
    expect(desk.pending).toEqual([]);
  });
});

describe('advice', () => {
  const proposals: Proposal[] = [
    { say: tell(4, go(1)), reason: 'to meet them' },
    { say: tell(5, { kind: 'guard', body: 1, spot: null }), reason: 'the home must not fall' },
    {
      say: tell(4, { kind: 'assault', body: 1, quarry: { kind: 'roles', roles: [] } }, true),
      reason: 'to meet them',
    },
    { say: { kind: 'reply', request: 'q1', answer: 'agree' }, reason: 'an ally asks' },
  ];
  const wishes: Wishes = { trust: 'propose', not: [], leave: [] };
  it('comes as plans: all that one group is to do is taken or left together', () => {
    const all = plans(proposals);
    expect(all.map((plan) => [plan.group, plan.matter, plan.proposals.length])).toEqual([
      [4, 'attack', 2],
      [5, 'defend', 1],
      [null, 'allies', 1],
    ]);
    expect(all[0]?.reason).toBe('to meet them');
    expect(plans(proposals).map((plan) => plan.key)).toEqual(all.map((plan) => plan.key));
  });
  it('obeys the wishes and remembers a veto', () => {
    const all = plans(proposals);
    const groups = (list: typeof all) => list.map((plan) => plan.group);
    expect(groups(wished(all, { ...wishes, not: ['attack'] }, new Set()))).toEqual([5, null]);
    expect(groups(wished(all, { ...wishes, leave: [5] }, new Set()))).toEqual([4, null]);
    expect(groups(wished(all, wishes, new Set([all[2]!.key])))).toEqual([4, 5]);
  });
});

describe('templates', () => {
  it('say the same in another war of the scenario, by the keys of places', () => {
    const packed = pack(chart, [
      { task: go(3), doctrine: null },
      {
        task: { kind: 'assault', body: 1, quarry: { kind: 'contact', contact: 9 } },
        doctrine: null,
      },
    ])!;
    expect(packed.map((one) => one.places)).toEqual([
      { to: chart.bodies[3]!.key },
      { body: chart.bodies[1]!.key },
    ]);
    const other = {
      ...chart,
      bodies: [...chart.bodies].reverse().map((body, id) => ({ ...body, id })),
    };
    const row = unpack(other, { name: 'x', row: packed })!;
    const to = (row[0]!.task as { to: number }).to;
    expect(other.bodies[to]!.key).toBe(chart.bodies[3]!.key);
    // A contact of that day is nobody's today.
    expect(row[1]!.task).toMatchObject({ quarry: { kind: 'roles', roles: [] } });
    expect(unpack({ ...chart, bodies: [] }, { name: 'x', row: packed })).toBeNull();
  });
  it('leave out what is about one thing of one moment', () => {
    expect(pack(chart, [{ task: { kind: 'merge', into: 3 }, doctrine: null }])).toBeNull();
  });
  it('become a row: the first at once, the others after it', () => {
    const row = rowSays(7, [
      { task: go(1), doctrine: 2 },
      { task: hold, doctrine: null },
    ]);
    expect(row.map((say) => say.kind === 'group' && [say.group, say.queued, say.doctrine])).toEqual(
      [
        [7, false, 2],
        [7, true, null],
      ],
    );
  });
  it('are kept for each player, and the last change can be taken back', () => {
    localStorage.clear();
    const packed = pack(chart, [{ task: hold, doctrine: null }])!;
    const mine = new Templates('ada');
    mine.save('stand', packed);
    mine.remove('stand');
    expect(mine.list).toEqual([]);
    mine.undo();
    expect(new Templates('ada').list.map((one) => one.name)).toEqual(['stand']);
    expect(new Templates('bea').list).toEqual([]);
    localStorage.setItem('jumpline.templates.ada', '{spoilt');
    expect(new Templates('ada').list).toEqual([]);
  });
});

describe('a queue', () => {
  const own = group(2, {
    tasks: [{ order: 'p1', task: go(1), phase: 'underway', doctrine: null }],
  });
  it('is what the group has and is told, as it will be', () => {
    const kinds = (orders: Order[]) => planned(own, orders).map((one) => one.task.kind);
    expect(kinds([])).toEqual(['move']);
    expect(kinds([order('a', tell(2, hold, true))])).toEqual(['move', 'hold']);
    expect(kinds([order('a', tell(2, hold))])).toEqual(['hold']);
    expect(kinds([order('a', tell(3, hold)), order('b', tell(2, hold), { by: 'mind' })])).toEqual([
      'move',
    ]);
    const refusal = { code: 'x', text: 'no' };
    expect(kinds([order('a', tell(2, hold), { refusal })])).toEqual(['move']);
    expect(kinds([order('a', tell(2, { kind: 'merge', into: 3 }))])).toEqual(['move']);
  });
  it('can be put in another order and shortened', () => {
    const row = planned(own, [order('a', tell(2, hold, true))]);
    expect(moved(row, 0, 1).map((one) => one.task.kind)).toEqual(['hold', 'move']);
    expect(moved(row, 0, -1)).toEqual(row);
    expect(without(row, 0).map((one) => one.task.kind)).toEqual(['hold']);
    expect(replaced(own, [order('a', tell(2, hold, true)), order('b', tell(3, hold))])).toEqual([
      'a',
    ]);
  });
});
