import { describe, expect, it } from 'vitest';
import { Camera } from '../src/views/chart/camera.ts';
import { choose, nextThat } from '../src/views/chart/choose.ts';
import { framing, trail } from '../src/views/chart/framing.ts';
import { Hand, type Deeds } from '../src/views/chart/hand.ts';
import type { Input, Spotted } from '../src/views/chart/layers/frame.ts';
import { lay, usable } from '../src/views/chart/paint.ts';
import { forces, leadsTo } from '../src/views/chart/scene.ts';
import { sightings } from '../src/views/chart/sightings.ts';
import { withAlpha } from '../src/views/chart/sprites.ts';
import type { Theme } from '../src/views/chart/theme.ts';
import type { Contact } from '../src/session/model.ts';
import { Nav } from '../src/session/nav.ts';
import type { Pick, Room } from '../src/session/room.svelte.ts';
import { chart, group, ship, view } from './world.ts';

const place = { x: 3e12, y: -2e12, z: 4e11 };
const theme = {} as Theme;
const input = { picks: [], linesFrom: null } as unknown as Input;

function eye(): Camera {
  const camera = new Camera();
  Object.assign(camera, { width: 1000, height: 600, scale: 1e10, yaw: 0.4, tilt: 0.8 });
  camera.settle();
  return camera;
}

describe('a kept picture', () => {
  it('lies so that everything on it stays at its place, moved or zoomed', () => {
    const before = eye();
    const wide = before.widened(300, 180);
    const after = eye();
    after.pan(120, -45);
    after.zoom(1 / 1.2, { x: 200, y: 100 });
    const laid = lay(wide, after);
    expect(laid.times).toBeCloseTo(1.2, 9);
    const [was, is] = [wide.project(place), after.project(place)];
    expect(was.x * laid.times + laid.x).toBeCloseTo(is.x, 6);
    expect(was.y * laid.times + laid.y).toBeCloseTo(is.y, 6);
  });
  it('serves as long as it shows the same and covers the window', () => {
    const kept = { camera: eye().widened(300, 180), theme, input, dense: 1 };
    const now = eye();
    expect(usable(kept, now, theme, input, 1)).toMatchObject({ times: 1, x: -300, y: -180 });
    now.pan(290, 0);
    expect(usable(kept, now, theme, input, 1)).not.toBeNull();
    now.pan(20, 0);
    expect(usable(kept, now, theme, input, 1)).toBeNull();
    const turned = eye();
    turned.yaw += 0.1;
    expect(usable(kept, turned, theme, input, 1)).toBeNull();
    const far = eye();
    far.zoom(2, far.middle);
    expect(usable(kept, far, theme, input, 1)).toBeNull();
    expect(usable(kept, eye(), { ...theme }, input, 1)).toBeNull();
    expect(
      usable(kept, eye(), theme, { ...input, picks: [{ kind: 'body', id: 0 }] }, 1),
    ).toBeNull();
    // What is pointed at lies over the picture: it does not spoil it.
    const hover: Spotted = { x: 0, y: 0, reach: 9, picks: [], body: null };
    expect(usable(kept, eye(), theme, { ...input, hover }, 1)).not.toBeNull();
  });
});

describe('the eye', () => {
  const nav = new Nav(chart);
  const all = view({ groups: [group(0)] });
  const known = { chart, nav, view: all, forces: forces(all, nav), time_s: 0 };
  it('shows all stars beside what covers the left', () => {
    const camera = eye();
    camera.covered = 280;
    const pose = framing(known, camera, null);
    Object.assign(camera, pose);
    camera.settle();
    const xs = nav.systemAt.map((one) => camera.project(one).x);
    expect(Math.min(...xs)).toBeGreaterThan(280);
    expect(Math.max(...xs)).toBeLessThan(1000);
  });
  it('shows both ends of a jump', () => {
    const flying = view({
      groups: [
        group(0, {
          body: 0,
          jumping: true,
          ships: [ship(1, { status: 'jumping', arrives: 500 })],
          tasks: [
            {
              order: 'p1',
              task: { kind: 'move', to: 3, spot: null, pace_permille: 1000 },
              phase: 'underway',
              doctrine: null,
            },
          ],
        }),
      ],
    });
    const camera = eye();
    const jump = { chart, nav, view: flying, forces: forces(flying, nav), time_s: 0 };
    Object.assign(camera, framing(jump, camera, { kind: 'group', id: 0 }));
    camera.settle();
    for (const body of [0, 3]) {
      const at = camera.project(nav.place(body, 0));
      expect(at.x).toBeGreaterThan(0);
      expect(at.x).toBeLessThan(1000);
    }
  });
  it('says where it is, from the galaxy inwards', () => {
    const camera = eye();
    Object.assign(camera, framing(known, camera, { kind: 'body', id: 1 }));
    camera.settle();
    const found = trail(known, camera);
    expect(found.anchor).toBe(1);
    expect(found.steps.map((step) => step.pick?.kind ?? 'galaxy')).toEqual([
      'galaxy',
      'system',
      'body',
    ]);
  });
});

describe('the hand', () => {
  function told(ordering: boolean) {
    const said: string[] = [];
    const deeds: Deeds = {
      orders: () => ordering,
      pan: () => said.push('pan'),
      turn: () => said.push('turn'),
      zoom: () => said.push('zoom'),
      over: () => said.push('over'),
      aim: () => said.push('aim'),
      drop: () => said.push('drop'),
      rest: () => said.push('rest'),
      click: () => said.push('click'),
    };
    return { hand: new Hand(deeds), said };
  }
  const event = (id = 1, more = {}) =>
    ({ pointerId: id, button: 0, altKey: false, ...more }) as PointerEvent;
  it('clicks, moves the chart, or orders a group', () => {
    const click = told(false);
    click.hand.down({ x: 5, y: 5 }, event());
    click.hand.move({ x: 7, y: 6 }, event());
    click.hand.up({ x: 7, y: 6 }, event());
    expect(click.said).toEqual(['click']);
    const pan = told(false);
    pan.hand.down({ x: 5, y: 5 }, event());
    pan.hand.move({ x: 50, y: 6 }, event());
    pan.hand.up({ x: 50, y: 6 }, event());
    expect(pan.said).toEqual(['pan', 'rest']);
    const order = told(true);
    order.hand.down({ x: 5, y: 5 }, event());
    order.hand.move({ x: 50, y: 6 }, event());
    order.hand.up({ x: 50, y: 6 }, event());
    expect(order.said).toEqual(['aim', 'drop']);
  });
  it('turns with Alt and zooms with two fingers', () => {
    const { hand, said } = told(false);
    hand.down({ x: 5, y: 5 }, event(1, { altKey: true }));
    hand.move({ x: 50, y: 6 }, event());
    hand.up({ x: 50, y: 6 }, event());
    hand.down({ x: 5, y: 5 }, event(1));
    hand.down({ x: 105, y: 5 }, event(2));
    hand.move({ x: 110, y: 5 }, event(2));
    hand.move({ x: 140, y: 5 }, event(2));
    expect(said).toEqual(['turn', 'rest', 'zoom']);
  });
});

describe('choosing', () => {
  it('takes all at one place, then one after another', () => {
    const picks: Pick[] = [0, 1].map((id) => ({ kind: 'group', id }));
    const room = {
      picks: [] as Pick[],
      select(pick: Pick | null) {
        this.picks = pick ? [pick] : [];
      },
    };
    const under: Spotted = { x: 0, y: 0, reach: 9, picks, body: 1 };
    choose(room as unknown as Room, under, false);
    expect(room.picks).toEqual(picks);
    choose(room as unknown as Room, under, false);
    expect(room.picks).toEqual([picks[0]]);
    choose(room as unknown as Room, under, false);
    expect(room.picks).toEqual([picks[1]]);
  });
  it('steps to what lies in a direction', () => {
    const at = (x: number, y: number): Spotted => ({ x, y, reach: 9, picks: [], body: null });
    const inside = { width: 100, height: 100 };
    expect(
      nextThat([at(90, 50), at(60, 52), at(50, 10)], { x: 40, y: 50 }, [1, 0], inside)?.x,
    ).toBe(60);
    expect(nextThat([at(300, 50)], { x: 40, y: 50 }, [1, 0], inside)).toBeNull();
  });
});

describe('flights', () => {
  it('are streams: the last ship comes after the first', () => {
    const nav = new Nav(chart);
    const [force] = forces(
      view({
        groups: [
          group(0, {
            jumping: true,
            ships: [
              ship(1, { status: 'jumping', arrives: 500 }),
              ship(2, { status: 'jumping', arrives: 900 }),
            ],
          }),
        ],
      }),
      nav,
    );
    expect(force).toMatchObject({ arrives: 500, last: 900 });
  });
  it('lead where their tasks say', () => {
    expect(leadsTo({ kind: 'withdraw', to: 4 })).toBe(4);
    expect(leadsTo({ kind: 'lay_mines', from: 2, to: 3, offset_m: 1, count: 1 })).toBe(2);
    expect(leadsTo({ kind: 'unload' })).toBeNull();
  });
});

describe('sightings', () => {
  const seen = (id: number, power: number | null, body: number, count: number, last: number) =>
    ({ id, power, body, last, sure_permille: 1000 - id, ships: [{ class: 0, count }] }) as Contact;
  it('of one power at one place are one line, the greatest of them first', () => {
    const all = [seen(1, 2, 7, 5, 10), seen(2, 2, 7, 45, 30), seen(3, 2, 7, 9, 20)];
    const [line, ...more] = sightings(all);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ ships: 59, last: 30, sure_permille: 997 });
    expect(line!.contacts.map((one) => one.id)).toEqual([2, 3, 1]);
  });
  it('of others, elsewhere, or few, stay apart; the latest come first', () => {
    const all = [
      seen(1, 2, 7, 5, 10),
      seen(2, null, 7, 5, 30),
      seen(3, 2, 8, 5, 20),
      seen(4, 2, 7, 6, 10),
    ];
    expect(sightings(all).map((line) => line.contacts[0]!.id)).toEqual([2, 3, 4, 1]);
  });
});

describe('colours', () => {
  it('are let through without becoming grey', () => {
    expect(withAlpha('#0a80ff', 0.5)).toBe('rgb(10 128 255 / 0.5)');
    expect(withAlpha('rgb(255 132 92)', 0)).toBe('rgb(255 132 92 / 0)');
    expect(withAlpha('hsl(188 42% 56%)', 0.25)).toBe('hsl(188 42% 56% / 0.25)');
  });
});
