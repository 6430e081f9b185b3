/**
 * The desk of the power one plays: orders given and not yet acknowledged, those in the book, and the way back from each step. Everything
 * can be undone until the deadline. Refuses to judge an order: the server does.
 */
import { api, Refused } from './api.ts';
import type { NewOrder, Order, Say, View } from './model.ts';

/** An order given in this window that the server has not acknowledged yet. */
export interface Pending {
  order: NewOrder;
  turn: number;
}

/** What is said, and why; what is not said has no reason. */
export interface Wanted {
  say: Say;
  reason?: string;
}

/** One thing done at the desk: what was put into the book, and what was taken out of it for that. */
interface Step {
  turn: number;
  gave: string[];
  took: Wanted[];
}

/** What the desk must know of the room that it stands in. */
export interface Office {
  readonly id: string;
  readonly power: number;
  readonly latest: View | null;
  readonly open: boolean;
  notify(kind: 'bad', text: string): void;
  complain(error: unknown): void;
}

/** A new order's id: 128 bits of luck. (`randomUUID` is missing where the page came over plain HTTP.) */
function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export class Desk {
  orders = $state.raw<Order[]>([]);
  pending = $state.raw<Pending[]>([]);
  private steps = $state.raw<Step[]>([]);
  private office: Office;

  /** The latest order of a person's that may still be taken back. */
  lastGiven = $derived(this.orders.findLast((one) => one.by === 'person' && one.id !== null)?.id);

  constructor(office: Office) {
    this.office = office;
  }

  async read(): Promise<void> {
    const { id, power } = this.office;
    this.orders = (await api.orders(id, power)).orders;
  }

  /** Gives orders, as one step. They count once the server has said so; until then they are kept and sent again. */
  give(wanted: readonly Wanted[]): Promise<boolean> {
    return this.change(wanted, []);
  }

  /** Takes orders out of the book and gives others in their stead, as one step. */
  async change(wanted: readonly Wanted[], without: readonly string[]): Promise<boolean> {
    const turn = this.office.latest?.turn;
    if (turn === undefined || !this.office.open) return false;
    const took: Wanted[] = [];
    let whole = true;
    for (const id of without) {
      const order = this.orders.find((one) => one.id === id);
      whole = await this.withdraw(id);
      if (!whole) break;
      if (order?.say) took.push({ say: order.say, reason: order.reason });
    }
    // Half a change is no change that was wished, but what was taken out so far can be put back.
    const gave = whole ? this.send(wanted, turn) : [];
    this.steps = [...this.steps.filter((one) => one.turn === turn), { turn, gave, took }];
    return whole && this.resend();
  }

  private send(wanted: readonly Wanted[], turn: number): string[] {
    const made = wanted.map(({ say, reason = '' }) => ({
      order: { id: freshId(), say, reason },
      turn,
    }));
    this.pending = [...this.pending, ...made];
    return made.map((one) => one.order.id);
  }

  /** Sends what has not been acknowledged: the same ids, so that nothing counts twice. */
  async resend(): Promise<boolean> {
    const { office } = this;
    const turn = office.latest?.turn;
    const waiting = this.pending.filter((one) => one.turn === turn);
    if (turn === undefined || waiting.length === 0) {
      this.pending = waiting;
      return true;
    }
    let good = true;
    try {
      const { receipts } = await api.give(
        office.id,
        office.power,
        turn,
        waiting.map((one) => one.order),
      );
      const heard = new Set(receipts.map((one) => one.id));
      this.pending = this.pending.filter((one) => !heard.has(one.order.id));
      for (const { refusal } of receipts) {
        if (!refusal) continue;
        good = false;
        office.notify('bad', refusal.text);
      }
      await this.read();
    } catch (error) {
      if (error instanceof Refused) {
        this.pending = this.pending.filter((one) => !waiting.includes(one));
        office.complain(error);
      }
      good = false;
    }
    return good;
  }

  /** Takes an order back, as long as the deadline has not passed. */
  async takeBack(id: string): Promise<void> {
    await this.change([], [id]);
  }

  private async withdraw(id: string): Promise<boolean> {
    this.pending = this.pending.filter((one) => one.order.id !== id);
    try {
      this.orders = (await api.takeBack(this.office.id, this.office.power, id)).orders;
      return true;
    } catch (error) {
      this.office.complain(error);
      return false;
    }
  }

  /** Is there a step of this turn that can be gone back? */
  undoable = $derived(
    this.lastGiven !== undefined || this.steps.some((one) => one.turn === this.office.latest?.turn),
  );

  /** Goes back one step: all that it gave is taken back, all that it took is given again. */
  async undo(): Promise<void> {
    const turn = this.office.latest?.turn;
    const step = this.steps.findLast((one) => one.turn === turn);
    if (!step || turn === undefined) {
      // Given before this window was opened.
      if (this.lastGiven) await this.withdraw(this.lastGiven);
      return;
    }
    this.steps = this.steps.filter((one) => one !== step);
    this.pending = this.pending.filter((one) => !step.gave.includes(one.order.id));
    const there = new Set(this.orders.map((one) => one.id));
    for (const id of step.gave.filter((one) => there.has(one))) await this.withdraw(id);
    if (step.took.length) {
      this.send(step.took, turn);
      await this.resend();
    }
  }
}
