/** Contacts as a list tells them: many alike at one place are one line, which can be opened. Pure. */
import type { Contact } from '../../session/model.ts';
import { contactShips } from './scene.ts';

/** One line: a contact, or many of one power at one place. */
export interface Sighting {
  /** The same as long as it is of that power at that place. */
  key: string;
  /** The greatest first. */
  contacts: Contact[];
  ships: number;
  /** When the latest of them was seen. */
  last: number;
  /** How sure the least sure of them is. */
  sure_permille: number;
}

/** Lines in the order of the latest sighting, then of size. Fewer than `alike` of a kind stay apart. */
export function sightings(contacts: readonly Contact[], alike = 3): Sighting[] {
  const kinds = new Map<string, Contact[]>();
  for (const contact of contacts) {
    const key = `${contact.power ?? '?'} ${contact.body}`;
    kinds.set(key, [...(kinds.get(key) ?? []), contact]);
  }
  const lines = [...kinds].flatMap(([key, all]) =>
    all.length < alike
      ? all.map((contact) => line(`${key} ${contact.id}`, [contact]))
      : [line(key, all)],
  );
  return lines.sort((a, b) => b.last - a.last || b.ships - a.ships);
}

function line(key: string, contacts: Contact[]): Sighting {
  const sorted = [...contacts].sort((a, b) => contactShips(b) - contactShips(a) || a.id - b.id);
  return {
    key,
    contacts: sorted,
    ships: sorted.reduce((sum, one) => sum + contactShips(one), 0),
    last: Math.max(...sorted.map((one) => one.last)),
    sure_permille: Math.min(...sorted.map((one) => one.sure_permille)),
  };
}
