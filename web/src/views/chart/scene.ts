/**
 * What stands where: forces gathered by the place they are shown at. Near, each group stands at its own spot; from afar those of one
 * body, then of one system, share a place. Decides nothing about looks.
 */
import type { Chart, Contact, Group, Side, Task, Vec3, View } from '../../session/model.ts';
import { sideOf } from '../../session/model.ts';
import type { Nav } from '../../session/nav.ts';
import type { Pick } from '../../session/room.svelte.ts';

export interface Force {
  side: Side;
  power: number | null;
  name: string;
  ships: number;
  body: number;
  /** Metres from the body's centre. */
  offset: Vec3;
  /** Between two bodies: where to, if it is known. */
  toward: number | null;
  arrives: number | null;
  /** When its last ship arrives: a line lets them through one by one. */
  last: number | null;
  fighting: boolean;
  withdrawing: boolean;
  /** Age of what is known, seconds; 0 for one's own and allies'. */
  age_s: number;
  error_m: number;
  sure_permille: number;
  pick: Pick;
}

export function contactShips(contact: Contact): number {
  return contact.ships.reduce((sum, one) => sum + one.count, 0);
}

/** Ships of a group that stand or jump: not those aboard others. */
export function shipsOut(group: Group): number {
  return group.ships.reduce((sum, ship) => sum + (ship.status === 'aboard' ? 0 : 1), 0);
}

/** The body that a task leads to, if the task itself names one. */
export function leadsTo(task: Task): number | null {
  switch (task.kind) {
    case 'move':
    case 'ambush':
    case 'tow':
    case 'withdraw':
      return task.to;
    case 'guard':
    case 'raid':
    case 'assault':
    case 'land':
      return task.body;
    case 'lay_mines':
      return task.from;
    case 'depart':
      return task.star;
    default:
      return null;
  }
}

/** The body that a group's first task leads to. */
export function headedFor(group: Group): number | null {
  const task = group.tasks[0]?.task;
  return task ? leadsTo(task) : null;
}

/** The body that ends the first jump on the way to another, as near as can be told from the chart. */
export function firstHop(nav: Nav, from: number, to: number, time_s: number): number {
  if (nav.line(from, to, time_s)?.blocked === null) return to;
  const [a, b] = [nav.body(from), nav.body(to)];
  if (!a || !b) return to;
  if (a.system !== b.system && a.kind === 'star') {
    return nav.chart.systems[b.system]?.stars[0] ?? to;
  }
  return nav.chart.systems[a.system]?.stars.find((star) => star !== from) ?? to;
}

export function forces(view: View, nav: Nav): Force[] {
  const found: Force[] = [];
  for (const group of view.groups) {
    const ships = shipsOut(group);
    if (ships === 0) continue;
    let toward: number | null = null;
    let arrives: number | null = null;
    let last: number | null = null;
    if (group.jumping) {
      const target = headedFor(group);
      if (target !== null && target !== group.body) {
        toward = firstHop(nav, group.body, target, view.now);
      }
      for (const ship of group.ships) {
        if (ship.arrives !== null && (arrives === null || ship.arrives < arrives)) {
          arrives = ship.arrives;
        }
        if (ship.arrives !== null && (last === null || ship.arrives > last)) last = ship.arrives;
      }
    }
    found.push({
      side: 'own',
      power: view.power,
      name: group.name,
      ships,
      body: group.body,
      offset: nav.offset(group.body, group.spot),
      toward,
      arrives,
      last,
      fighting: group.fighting,
      withdrawing: group.withdrawing,
      age_s: 0,
      error_m: 0,
      sure_permille: 1000,
      pick: { kind: 'group', id: group.id },
    });
  }
  view.allies.forEach((ally, index) => {
    found.push({
      side: sideOf(view.power, view.regards, ally.power),
      power: ally.power,
      name: ally.name,
      ships: ally.ships.reduce((sum, one) => sum + one.count, 0),
      body: ally.body,
      offset: nav.offset(ally.body, ally.spot),
      toward: null,
      arrives: null,
      last: null,
      fighting: false,
      withdrawing: false,
      age_s: 0,
      error_m: 0,
      sure_permille: 1000,
      pick: { kind: 'ally', index },
    });
  });
  for (const contact of view.contacts) {
    found.push({
      side: sideOf(view.power, view.regards, contact.power),
      power: contact.power,
      name: '',
      ships: contactShips(contact),
      body: contact.body,
      offset: nav.offset(contact.body, contact.spot),
      toward: contact.bound?.body ?? null,
      arrives: contact.bound?.at ?? null,
      last: null,
      fighting: false,
      withdrawing: false,
      age_s: Math.max(0, view.now - contact.last),
      error_m: contact.error_m,
      sure_permille: contact.sure_permille,
      pick: { kind: 'contact', id: contact.id },
    });
  }
  return found;
}

/** How visible a contact of that age is: fresh ones whole, old ones faint but never gone. */
export function freshness(age_s: number): number {
  return age_s <= 0 ? 1 : Math.max(0.38, 1 - Math.log1p(age_s / 3600) / 6);
}

/** Who holds a system's bodies, first its seat's holder. */
export function holders(chart: Chart): Map<number, number> {
  const found = new Map<number, number>();
  for (const power of chart.powers) {
    for (const body of power.holds) {
      const system = chart.bodies[body]?.system;
      if (system !== undefined && !found.has(system)) found.set(system, power.id);
    }
  }
  return found;
}
