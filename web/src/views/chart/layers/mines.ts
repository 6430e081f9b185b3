/** One's own minefields, each on its line at its distance, with how many mines are left. */
import { compact } from '../../../base/format.ts';
import type { Minefield } from '../../../session/model.ts';
import type { Screen } from '../camera.ts';
import { withAlpha } from '../sprites.ts';
import { near, picked, ring, type Frame } from './frame.ts';

export function mines(frame: Frame): void {
  const { ctx, camera, theme, input, labels, spotted, open } = frame;
  for (const field of input.view.minefields) {
    const system = input.chart.bodies[field.from]?.system;
    if (system === undefined || !open.has(system)) continue;
    const at = mineAt(frame, field);
    if (!at || !near(at, camera, 20)) continue;
    const start = camera.project(input.nav.place(field.from, input.time_s));
    ctx.strokeStyle = withAlpha(theme.side.own, 0.3);
    ctx.lineWidth = 1;
    ctx.setLineDash([1, 4]);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.lineTo(at.x, at.y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.strokeStyle = theme.side.own;
    ctx.lineWidth = 1.3;
    ctx.beginPath();
    for (const [x, y] of [
      [0, 0],
      [-7, 4],
      [7, -4],
    ] as const) {
      ctx.moveTo(at.x + x - 2.4, at.y + y - 2.4);
      ctx.lineTo(at.x + x + 2.4, at.y + y + 2.4);
      ctx.moveTo(at.x + x + 2.4, at.y + y - 2.4);
      ctx.lineTo(at.x + x - 2.4, at.y + y + 2.4);
    }
    ctx.stroke();
    const one = { ...at, reach: 11, picks: [{ kind: 'field' as const, id: field.id }], body: null };
    spotted.push(one);
    if (picked(frame, one.picks[0]!)) ring(ctx, one, theme.accent, 1.5);
    labels.add({
      text: compact(field.laid - field.recovered),
      x: at.x + 13,
      y: at.y + 4,
      align: 'left',
      size: 10.5,
      colour: theme.side.own,
      weight: 40,
      strong: false,
    });
  }
}

function mineAt({ camera, input }: Frame, field: Minefield): Screen | null {
  const way = input.nav.heading(field.from, field.to, input.time_s);
  const body = input.chart.bodies[field.from];
  if (!body) return null;
  const start = input.nav.place(field.from, input.time_s);
  const off = body.radius_m + field.offset_m;
  return camera.project({
    x: start.x + way.x * off,
    y: start.y + way.y * off,
    z: start.z + way.z * off,
  });
}
