/** The pointer on the chart: one drags, two pinch, a drag of a selected group orders it. Says what is meant; does none of it itself. */
import type { Screen } from './camera.ts';

/** What the chart does when the hand says so. */
export interface Deeds {
  /** Does a drag from here order a selected group? */
  orders(at: Screen, event: PointerEvent): boolean;
  pan(dx: number, dy: number): void;
  turn(dx: number, dy: number): void;
  zoom(factor: number, at: Screen): void;
  /** The pointer passes over a place without being down. */
  over(at: Screen): void;
  /** A group is dragged over a place. */
  aim(at: Screen): void;
  /** A dragged group is let go. */
  drop(at: Screen, event: PointerEvent): void;
  /** The chart is let go after it was moved. */
  rest(): void;
  click(at: Screen, event: PointerEvent): void;
}

interface Grip {
  id: number;
  start: Screen;
  last: Screen;
  moved: boolean;
  turning: boolean;
  ordering: boolean;
}

const CLICK_MOST_PX = 5;

export class Hand {
  private grip: Grip | null = null;
  private fingers = new Map<number, Screen>();
  private pinch = 0;
  private deeds: Deeds;

  constructor(deeds: Deeds) {
    this.deeds = deeds;
  }

  get busy(): boolean {
    return this.grip !== null;
  }

  down(at: Screen, event: PointerEvent): void {
    this.fingers.set(event.pointerId, at);
    this.grip = {
      id: event.pointerId,
      start: at,
      last: at,
      moved: false,
      turning: event.button === 1 || event.altKey,
      ordering: this.deeds.orders(at, event),
    };
  }

  move(at: Screen, event: PointerEvent): void {
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, at);
    if (this.fingers.size === 2) {
      const [a, b] = [...this.fingers.values()] as [Screen, Screen];
      const apart = Math.hypot(a.x - b.x, a.y - b.y);
      const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      if (this.pinch) this.deeds.zoom(this.pinch / apart, middle);
      this.pinch = apart;
      return;
    }
    this.pinch = 0;
    const { grip } = this;
    if (!grip) {
      this.deeds.over(at);
      return;
    }
    if (Math.hypot(at.x - grip.start.x, at.y - grip.start.y) > CLICK_MOST_PX) grip.moved = true;
    if (!grip.moved) return;
    const [dx, dy] = [at.x - grip.last.x, at.y - grip.last.y];
    if (grip.ordering) this.deeds.aim(at);
    else if (grip.turning) this.deeds.turn(dx, dy);
    else this.deeds.pan(dx, dy);
    grip.last = at;
  }

  up(at: Screen, event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.pinch = 0;
    const { grip } = this;
    this.grip = null;
    if (!grip || grip.id !== event.pointerId) return;
    if (!grip.moved) this.deeds.click(at, event);
    else if (grip.ordering) this.deeds.drop(at, event);
    else this.deeds.rest();
  }

  cancel(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.grip = null;
    this.pinch = 0;
  }
}
