// Holds a battle record, as apache-arrow reads it, to what the program that wrote it said: `node read.mjs RECORD SAID.json`.
// Prints a line for each check that fails and ends with `checks N failed M`. Columns are read as typed arrays, without a copy.

import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';

const [record, saidFile] = process.argv.slice(2);
const said = JSON.parse(readFileSync(saidFile, 'utf8'));
const told = said.record;
const table = tableFromIPC(readFileSync(record));
const notes = table.schema.metadata;
const head = JSON.parse(notes.get('jumpline.battle'));

/** A list column of one batch: where each row's items begin, and the items' columns by name. */
function list(batch, name) {
  const lists = batch.getChild(name).data[0];
  const structs = lists.children[0];
  const columns = {};
  structs.type.children.forEach((field, at) => (columns[field.name] = structs.children[at]));
  return { ends: lists.valueOffsets, length: structs.length, columns };
}

const counted = { rows: 0, moves: 0, states: 0, targets: 0, events: 0 };
const sums = [0, 0, 0];
const ships = new Set();
let lost = 0;
for (const batch of table.batches) {
  counted.rows += batch.numRows;
  for (const name of ['moves', 'states', 'targets', 'events']) counted[name] += list(batch, name).length;
  const { columns, length } = list(batch, 'moves');
  ['x', 'y', 'z'].forEach((axis, at) => {
    const values = columns[axis].values;
    for (let nth = 0; nth < length; nth += 1) sums[at] += values[nth];
  });
  for (const ship of batch.getChild('ship')) ships.add(ship);
  for (const events of batch.getChild('events')) {
    for (const event of events) if (event.kind === 'lost') lost += 1;
  }
}

/** Where a ship was: the cubic between the two moves around the tick, from the batch that holds it. */
function place(ship, tick) {
  const batch = table.batches[Math.floor(tick / head.stretch_ticks)];
  const { ends, columns: m } = list(batch, 'moves');
  const of = (name) => batch.getChild(name);
  const step = head.position_unit_m;
  const pace = (head.velocity_unit_mps * head.tick_ms) / 1000;
  for (let row = 0; row < batch.numRows; row += 1) {
    const begins = of('from_tick').get(row);
    const [from, to] = [ends[row], ends[row + 1]];
    if (of('ship').get(row) !== ship || begins > tick || begins + m.tick.values[to - 1] < tick) continue;
    let at = from;
    while (at + 1 < to && begins + m.tick.values[at + 1] <= tick) at += 1;
    const next = Math.min(at + 1, to - 1);
    const span = m.tick.values[next] - m.tick.values[at];
    const t = span > 0 ? (tick - begins - m.tick.values[at]) / span : 0;
    const a = 2 * t ** 3 - 3 * t ** 2 + 1;
    const leave = (t ** 3 - 2 * t ** 2 + t) * span;
    const arrive = (t ** 3 - t ** 2) * span;
    const found = ['x', 'y', 'z'].map((axis) => {
      const [p, v] = [m[axis].values, m['v' + axis].values];
      return of(axis).get(row) + step * (a * p[at] + (1 - a) * p[next]) + pace * (leave * v[at] + arrive * v[next]);
    });
    return { found, error: of('error_m').get(row) + step };
  }
  return null;
}

const sum = (values) => values.reduce((one, other) => one + other, 0);
const rows = said.sides.flatMap((side) => side.ships);
const checks = [
  ['format', notes.get('jumpline.format'), '1'],
  ['digest', notes.get('jumpline.digest'), told.digest],
  ['ticks', Number(notes.get('jumpline.ticks')), told.ticks],
  ...Object.entries(counted).map(([name, count]) => [name, count, told[name]]),
  ['sums', sums.join(' '), told.sums.join(' ')],
  ['ships', ships.size, sum(rows.map((row) => row.opening))],
  ['lost', lost, sum(rows.map((row) => Math.round(row.lost_mean)))],
];
let failed = 0;
for (const [name, found, wanted] of checks) {
  if (found !== wanted) {
    failed += 1;
    console.log(`apache-arrow: ${name}: ${found}, and it was said ${wanted}`);
  }
}
for (const spot of told.places) {
  const stance = place(spot.ship, spot.tick);
  const off = stance && Math.hypot(...['x', 'y', 'z'].map((axis, at) => stance.found[at] - spot[axis]));
  if (stance === null || off > stance.error) {
    failed += 1;
    console.log(`apache-arrow: ship ${spot.ship} at tick ${spot.tick}: off by ${off} m`);
  }
}
console.log(`checks ${checks.length + told.places.length} failed ${failed}`);
