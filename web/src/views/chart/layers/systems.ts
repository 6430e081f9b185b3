/** Systems from afar: a star's light, a ring in its holder's colour, and the names that there is room for. */
import type { Pick } from '../../../session/room.svelte.ts';
import { glow } from '../sprites.ts';
import { starColour } from '../theme.ts';
import { near, picked, ring, type Frame } from './frame.ts';

/** Systems this far apart on the screen, pixels, are named one by one. */
const NAMED_PX = 34;

export function systems(frame: Frame): void {
  const { ctx, camera, theme, input, open, apart, places, labels, spotted } = frame;
  const { chart, nav } = input;
  const busy = new Set(input.forces.map((force) => chart.bodies[force.body]?.system));
  const seats = new Set(chart.powers.map((power) => chart.bodies[power.holds[0] ?? -1]?.system));
  // Even sizes alone: a star's light is a picture made once for each.
  const size = Math.round(Math.min(30, Math.max(7, 7 + Math.sqrt(apart) * 1.1)) / 2) * 2;
  const edge = Math.max(5, size * 0.24);
  const rings = new Map<string, Path2D>();
  for (const system of chart.systems) {
    if (open.has(system.id)) continue;
    const place = nav.systemAt[system.id];
    if (!place) continue;
    const at = camera.project(place);
    if (!near(at, camera, 40)) continue;
    const star = chart.bodies[system.stars[0] ?? -1];
    const colour = starColour(star?.mass_pt ?? 2e12, star?.radius_m ?? 7e8, theme.dark);
    const light = glow(colour, theme.dark, size);
    ctx.drawImage(light, Math.round(at.x - size / 2), Math.round(at.y - size / 2));
    const holder = input.holders.get(system.id);
    if (holder !== undefined && apart > 14) {
      const side = theme.side[input.side(holder)];
      const path = rings.get(side) ?? new Path2D();
      path.moveTo(at.x + edge + 2.5, at.y);
      path.arc(at.x, at.y, edge + 2.5, 0, Math.PI * 2);
      rings.set(side, path);
    }
    const body = system.stars[0] ?? null;
    places.set(`s${system.id}`, { at, edge: edge + 5, body, forces: [] });
    const pick: Pick = { kind: 'system', id: system.id };
    spotted.push({ ...at, reach: Math.max(9, edge + 5), picks: [pick], body });
    const chosen = picked(frame, pick);
    if (chosen) ring(ctx, { ...at, reach: edge + 6 }, theme.accent, 1.5);
    const weight =
      (chosen ? 100 : 0) +
      (busy.has(system.id) ? 30 : 0) +
      (seats.has(system.id) ? 20 : 0) +
      (holder !== undefined ? 4 : 0);
    if (apart > NAMED_PX || weight >= 20 || input.manyLabels) {
      labels.add({
        text: system.name,
        x: at.x,
        y: at.y - edge - 7,
        align: 'center',
        size: 11.5,
        colour: weight > 0 ? theme.label : theme.ink3,
        weight,
        strong: chosen || seats.has(system.id),
        aside: [edge * 2 + 25],
      });
    }
  }
  ctx.lineWidth = 1.2;
  for (const [side, path] of rings) {
    ctx.strokeStyle = side;
    ctx.stroke(path);
  }
}
