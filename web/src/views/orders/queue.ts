/** What a group will be about once the deadline has passed: the tasks it has, and what it is told this turn. Pure. */
import type { Group, Order } from '../../session/model.ts';
import type { Told } from '../../session/templates.svelte.ts';

export interface Queued extends Told {
  /** The order of this turn that says so; null for a task that the group has already. */
  order: string | null;
}

/** Tasks that are done at once and never stand in a row. */
const MOMENTARY = ['detach', 'merge'];

/** The row as it will be. An order that is not queued does away with all before it. */
export function planned(group: Group, orders: readonly Order[]): Queued[] {
  let row: Queued[] = group.tasks.map(({ task, doctrine }) => ({ task, doctrine, order: null }));
  for (const { id, say, refusal, by } of orders) {
    if (say?.kind !== 'group' || say.group !== group.id || refusal || by !== 'person') continue;
    if (MOMENTARY.includes(say.task.kind)) continue;
    const next = { task: say.task, doctrine: say.doctrine ?? null, order: id };
    row = say.queued ? [...row, next] : [next];
  }
  return row;
}

/** The row with one of it moved up (-1) or down (1). */
export function moved(row: readonly Queued[], at: number, by: -1 | 1): Queued[] {
  const to = at + by;
  if (to < 0 || to >= row.length) return [...row];
  const next = [...row];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

export function without(row: readonly Queued[], at: number): Queued[] {
  return row.filter((_, place) => place !== at);
}

/** The orders of this turn that a new row stands in the stead of. */
export function replaced(group: Group, orders: readonly Order[]): string[] {
  return orders.flatMap(({ id, say }) =>
    id !== null &&
    say?.kind === 'group' &&
    say.group === group.id &&
    !MOMENTARY.includes(say.task.kind)
      ? [id]
      : [],
  );
}
