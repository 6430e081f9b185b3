/** What a record counts up to: strength over time, and who killed whom. Pure. */
import { Moment } from './moment.ts';
import type { BattleRecord } from './record.ts';

export interface Curves {
  /** Seconds since the beginning. */
  times: number[];
  powers: number[];
  /** Ships on the field, by power as in `powers`. */
  ships: number[][];
  /** Hull and shields on the field, points, by power. */
  strength: number[][];
}

export function curves(record: BattleRecord, samples = 240): Curves {
  const { header, ships } = record;
  const present = [...new Set(ships.map((ship) => ship.power))].sort((a, b) => a - b);
  const index = new Map(present.map((power, at) => [power, at]));
  const step = Math.max(1, Math.floor(record.ticks / samples));
  const found: Curves = {
    times: [],
    powers: present,
    ships: present.map(() => []),
    strength: present.map(() => []),
  };
  const moment = new Moment(record);
  const count = new Float64Array(present.length);
  const worth = new Float64Array(present.length);
  // At the last tick of all the field is cleared: nobody is there any more, which is no loss of anybody's.
  const end = Math.max(0, record.ticks - 1);
  for (let tick = 0; ; tick += step) {
    const now = Math.min(tick, end);
    moment.seek(now);
    count.fill(0);
    worth.fill(0);
    for (let place = 0; place < moment.count; place += 1) {
      const ship = ships[moment.slots[place]!]!;
      const kind = header.classes[ship.class]!;
      const at = index.get(ship.power)!;
      count[at]! += 1;
      worth[at]! += moment.hulls[place]! * kind.hull + moment.shields[place]! * kind.shield * 6;
    }
    found.times.push((now * header.tick_ms) / 1000);
    present.forEach((_, at) => {
      found.ships[at]!.push(count[at]!);
      found.strength[at]!.push(Math.round(worth[at]!));
    });
    if (now >= end) break;
  }
  return found;
}

export interface Matrix {
  /** Killers: a class of a power, or a cause where nobody did it. */
  rows: { label: string; power: number | null; total: number }[];
  /** Victims. */
  columns: { label: string; power: number; total: number }[];
  counts: number[][];
  total: number;
}

/** Who killed whom, by class and power, the greatest first. */
export function matrix(record: BattleRecord, until = Infinity, most = 14): Matrix {
  const { header, ships } = record;
  const label = (slot: number) => {
    const ship = ships[slot]!;
    return `${header.powers[ship.power]!.adjective} ${header.classes[ship.class]!.role}`;
  };
  const cells = new Map<string, Map<string, number>>();
  const powers = new Map<string, number | null>();
  const rowTotals = new Map<string, number>();
  const columnTotals = new Map<string, number>();
  let total = 0;
  for (const event of record.events) {
    if (event.tick > until) break;
    if (event.kind !== 'lost') continue;
    const row = event.by >= 0 ? label(event.by) : (event.cause ?? '?');
    const column = label(event.slot);
    powers.set(`r ${row}`, event.by >= 0 ? ships[event.by]!.power : null);
    powers.set(`c ${column}`, ships[event.slot]!.power);
    const line = cells.get(row) ?? new Map<string, number>();
    line.set(column, (line.get(column) ?? 0) + 1);
    cells.set(row, line);
    rowTotals.set(row, (rowTotals.get(row) ?? 0) + 1);
    columnTotals.set(column, (columnTotals.get(column) ?? 0) + 1);
    total += 1;
  }
  const top = (totals: Map<string, number>) =>
    [...totals].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, most);
  const [rows, columns] = [top(rowTotals), top(columnTotals)];
  return {
    rows: rows.map(([name, sum]) => ({
      label: name,
      power: powers.get(`r ${name}`) ?? null,
      total: sum,
    })),
    columns: columns.map(([name, sum]) => ({
      label: name,
      power: powers.get(`c ${name}`) ?? 0,
      total: sum,
    })),
    counts: rows.map(([row]) => columns.map(([column]) => cells.get(row)?.get(column) ?? 0)),
    total,
  };
}
