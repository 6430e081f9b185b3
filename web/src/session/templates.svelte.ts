/**
 * Orders kept under a name, for other groups and other days: a row of tasks, a doctrine, or both. Kept in this browser for each player;
 * places and doctrines by their keys, so that they mean the same in every war of one scenario. Gives no orders itself.
 */
import type { Chart, Say, Task } from './model.ts';

/** What one group is told. */
export interface Told {
  task: Task;
  doctrine: number | null;
}

/** A task whose places are keys. */
export interface Packed {
  /** The task; numbers of bodies in it mean nothing. */
  task: Task;
  places: Record<string, string>;
  doctrine: string | null;
}

export interface Template {
  name: string;
  row: Packed[];
}

const PLACES = ['to', 'from', 'body', 'star'] as const;
/** Tasks that are about one thing of one moment: they mean nothing to another group. */
const BOUND: readonly Task['kind'][] = [
  'intercept',
  'escort',
  'recover_mines',
  'load',
  'detach',
  'merge',
  'tow',
  'other',
];

/** A row of tasks without what binds it to one war; null if nothing is left of it then. Pure. */
export function pack(chart: Chart, row: readonly Told[]): Packed[] | null {
  const packed = row.flatMap(({ task, doctrine }): Packed[] => {
    if (BOUND.includes(task.kind)) return [];
    const fields = { ...task } as Record<string, unknown>;
    const places: Record<string, string> = {};
    for (const field of PLACES) {
      const body = fields[field];
      const key = typeof body === 'number' ? chart.bodies[body]?.key : undefined;
      if (key !== undefined) places[field] = key;
    }
    // A contact is gone tomorrow: anything hostile is meant.
    const quarry = fields['quarry'] as { kind: string } | undefined;
    if (quarry?.kind === 'contact') fields['quarry'] = { kind: 'roles', roles: [] };
    const order = doctrine === null ? undefined : chart.doctrines[doctrine]?.key;
    return [{ task: fields as unknown as Task, places, doctrine: order ?? null }];
  });
  return packed.length ? packed : null;
}

/** The row as it is said in this war; null if this war has not all of its places. Pure. */
export function unpack(chart: Chart, template: Template): Told[] | null {
  const row: Told[] = [];
  for (const { task, places, doctrine } of template.row) {
    const fields = { ...task } as Record<string, unknown>;
    for (const [field, key] of Object.entries(places)) {
      const body = chart.bodies.find((one) => one.key === key);
      if (!body) return null;
      fields[field] = body.id;
    }
    const order = doctrine === null ? null : chart.doctrines.find((one) => one.key === doctrine);
    if (order === undefined) return null;
    row.push({ task: fields as unknown as Task, doctrine: order?.id ?? null });
  }
  return row;
}

/** A row of tasks as orders to a group: the first at once, the others after it. Pure. */
export function rowSays(group: number, row: readonly Told[]): Say[] {
  return row.map(({ task, doctrine }, at) => ({
    kind: 'group',
    group,
    task,
    queued: at > 0,
    doctrine,
  }));
}

export class Templates {
  list = $state.raw<readonly Template[]>([]);
  /** How the list was before it was last changed. */
  private before = $state.raw<readonly Template[] | null>(null);
  private shelf: string;

  constructor(player: string) {
    this.shelf = `jumpline.templates.${player}`;
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.shelf) ?? '[]');
      if (Array.isArray(found)) this.list = found as Template[];
    } catch {
      // Spoilt or forbidden: begin with none.
    }
  }

  /** Keeps a row under a name; what was under it before is replaced. */
  save(name: string, row: Packed[]): void {
    const others = this.list.filter((one) => one.name !== name);
    this.keep([...others, { name, row }].sort((a, b) => a.name.localeCompare(b.name)));
  }

  remove(name: string): void {
    this.keep(this.list.filter((one) => one.name !== name));
  }

  get undoable(): boolean {
    return this.before !== null;
  }

  /** Takes the last change of the list back. */
  undo(): void {
    if (!this.before) return;
    this.keep(this.before);
    this.before = null;
  }

  private keep(list: readonly Template[]): void {
    this.before = this.list;
    this.list = list;
    try {
      localStorage.setItem(this.shelf, JSON.stringify(list));
    } catch {
      // A browser that keeps nothing has them until it is closed.
    }
  }
}
