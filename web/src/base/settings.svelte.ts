/** What a person prefers: kept in this browser alone. */
import { setLang, type Lang } from './i18n.svelte.ts';

export interface Settings {
  theme: 'system' | 'dark' | 'light';
  palette: 'standard' | 'blue-orange' | 'tritan' | 'contrast';
  lang: Lang;
  motion: boolean;
  labels: 'few' | 'many';
  toured: boolean;
}

const KEY = 'jumpline.settings';
const DEFAULTS: Settings = {
  theme: 'dark',
  palette: 'standard',
  lang: 'en',
  motion: true,
  labels: 'few',
  toured: false,
};

function stored(): Settings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...DEFAULTS, ...(typeof found === 'object' ? found : {}) };
  } catch {
    return { ...DEFAULTS };
  }
}

export const settings = $state<Settings>(stored());

export function applySettings(): void {
  const root = document.documentElement;
  const light =
    settings.theme === 'light' ||
    (settings.theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset['theme'] = light ? 'light' : 'dark';
  root.dataset['palette'] = settings.palette;
  void setLang(settings.lang);
}

export function change(part: Partial<Settings>): void {
  Object.assign(settings, part);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing still works.
  }
  applySettings();
}

/** Should things move for show? */
export function moves(): boolean {
  return settings.motion && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
