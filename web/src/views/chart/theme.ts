/** The tokens that the canvas draws with, read once a change of theme. */
import type { Side } from '../../session/model.ts';

export interface Theme {
  dark: boolean;
  ground: string;
  ground2: string;
  ink: string;
  ink2: string;
  ink3: string;
  accent: string;
  warm: string;
  bad: string;
  star: string;
  line: string;
  orbit: string;
  label: string;
  halo: string;
  side: Record<Side, string>;
  font: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    dark: document.documentElement.dataset['theme'] !== 'light',
    ground: token('--ground'),
    ground2: token('--ground-2'),
    ink: token('--ink'),
    ink2: token('--ink-2'),
    ink3: token('--ink-3'),
    accent: token('--accent'),
    warm: token('--warm'),
    bad: token('--bad'),
    star: token('--map-star'),
    line: token('--map-line'),
    orbit: token('--map-orbit'),
    label: token('--map-label'),
    halo: token('--map-halo'),
    side: {
      own: token('--own'),
      ally: token('--ally'),
      neutral: token('--neutral'),
      hostile: token('--hostile'),
      unknown: token('--unknown'),
    },
    font: style.fontFamily,
  };
}

/** The colour of a star by its mass, from red over white to blue. The Sun has 1.99e12 petatonnes. */
export function starColour(mass_pt: number, radius_m: number, dark: boolean): string {
  const suns = mass_pt / 1.989e12;
  const swollen = radius_m / (7e8 * Math.max(0.3, suns ** 0.8));
  // In steps that no eye can tell apart: few colours mean few pictures to keep.
  const exact = Math.log2(Math.max(0.1, suns)) - (swollen > 1.6 ? 1.2 : 0);
  const heat = Math.max(-2, Math.min(2.5, Math.round(exact * 3) / 3));
  const stops: [number, number, number, number][] = [
    [-2, 255, 132, 92],
    [-0.9, 255, 176, 110],
    [-0.2, 255, 222, 156],
    [0.3, 255, 241, 214],
    [1, 214, 228, 255],
    [2.5, 158, 194, 255],
  ];
  let low = stops[0]!;
  let high = stops[stops.length - 1]!;
  for (let at = 0; at + 1 < stops.length; at += 1) {
    if (heat >= stops[at]![0] && heat <= stops[at + 1]![0]) {
      [low, high] = [stops[at]!, stops[at + 1]!];
      break;
    }
  }
  if (heat < low[0]) high = low;
  if (heat > high[0]) low = high;
  const share = high[0] === low[0] ? 0 : (heat - low[0]) / (high[0] - low[0]);
  const part = (n: 1 | 2 | 3) => {
    const value = low[n] + (high[n] - low[n]) * share;
    return Math.round(dark ? value : value * 0.62);
  };
  return `rgb(${part(1)} ${part(2)} ${part(3)})`;
}

/** A quiet colour for a world, always the same for the same world. */
export function worldColour(key: string, kind: string, habitable: boolean, dark: boolean): string {
  let hash = 2166136261;
  for (let at = 0; at < key.length; at += 1) hash = ((hash ^ key.charCodeAt(at)) * 16777619) >>> 0;
  const turn = (hash % 1000) / 1000;
  const light = dark ? 0 : -14;
  if (habitable) return `hsl(${188 + turn * 34} 42% ${56 + light}%)`;
  if (kind === 'gas_giant') return `hsl(${22 + turn * 30} 38% ${60 + light}%)`;
  if (kind === 'moon') return `hsl(${210 + turn * 20} 8% ${60 + light}%)`;
  return `hsl(${12 + turn * 30} ${14 + turn * 18}% ${54 + light}%)`;
}
