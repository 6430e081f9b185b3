/** Which events are told, and what leads to what. Pure. */
import type { Event } from '../../session/model.ts';

/** Kinds by how much they matter: the story holds the first, a fuller one the second, the rest is on demand. */
export const GREAT: readonly string[] = [
  'battle_began',
  'battle_ended',
  'shields_down',
  'foothold',
  'landed',
  'withdrew',
  'struck',
  'force_arrived',
  'operation_began',
  'braking_failed',
  'crash_landed',
  'person',
  'field_lit',
  'field_dark',
  'pylon_lost',
  'answered',
  'sighted',
];
export const LESSER: readonly string[] = [
  ...GREAT,
  'ship_lost',
  'group_arrived',
  'group_departed',
  'lost_sight',
  'battle_joined',
  'mines_laid',
  'mines_struck',
  'mines_recovered',
  'asked',
  'order_taken',
  'order_refused',
  'built',
  'departed',
  'towed',
  'site_shield',
];

export type Depth = 'great' | 'lesser' | 'all';

export interface Filter {
  depth: Depth;
  search: string;
  person: string | null;
  group: number | null;
}

export function told(events: readonly Event[], filter: Filter): Event[] {
  const kinds = filter.depth === 'all' ? null : new Set(filter.depth === 'great' ? GREAT : LESSER);
  const words = filter.search.trim().toLocaleLowerCase();
  return events.filter((event) => {
    if (filter.person !== null && event.person !== filter.person) return false;
    if (filter.group !== null && event.group !== filter.group) return false;
    if (words) return event.text.toLocaleLowerCase().includes(words) || event.kind.includes(words);
    return filter.person !== null || kinds === null || kinds.has(event.kind);
  });
}

export interface Beat {
  /** What is written: one event, or many of one kind at one place together. */
  events: Event[];
}

/** Ship losses of one battle at one time read better together. */
export function beats(events: readonly Event[]): Beat[] {
  const found: Beat[] = [];
  for (const event of events) {
    const last = found.at(-1);
    const first = last?.events[0];
    if (
      last &&
      first &&
      first.kind === 'ship_lost' &&
      event.kind === 'ship_lost' &&
      first.power === event.power &&
      first.body === event.body &&
      first.turn === event.turn
    ) {
      last.events.push(event);
    } else found.push({ events: [event] });
  }
  return found;
}

/** The chain of events behind one, nearest first, each once. */
export function causes(event: Event, byId: ReadonlyMap<string, Event>, most = 12): Event[] {
  const found: Event[] = [];
  const seen = new Set([event.id]);
  let front = [event];
  while (front.length && found.length < most) {
    const next: Event[] = [];
    for (const one of front) {
      for (const because of one.because) {
        if (because.kind !== 'event' || seen.has(because.event)) continue;
        seen.add(because.event);
        const cause = byId.get(because.event);
        if (cause) {
          found.push(cause);
          next.push(cause);
        }
      }
    }
    front = next;
  }
  return found.slice(0, most);
}
