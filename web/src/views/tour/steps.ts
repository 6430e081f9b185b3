/** The first minute, step by step: what is pointed at, and when it is done. Pure. */
import type { Key } from '../../base/i18n.svelte.ts';
import type { Room } from '../../session/room.svelte.ts';

export interface Step {
  id: string;
  words: Key;
  /** What is pointed at. */
  at: string;
  /** Done by itself once this holds; without it, by "next". */
  done?: (room: Room, since: { turn: number; orders: number }) => boolean;
}

export const STEPS: readonly Step[] = [
  { id: 'welcome', words: 'tour.welcome', at: '' },
  { id: 'look', words: 'tour.look', at: 'canvas' },
  { id: 'select', words: 'tour.select', at: '.outliner', done: (room) => room.group !== null },
  {
    id: 'order',
    words: 'tour.order',
    at: '[data-tour=orders]',
    done: (room, since) =>
      room.desk.orders.filter((one) => one.by === 'person').length > since.orders,
  },
  {
    id: 'end',
    words: 'tour.end',
    at: '[data-tour=end]',
    done: (room, since) => (room.latest?.turn ?? 0) > since.turn,
  },
  { id: 'result', words: 'tour.result', at: '[data-tour=time]' },
  { id: 'more', words: 'tour.more', at: '' },
];
