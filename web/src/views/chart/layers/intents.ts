/** Where one's own groups are told to go: thin arrows, and for selected groups the whole row of their tasks. */
import { firstHop, headedFor, leadsTo } from '../scene.ts';
import { withAlpha } from '../sprites.ts';
import { arrow, picked, placeOf, type Frame } from './frame.ts';

export function intents(frame: Frame): void {
  const { ctx, theme, input } = frame;
  for (const group of input.view.groups) {
    const chosen = picked(frame, { kind: 'group', id: group.id });
    const target = headedFor(group);
    const later = chosen ? group.tasks.slice(1).flatMap(({ task }) => leadsTo(task) ?? []) : [];
    const first = target !== null && target !== group.body && (chosen || !group.jumping);
    if (!first && later.length === 0) continue;
    const bodies = first
      ? [group.body, firstHop(input.nav, group.body, target, input.time_s), target, ...later]
      : [target ?? group.body, ...later];
    const points = bodies
      .filter((body, at, all) => body !== all[at - 1])
      .flatMap((body) => placeOf(frame, body) ?? []);
    ctx.strokeStyle = withAlpha(theme.side.own, chosen ? 0.85 : 0.3);
    ctx.lineWidth = chosen ? 1.4 : 1;
    ctx.setLineDash([2, 4]);
    ctx.beginPath();
    points.forEach((point, at) => {
      if (at === 0) ctx.moveTo(point.x, point.y);
      else ctx.lineTo(point.x, point.y);
    });
    ctx.stroke();
    ctx.setLineDash([]);
    const end = points.at(-1);
    const before = points.at(-2);
    if (end && before) arrow(ctx, before, end, withAlpha(theme.side.own, chosen ? 0.9 : 0.45));
  }
}
