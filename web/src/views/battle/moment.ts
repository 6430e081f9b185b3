/** Where every ship of a record is at a moment, and how she is. Fills columns that are made once: this runs every frame. */
import type { BattleRecord, Stretch } from './record.ts';

/** A ship looked at closely: armour and hull in permille, each facing's shield in per cent. */
export interface Close {
  facings: number[];
  armour: number;
  hull: number;
}

export class Moment {
  readonly record: BattleRecord;
  /** How many ships are on the field; the columns hold so many, in no order that lasts. */
  count = 0;
  readonly slots: Int32Array;
  readonly places: Float32Array;
  readonly velocities: Float32Array;
  readonly headings: Float32Array;
  /** Mean of the facings, 0 to 1. */
  readonly shields: Float32Array;
  readonly hulls: Float32Array;
  readonly modes: Int8Array;
  /** The target's slot. */
  readonly targets: Int32Array;
  /** From a ship's slot to her place in the columns; -1 when she is not on the field. */
  readonly at: Int32Array;
  /** The stretch and row each was read from, for what is asked of one ship alone. */
  private readonly rows: Int32Array;
  private stretch: Stretch | undefined;

  constructor(record: BattleRecord) {
    const most = record.ships.length;
    this.record = record;
    this.slots = new Int32Array(most);
    this.places = new Float32Array(most * 3);
    this.velocities = new Float32Array(most * 3);
    this.headings = new Float32Array(most * 3);
    this.shields = new Float32Array(most);
    this.hulls = new Float32Array(most);
    this.modes = new Int8Array(most);
    this.targets = new Int32Array(most);
    this.at = new Int32Array(most);
    this.rows = new Int32Array(most);
  }

  /** Goes to a moment, in ticks since the beginning. Places are metres from the battle's centre. */
  seek(tick: number): void {
    const { header, stretches } = this.record;
    this.count = 0;
    this.at.fill(-1);
    const stretch = stretches[Math.floor(tick / header.stretch_ticks)];
    this.stretch = stretch;
    if (!stretch) return;
    const unit = header.position_unit_m;
    const pace = (header.velocity_unit_mps * header.tick_ms) / 1000;
    const speed = header.velocity_unit_mps;
    for (let row = 0; row < stretch.rows; row += 1) {
      const after = tick - stretch.from[row]!;
      const begin = stretch.movesAt[row]!;
      const end = stretch.movesAt[row + 1]!;
      if (after < 0 || end <= begin || after > stretch.mTick[end - 1]!) continue;
      // The last written place not after now.
      let low = begin;
      let high = end;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (stretch.mTick[middle]! <= after) low = middle;
        else high = middle;
      }
      const one = low;
      const other = low + 1 < end ? low + 1 : low;
      const spanned = stretch.mTick[other]! - stretch.mTick[one]!;
      const t = spanned > 0 ? (after - stretch.mTick[one]!) / spanned : 0;
      // A row that was cut ends where the next begins: the later one is meant.
      const slot = stretch.slot[row]!;
      let place = this.at[slot]!;
      if (place < 0) {
        place = this.count;
        this.count += 1;
        this.at[slot] = place;
        this.slots[place] = slot;
      }
      this.rows[place] = row;
      const square = t * t;
      const cube = square * t;
      const start = 2 * cube - 3 * square + 1;
      const leave = (cube - 2 * square + t) * spanned * pace;
      const arrive = (cube - square) * spanned * pace;
      const rest = 1 - start;
      const to = place * 3;
      this.places[to] =
        stretch.x[row]! +
        (start * stretch.mX[one]! + rest * stretch.mX[other]!) * unit +
        leave * stretch.vX[one]! +
        arrive * stretch.vX[other]!;
      this.places[to + 1] =
        stretch.y[row]! +
        (start * stretch.mY[one]! + rest * stretch.mY[other]!) * unit +
        leave * stretch.vY[one]! +
        arrive * stretch.vY[other]!;
      this.places[to + 2] =
        stretch.z[row]! +
        (start * stretch.mZ[one]! + rest * stretch.mZ[other]!) * unit +
        leave * stretch.vZ[one]! +
        arrive * stretch.vZ[other]!;
      this.velocities[to] = stretch.vX[one]! * speed;
      this.velocities[to + 1] = stretch.vY[one]! * speed;
      this.velocities[to + 2] = stretch.vZ[one]! * speed;
      const hx = stretch.hX[one]! * (1 - t) + stretch.hX[other]! * t;
      const hy = stretch.hY[one]! * (1 - t) + stretch.hY[other]! * t;
      const hz = stretch.hZ[one]! * (1 - t) + stretch.hZ[other]! * t;
      const size = Math.sqrt(hx * hx + hy * hy + hz * hz) || 1;
      this.headings[to] = hx / size;
      this.headings[to + 1] = hy / size;
      this.headings[to + 2] = hz / size;
      const state = last(stretch.sTick, stretch.statesAt[row]!, stretch.statesAt[row + 1]!, after);
      let shields = 0;
      for (const facing of stretch.shields) shields += facing[state]!;
      this.shields[place] = shields / 600;
      this.hulls[place] = stretch.hull[state]! / 1000;
      this.modes[place] = stretch.mode[state]!;
      const aim = last(stretch.tTick, stretch.targetsAt[row]!, stretch.targetsAt[row + 1]!, after);
      this.targets[place] = stretch.target[aim] ?? -1;
    }
  }

  /** The six facings of a ship on the field, percent, and her armour, permille. */
  close(slot: number, tick: number): Close | null {
    const place = this.at[slot] ?? -1;
    const stretch = this.stretch;
    if (place < 0 || !stretch) return null;
    const row = this.rows[place]!;
    const after = tick - stretch.from[row]!;
    const state = last(stretch.sTick, stretch.statesAt[row]!, stretch.statesAt[row + 1]!, after);
    return {
      facings: stretch.shields.map((facing) => facing[state]!),
      armour: stretch.armour[state]!,
      hull: stretch.hull[state]!,
    };
  }
}

/** The last of some rising ticks that is not after a moment. */
function last(ticks: Uint8Array, begin: number, end: number, after: number): number {
  let found = begin;
  for (let at = begin + 1; at < end && ticks[at]! <= after; at += 1) found = at;
  return found;
}
