/** The way that an order thought of would take: when each jump ends, where it brakes, and what is known to wait there. */
import { compact, span } from '../../../base/format.ts';
import { t } from '../../../base/i18n.svelte.ts';
import type { Preview } from '../../../session/model.ts';
import { arrow, placeOf, type Frame } from './frame.ts';

export function route(frame: Frame, preview: Preview): void {
  const { ctx, camera, theme, input, labels } = frame;
  const colour = preview.refusal ? theme.bad : theme.accent;
  for (const leg of preview.legs) {
    const from = placeOf(frame, leg.from);
    const to = placeOf(frame, leg.to);
    if (!from || !to) continue;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
    arrow(ctx, from, to, colour);
    const system = input.chart.bodies[leg.to]?.system;
    const brake = camera.flat(input.nav.offset(leg.to, leg.brakes));
    const apart = Math.hypot(brake.x, brake.y);
    if (apart > 12 && system !== undefined && frame.open.has(system)) {
      const at = { x: to.x + brake.x, y: to.y + brake.y };
      ctx.beginPath();
      ctx.arc(at.x, at.y, 5, 0, Math.PI * 2);
      ctx.moveTo(at.x - 8, at.y);
      ctx.lineTo(at.x + 8, at.y);
      ctx.stroke();
      labels.add({
        text: t('chart.brakes'),
        x: at.x + 11,
        y: at.y + 4,
        align: 'left',
        size: 11,
        colour,
        weight: 180,
        strong: false,
      });
    }
    const words = [`+${span(leg.arrives - input.view.now)}`];
    if (leg.last > leg.arrives + 59)
      words.push(t('chart.stream', { span: span(leg.last - leg.arrives) }));
    if (leg.hostile_ships > 0) {
      const age = input.view.now - (leg.seen ?? input.view.now);
      words.push(`◆ ${compact(leg.hostile_ships)}`);
      if (age > 60) words.push(t('chart.ago', { span: span(age) }));
    }
    labels.add({
      text: words.join('  '),
      x: to.x,
      y: to.y + 24,
      align: 'center',
      size: 12,
      colour: leg.hostile_ships > 0 ? theme.bad : colour,
      weight: 200,
      strong: true,
    });
  }
  const end = preview.legs.at(-1);
  const last = end && placeOf(frame, end.to);
  if (preview.refusal && last) {
    labels.add({
      text: preview.refusal.text,
      x: last.x,
      y: last.y + 40,
      align: 'center',
      size: 12,
      colour: theme.bad,
      weight: 210,
      strong: false,
    });
  }
}
