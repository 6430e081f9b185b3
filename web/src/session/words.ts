/** Tasks and orders in a person's words. */
import { heading } from '../base/format.ts';
import { t, word } from '../base/i18n.svelte.ts';
import type { Say, Task } from './model.ts';
import type { Room } from './room.svelte.ts';

export function taskWords(room: Room, task: Task): string {
  const verb = word('verb', task.kind === 'other' ? task.word : task.kind);
  switch (task.kind) {
    case 'move':
    case 'ambush':
    case 'lay_mines':
    case 'tow':
      return t('orders.to', { verb, place: room.bodyName(task.to) });
    case 'guard':
    case 'raid':
    case 'assault':
    case 'land':
      return t('orders.at', { verb, place: room.bodyName(task.body) });
    case 'withdraw':
      return task.to === null ? verb : t('orders.to', { verb, place: room.bodyName(task.to) });
    case 'depart':
      return t('orders.at', { verb, place: room.bodyName(task.star) });
    case 'escort':
    case 'load':
      return t('orders.with', { verb, group: room.groupName(task.group) });
    case 'merge':
      return t('orders.with', { verb, group: room.groupName(task.into) });
    case 'detach':
      return `${verb} · ${task.name}`;
    case 'intercept': {
      const contact = room.view?.contacts.find((one) => one.id === task.contact);
      return t('orders.with', { verb, group: room.powerName(contact?.power ?? null) });
    }
    default:
      return verb;
  }
}

export function sayWords(room: Room, say: Say | null): string {
  if (!say) return t('orders.unsayable');
  switch (say.kind) {
    case 'group':
      return `${heading(room.groupName(say.group))}: ${taskWords(room, say.task)}`;
    case 'ask':
      return t('orders.ask', { power: room.powerName(say.power), place: room.bodyName(say.body) });
    case 'reply':
      return t('orders.reply', { answer: word('answer', say.answer) });
  }
}
