/** Every view, one line each: this list is where they meet, and nowhere else. */
import type { Component } from 'svelte';
import type { Key } from '../base/i18n.svelte.ts';
import type { Screen } from '../base/route.svelte.ts';
import type { Room } from '../session/room.svelte.ts';
import type { IconName } from '../widgets/icons.ts';

export type View = Component<{ room: Room; active: boolean }>;
type Load = () => Promise<{ default: View }>;

export interface ScreenEntry {
  id: Screen;
  name: Key;
  icon: IconName;
  key: string;
  load: Load;
}

/** What fills the middle. */
export const SCREENS: readonly ScreenEntry[] = [
  {
    id: 'chart',
    name: 'screen.chart',
    icon: 'chart',
    key: '1',
    load: () => import('../views/chart/Chart.svelte'),
  },
  {
    id: 'forces',
    name: 'screen.forces',
    icon: 'forces',
    key: '2',
    load: () => import('../views/forces/Forces.svelte'),
  },
  {
    id: 'chronicle',
    name: 'screen.chronicle',
    icon: 'chronicle',
    key: '3',
    load: () => import('../views/chronicle/Chronicle.svelte'),
  },
  {
    id: 'battle',
    name: 'screen.battle',
    icon: 'battle',
    key: '4',
    load: () => import('../views/battle/Battle.svelte'),
  },
  {
    id: 'table',
    name: 'screen.table',
    icon: 'table',
    key: '5',
    load: () => import('../views/lobby/TableScreen.svelte'),
  },
];

/** What stands beside it. */
export const PANELS: Readonly<Record<'orders' | 'time' | 'tour', Load>> = {
  orders: () => import('../views/orders/Orders.svelte'),
  time: () => import('../views/time/Time.svelte'),
  tour: () => import('../views/tour/Tour.svelte'),
};

export const LOBBY = () => import('../views/lobby/Lobby.svelte');
export const RECORD = () => import('../views/battle/RecordFile.svelte');
