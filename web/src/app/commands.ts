/** Everything that can be done from the palette, and the keys that do it. Pure: a list made from what is open. */
import { date, heading } from '../base/format.ts';
import { t } from '../base/i18n.svelte.ts';
import { go, href, type Screen } from '../base/route.svelte.ts';
import type { Room } from '../session/room.svelte.ts';
import { SCREENS } from './views.ts';

export interface Command {
  id: string;
  group: string;
  name: string;
  key?: string;
  run: () => void;
}

export interface Context {
  room: Room;
  screen: (to: Screen) => void;
  open: (what: 'palette' | 'help' | 'settings') => void;
  tour: () => void;
  endTurn: () => void;
}

export function commands(context: Context): Command[] {
  const { room } = context;
  const list: Command[] = SCREENS.map((entry) => ({
    id: `screen.${entry.id}`,
    group: t('palette.go'),
    name: t(entry.name),
    key: entry.key,
    run: () => context.screen(entry.id),
  }));
  const say = (id: string, group: string, name: string, run: () => void, key?: string) =>
    list.push({ id, group, name, run, ...(key ? { key } : {}) });
  if (room.mine) {
    say('turn.end', t('palette.do'), t('bar.end'), context.endTurn, 't');
    say('undo', t('palette.do'), t('orders.undo'), () => void room.desk.undo(), 'u');
  }
  const proposed = room.advisor.plans.length;
  if (room.open && proposed) {
    say('advice.all', t('palette.do'), t('advice.accept.all', { count: proposed }), () => {
      void room.advisor.accept(room.advisor.plans);
    });
  }
  const turn = room.view?.turn ?? 0;
  say(
    'time.before',
    t('palette.time'),
    t('time.before'),
    () => void room.lookAt(Math.max(0, turn - 1)),
    ',',
  );
  say('time.next', t('palette.time'), t('time.next'), () => void room.lookAt(turn + 1), '.');
  say('time.now', t('palette.time'), t('time.now'), () => void room.lookAt(null), 'n');
  say('settings', t('palette.do'), t('bar.settings'), () => context.open('settings'));
  say('help', t('palette.do'), t('bar.help'), () => context.open('help'), '?');
  say('tour', t('palette.do'), t('tour.begin'), context.tour);
  const view = room.view;
  const chart = room.chart;
  if (!view || !chart) return list;
  const show = (pick: Parameters<Room['show']>[0]) => () => {
    context.screen('chart');
    room.show(pick);
  };
  for (const group of view.groups) {
    say(
      `group.${group.id}`,
      t('outliner.own'),
      heading(group.name),
      show({ kind: 'group', id: group.id }),
    );
  }
  for (const system of chart.systems) {
    say(
      `system.${system.id}`,
      t('palette.systems'),
      system.name,
      show({ kind: 'system', id: system.id }),
    );
  }
  for (const body of chart.bodies) {
    say(
      `body.${body.id}`,
      t('palette.bodies'),
      heading(body.name),
      show({ kind: 'body', id: body.id }),
    );
  }
  // After places: a name that is both leads to the place.
  for (const person of view.people) {
    say(`person.${person.key}`, t('forces.people'), person.name, () =>
      go(href(room.id, 'chronicle', person.key)),
    );
  }
  for (const battle of room.battles) {
    if (!battle.record) continue;
    const place = heading(room.bodyName(battle.body));
    say(
      `battle.${battle.id}`,
      t('screen.battle'),
      `${place}, ${date(room.calendar, battle.at)}`,
      () => go(href(room.id, 'battle', String(battle.id))),
    );
  }
  return list;
}

/** How well a name answers to what was typed; 0 not at all. Beginnings count more than middles. */
export function rank(name: string, wanted: string): number {
  const [text, words] = [name.toLocaleLowerCase(), wanted.trim().toLocaleLowerCase()];
  if (!words) return 1;
  const place = text.indexOf(words);
  if (place === 0) return 4;
  if (place > 0) return /\W/.test(text[place - 1] ?? '') ? 3 : 2;
  // All letters in their order.
  let at = 0;
  for (const letter of text) if (letter === words[at]) at += 1;
  return at === words.length ? 1 : 0;
}
