/** The line on which the server pushes: opened again when it breaks, from where it broke. Holds the revision, decides nothing. */
import { liveAddress } from './api.ts';
import type { News, Push } from './model.ts';

export interface Live {
  close(): void;
}

/** Tries again after these many milliseconds, the last for ever. */
const WAITS_MS = [250, 500, 1000, 2000, 4000, 8000];

export function listen(
  game: string,
  hear: (news: News) => void,
  state: (connected: boolean) => void,
): Live {
  let since: string | null = null;
  let socket: WebSocket | null = null;
  let tries = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    if (closed) return;
    socket = new WebSocket(liveAddress(game, since));
    socket.onmessage = (message) => {
      if (typeof message.data !== 'string') return;
      const push = JSON.parse(message.data) as Push;
      since = push.revision;
      if (push.news.kind === 'hello') {
        tries = 0;
        state(true);
      }
      hear(push.news);
    };
    socket.onclose = () => {
      if (closed) return;
      state(false);
      const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 8000;
      tries += 1;
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    };
  };
  open();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
