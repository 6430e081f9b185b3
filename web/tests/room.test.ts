import { afterEach, describe, expect, it, vi } from 'vitest';
import { Room } from '../src/session/room.svelte.ts';

describe('the room', () => {
  afterEach(() => vi.unstubAllGlobals());
  it('tells every turn once, however fast turns follow each other', async () => {
    // The sooner asked, the later answered.
    let wait = 60;
    vi.stubGlobal('fetch', async (path: string) => {
      const words = new URL(path, 'http://x').searchParams;
      const [from, to] = [Number(words.get('from')), Number(words.get('to'))];
      await new Promise((good) => setTimeout(good, (wait -= 20)));
      const events = Array.from({ length: to - from + 1 }, (_, at) => ({ id: `e${from + at}` }));
      return new Response(JSON.stringify({ events }));
    });
    const room = new Room('war');
    const tell = (turn: number) =>
      (room as unknown as { tell(turn: number): Promise<void> }).tell(turn);
    await Promise.all([tell(2), tell(5), tell(3)]);
    expect(room.events.map((one) => one.id)).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
  });
});
