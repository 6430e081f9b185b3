/**
 * A battle's record, read from its Arrow file into flat columns: one ship over one stretch of ticks is a row. Believes the server, but not
 * the file: what is not a record of the known form is an error in words.
 */
import { tableFromIPC, type RecordBatch } from 'apache-arrow';

export interface ClassIs {
  key: string;
  name: string;
  role: string;
  radius_m: number;
  length_m: number;
  shield: number;
  armour: number;
  hull: number;
  speed_mps: number;
  range_m: number;
  field_reach_m: number | null;
}

export interface PowerIs {
  key: string;
  name: string;
  adjective: string;
}

export interface Header {
  began_s: number;
  began: string;
  tick_ms: number;
  stretch_ticks: number;
  body_name: string;
  body_radius_m: number;
  body_air_m: number;
  star: boolean;
  body_at_m: [number, number, number];
  position_unit_m: number;
  velocity_unit_mps: number;
  classes: ClassIs[];
  powers: PowerIs[];
}

/** The rows of one stretch, column by column; lists as places in shared columns. */
export interface Stretch {
  rows: number;
  from: Uint32Array;
  /** The ship's place in `Record.ships`. */
  slot: Int32Array;
  x: Int32Array;
  y: Int32Array;
  z: Int32Array;
  movesAt: Int32Array;
  mTick: Uint8Array;
  mX: Int16Array;
  mY: Int16Array;
  mZ: Int16Array;
  vX: Int8Array;
  vY: Int8Array;
  vZ: Int8Array;
  hX: Int8Array;
  hY: Int8Array;
  hZ: Int8Array;
  statesAt: Int32Array;
  sTick: Uint8Array;
  shields: Uint8Array[];
  armour: Uint16Array;
  hull: Uint16Array;
  mode: Int8Array;
  targetsAt: Int32Array;
  tTick: Uint8Array;
  /** The target's slot, -1 for nobody. */
  target: Int32Array;
}

export interface ShipIs {
  id: number;
  class: number;
  power: number;
  group: number;
  name: string | null;
}

export interface Happened {
  tick: number;
  slot: number;
  kind: string;
  /** The slot of whose doing it was, -1 for nobody's. */
  by: number;
  cause: string | null;
  part: string | null;
  amount: number | null;
  x: number;
  y: number;
  z: number;
}

export interface BattleRecord {
  header: Header;
  ticks: number;
  modes: string[];
  ships: ShipIs[];
  stretches: Stretch[];
  /** All that happened, by tick. */
  events: Happened[];
}

export class NotARecord extends Error {
  override name = 'NotARecord';
}

interface Columns {
  length: number;
  valueOffsets: Int32Array;
  values: ArrayLike<number>;
  offset: number;
  nullBitmap: Uint8Array;
  nullCount: number;
  children: Columns[];
  type: { children?: { name: string }[]; typeId: number };
  dictionary?: { get(at: number): unknown; length: number };
}

function column(batch: RecordBatch, name: string): Columns {
  const found = batch.getChild(name)?.data[0] as unknown as Columns | undefined;
  if (!found) throw new NotARecord(`no column “${name}”`);
  return found;
}

function part(list: Columns, name: string): Columns {
  const items = list.children[0];
  const at = items?.type.children?.findIndex((field) => field.name === name) ?? -1;
  const found = items?.children[at];
  if (!found) throw new NotARecord(`no “${name}” in a list`);
  return found;
}

function valid(data: Columns, at: number): boolean {
  if (data.nullCount === 0 || data.nullBitmap.length === 0) return true;
  const bit = at + data.offset;
  return ((data.nullBitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

/** Reads a whole file. */
export function read(bytes: ArrayBuffer): BattleRecord {
  let table;
  try {
    table = tableFromIPC(new Uint8Array(bytes));
  } catch (error) {
    throw new NotARecord(error instanceof Error ? error.message : String(error));
  }
  const notes = table.schema.metadata;
  if (notes.get('jumpline.format') !== '1') {
    throw new NotARecord(`of form ${notes.get('jumpline.format') ?? 'unknown'}, not 1`);
  }
  const header = JSON.parse(notes.get('jumpline.battle') ?? '{}') as Header;
  const ticks = Number(notes.get('jumpline.ticks'));
  if (!(header.tick_ms > 0) || !(header.stretch_ticks > 0) || !(ticks >= 0)) {
    throw new NotARecord('its head');
  }

  const ships: ShipIs[] = [];
  const slots = new Map<number, number>();
  const stretches: Stretch[] = [];
  const waiting: { batch: RecordBatch; stretch: Stretch }[] = [];
  let modes: string[] = [];

  for (const batch of table.batches) {
    const ship = column(batch, 'ship').values as Uint32Array;
    const kind = column(batch, 'class').values;
    const power = column(batch, 'power').values;
    const group = column(batch, 'group').values as Uint32Array;
    const slot = new Int32Array(batch.numRows);
    for (let row = 0; row < batch.numRows; row += 1) {
      const id = ship[row] ?? 0;
      let place = slots.get(id);
      if (place === undefined) {
        place = ships.length;
        slots.set(id, place);
        const one = {
          id,
          class: kind[row] ?? 0,
          power: power[row] ?? 0,
          group: group[row] ?? 0,
          name: null,
        };
        if (!header.classes[one.class] || !header.powers[one.power]) {
          throw new NotARecord('a ship of no known class or power');
        }
        ships.push(one);
      }
      slot[row] = place;
    }
    const moves = column(batch, 'moves');
    const states = column(batch, 'states');
    const targets = column(batch, 'targets');
    const mode = part(states, 'mode');
    if (mode.dictionary) {
      const words = mode.dictionary;
      modes = Array.from({ length: words.length }, (_, at) => String(words.get(at)));
    }
    const stretch: Stretch = {
      rows: batch.numRows,
      from: column(batch, 'from_tick').values as Uint32Array,
      slot,
      x: column(batch, 'x').values as Int32Array,
      y: column(batch, 'y').values as Int32Array,
      z: column(batch, 'z').values as Int32Array,
      movesAt: moves.valueOffsets,
      mTick: part(moves, 'tick').values as Uint8Array,
      mX: part(moves, 'x').values as Int16Array,
      mY: part(moves, 'y').values as Int16Array,
      mZ: part(moves, 'z').values as Int16Array,
      vX: part(moves, 'vx').values as Int8Array,
      vY: part(moves, 'vy').values as Int8Array,
      vZ: part(moves, 'vz').values as Int8Array,
      hX: part(moves, 'hx').values as Int8Array,
      hY: part(moves, 'hy').values as Int8Array,
      hZ: part(moves, 'hz').values as Int8Array,
      statesAt: states.valueOffsets,
      sTick: part(states, 'tick').values as Uint8Array,
      shields: ['bow', 'stern', 'port', 'starboard', 'top', 'keel'].map(
        (facing) => part(states, `shield_${facing}`).values as Uint8Array,
      ),
      armour: part(states, 'armour').values as Uint16Array,
      hull: part(states, 'hull').values as Uint16Array,
      mode: mode.values as Int8Array,
      targetsAt: targets.valueOffsets,
      tTick: part(targets, 'tick').values as Uint8Array,
      target: new Int32Array(0),
    };
    stretches.push(stretch);
    waiting.push({ batch, stretch });
  }

  // Targets and causes name ships by their numbers: all of them are known by now.
  const events: Happened[] = [];
  for (const { batch, stretch } of waiting) {
    const aimed = part(column(batch, 'targets'), 'ship');
    const target = new Int32Array(aimed.length);
    for (let at = 0; at < aimed.length; at += 1) {
      target[at] = valid(aimed, at) ? (slots.get(aimed.values[at] ?? -1) ?? -1) : -1;
    }
    stretch.target = target;
    const happened = batch.getChild('events');
    if (!happened) throw new NotARecord('no column “events”');
    for (let row = 0; row < batch.numRows; row += 1) {
      const list = happened.get(row) as Iterable<Record<string, unknown>> | null;
      if (!list) continue;
      const slot = stretch.slot[row] ?? 0;
      const from = stretch.from[row] ?? 0;
      for (const one of list) {
        const by = one['by'] as number | null;
        const note = one['note'] as string | null;
        const ship = ships[slot];
        if (note && ship) ship.name = note;
        events.push({
          tick: from + Number(one['tick']),
          slot,
          kind: String(one['kind']),
          by: by === null ? -1 : (slots.get(by) ?? -1),
          cause: one['cause'] as string | null,
          part: one['part'] as string | null,
          amount: one['amount'] as number | null,
          x: Number(one['x']),
          y: Number(one['y']),
          z: Number(one['z']),
        });
      }
    }
  }
  events.sort((a, b) => a.tick - b.tick || a.slot - b.slot);
  return { header, ticks, modes, ships, stretches, events };
}
