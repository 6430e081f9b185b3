/** Every question that can be asked of the server, one function each. Holds nothing. */
import type {
  Absence,
  Advice,
  Battles,
  Chart,
  Chat,
  ChatLine,
  Chronicle,
  Credentials,
  Game,
  Games,
  Invitation,
  Lines,
  Marks,
  Me,
  NewChatLine,
  NewFork,
  NewGame,
  NewInvitation,
  NewOrder,
  Orders,
  Preview,
  Problem,
  Receipts,
  Say,
  Scenarios,
  Settings as GameSettings,
  View,
} from './model.ts';

/** What the server said when it would not. `code` is for programs, the message for people. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.name = 'Refused';
    this.status = status;
    this.code = problem.code;
  }
}

/** No answer at all: the server is away. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
  if (answer.ok) return answer;
  let problem: Problem = { code: 'unexpected', message: `${answer.status} ${answer.statusText}` };
  try {
    problem = { ...problem, ...((await answer.json()) as Problem) };
  } catch {
    // A proxy's own page: the status says enough.
  }
  if (answer.status === 502 || answer.status === 504) throw new Unreachable(problem.message);
  throw new Refused(answer.status, problem);
}

async function get<T>(path: string, query: Record<string, number | string | undefined> = {}) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) words.set(name, String(value));
  }
  const tail = words.size ? `?${words}` : '';
  return (await (await ask(path + tail)).json()) as T;
}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

const game = (id: string) => `/api/games/${encodeURIComponent(id)}`;
const seat = (id: string, power: number) => `${game(id)}/seats/${power}`;

export const api = {
  me: () => get<Me>('/api/me'),
  register: (who: Credentials) => send<Me>('POST', '/api/register', who),
  login: (who: Credentials) => send<Me>('POST', '/api/login', who),
  logout: () => send<unknown>('POST', '/api/logout'),

  scenarios: () => get<Scenarios>('/api/scenarios'),
  games: () => get<Games>('/api/games'),
  create: (what: NewGame) => send<Game>('POST', '/api/games', what),
  join: (token: string, power: number | null, watch: boolean) =>
    send<Game>('POST', '/api/join', { token, power, watch }),

  game: (id: string) => get<Game>(game(id)),
  start: (id: string) => send<Game>('POST', `${game(id)}/start`),
  pause: (id: string, paused: boolean) => send<Game>('POST', `${game(id)}/pause`, { paused }),
  deadline: (id: string) => send<Game>('POST', `${game(id)}/deadline`),
  settings: (id: string, what: GameSettings) => send<Game>('POST', `${game(id)}/settings`, what),
  invite: (id: string, what: NewInvitation) =>
    send<Invitation>('POST', `${game(id)}/invitations`, what),
  fork: (id: string, what: NewFork) => send<Game>('POST', `${game(id)}/fork`, what),
  chat: (id: string) => get<Chat>(`${game(id)}/chat`),
  speak: (id: string, line: NewChatLine) => send<ChatLine>('POST', `${game(id)}/chat`, line),
  chart: (id: string) => get<Chart>(`${game(id)}/chart`),

  sit: (id: string, power: number) => send<Game>('POST', `${seat(id, power)}/sit`),
  leave: (id: string, power: number) => send<Game>('POST', `${seat(id, power)}/leave`),
  absence: (id: string, power: number, absence: Absence) =>
    send<Game>('POST', `${seat(id, power)}/absence`, { absence }),
  cover: (id: string, power: number, covered: boolean) =>
    send<Game>('POST', `${seat(id, power)}/cover`, { covered }),
  ready: (id: string, power: number, turn: number, ready: boolean) =>
    send<Game>('POST', `${seat(id, power)}/ready`, { turn, ready }),
  view: (id: string, power: number, turn?: number) =>
    get<View>(`${seat(id, power)}/view`, { turn }),
  turns: (id: string, power: number) => get<Marks>(`${seat(id, power)}/turns`),
  chronicle: (id: string, power: number, from: number, to: number) =>
    get<Chronicle>(`${seat(id, power)}/chronicle`, { from, to }),
  battles: (id: string, power: number) => get<Battles>(`${seat(id, power)}/battles`),
  record: async (id: string, power: number, battle: number) =>
    (await ask(`${seat(id, power)}/battles/${battle}`)).arrayBuffer(),
  lines: (id: string, power: number, body: number) =>
    get<Lines>(`${seat(id, power)}/lines/${body}`),
  orders: (id: string, power: number, turn?: number) =>
    get<Orders>(`${seat(id, power)}/orders`, { turn }),
  give: (id: string, power: number, turn: number, orders: NewOrder[]) =>
    send<Receipts>('POST', `${seat(id, power)}/orders`, { turn, orders }),
  takeBack: (id: string, power: number, order: string) =>
    send<Orders>('DELETE', `${seat(id, power)}/orders/${encodeURIComponent(order)}`),
  advice: (id: string, power: number) => get<Advice>(`${seat(id, power)}/advice`),
  preview: (id: string, power: number, say: Say) =>
    send<Preview>('POST', `${seat(id, power)}/preview`, { say }),
};

/** Where the server pushes what is new. */
export function liveAddress(id: string, since: string | null): string {
  const url = new URL(`${game(id)}/live`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (since) url.searchParams.set('since', since);
  return url.href;
}
