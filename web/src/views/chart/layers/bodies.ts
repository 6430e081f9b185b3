/** An open system: its orbits, its stars and worlds in the light of their star, who holds them, and their names. */
import { heading } from '../../../base/format.ts';
import type { Body } from '../../../session/model.ts';
import type { Pick } from '../../../session/room.svelte.ts';
import type { Screen } from '../camera.ts';
import { glow, withAlpha } from '../sprites.ts';
import { starColour, worldColour } from '../theme.ts';
import { minus, near, picked, ring, type Frame } from './frame.ts';
import { closed, orbits } from './orbits.ts';

/** However far, a body is drawn at least this great, pixels across. */
const LEAST_PX: Record<Body['kind'], number> = { star: 7, gas_giant: 4.6, planet: 3.4, moon: 2.4 };
const NAME_WEIGHT: Record<Body['kind'], number> = { star: 15, gas_giant: 10, planet: 10, moon: 4 };

export function system(frame: Frame, id: number): void {
  const { ctx, camera, theme, input, places, labels, spotted } = frame;
  const { chart, nav, time_s } = input;
  const system = chart.systems[id];
  const centre = nav.systemAt[id];
  if (!system || !centre) return;
  const bodies = [...system.stars, ...system.bodies].map((body) => chart.bodies[body]!);
  orbits(frame, bodies, centre);
  const drawn = bodies
    .filter((body) => !closed(frame, body))
    .map((body) => {
      const place = nav.place(body.id, time_s);
      return { body, place, at: camera.project(place), depth: camera.depth(place) };
    })
    .sort((a, b) => b.depth - a.depth);
  for (const { body, place, at } of drawn) {
    const true_px = body.radius_m / camera.scale;
    const radius = Math.max(LEAST_PX[body.kind], true_px);
    if (!near(at, camera, radius + 60)) continue;
    if (body.kind === 'star') star(frame, at, radius, true_px, body);
    else {
      const sun = system.stars[0];
      const light = sun === undefined ? null : camera.flat(minus(nav.place(sun, time_s), place));
      world(frame, at, radius, body, light);
    }
    places.set(`b${body.id}`, { at, edge: radius + 4, body: body.id, forces: [] });
    const pick: Pick = { kind: 'body', id: body.id };
    const reach = Math.max(9, Math.min(radius + 3, 260));
    spotted.push({ ...at, reach, picks: [pick], body: body.id });
    const chosen = picked(frame, pick);
    if (chosen) ring(ctx, { ...at, reach: radius + 5 }, theme.accent, 1.5);
    const holder = chart.powers.find((power) => power.holds.includes(body.id));
    if (holder && radius < 240) holds(ctx, at, radius, theme.side[input.side(holder.id)]);
    const weight = (chosen ? 100 : 0) + (holder ? 20 : 0) + NAME_WEIGHT[body.kind];
    labels.add({
      text: heading(body.name),
      x: at.x,
      y: at.y - Math.min(radius, camera.height * 0.42) - 11,
      align: 'center',
      size: body.kind === 'moon' ? 10.5 : 11.5,
      colour: body.kind === 'moon' ? theme.ink3 : theme.label,
      weight,
      strong: chosen,
      aside: radius < 60 ? [radius * 2 + 42] : [],
    });
  }
}

/** Two brackets in the holder's colour. */
function holds(ctx: CanvasRenderingContext2D, at: Screen, radius: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius + 3, Math.PI * 0.8, Math.PI * 1.2);
  ctx.moveTo(
    at.x + (radius + 3) * Math.cos(Math.PI * 1.8),
    at.y + (radius + 3) * Math.sin(Math.PI * 1.8),
  );
  ctx.arc(at.x, at.y, radius + 3, Math.PI * 1.8, Math.PI * 2.2);
  ctx.stroke();
}

function star(
  { ctx, theme }: Frame,
  at: Screen,
  radius: number,
  true_px: number,
  body: Body,
): void {
  const colour = starColour(body.mass_pt, body.radius_m, theme.dark);
  const size = Math.min(radius * 7, 2400);
  ctx.drawImage(glow(colour, theme.dark), at.x - size / 2, at.y - size / 2, size, size);
  if (true_px <= 7) return;
  const face = ctx.createRadialGradient(at.x, at.y, 0, at.x, at.y, radius);
  face.addColorStop(0, theme.dark ? '#fffdf6' : colour);
  face.addColorStop(0.7, colour);
  face.addColorStop(1, withAlpha(colour, 0.75));
  ctx.fillStyle = face;
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, Math.PI * 2);
  ctx.fill();
}

function world(
  { ctx, camera, theme }: Frame,
  at: Screen,
  radius: number,
  body: Body,
  light: Screen | null,
): void {
  const colour = worldColour(body.key, body.kind, body.habitable, theme.dark);
  const air = (body.air_m / camera.scale) * 2.2;
  if (air > 2.5) {
    const haze = ctx.createRadialGradient(at.x, at.y, radius, at.x, at.y, radius + air);
    haze.addColorStop(0, withAlpha(colour, 0.55));
    haze.addColorStop(1, withAlpha(colour, 0));
    ctx.fillStyle = haze;
    disc(ctx, at, radius + air);
  }
  ctx.fillStyle = colour;
  disc(ctx, at, radius);
  if (!light || radius <= 3) return;
  // Lit from its star's side: brightness falls off evenly, so that no edge of it can be seen.
  const far = Math.hypot(light.x, light.y) || 1;
  const [lx, ly] = [light.x / far, light.y / far];
  const shade = ctx.createRadialGradient(
    at.x + lx * radius * 0.62,
    at.y + ly * radius * 0.62,
    0,
    at.x + lx * radius * 0.3,
    at.y + ly * radius * 0.3,
    radius * 1.4,
  );
  const dark = theme.dark ? [2, 5, 10, 0.9] : [20, 32, 45, 0.55];
  for (const step of [0, 0.25, 0.4, 0.55, 0.7, 0.85, 1]) {
    const gone = step ** 2 * (3 - 2 * step);
    shade.addColorStop(step, `rgb(${dark[0]} ${dark[1]} ${dark[2]} / ${(dark[3] ?? 1) * gone})`);
  }
  ctx.fillStyle = shade;
  disc(ctx, at, radius + 0.4);
}

function disc(ctx: CanvasRenderingContext2D, at: Screen, radius: number): void {
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, Math.PI * 2);
  ctx.fill();
}
