/** Numbers, dates and distances as people read them. Pure: the language and the calendar are given. */
import { lang, t } from './i18n.svelte.ts';

/** What dates are written in. */
export interface Calendar {
  /** The date of time 0, `YYYY-MM-DDThh:mm`. */
  readonly epoch: string;
}

const epochs = new Map<string, number>();

export function dateOf(calendar: Calendar, time_s: number): Date {
  let zero = epochs.get(calendar.epoch);
  if (zero === undefined) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
      calendar.epoch.match(/\d+/g) ?? []
    ).map(Number);
    const made = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
    zero = made.setUTCFullYear(year, month - 1, day);
    epochs.set(calendar.epoch, zero);
  }
  return new Date(zero + time_s * 1000);
}

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang()}/${name}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang() === 'en' ? 'en-GB' : lang(), {
      timeZone: 'UTC',
      ...options,
    });
    cache.set(key, found);
  }
  return found;
}

/** "7 May 2470, 04:10" */
export function date(calendar: Calendar, time_s: number): string {
  return formatter('date', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(dateOf(calendar, time_s));
}

/** "7 May" */
export function day(calendar: Calendar, time_s: number): string {
  return formatter('day', { day: 'numeric', month: 'short' }).format(dateOf(calendar, time_s));
}

/** "04:10" or, with seconds, "04:10:33" */
export function clock(calendar: Calendar, time_s: number, seconds = false): string {
  return formatter(seconds ? 'clock-s' : 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(dateOf(calendar, time_s));
}

export function number(value: number): string {
  return value.toLocaleString(lang());
}

/** "12.4 k", for tight places. */
export function compact(value: number): string {
  return value.toLocaleString(lang(), { notation: 'compact', maximumFractionDigits: 1 });
}

export function percent(permille: number): string {
  return (permille / 1000).toLocaleString(lang(), { style: 'percent', maximumFractionDigits: 0 });
}

/** "2 d 4 h", "3 h 20 min", "45 s": two units at most. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), t('unit.day')],
    [Math.floor(whole / 3_600) % 24, t('unit.hour')],
    [Math.floor(whole / 60) % 60, t('unit.minute')],
    [whole % 60, t('unit.second')],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return `0 ${t('unit.second')}`;
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${number(count)} ${unit}`)
    .join(' ');
}

const AU_M = 149_597_870_700;
const LIGHT_YEAR_M = 9_460_730_472_580_800;

/** "6,400 km", "1.2 AU", "3.4 ly". */
export function distance(metres: number): string {
  const size = Math.abs(metres);
  const digits = (value: number) =>
    value.toLocaleString(lang(), { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (size < 1_000) return `${digits(metres)} m`;
  if (size < 1e10) return `${digits(metres / 1_000)} km`;
  if (size < LIGHT_YEAR_M / 20) return `${digits(metres / AU_M)} ${t('unit.au')}`;
  return `${digits(metres / LIGHT_YEAR_M)} ${t('unit.ly')}`;
}

/** The first letter great: names of things stand in prose ("the Amber fleet") and at the head of a row. */
export function heading(name: string): string {
  return name.charAt(0).toLocaleUpperCase(lang()) + name.slice(1);
}
