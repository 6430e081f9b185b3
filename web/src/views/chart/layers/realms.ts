/** Whose space is whose: a tint about the systems that a power holds, and its name over them while they are looked at from afar. */
import type { Screen } from '../camera.ts';
import { tint } from '../sprites.ts';
import { near, type Frame } from './frame.ts';

/** Tints are soft: a quarter of the size in each direction is enough, and costs a sixteenth. */
const COARSE = 4;
let coarse: HTMLCanvasElement | null = null;

export function realms(frame: Frame): void {
  const { ctx, camera, theme, input, apart } = frame;
  if (apart > 4000) return;
  const size = Math.min(620, Math.max(26, apart * 2.3));
  coarse ??= document.createElement('canvas');
  const [wide, high] = [Math.ceil(camera.width / COARSE), Math.ceil(camera.height / COARSE)];
  if (coarse.width !== wide || coarse.height !== high) [coarse.width, coarse.height] = [wide, high];
  const to = coarse.getContext('2d');
  if (!to) return;
  to.clearRect(0, 0, wide, high);
  const edge = size / COARSE;
  for (const [system, power] of input.holders) {
    const place = input.nav.systemAt[system];
    if (!place) continue;
    const at = camera.project(place);
    if (!near(at, camera, size)) continue;
    const picture = tint(theme.side[input.side(power)], theme.dark);
    to.drawImage(picture, at.x / COARSE - edge / 2, at.y / COARSE - edge / 2, edge, edge);
  }
  ctx.globalAlpha = apart > 1500 ? (4000 - apart) / 2500 : 1;
  ctx.drawImage(coarse, 0, 0, wide * COARSE, high * COARSE);
  ctx.globalAlpha = 1;
}

/** Names of realms fade out between these spacings of systems, pixels. */
const NAMED_TO_PX = 60;
const FADED_AT_PX = 110;

export function realmNames(frame: Frame): void {
  const { camera, theme, input, apart, labels } = frame;
  if (apart > FADED_AT_PX || input.chart.systems.length < 8) return;
  const held = new Map<number, Screen[]>();
  for (const [system, power] of input.holders) {
    const place = input.nav.systemAt[system];
    if (!place) continue;
    const list = held.get(power) ?? [];
    list.push(camera.project(place));
    held.set(power, list);
  }
  for (const [power, places] of held) {
    if (places.length < 2) continue;
    const middle = places.reduce((sum, at) => ({ x: sum.x + at.x, y: sum.y + at.y }));
    const [x, y] = [middle.x / places.length, middle.y / places.length];
    // A realm may be bent or torn: the name stands at the system of its own that is nearest to the middle.
    const at = places.reduce((a, b) =>
      Math.hypot(a.x - x, a.y - y) <= Math.hypot(b.x - x, b.y - y) ? a : b,
    );
    const wide = Math.max(...places.map((one) => one.x)) - Math.min(...places.map((one) => one.x));
    const name = input.chart.powers[power]?.adjective ?? '';
    const size = Math.min(26, Math.max(12, wide / Math.max(6, name.length * 1.1)));
    labels.add({
      text: name.toLocaleUpperCase(),
      x: at.x,
      y: at.y - 14,
      align: 'center',
      size: Math.round(size),
      colour: theme.side[input.side(power)],
      alpha: Math.min(1, (FADED_AT_PX - apart) / (FADED_AT_PX - NAMED_TO_PX)),
      weight: 95,
      strong: true,
      spaced: true,
      // The name of a realm is not bound to one spot.
      aside: [-1.6, 2.6, -3.2, 4.2].map((lines) => Math.round(lines * size)),
    });
  }
}
