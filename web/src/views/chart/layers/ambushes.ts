/** Own groups that wait beside the end of a line: an open jaw towards whoever comes out of it. */
import { withAlpha } from '../sprites.ts';
import { near, picked, type Frame } from './frame.ts';

const JAW = 0.95;

export function ambushes(frame: Frame): void {
  const { ctx, camera, theme, input, open } = frame;
  for (const group of input.view.groups) {
    for (const { task } of group.tasks) {
      if (task.kind !== 'ambush') continue;
      const body = input.chart.bodies[task.to];
      if (!body || !open.has(body.system)) continue;
      const at = camera.project(input.nav.place(task.to, input.time_s));
      if (!near(at, camera, 60)) continue;
      const way = camera.flat(input.nav.heading(task.to, task.from, input.time_s));
      const angle = Math.atan2(way.y, way.x);
      const reach = Math.max(24, (body.radius_m + task.standoff_m) / camera.scale);
      if (reach > 4000) continue;
      const chosen = picked(frame, { kind: 'group', id: group.id });
      const there = group.body === task.to && !group.jumping;
      ctx.strokeStyle = withAlpha(theme.side.own, chosen ? 1 : 0.7);
      ctx.lineWidth = 2;
      ctx.setLineDash(there ? [] : [3, 3]);
      ctx.beginPath();
      ctx.arc(at.x, at.y, reach, angle + 0.3, angle + JAW);
      ctx.moveTo(at.x + reach * Math.cos(angle - JAW), at.y + reach * Math.sin(angle - JAW));
      ctx.arc(at.x, at.y, reach, angle - JAW, angle - 0.3);
      ctx.stroke();
      ctx.setLineDash([]);
    }
  }
}
