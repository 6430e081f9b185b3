/**
 * The commander's advice and what the player wishes of it: nothing, proposals to accept or veto, or orders at once that can be taken back.
 * The server makes the advice from the power's own view; here is only kept what has been said to it.
 */
import { api } from './api.ts';
import type { Game, Proposal, Task, View } from './model.ts';
import type { Wanted } from './desk.svelte.ts';

export type Trust = 'off' | 'propose' | 'act';
/** Kinds of orders that a player may keep for themselves. */
export const MATTERS = ['attack', 'defend', 'mines', 'allies'] as const;
export type Matter = (typeof MATTERS)[number];

export interface Wishes {
  trust: Trust;
  /** What the commander must not touch. */
  not: Matter[];
  /** Groups that are none of its business. */
  leave: number[];
}

const NONE: Wishes = { trust: 'propose', not: [], leave: [] };

/** All that the commander means one group to do, or one thing said to another power. */
export interface Plan {
  /** The same for the same plan, whenever it is proposed. */
  key: string;
  group: number | null;
  matter: Matter;
  proposals: Proposal[];
  reason: string;
}

const ATTACKS: readonly Task['kind'][] = ['assault', 'raid', 'hunt', 'intercept', 'ambush'];

function matterOf(proposals: readonly Proposal[]): Matter {
  const says = proposals.map((one) => one.say);
  if (says.some((say) => say.kind !== 'group')) return 'allies';
  const tasks = says.flatMap((say) => (say.kind === 'group' ? [say.task.kind] : []));
  if (tasks.some((task) => ATTACKS.includes(task))) return 'attack';
  return tasks.some((task) => task.endsWith('_mines')) ? 'mines' : 'defend';
}

/** Proposals as plans: a row of tasks for one group is taken or left as a whole. Pure. */
export function plans(proposals: readonly Proposal[]): Plan[] {
  const rows = new Map<string, Proposal[]>();
  proposals.forEach((one, at) => {
    const key = one.say.kind === 'group' ? `g${one.say.group}` : `${one.say.kind}${at}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  });
  return [...rows.values()].map((row) => {
    const first = row[0]!;
    return {
      key: JSON.stringify(row.map((one) => one.say)),
      group: first.say.kind === 'group' ? first.say.group : null,
      matter: matterOf(row),
      proposals: row,
      reason: [...new Set(row.map((one) => one.reason))].join(' '),
    };
  });
}

/** Plans with one reason are one intention: shown, accepted and vetoed together. Pure. */
export function intentions(all: readonly Plan[]): { reason: string; plans: Plan[] }[] {
  const byReason = new Map<string, Plan[]>();
  for (const plan of all) byReason.set(plan.reason, [...(byReason.get(plan.reason) ?? []), plan]);
  return [...byReason].map(([reason, list]) => ({ reason, plans: list }));
}

/** Those that the player has not ruled out. Pure. */
export function wished(all: readonly Plan[], wishes: Wishes, vetoed: ReadonlySet<string>): Plan[] {
  return all.filter(
    (plan) =>
      !vetoed.has(plan.key) &&
      !wishes.not.includes(plan.matter) &&
      !(plan.group !== null && wishes.leave.includes(plan.group)),
  );
}

/** What the advisor must know of the room that it stands in. */
interface Chamber {
  readonly id: string;
  readonly power: number;
  readonly mine: boolean;
  readonly open: boolean;
  readonly latest: View | null;
  readonly game: Game | null;
  act(wanted: readonly Wanted[]): Promise<boolean>;
}

export class Advisor {
  wishes = $state.raw<Wishes>(NONE);
  private proposals = $state.raw<Proposal[]>([]);
  private vetoed = $state.raw<ReadonlySet<string>>(new Set());
  private read = '';
  private asked = -1;
  private chamber: Chamber;

  plans = $derived(
    this.wishes.trust === 'off' ? [] : wished(plans(this.proposals), this.wishes, this.vetoed),
  );

  constructor(chamber: Chamber) {
    this.chamber = chamber;
  }

  private get shelf(): string {
    return `jumpline.wishes.${this.chamber.id}.${this.chamber.power}`;
  }

  /** A new turn, or another seat: asks anew. */
  async turned(): Promise<void> {
    const { chamber } = this;
    if (this.read !== this.shelf) {
      this.read = this.shelf;
      this.asked = -1;
      this.vetoed = new Set();
      this.wishes = stored(this.shelf);
    }
    const turn = chamber.latest?.turn ?? -1;
    if (turn === this.asked) return;
    this.proposals = [];
    await this.ask();
  }

  /** Asks for advice, if any is wanted. */
  async ask(): Promise<void> {
    const { chamber } = this;
    const turn = chamber.latest?.turn ?? -1;
    if (!chamber.mine || !chamber.open || this.wishes.trust === 'off') return;
    const fresh = turn !== this.asked;
    this.asked = turn;
    try {
      const advice = await api.advice(chamber.id, chamber.power);
      if (advice.turn !== chamber.latest?.turn) return;
      this.proposals = advice.proposals;
    } catch {
      // Advice can be done without; it is asked for again next turn.
      return;
    }
    // Only at the beginning of a turn: who takes such an order back means it.
    if (fresh && this.wishes.trust === 'act') await this.accept(this.plans);
  }

  wish(part: Partial<Wishes>): void {
    const before = this.wishes.trust;
    this.wishes = { ...this.wishes, ...part };
    try {
      localStorage.setItem(this.shelf, JSON.stringify(this.wishes));
    } catch {
      // A browser that keeps nothing still works.
    }
    if (before === 'off' && this.wishes.trust !== 'off') void this.ask();
  }

  /** Gives what is proposed, as orders of one's own, in one step. */
  async accept(list: readonly Plan[]): Promise<void> {
    const wanted = list.flatMap((plan) => plan.proposals);
    if (wanted.length === 0) return;
    await this.chamber.act(wanted);
    // What has been ordered is proposed no more; what was refused may be.
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const { chamber } = this;
    try {
      const advice = await api.advice(chamber.id, chamber.power);
      if (advice.turn === chamber.latest?.turn) this.proposals = advice.proposals;
    } catch {
      // As above.
    }
  }

  /** What the book holds has changed by another hand. */
  ordered(): void {
    if (this.asked === this.chamber.latest?.turn) void this.refresh();
  }

  veto(list: readonly Plan[]): void {
    this.vetoed = new Set([...this.vetoed, ...list.map((plan) => plan.key)]);
  }

  /** Hears again what was vetoed. */
  forgive(): void {
    this.vetoed = new Set();
  }

  get silenced(): number {
    return plans(this.proposals).length - this.plans.length;
  }
}

function stored(shelf: string): Wishes {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(shelf) ?? '{}');
    return { ...NONE, ...(typeof found === 'object' ? found : {}) };
  } catch {
    return NONE;
  }
}
