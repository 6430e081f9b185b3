/** The jumplines that begin where a selected group stands: open ones, and those that something stands in. */
import { withAlpha } from '../sprites.ts';
import { placeOf, type Frame } from './frame.ts';

export function lines(frame: Frame): void {
  const { ctx, theme, input } = frame;
  const from = input.linesFrom;
  const start = from && placeOf(frame, from.body);
  if (!from || !start) return;
  const free = new Path2D();
  const shut = new Path2D();
  for (const line of input.nav.lines(from.body, input.time_s, from.interstellar)) {
    const end = placeOf(frame, line.to);
    if (!end || Math.hypot(end.x - start.x, end.y - start.y) < 4) continue;
    const path = line.blocked === null ? free : shut;
    path.moveTo(start.x, start.y);
    path.lineTo(end.x, end.y);
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = withAlpha(theme.accent, 0.42);
  ctx.stroke(free);
  ctx.strokeStyle = withAlpha(theme.bad, 0.5);
  ctx.setLineDash([2, 6]);
  ctx.stroke(shut);
  ctx.setLineDash([]);
}
