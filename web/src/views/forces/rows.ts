/** Everything that is known of forces, laid flat for tables. Pure. */
import { number } from '../../base/format.ts';
import { t, word } from '../../base/i18n.svelte.ts';
import type { Chart, Group, Person, Ship, Side, View } from '../../session/model.ts';

export interface GroupRow {
  key: string;
  side: Side;
  power: string;
  name: string;
  place: string;
  ships: number;
  opening: number;
  shields: number;
  hull: number;
  doing: string;
  age_s: number;
  group: number | null;
  contact: number | null;
  ally: number | null;
}

export interface ShipRow {
  key: string;
  ship: Ship;
  group: Group;
  name: string;
  className: string;
  role: string;
  place: string;
  status: string;
  shields: number;
  hull: number;
  wounds: string;
  broken: number;
}

/** Shares of whole ones, permille. */
export function condition(chart: Chart, ships: readonly Ship[]): { shields: number; hull: number } {
  let [shield, shieldMost, hull, hullMost] = [0, 0, 0, 0];
  for (const ship of ships) {
    const kind = chart.classes[ship.class];
    if (!kind) continue;
    shield += ship.shields.reduce((sum, one) => sum + one, 0);
    shieldMost += kind.shield * 6;
    hull += ship.hull + ship.armour;
    hullMost += kind.hull + kind.armour;
  }
  return {
    shields: shieldMost > 0 ? Math.round((shield / shieldMost) * 1000) : 1000,
    hull: hullMost > 0 ? Math.round((hull / hullMost) * 1000) : 1000,
  };
}

/** What is broken of a ship, in words, and how much of it there is. */
export function wounds(ship: Ship): { text: string; count: number } {
  const parts = ship.parts;
  if (!parts) return { text: '', count: 0 };
  const found: string[] = [];
  const share = (key: 'engine' | 'guns' | 'emitters' | 'sensors', permille: number) => {
    if (permille > 0) found.push(t(`wound.${key}`, { percent: Math.round(permille / 10) }));
  };
  share('engine', parts.engine_lost_permille);
  if (parts.gravity_drives_lost > 0)
    found.push(t('wound.drives', { count: parts.gravity_drives_lost }));
  share('guns', parts.guns_lost_permille);
  share('emitters', parts.emitters_lost_permille);
  share('sensors', parts.sensors_lost_permille);
  let pylons = parts.pylons_lost >>> 0;
  let lost = 0;
  while (pylons) {
    lost += pylons & 1;
    pylons >>>= 1;
  }
  if (lost > 0) found.push(t('wound.pylons', { count: lost }));
  if (parts.bridge_hit) found.push(t('wound.bridge'));
  return { text: found.join(', '), count: found.length };
}

export function shipRows(chart: Chart, view: View): ShipRow[] {
  return view.groups.flatMap((group) =>
    group.ships.map((ship) => {
      const kind = chart.classes[ship.class];
      const state = condition(chart, [ship]);
      const broken = wounds(ship);
      return {
        key: `s${ship.id}`,
        ship,
        group,
        name: ship.name ?? `${kind?.name ?? ''} ${ship.id}`,
        className: kind?.name ?? '',
        role: word('role', kind?.role ?? ''),
        place: chart.bodies[ship.body]?.name ?? '',
        status: ship.fighting ? t('group.fighting') : word('status', ship.status),
        shields: state.shields,
        hull: state.hull,
        wounds: broken.text,
        broken: broken.count,
      };
    }),
  );
}

export function groupRows(
  chart: Chart,
  view: View,
  sideOf: (power: number | null) => Side,
): GroupRow[] {
  const rows: GroupRow[] = view.groups.map((group) => ({
    key: `g${group.id}`,
    side: 'own' as const,
    power: chart.powers[view.power]?.adjective ?? '',
    name: group.name,
    place: chart.bodies[group.body]?.name ?? '',
    ships: group.ships.length,
    opening: group.opening_ships,
    ...condition(chart, group.ships),
    doing: group.fighting
      ? t('group.fighting')
      : group.withdrawing
        ? t('group.withdrawing')
        : group.jumping
          ? t('group.jumping')
          : group.tasks[0]
            ? word('verb', group.tasks[0].task.kind)
            : '',
    age_s: 0,
    group: group.id,
    contact: null,
    ally: null,
  }));
  view.allies.forEach((ally, index) => {
    const ships = ally.ships.reduce((sum, one) => sum + one.count, 0);
    rows.push({
      key: `a${index}`,
      side: sideOf(ally.power),
      power: chart.powers[ally.power]?.adjective ?? '',
      name: ally.name,
      place: chart.bodies[ally.body]?.name ?? '',
      ships,
      opening: ships,
      shields: -1,
      hull: -1,
      doing: '',
      age_s: 0,
      group: null,
      contact: null,
      ally: index,
    });
  });
  for (const contact of view.contacts) {
    const ships = contact.ships.reduce((sum, one) => sum + one.count, 0);
    rows.push({
      key: `c${contact.id}`,
      side: sideOf(contact.power),
      power:
        contact.power === null ? t('side.unknown') : (chart.powers[contact.power]?.adjective ?? ''),
      name: contact.ships
        .slice(0, 3)
        .map((one) =>
          one.class === null ? t('contact.class.unknown') : (chart.classes[one.class]?.name ?? ''),
        )
        .join(', '),
      place: chart.bodies[contact.body]?.name ?? '',
      ships,
      opening: ships,
      shields: -1,
      hull: contact.hurt_permille > 0 ? 1000 - contact.hurt_permille : -1,
      doing: '',
      age_s: Math.max(0, view.now - contact.last),
      group: null,
      contact: contact.id,
      ally: null,
    });
  }
  return rows;
}

export interface PowerRow {
  power: number;
  name: string;
  side: Side;
  groups: number;
  ships: number;
  roles: string;
}

export function powerRows(
  chart: Chart,
  view: View,
  sideOf: (power: number | null) => Side,
): PowerRow[] {
  const found = new Map<number, { groups: number; ships: number; roles: Map<string, number> }>();
  const add = (power: number, kinds: [number | null, number][]) => {
    const row = found.get(power) ?? { groups: 0, ships: 0, roles: new Map<string, number>() };
    row.groups += 1;
    for (const [kind, count] of kinds) {
      row.ships += count;
      const role = kind === null ? '?' : word('role', chart.classes[kind]?.role ?? '');
      row.roles.set(role, (row.roles.get(role) ?? 0) + count);
    }
    found.set(power, row);
  };
  for (const group of view.groups)
    add(
      view.power,
      group.ships.map((ship) => [ship.class, 1]),
    );
  for (const ally of view.allies)
    add(
      ally.power,
      ally.ships.map((one) => [one.class, one.count]),
    );
  for (const contact of view.contacts) {
    if (contact.power !== null) {
      add(
        contact.power,
        contact.ships.map((one) => [one.class, one.count]),
      );
    }
  }
  return [...found].map(([power, row]) => ({
    power,
    name: chart.powers[power]?.name ?? '',
    side: sideOf(power),
    groups: row.groups,
    ships: row.ships,
    roles: [...row.roles]
      .sort((a, b) => b[1] - a[1])
      .map(([role, count]) => `${number(count)} ${role}`)
      .join(', '),
  }));
}

export function fate(chart: Chart, view: View, person: Person): string {
  const where = person.fate;
  switch (where.kind) {
    case 'aboard':
    case 'adrift': {
      const ship = view.groups.flatMap((one) => one.ships).find((one) => one.id === where.ship);
      const name = ship?.name ?? (ship ? (chart.classes[ship.class]?.name ?? '') : '');
      return `${t(`fate.${where.kind}`)} ${name}`.trim();
    }
    case 'ground':
      return t('fate.ground', { body: chart.bodies[where.body]?.name ?? '' });
    default:
      return t(`fate.${where.kind}`);
  }
}
