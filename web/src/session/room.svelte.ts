/**
 * The room one plays in: what is known of one war, what is looked at, what is selected. Views read it and call its verbs; they never
 * talk to the server themselves. Refuses to know how anything is drawn.
 */
import { untrack } from 'svelte';
import { api } from './api.ts';
import { Advisor } from './advisor.svelte.ts';
import { Desk, type Wanted } from './desk.svelte.ts';
import { listen, type Live } from './live.ts';
import type {
  Battle,
  Chart,
  ChatLine,
  Contact,
  Event,
  Game,
  Group,
  Mark,
  News,
  Order,
  Preview,
  Say,
  Side,
  View,
} from './model.ts';
import { sideOf } from './model.ts';
import { Nav } from './nav.ts';
import { Templates } from './templates.svelte.ts';

/** What is selected on the chart or in a table. */
export type Pick =
  | { kind: 'group'; id: number }
  | { kind: 'ally'; index: number }
  | { kind: 'contact'; id: number }
  | { kind: 'body'; id: number }
  | { kind: 'system'; id: number }
  | { kind: 'field'; id: number };

/** An order thought of: shown on the chart until it is given or dropped. */
export interface Draft {
  say: Say;
  preview: Preview | null;
}

/** A wish to see what can be ordered at a place on the screen. */
export interface Offer {
  x: number;
  y: number;
  body: number | null;
  contact: number | null;
  /** Another group of one's own under the pointer. */
  group: number | null;
}

export interface Notice {
  id: number;
  kind: 'good' | 'bad' | 'plain';
  text: string;
}

const CHRONICLE_PAGE = 40;
/** How many turns back an order is looked for behind what came of it. */
const ORDER_SOUGHT = 24;

export class Room {
  readonly id: string;
  game = $state.raw<Game | null>(null);
  chart = $state.raw<Chart | null>(null);
  /** The power whose eyes are looked through. */
  power = $state(0);
  /** The latest view. */
  latest = $state.raw<View | null>(null);
  /** The view of a past turn, while one is looked at. */
  past = $state.raw<View | null>(null);
  marks = $state.raw<Mark[]>([]);
  events = $state.raw<Event[]>([]);
  battles = $state.raw<Battle[]>([]);
  chat = $state.raw<ChatLine[]>([]);
  connected = $state(false);
  loading = $state(true);
  failed = $state<string | null>(null);

  picks = $state.raw<Pick[]>([]);
  draft = $state.raw<Draft | null>(null);
  /** While choosing a target for a verb: which verb. */
  aiming = $state<string | null>(null);
  offer = $state.raw<Offer | null>(null);
  /** What the chart is asked to show; a new object each time. */
  focus = $state.raw<{ pick: Pick; gently: boolean } | null>(null);
  notices = $state.raw<Notice[]>([]);

  view = $derived(this.past ?? this.latest);
  nav = $derived(this.chart ? new Nav(this.chart) : null);
  calendar = $derived({ epoch: this.chart?.epoch ?? '2000-01-01T00:00' });
  seat = $derived(this.game?.seats.find((one) => one.power === this.power) ?? null);
  mine = $derived(this.game?.you.seats.includes(this.power) ?? false);
  /** May orders be given now? */
  open = $derived(
    this.mine &&
      this.past === null &&
      (this.game?.stage === 'open' || this.game?.stage === 'paused') &&
      this.seat?.sitting !== 'covered',
  );
  group = $derived.by((): Group | null => {
    const first = this.picks.find((pick) => pick.kind === 'group');
    return first ? (this.view?.groups.find((one) => one.id === first.id) ?? null) : null;
  });
  groups = $derived.by((): Group[] => {
    const ids = new Set(this.picks.filter((pick) => pick.kind === 'group').map((pick) => pick.id));
    return this.view?.groups.filter((one) => ids.has(one.id)) ?? [];
  });
  contact = $derived.by((): Contact | null => {
    const first = this.picks.find((pick) => pick.kind === 'contact');
    return first ? (this.view?.contacts.find((one) => one.id === first.id) ?? null) : null;
  });

  readonly desk = new Desk(this);
  readonly advisor = new Advisor(this);
  /** Made anew for each player. */
  templates = $derived(new Templates(this.seat?.player ?? ''));

  private live: Live | null = null;
  private views = new Map<number, View>();
  private told = 0;
  private asked = 0;
  private noticeCount = 0;

  constructor(id: string) {
    this.id = id;
  }

  async enter(): Promise<void> {
    try {
      const [game, chart] = await Promise.all([api.game(this.id), api.chart(this.id)]);
      this.chart = chart;
      this.game = game;
      this.power = game.you.seats[0] ?? game.seats[0]?.power ?? 0;
      await this.refresh();
      this.failed = null;
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    } finally {
      this.loading = false;
    }
    if (this.failed) return;
    this.live = listen(
      this.id,
      (news) => this.hear(news),
      (connected) => (this.connected = connected),
    );
    void api.chat(this.id).then(
      (chat) => (this.chat = chat.lines),
      () => {},
    );
  }

  leave(): void {
    this.live?.close();
  }

  /** Look through another power's eyes: for watchers and for hosts of several seats. */
  async lookThrough(power: number): Promise<void> {
    this.power = power;
    this.views.clear();
    this.given.clear();
    this.past = null;
    this.events = [];
    this.told = 0;
    this.picks = [];
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const view = await api.view(this.id, this.power);
    this.views.set(view.turn, view);
    const [marks, battles] = await Promise.all([
      api.turns(this.id, this.power),
      api.battles(this.id, this.power),
    ]);
    this.marks = marks.turns;
    this.battles = battles.battles;
    await this.tell(view.turn);
    // A later answer may have come first.
    if (this.latest?.power === view.power && this.latest.turn > view.turn) return;
    this.latest = view;
    if (this.mine) await this.desk.read();
    this.dropLost();
    void this.advisor.turned();
  }

  private telling: Promise<void> = Promise.resolve();

  /** Fetches what has been told since. Turns that follow fast are told one after another, or some would be told twice. */
  private tell(turn: number): Promise<void> {
    const next = this.telling.catch(() => {}).then(() => this.tellTo(turn));
    this.telling = next;
    return next;
  }

  private async tellTo(turn: number): Promise<void> {
    const { power } = this;
    while (this.told < turn) {
      const from = this.told + 1;
      const to = Math.min(turn, this.told + CHRONICLE_PAGE);
      const page = await api.chronicle(this.id, power, from, to);
      // Meanwhile somebody may have begun to look through other eyes.
      if (power !== this.power || this.told !== from - 1) return;
      this.events = [...this.events, ...page.events];
      this.told = to;
    }
  }

  private hear(news: News): void {
    switch (news.kind) {
      case 'hello':
        this.game = news.game;
        if (!news.resumed) void this.catchUp();
        void this.desk.resend();
        break;
      case 'game':
        this.game = news.game;
        // Advice is for a turn that is open: this may be the word of it.
        void this.advisor.turned();
        break;
      case 'turn':
        void this.catchUp();
        break;
      case 'orders':
        if (news.power !== this.power) break;
        void this.desk.read().catch(() => {});
        this.advisor.ordered();
        break;
      case 'chat':
        if (!this.chat.some((line) => line.number === news.line.number)) {
          this.chat = [...this.chat, news.line];
        }
        break;
    }
  }

  private async catchUp(): Promise<void> {
    try {
      await this.refresh();
      this.game = await api.game(this.id);
      void this.advisor.turned();
    } catch {
      // The line will break too, and come back with everything.
    }
  }

  private dropLost(): void {
    const view = this.view;
    if (!view) return;
    this.picks = this.picks.filter((pick) => {
      if (pick.kind === 'group') return view.groups.some((one) => one.id === pick.id);
      if (pick.kind === 'contact') return view.contacts.some((one) => one.id === pick.id);
      return true;
    });
  }

  // --- looking ------------------------------------------------------------------------------------

  side(power: number | null): Side {
    return sideOf(this.view?.power ?? this.power, this.view?.regards ?? [], power);
  }

  /** Looks at a past turn, or with null (or the latest) at now. */
  async lookAt(turn: number | null): Promise<void> {
    this.draft = null;
    this.aiming = null;
    if (turn === null || turn >= (this.latest?.turn ?? 0)) {
      this.past = null;
      this.dropLost();
      return;
    }
    const wanted = (this.asked += 1);
    let view = this.views.get(turn);
    if (!view) {
      try {
        view = await api.view(this.id, this.power, turn);
      } catch (error) {
        this.complain(error);
        return;
      }
      this.views.set(turn, view);
    }
    // A later wish may have been granted first.
    if (wanted === this.asked) {
      this.past = view;
      this.dropLost();
    }
  }

  select(pick: Pick | null, more = false): void {
    this.draft = null;
    this.aiming = null;
    this.offer = null;
    if (pick === null) this.picks = [];
    else if (!more) this.picks = [pick];
    else {
      const same = (one: Pick) => JSON.stringify(one) === JSON.stringify(pick);
      this.picks = this.picks.some(same)
        ? this.picks.filter((one) => !same(one))
        : [...this.picks, pick];
    }
  }

  /** Selects a thing and lets the chart fly there; gently: only if it cannot be seen. */
  show(pick: Pick, gently = false): void {
    this.select(pick);
    this.focus = { pick, gently };
  }

  isPicked(kind: Pick['kind'], id: number): boolean {
    return this.picks.some(
      (pick) => pick.kind === kind && (pick.kind === 'ally' ? pick.index : pick.id) === id,
    );
  }

  // --- orders --------------------------------------------------------------------------------------

  private previewTurn = 0;

  /** Thinks of an order: shows what it would come to. */
  async think(say: Say | null): Promise<Preview | null> {
    const turn = (this.previewTurn += 1);
    if (!say) {
      this.draft = null;
      return null;
    }
    // Whoever thinks aloud in an effect does not wait for the thought.
    this.draft = { say, preview: untrack(() => this.draft?.preview ?? null) };
    try {
      const preview = await api.preview(this.id, this.power, say);
      if (turn === this.previewTurn) this.draft = { say, preview };
      return preview;
    } catch {
      return null;
    }
  }

  /** Gives orders, as one step that can be undone. */
  give(says: readonly Say[], reason = ''): Promise<boolean> {
    return this.act(says.map((say) => ({ say, reason })));
  }

  /** Gives orders in the stead of others, as one step. */
  act(wanted: readonly Wanted[], without: readonly string[] = []): Promise<boolean> {
    this.draft = null;
    this.aiming = null;
    return this.desk.change(wanted, without);
  }

  async ready(ready: boolean): Promise<void> {
    const turn = this.latest?.turn;
    if (turn === undefined) return;
    try {
      this.game = await api.ready(this.id, this.power, turn, ready);
    } catch (error) {
      this.complain(error);
    }
  }

  private given = new Map<number, Promise<Order[]>>();

  /** An order of one's own by its name, looked for from a turn backwards; null if it is not found near. */
  async orderNamed(name: string, turn: number): Promise<Order | null> {
    if (!this.mine) return null;
    for (let at = turn; at >= Math.max(0, turn - ORDER_SOUGHT); at -= 1) {
      let orders = this.given.get(at);
      if (!orders) {
        orders = api.orders(this.id, this.power, at).then((book) => book.orders);
        // What is still open may change.
        if (at < (this.latest?.turn ?? 0)) this.given.set(at, orders);
      }
      const found = (await orders.catch(() => [])).find((one) => one.order === name);
      if (found) return found;
    }
    return null;
  }

  // --- words ---------------------------------------------------------------------------------------

  notify(kind: Notice['kind'], text: string): void {
    const notice = { id: (this.noticeCount += 1), kind, text };
    this.notices = [...this.notices.slice(-3), notice];
    setTimeout(() => {
      this.notices = this.notices.filter((one) => one.id !== notice.id);
    }, 6000);
  }

  complain(error: unknown): void {
    this.notify('bad', error instanceof Error ? error.message : String(error));
  }

  powerName(power: number | null): string {
    return power === null ? '' : (this.chart?.powers[power]?.name ?? '');
  }
  bodyName(body: number | null | undefined): string {
    return body == null ? '' : (this.chart?.bodies[body]?.name ?? '');
  }
  className(id: number | null): string {
    return id === null ? '' : (this.chart?.classes[id]?.name ?? '');
  }
  groupName(id: number): string {
    return this.view?.groups.find((one) => one.id === id)?.name ?? '';
  }
}
