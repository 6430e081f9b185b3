/**
 * Ships between two bodies. How far along they are is told by the time that is left; a group leaves its line one by one, so behind its
 * head the stream is drawn as far back as its last ship.
 */
import { compact, span } from '../../../base/format.ts';
import { t } from '../../../base/i18n.svelte.ts';
import { freshness } from '../scene.ts';
import { mark, withAlpha } from '../sprites.ts';
import { picked, placeKey, placeOf, ring, type Frame } from './frame.ts';

export function flight(frame: Frame): void {
  const { ctx, theme, input, places, labels, spotted } = frame;
  // Several groups on one line stand beside each other, not on each other.
  const sharing = new Map<string, number>();
  for (const force of input.forces) {
    if (force.toward === null) continue;
    const start = placeOf(frame, force.body);
    const end = placeOf(frame, force.toward);
    if (!start || !end) continue;
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const size = Math.hypot(dx, dy);
    const colour = theme.side[force.side];
    if (size < 26) {
      const key = placeKey(frame, force.body);
      if (key) places.get(key)?.forces.push(force);
      continue;
    }
    const left = force.arrives === null ? null : force.arrives - input.time_s;
    const whole = Math.max(3600, input.view.turn_s * 4, (left ?? 0) * 1.6);
    const along = (still: number) => Math.min(0.93, Math.max(0.07, 1 - Math.max(0, still) / whole));
    const share = left === null ? 0.5 : along(left);
    const lane = sharing.get(`${force.body} ${force.toward}`) ?? 0;
    sharing.set(`${force.body} ${force.toward}`, lane + 1);
    const aside = { x: (-dy / size) * lane * 17, y: (dx / size) * lane * 17 };
    const at = { x: start.x + dx * share + aside.x, y: start.y + dy * share + aside.y };
    ctx.strokeStyle = withAlpha(colour, 0.75);
    ctx.lineWidth = 1.3;
    ctx.setLineDash(force.side === 'own' || force.side === 'ally' ? [7, 4] : [2, 5]);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.lineTo(end.x, end.y);
    ctx.stroke();
    ctx.setLineDash([]);
    const behind = force.last === null ? null : force.last - input.time_s;
    if (behind !== null && left !== null && behind > left) {
      const tail = along(behind);
      ctx.strokeStyle = withAlpha(colour, 0.4);
      ctx.lineWidth = 5;
      ctx.lineCap = 'round';
      ctx.beginPath();
      ctx.moveTo(start.x + dx * tail + aside.x, start.y + dy * tail + aside.y);
      ctx.lineTo(at.x, at.y);
      ctx.stroke();
      ctx.lineCap = 'butt';
    }
    const picture = mark(force.side, colour, theme.halo, 13, force.side !== 'own');
    const edge = picture.width / 2;
    ctx.save();
    ctx.translate(at.x, at.y);
    ctx.rotate(force.side === 'own' ? Math.atan2(dy, dx) + Math.PI / 2 : 0);
    ctx.globalAlpha = freshness(force.age_s);
    ctx.drawImage(picture, -edge / 2, -edge / 2, edge, edge);
    ctx.restore();
    const words = [compact(force.ships)];
    if (left !== null && left > 0) words.push(span(left));
    if (behind !== null && left !== null && behind - left >= 60) {
      words.push(t('chart.stream', { span: span(behind - left) }));
    }
    labels.add({
      text: words.join(' · '),
      x: at.x + 11,
      y: at.y + 4,
      align: 'left',
      size: 11,
      colour,
      weight: 60,
      strong: false,
    });
    const one = { ...at, reach: 11, picks: [force.pick], body: force.toward };
    spotted.push(one);
    if (picked(frame, force.pick)) ring(ctx, one, theme.accent, 1.5);
  }
}
