import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Moment } from '../src/views/battle/moment.ts';
import { NotARecord, read } from '../src/views/battle/record.ts';
import { curves, matrix } from '../src/views/battle/tally.ts';

function bytes(): ArrayBuffer {
  const file = readFileSync(join(import.meta.dirname, 'records/nine-ships.arrow'));
  return new Uint8Array(file).buffer;
}

describe('a record', () => {
  const record = read(bytes());
  it('holds every ship, what she is and what happened to her', () => {
    expect(record.ships).toHaveLength(9);
    expect(record.ticks).toBeGreaterThan(100);
    expect(record.events.filter((event) => event.kind === 'came')).toHaveLength(9);
    const ends = record.events.filter((event) => ['lost', 'left', 'stands'].includes(event.kind));
    expect(ends).toHaveLength(9);
    expect(new Set(record.ships.map((ship) => ship.power)).size).toBe(2);
  });
  it('is refused when it is none', () => {
    expect(() => read(new Uint8Array([1, 2, 3]).buffer)).toThrow(NotARecord);
    expect(() => read(new ArrayBuffer(0))).toThrow(NotARecord);
  });
});

describe('a moment', () => {
  const record = read(bytes());
  const moment = new Moment(record);
  it('has everybody at the beginning', () => {
    moment.seek(0);
    expect(moment.count).toBe(9);
    for (let n = 0; n < 9; n += 1) {
      expect(moment.hulls[n]).toBeCloseTo(1, 3);
      const [x, y, z] = moment.headings.subarray(n * 3, n * 3 + 3);
      expect(Math.hypot(x ?? 0, y ?? 0, z ?? 0)).toBeCloseTo(1, 3);
    }
  });
  it('moves nobody farther than she flies', () => {
    const most = Math.max(...record.header.classes.map((kind) => kind.speed_mps));
    const before = new Map<number, Float32Array>();
    for (let tick = 0; tick < Math.min(600, record.ticks); tick += 1) {
      moment.seek(tick);
      for (let n = 0; n < moment.count; n += 1) {
        const slot = moment.slots[n] ?? 0;
        const place = moment.places.slice(n * 3, n * 3 + 3);
        const last = before.get(slot);
        if (last) {
          const far = Math.hypot(
            (place[0] ?? 0) - (last[0] ?? 0),
            (place[1] ?? 0) - (last[1] ?? 0),
            (place[2] ?? 0) - (last[2] ?? 0),
          );
          expect(far).toBeLessThan(most * (record.header.tick_ms / 1000) * 2 + 5000);
        }
        before.set(slot, place);
      }
    }
  });
  it('passes through what was written of a ship when she died', () => {
    for (const event of record.events.filter((one) => one.kind === 'lost')) {
      moment.seek(event.tick - 1);
      const at = moment.at[event.slot] ?? -1;
      expect(at).toBeGreaterThanOrEqual(0);
      const far = Math.hypot(
        (moment.places[at * 3] ?? 0) - event.x,
        (moment.places[at * 3 + 1] ?? 0) - event.y,
        (moment.places[at * 3 + 2] ?? 0) - event.z,
      );
      expect(far).toBeLessThan(60_000);
    }
  });
  it('is empty before and after', () => {
    moment.seek(-1);
    expect(moment.count).toBe(0);
    moment.seek(record.ticks + 100_000);
    expect(moment.count).toBe(0);
  });
});

describe('what is counted', () => {
  const record = read(bytes());
  const lost = record.events.filter((event) => event.kind === 'lost').length;
  it('begins whole and ends with who is left', () => {
    const { ships, times, powers } = curves(record, 50);
    expect(powers).toHaveLength(2);
    expect(times.length).toBeGreaterThan(40);
    expect(ships.reduce((sum, line) => sum + (line[0] ?? 0), 0)).toBe(9);
    expect(ships.reduce((sum, line) => sum + (line.at(-1) ?? 0), 0)).toBeGreaterThan(0);
  });
  it('books every death once', () => {
    const all = matrix(record);
    expect(all.total).toBe(lost);
    expect(all.counts.flat().reduce((a, b) => a + b, 0)).toBe(lost);
    expect(matrix(record, -1).total).toBe(0);
  });
});
