/** Words: one table a language, typed by the English one. Holds the language in use; refuses HTML: what it returns is text. */
import { en } from './messages/en.ts';

export type Plural = { readonly one: string; readonly other: string };
export type Key = keyof typeof en;
export type Messages = { readonly [K in Key]: string | Plural };
export type Lang = 'en' | 'de';

export const LANGS: readonly { id: Lang; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
];

const words = $state<{ lang: Lang; table: Messages }>({ lang: 'en', table: en });

export function lang(): Lang {
  return words.lang;
}

export async function setLang(next: Lang): Promise<void> {
  words.table = next === 'de' ? (await import('./messages/de.ts')).de : en;
  words.lang = next;
  document.documentElement.lang = next;
}

/** The words of a key, with its gaps filled. */
export function t(key: Key, gaps: Record<string, string | number> = {}): string {
  const entry: string | Plural = words.table[key] ?? en[key];
  let text: string;
  if (typeof entry === 'string') text = entry;
  else {
    const n = Number(gaps['count'] ?? gaps['n'] ?? 0);
    text = new Intl.PluralRules(words.lang).select(n) === 'one' ? entry.one : entry.other;
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = gaps[name];
    if (value === undefined) return `{${name}}`;
    return typeof value === 'number' ? value.toLocaleString(words.lang) : value;
  });
}

/** The words of a key made in play (`task.move`); the last part itself when the table has none. */
export function word(family: string, name: string): string {
  const key = `${family}.${name}`;
  return key in en ? t(key as Key) : name.replaceAll('_', ' ');
}
