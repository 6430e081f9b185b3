/** Who of a name is in a battle: ships by their names, people by the number of their ship. Pure. */
import type { View } from '../../session/model.ts';
import type { BattleRecord } from './record.ts';

/** Named people by the number of the ship that they are aboard, in one's own view. */
export function aboard(view: View): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const person of view.people) {
    const ship = person.fate.kind === 'aboard' ? person.fate.ship : null;
    if (ship !== null) found.set(ship, [...(found.get(ship) ?? []), person.name]);
  }
  return found;
}

export interface Known {
  slot: number;
  name: string;
  people: string[];
  /** The tick at which the ship is lost; null if she is not. */
  lost: number | null;
}

/** Ships with a name or with named people, those with people first. One's own have their numbers from the view, others great ones. */
export function known(
  record: BattleRecord,
  people: ReadonlyMap<number, readonly string[]>,
  name: (slot: number) => string,
): Known[] {
  const lost = new Map<number, number>();
  for (const event of record.events) if (event.kind === 'lost') lost.set(event.slot, event.tick);
  return record.ships
    .flatMap((ship, slot): Known[] => {
      const who = people.get(ship.id) ?? [];
      if (ship.name === null && who.length === 0) return [];
      return [{ slot, name: name(slot), people: [...who], lost: lost.get(slot) ?? null }];
    })
    .sort((a, b) => b.people.length - a.people.length || a.name.localeCompare(b.name));
}
