/**
 * What a group can be told, and why not. Judged from the view alone, as the server will judge again; pure, so that it can be tested.
 */
import type { Body, Chart, Contact, Group, Quarry, Say, Task, View } from '../../session/model.ts';

export type Verb = Exclude<Task['kind'], 'other' | 'detach' | 'tow'>;

/** What a verb must be given. */
export type Aim = 'body' | 'contact' | 'group' | 'field' | 'star' | 'none' | 'maybe-body';

export const VERBS: readonly { verb: Verb; aim: Aim; key: string }[] = [
  { verb: 'move', aim: 'body', key: 'm' },
  { verb: 'guard', aim: 'body', key: 'g' },
  { verb: 'assault', aim: 'body', key: 'a' },
  { verb: 'raid', aim: 'body', key: 'r' },
  { verb: 'ambush', aim: 'body', key: 'b' },
  { verb: 'intercept', aim: 'contact', key: 'i' },
  { verb: 'hunt', aim: 'contact', key: 'h' },
  { verb: 'escort', aim: 'group', key: 'c' },
  { verb: 'hold', aim: 'none', key: 'o' },
  { verb: 'withdraw', aim: 'maybe-body', key: 'w' },
  { verb: 'lay_mines', aim: 'body', key: 'l' },
  { verb: 'recover_mines', aim: 'field', key: '' },
  { verb: 'merge', aim: 'group', key: 'j' },
  { verb: 'load', aim: 'group', key: '' },
  { verb: 'unload', aim: 'none', key: '' },
  { verb: 'land', aim: 'body', key: '' },
  { verb: 'depart', aim: 'star', key: '' },
];

export function aimOf(verb: Verb): Aim {
  return VERBS.find((one) => one.verb === verb)?.aim ?? 'none';
}

/** Why a group cannot do a thing at all; null when it can. The words are keys of `why.…`. */
export type Why =
  | 'immobile'
  | 'no_mines'
  | 'no_field'
  | 'no_berths'
  | 'nothing_aboard'
  | 'cannot_land'
  | 'no_contact'
  | 'alone'
  | 'no_stars'
  | 'no_ground'
  | 'here'
  | 'itself'
  | 'not_together'
  | 'not_star';

export function mobile(chart: Chart, group: Group): boolean {
  return group.ships.some((ship) => chart.classes[ship.class]?.jumps ?? false);
}

export function interstellar(chart: Chart, group: Group): boolean {
  return group.ships
    .filter((ship) => ship.status !== 'aboard')
    .every((ship) => chart.classes[ship.class]?.interstellar ?? false);
}

export function mines(group: Group): number {
  return group.ships.reduce((sum, ship) => sum + ship.mines, 0);
}

function berths(chart: Chart, group: Group): number {
  return group.ships.reduce((sum, ship) => sum + (chart.classes[ship.class]?.berths ?? 0), 0);
}

export function whyNot(verb: Verb, chart: Chart, view: View, group: Group): Why | null {
  switch (verb) {
    case 'hold':
    case 'guard':
    case 'assault':
      return null;
    case 'move':
    case 'raid':
    case 'ambush':
    case 'withdraw':
      return mobile(chart, group) ? null : 'immobile';
    case 'intercept':
    case 'hunt':
      if (!mobile(chart, group)) return 'immobile';
      return view.contacts.length ? null : 'no_contact';
    case 'escort':
    case 'merge':
      if (verb === 'escort' && !mobile(chart, group)) return 'immobile';
      return view.groups.length > 1 ? null : 'alone';
    case 'lay_mines':
      return mines(group) > 0 ? null : 'no_mines';
    case 'recover_mines':
      return view.minefields.length ? null : 'no_field';
    case 'load':
      return berths(chart, group) > 0 ? null : 'no_berths';
    case 'unload': {
      const own = new Set(group.ships.map((ship) => ship.id));
      const carried = view.groups.some((other) =>
        other.ships.some((ship) => ship.carrier !== null && own.has(ship.carrier)),
      );
      return carried ? null : 'nothing_aboard';
    }
    case 'land':
      return group.ships.some((ship) => chart.classes[ship.class]?.lands) ? null : 'cannot_land';
    case 'depart':
      return interstellar(chart, group) && mobile(chart, group) ? null : 'no_stars';
  }
}

export interface Target {
  body: number | null;
  contact: number | null;
  group: number | null;
}

/** Why it cannot do it there; null when it may. */
export function whyNotThere(
  verb: Verb,
  chart: Chart,
  view: View,
  group: Group,
  target: Target,
): Why | null {
  const never = whyNot(verb, chart, view, group);
  if (never) return never;
  const body: Body | undefined = target.body === null ? undefined : chart.bodies[target.body];
  if (body && aimOf(verb) !== 'contact' && aimOf(verb) !== 'group' && body.id !== group.body) {
    if (!mobile(chart, group)) return 'immobile';
    const home = chart.bodies[group.body]?.system;
    if (home !== body.system && !interstellar(chart, group)) return 'no_stars';
  }
  switch (verb) {
    case 'move':
      return body && body.id === group.body ? 'here' : null;
    case 'land':
      return body && body.kind !== 'planet' && body.kind !== 'moon' ? 'no_ground' : null;
    case 'depart':
      return body && body.kind !== 'star' ? 'not_star' : null;
    case 'escort':
      return target.group === group.id ? 'itself' : null;
    case 'merge':
      return target.group === group.id ? 'itself' : null;
    case 'load': {
      const cargo = view.groups.find((one) => one.id === target.group);
      if (cargo?.id === group.id) return 'itself';
      return cargo && cargo.body !== group.body ? 'not_together' : null;
    }
    default:
      return null;
  }
}

/** What goes with a verb beside its target. */
export interface Details {
  pace_permille: number;
  role: string;
  from: number | null;
  standoff_km: number;
  offset_km: number;
  count: number;
  sites: number;
  field: number | null;
  queued: boolean;
  doctrine: number | null;
}

export const PLAIN: Details = {
  pace_permille: 1000,
  role: '',
  from: null,
  standoff_km: 40,
  offset_km: 10_000,
  count: 0,
  sites: 1,
  field: null,
  queued: false,
  doctrine: null,
};

/** The task in the wire's words; null while something is missing. */
export function task(verb: Verb, group: Group, target: Target, details: Details): Task | null {
  const { body } = target;
  const quarry: Quarry =
    target.contact !== null && (verb === 'hunt' || verb === 'assault')
      ? { kind: 'contact', contact: target.contact }
      : { kind: 'roles', roles: details.role ? [details.role] : [] };
  switch (verb) {
    case 'hold':
      return { kind: 'hold', until: null };
    case 'move':
      return body === null
        ? null
        : { kind: 'move', to: body, spot: null, pace_permille: details.pace_permille };
    case 'guard':
      return body === null ? null : { kind: 'guard', body, spot: null };
    case 'assault':
      return body === null ? null : { kind: 'assault', body, quarry };
    case 'raid':
      return body === null
        ? null
        : { kind: 'raid', body, roles: details.role ? [details.role] : [] };
    case 'ambush':
      return body === null || details.from === null
        ? null
        : {
            kind: 'ambush',
            from: details.from,
            to: body,
            standoff_m: Math.round(details.standoff_km * 1000),
          };
    case 'intercept':
      return target.contact === null ? null : { kind: 'intercept', contact: target.contact };
    case 'hunt':
      return { kind: 'hunt', quarry };
    case 'escort':
      return target.group === null ? null : { kind: 'escort', group: target.group };
    case 'merge':
      return target.group === null ? null : { kind: 'merge', into: target.group };
    case 'load':
      return target.group === null ? null : { kind: 'load', group: target.group };
    case 'unload':
      return { kind: 'unload' };
    case 'land':
      return body === null ? null : { kind: 'land', body, sites: details.sites };
    case 'withdraw':
      return { kind: 'withdraw', to: body };
    case 'depart':
      return body === null ? null : { kind: 'depart', star: body };
    case 'lay_mines':
      return body === null
        ? null
        : {
            kind: 'lay_mines',
            from: details.from ?? group.body,
            to: body,
            offset_m: Math.round(details.offset_km * 1000),
            count: details.count || mines(group),
          };
    case 'recover_mines':
      return details.field === null ? null : { kind: 'recover_mines', field: details.field };
  }
}

export function say(group: Group, what: Task, details: Details): Say {
  return {
    kind: 'group',
    group: group.id,
    task: what,
    queued: details.queued,
    doctrine: details.doctrine,
  };
}

/** Which verbs a place on the chart calls for, the likeliest first. */
export function offered(view: View, target: Target, hostileThere: boolean): Verb[] {
  if (target.group !== null) return ['escort', 'merge', 'load', 'move', 'guard'];
  const contact: Contact | undefined = view.contacts.find((one) => one.id === target.contact);
  if (contact) return ['assault', 'hunt', 'intercept', 'raid', 'ambush', 'move', 'guard'];
  return hostileThere
    ? ['assault', 'raid', 'move', 'guard', 'ambush', 'land', 'lay_mines', 'withdraw']
    : ['move', 'guard', 'ambush', 'lay_mines', 'land', 'withdraw', 'depart'];
}

/** Ships to split off: so many of a class (or of any), the most wounded first if they are wanted, else the least. */
export function chosenShips(
  group: Group,
  kind: number | null,
  count: number,
  wounded: boolean,
): number[] {
  const whole = (ship: Group['ships'][number]) =>
    ship.hull + ship.armour + ship.shields.reduce((sum, one) => sum + one, 0);
  return group.ships
    .filter((ship) => kind === null || ship.class === kind)
    .sort((a, b) => (wounded ? whole(a) - whole(b) : whole(b) - whole(a)) || a.id - b.id)
    .slice(0, Math.max(0, Math.floor(count)))
    .map((ship) => ship.id);
}
