/** The ellipses that bodies go along. */
import type { Body, Vec3 } from '../../../session/model.ts';
import { near, type Frame } from './frame.ts';

/** A moon and its orbit are shown from this many pixels. */
export const MOON_OPENS_PX = 15;

/** Has this body closed into the one that it goes round? */
export function closed(frame: Frame, body: Body): boolean {
  if (body.parent === null || !body.orbit) return false;
  return body.orbit.semi_major_m / frame.camera.scale < MOON_OPENS_PX;
}

export function orbits(frame: Frame, bodies: readonly Body[], centre: Vec3): void {
  const { input, camera } = frame;
  for (const body of bodies) {
    const path = input.nav.ellipses[body.id];
    if (!path || !body.orbit || closed(frame, body)) continue;
    const about = body.parent === null ? centre : input.nav.place(body.parent, input.time_s);
    const reach = body.orbit.semi_major_m / camera.scale;
    orbit(frame, about, path, reach, body.kind === 'star');
  }
}

function orbit(
  { ctx, camera, theme }: Frame,
  about: Vec3,
  path: { centre: Vec3; a: Vec3; b: Vec3 },
  reach: number,
  ofStar: boolean,
): void {
  const c = camera.project({
    x: about.x + path.centre.x,
    y: about.y + path.centre.y,
    z: about.z + path.centre.z,
  });
  const a = camera.flat(path.a);
  const b = camera.flat(path.b);
  const fade = reach > 60_000 ? 0 : reach > 12_000 ? 1 - (reach - 12_000) / 48_000 : 1;
  if (fade <= 0) return;
  ctx.globalAlpha = fade * Math.min(1, reach / 40) * (ofStar ? 0.5 : 0.9);
  ctx.strokeStyle = theme.orbit;
  ctx.lineWidth = 1;
  ctx.beginPath();
  if (reach < 900) {
    const steps = Math.min(160, Math.max(48, Math.round(reach / 3)));
    for (let step = 0; step <= steps; step += 1) {
      const angle = (step / steps) * Math.PI * 2;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [x, y] = [c.x + a.x * cos + b.x * sin, c.y + a.y * cos + b.y * sin];
      if (step === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    }
  } else {
    // Only the part that can be seen, in fine steps: the whole would be mostly outside and coarse inside.
    const steps = 1440;
    let inside = false;
    for (let step = 0; step <= steps; step += 1) {
      const angle = (step / steps) * Math.PI * 2;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [x, y] = [c.x + a.x * cos + b.x * sin, c.y + a.y * cos + b.y * sin];
      const seen = near({ x, y }, camera, (reach * 2 * Math.PI) / steps + 20);
      if (seen && inside) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      inside = seen;
    }
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}
