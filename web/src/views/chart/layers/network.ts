/** The lines between neighbouring systems, in the colour of whoever holds both ends, and the fronts where they do not. */
import type { Side } from '../../../session/model.ts';
import type { Camera, Screen } from '../camera.ts';
import { withAlpha } from '../sprites.ts';
import { near, type Frame } from './frame.ts';

export function network(frame: Frame): void {
  const { ctx, camera, theme, input, open } = frame;
  const { nav, holders } = input;
  const fronts: [Screen, Screen][] = [];
  const owned: Record<Side, Path2D> = {
    own: new Path2D(),
    ally: new Path2D(),
    neutral: new Path2D(),
    hostile: new Path2D(),
    unknown: new Path2D(),
  };
  const plain = new Path2D();
  const at = nav.systemAt.map((place) => camera.project(place));
  const sides = nav.systemAt.map((_, system) => {
    const holder = holders.get(system);
    return holder === undefined ? null : input.side(holder);
  });
  for (const [a, b] of input.network) {
    const [p, q] = [at[a]!, at[b]!];
    if (!near(p, camera, 40) && !near(q, camera, 40) && !crosses(p, q, camera)) continue;
    const [here, there] = [sides[a] ?? null, sides[b] ?? null];
    const path = here && here === there ? owned[here] : plain;
    path.moveTo(p.x, p.y);
    path.lineTo(q.x, q.y);
    const against =
      (friendly(here) && there === 'hostile') || (friendly(there) && here === 'hostile');
    if (against && !open.has(a) && !open.has(b)) fronts.push([p, q]);
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = theme.line;
  ctx.globalAlpha = 0.55;
  ctx.stroke(plain);
  for (const side of ['neutral', 'hostile', 'ally', 'own'] as const) {
    ctx.strokeStyle = withAlpha(theme.side[side], 0.55);
    ctx.stroke(owned[side]);
  }
  ctx.globalAlpha = 1;
  // A front is marked across the line, half way: two short bars.
  ctx.strokeStyle = theme.bad;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const [p, q] of fronts) {
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const size = Math.hypot(dx, dy);
    if (size < 18) continue;
    const [nx, ny] = [-dy / size, dx / size];
    for (const share of [0.47, 0.53]) {
      const [x, y] = [p.x + dx * share, p.y + dy * share];
      ctx.moveTo(x - nx * 5, y - ny * 5);
      ctx.lineTo(x + nx * 5, y + ny * 5);
    }
  }
  ctx.stroke();
}

function friendly(side: Side | null): boolean {
  return side === 'own' || side === 'ally';
}

function crosses(p: Screen, q: Screen, camera: Camera): boolean {
  return !(
    (p.x < 0 && q.x < 0) ||
    (p.y < 0 && q.y < 0) ||
    (p.x > camera.width && q.x > camera.width) ||
    (p.y > camera.height && q.y > camera.height)
  );
}
