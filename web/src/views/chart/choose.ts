/** What a click or a key does with what is under it: selects, thinks of an order, offers what can be ordered. Draws nothing. */
import { heading } from '../../base/format.ts';
import { t } from '../../base/i18n.svelte.ts';
import type { Room } from '../../session/room.svelte.ts';
import { samePick, type Spotted } from './layers/frame.ts';

export function choose(room: Room, under: Spotted | null, more: boolean): void {
  if (!under) {
    if (!more) room.select(null);
    return;
  }
  const forces = under.picks.filter((pick) => pick.kind !== 'body' && pick.kind !== 'system');
  if (forces.length <= 1 || more) {
    room.select(under.picks[0] ?? null, more);
    return;
  }
  // All of one's own at one place are taken together; a further click goes through them one by one.
  const now = room.picks.length === 1 ? room.picks[0] : undefined;
  const place = now ? forces.findIndex((pick) => samePick(pick, now)) : -1;
  const all = forces.every((pick) => room.picks.some((one) => samePick(one, pick)));
  if (place < 0 && !all && forces.length <= 60) room.picks = forces;
  else room.select(forces[(place + 1) % forces.length] ?? null);
}

/** What is said of a thing to whoever cannot see it. */
export function describe(room: Room, under: Spotted): string {
  const pick = under.picks[0];
  if (!pick || !room.view) return '';
  switch (pick.kind) {
    case 'system':
      return heading(room.chart?.systems[pick.id]?.name ?? '');
    case 'body':
      return heading(room.bodyName(pick.id));
    case 'group':
      return heading(room.groupName(pick.id));
    case 'ally':
      return heading(room.view.allies[pick.index]?.name ?? '');
    case 'contact': {
      const contact = room.view.contacts.find((one) => one.id === pick.id);
      return t('chart.contact.of', {
        power: room.powerName(contact?.power ?? null) || t('side.unknown'),
      });
    }
    case 'field':
      return t('chart.minefield');
  }
}

/** Opens the menu of what the selected groups can be told to do with a thing. */
export function offer(room: Room, x: number, y: number, under: Spotted | null): void {
  if (!under || !room.group || !room.open) return;
  const contact = under.picks.find((pick) => pick.kind === 'contact');
  const group = under.picks.find((pick) => pick.kind === 'group');
  room.offer = {
    x,
    y,
    body: under.body,
    contact: contact?.kind === 'contact' ? contact.id : null,
    group: group?.kind === 'group' && group.id !== room.group.id ? group.id : null,
  };
}

/** Thinks of going to what is pointed at; once for each thing. */
export class Thought {
  private key = '';

  of(room: Room, under: Spotted): void {
    const group = room.group;
    const body = under.body;
    if (!group || body === null || body === group.body) return;
    const key = `${group.id} ${body}`;
    if (key === this.key && room.draft) return;
    this.key = key;
    void room.think({
      kind: 'group',
      group: group.id,
      task: { kind: 'move', to: body, spot: null, pace_permille: 1000 },
      queued: false,
      doctrine: null,
    });
  }

  forget(): void {
    this.key = '';
  }
}

/** The next thing in a direction from the one that is pointed at. */
export function nextThat(
  list: readonly Spotted[],
  from: { x: number; y: number },
  [dx, dy]: readonly [number, number],
  inside: { width: number; height: number },
): Spotted | null {
  let best: Spotted | null = null;
  let least = Infinity;
  for (const one of list) {
    if (one.x < 0 || one.y < 0 || one.x > inside.width || one.y > inside.height) continue;
    const [x, y] = [one.x - from.x, one.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead < 6 || aside > ahead * 2.2) continue;
    const rank = ahead + aside * 1.6;
    if (rank < least) [best, least] = [one, rank];
  }
  return best;
}
