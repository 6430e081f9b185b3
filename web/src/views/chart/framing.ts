/** Where the eye must be to show a thing whole, and what it is over. Pure: it is given what is known and says a place. */
import { heading } from '../../base/format.ts';
import { t } from '../../base/i18n.svelte.ts';
import type { Chart, Vec3, View } from '../../session/model.ts';
import type { Nav } from '../../session/nav.ts';
import type { Pick } from '../../session/room.svelte.ts';
import type { Camera } from './camera.ts';
import type { Force } from './scene.ts';

export interface Known {
  chart: Chart;
  nav: Nav;
  view: View;
  forces: readonly Force[];
  time_s: number;
}

export interface Pose {
  centre: Vec3;
  scale: number;
}

/** The widest orbit of a system, metres. */
function extent(chart: Chart, system: number): number {
  let most = 4e10;
  for (const body of chart.bodies) {
    if (body.system === system && body.orbit && body.parent === null) {
      most = Math.max(most, body.orbit.semi_major_m);
    }
  }
  return most;
}

export function framing(known: Known, camera: Camera, pick: Pick | null): Pose | null {
  const { chart, nav, view, forces, time_s } = known;
  if (!pick) return whole(known, camera);
  const small = Math.max(200, Math.min(camera.width - camera.covered, camera.height));
  const about = (body: number, times = 1): Pose => {
    const radius = chart.bodies[body]?.radius_m ?? 6e6;
    // Near enough that those who stand about it can be told apart.
    const spread = forces
      .filter((force) => force.body === body)
      .map((force) => Math.hypot(force.offset.x, force.offset.y, force.offset.z));
    const scale = (Math.max(radius * 1.6, ...spread) * 2.6 * times) / small;
    return { centre: nav.place(body, time_s), scale };
  };
  switch (pick.kind) {
    case 'system':
      return wholeSystem(known, pick.id, small);
    case 'body':
      return about(pick.id);
    case 'group': {
      const group = view.groups.find((one) => one.id === pick.id);
      if (!group) return null;
      return group.jumping ? inFlight(known, pick.id, small) : about(group.body);
    }
    case 'contact': {
      const contact = view.contacts.find((one) => one.id === pick.id);
      return contact ? about(contact.body) : null;
    }
    case 'ally': {
      const ally = view.allies[pick.index];
      return ally ? about(ally.body) : null;
    }
    case 'field': {
      const field = view.minefields.find((one) => one.id === pick.id);
      return field ? about(field.from, 4) : null;
    }
  }
}

/** A group between two bodies: both of them. */
function inFlight(known: Known, group: number, small: number): Pose | null {
  const { chart, nav, forces, time_s } = known;
  const force = forces.find((one) => one.pick.kind === 'group' && one.pick.id === group);
  if (!force) return null;
  const home = chart.bodies[force.body]?.system ?? 0;
  if (force.toward === null) return wholeSystem(known, home, small);
  const [from, to] = [nav.place(force.body, time_s), nav.place(force.toward, time_s)];
  const centre = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, z: (from.z + to.z) / 2 };
  const apart = Math.hypot(to.x - from.x, to.y - from.y, to.z - from.z);
  return { centre, scale: (apart * 1.5) / small };
}

/** All stars, as they are looked at now, beside what covers the left. */
function whole({ nav }: Known, camera: Camera): Pose | null {
  const places = nav.systemAt;
  if (places.length === 0) return null;
  const eye = camera.widened(0, 0);
  eye.scale = 1e12;
  eye.settle();
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const centre = { x: 0, y: 0, z: 0 };
  for (const place of places) {
    const flat = eye.flat(place);
    left = Math.min(left, flat.x * eye.scale);
    right = Math.max(right, flat.x * eye.scale);
    top = Math.min(top, flat.y * eye.scale);
    bottom = Math.max(bottom, flat.y * eye.scale);
    for (const axis of ['x', 'y', 'z'] as const) centre[axis] += place[axis] / places.length;
  }
  const low = eye.flat(centre);
  const [offX, offY] = [
    (left + right) / 2 - low.x * eye.scale,
    (top + bottom) / 2 - low.y * eye.scale,
  ];
  const cos = Math.max(0.2, Math.cos(eye.tilt));
  centre.x += offX * Math.cos(eye.yaw) + (offY / cos) * Math.sin(eye.yaw);
  centre.y += offX * Math.sin(eye.yaw) - (offY / cos) * Math.cos(eye.yaw);
  const wide = Math.max(200, eye.width - eye.covered);
  const across = Math.max((right - left) / (wide * 0.8), (bottom - top) / (eye.height * 0.78));
  return { centre, scale: Math.max(across, 4e15 / Math.max(200, eye.width)) };
}

/** Where the fleets are, if they are anywhere in it; else all of it. */
function wholeSystem(
  { chart, nav, forces, time_s }: Known,
  id: number,
  small: number,
): Pose | null {
  const centre = nav.systemAt[id];
  if (!centre) return null;
  const held = forces
    .filter((force) => chart.bodies[force.body]?.system === id)
    .map((force) => {
      const { x, y, z } = nav.inside(force.body, time_s);
      return { ships: force.ships, far: Math.hypot(x, y, z) };
    })
    .sort((one, other) => one.far - other.far);
  let left = held.reduce((sum, one) => sum + one.ships, 0) * 0.97;
  const most = held.find((one) => (left -= one.ships) <= 0)?.far;
  const planets = chart.systems[id]?.bodies ?? [];
  const wide = planets.length ? extent(chart, id) : extent(chart, id) * 1.2;
  const reach = most === undefined ? wide : Math.min(wide, Math.max(wide / 12, most));
  return { centre, scale: (reach * 2.4) / small };
}

/** A war of many stars opens on all of them; one that is fought about one sun opens there. */
export function firstPlace({ chart, forces }: Known): Pick | null {
  const count = new Map<number, number>();
  for (const force of forces) {
    const system = chart.bodies[force.body]?.system ?? 0;
    count.set(system, (count.get(system) ?? 0) + force.ships);
  }
  const all = [...count.values()].reduce((sum, one) => sum + one, 0);
  const [most] = [...count].sort((a, b) => b[1] - a[1]);
  return most && most[1] > all * 0.8 && chart.systems.length < 4
    ? { kind: 'system', id: most[0] }
    : null;
}

export interface Step {
  name: string;
  pick: Pick | null;
}

/** The place in the middle, from the galaxy inwards, and the body that the eye goes along with. */
export function trail(known: Known, camera: Camera): { steps: Step[]; anchor: number | null } {
  const { chart, nav, time_s } = known;
  const steps: Step[] = [{ name: t('chart.galaxy'), pick: null }];
  const off = (place: Vec3) => {
    const at = camera.project(place);
    return Math.hypot(at.x - camera.middle.x, at.y - camera.middle.y);
  };
  let [near, least] = [-1, Infinity];
  nav.systemAt.forEach((place, system) => {
    const far = off(place);
    if (far < least) [near, least] = [system, far];
  });
  const system = chart.systems[near];
  if (!system || extent(chart, near) / camera.scale <= 60) return { steps, anchor: null };
  steps.push({ name: system.name, pick: { kind: 'system', id: system.id } });
  let body = -1;
  least = Math.min(camera.width, camera.height) * 0.6;
  for (const id of [...system.stars, ...system.bodies]) {
    const far = off(nav.place(id, time_s));
    const size = ((chart.bodies[id]?.radius_m ?? 0) * 60) / camera.scale;
    if (size > 40 && far < least) [body, least] = [id, far];
  }
  if (body < 0) return { steps, anchor: null };
  steps.push({ name: heading(chart.bodies[body]?.name ?? ''), pick: { kind: 'body', id: body } });
  return { steps, anchor: body };
}
