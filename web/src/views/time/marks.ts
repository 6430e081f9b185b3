/** What of a turn is worth a mark on the scrubber, and how great it is. Pure. */
import type { Mark } from '../../session/model.ts';

export type Tone = 'battle' | 'loss' | 'sight' | 'move' | 'deed';

/** The kinds of event that make a mark, by what they say of the turn. */
export const TONES: Readonly<Record<Tone, readonly string[]>> = {
  battle: ['battle_began', 'battle_joined', 'battle_ended'],
  loss: [
    'ship_lost',
    'shields_down',
    'gravity_drive_lost',
    'pylon_lost',
    'mines_struck',
    'withdrew',
  ],
  sight: ['sighted', 'lost_sight'],
  move: ['force_arrived', 'group_arrived', 'group_departed', 'departed', 'built'],
  deed: [
    'foothold',
    'landed',
    'struck',
    'mines_laid',
    'person',
    'asked',
    'answered',
    'operation_began',
  ],
};

export interface Tick {
  turn: number;
  at: number;
  /** How many events of each tone. */
  tones: Record<Tone, number>;
  total: number;
}

export function ticks(marks: readonly Mark[]): Tick[] {
  return marks.map((mark) => {
    const tones = { battle: 0, loss: 0, sight: 0, move: 0, deed: 0 };
    for (const tone of Object.keys(TONES) as Tone[]) {
      for (const kind of TONES[tone]) tones[tone] += mark.kinds[kind] ?? 0;
    }
    const total = Object.values(tones).reduce((sum, one) => sum + one, 0);
    return { turn: mark.turn, at: mark.at, tones, total };
  });
}

/** The next turn, in a direction, in which something of that tone happened. */
export function jump(list: readonly Tick[], from: number, step: 1 | -1, tone: Tone): number | null {
  const ordered = step === 1 ? list : [...list].reverse();
  return ordered.find((one) => (one.turn - from) * step > 0 && one.tones[tone] > 0)?.turn ?? null;
}

/** What is written under the scrubber: the day where it begins, the hour where the day was written before. */
export function stamps(
  places: readonly { turn: number; at: number }[],
  dayOf: (at: number) => string,
  hourOf: (at: number) => string,
): { turn: number; text: string }[] {
  let before = '';
  return places.map(({ turn, at }) => {
    const day = dayOf(at);
    const text = day === before ? hourOf(at) : day;
    before = day;
    return { turn, text };
  });
}
