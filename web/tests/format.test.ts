import { describe, expect, it } from 'vitest';
import { clock, date, distance, heading, span } from '../src/base/format.ts';
import { parse, href } from '../src/base/route.svelte.ts';

describe('format', () => {
  const calendar = { epoch: '2470-05-02T00:00' };
  it('writes dates of any century', () => {
    expect(date(calendar, 0)).toBe('2 May 2470, 00:00');
    expect(date({ epoch: '0099-12-31T23:00' }, 7200)).toBe('1 Jan 100, 01:00');
    expect(clock(calendar, 3661, true)).toBe('01:01:01');
  });
  it('writes spans in two units at most', () => {
    expect(span(45)).toBe('45 s');
    expect(span(3600)).toBe('1 h');
    expect(span(187_500)).toBe('2 d 4 h');
    expect(span(-3)).toBe('0 s');
  });
  it('writes distances in the unit that fits', () => {
    expect(distance(900)).toBe('900 m');
    expect(distance(6_400_000)).toBe('6,400 km');
    expect(distance(149_597_870_700)).toBe('1 AU');
    expect(distance(1.4 * 9.4607e15)).toBe('1.4 ly');
  });
  it('makes headings', () => expect(heading('the Amber fleet')).toBe('The Amber fleet'));
});

describe('route', () => {
  it('goes there and back', () => {
    const there = parse(href('k3/v9', 'battle', '4', { at: 1200 }));
    expect(there).toMatchObject({ at: 'war', game: 'k3/v9', screen: 'battle', part: '4' });
    expect(there.at === 'war' && there.query.get('at')).toBe('1200');
  });
  it('takes nonsense for the lobby or the chart', () => {
    expect(parse('#/war/')).toEqual({ at: 'lobby' });
    expect(parse('#/war/x/nowhere')).toMatchObject({ screen: 'chart' });
    expect(parse('#/join/abc')).toEqual({ at: 'join', token: 'abc' });
  });
});
