import { describe, expect, it } from 'vitest';
import { t, word } from '../src/base/i18n.svelte.ts';
import { de } from '../src/base/messages/de.ts';
import { en } from '../src/base/messages/en.ts';

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const forms = (entry: unknown) =>
  typeof entry === 'string' ? [entry] : Object.values(entry as Record<string, string>);

describe('messages', () => {
  it('have the same keys and gaps in every language', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      const [a, b] = [forms(en[key]).at(-1) ?? '', forms(de[key]).at(-1) ?? ''];
      expect(gaps(b), key).toEqual(gaps(a));
    }
  });
  it('fill gaps and choose by number', () => {
    expect(t('ships', { count: 1 })).toBe('1 ship');
    expect(t('ships', { count: 1200 })).toBe('1,200 ships');
    expect(t('body.held', { power: '<b>the Kvash</b>' })).toContain('<b>the Kvash</b>');
  });
  it('fall back to the word itself', () => {
    expect(word('verb', 'move')).toBe('Move');
    expect(word('verb', 'sing_loudly')).toBe('sing loudly');
  });
});
