/** Where one's own ships fight or have just fought: two crossed blades beside the place. */
import { placeKey, type Frame } from './frame.ts';

export function fights(frame: Frame): void {
  const { ctx, theme, input, places, spotted } = frame;
  const seen = new Set<string>();
  for (const battle of input.battles) {
    if (battle.body === null || battle.at > input.time_s) continue;
    const over = battle.ended !== null && battle.ended <= input.time_s;
    if (over && input.time_s - (battle.ended ?? 0) > input.view.turn_s) continue;
    const key = placeKey(frame, battle.body);
    const place = key === null ? undefined : places.get(key);
    if (!key || !place || seen.has(key)) continue;
    seen.add(key);
    const at = { x: place.at.x - Math.min(place.edge, 400) - 11, y: place.at.y };
    ctx.strokeStyle = theme.warm;
    ctx.lineWidth = 1.8;
    ctx.lineCap = 'round';
    ctx.globalAlpha = over ? 0.65 : 1;
    ctx.beginPath();
    for (const side of [-1, 1]) {
      ctx.moveTo(at.x - 5 * side, at.y - 5);
      ctx.lineTo(at.x + 5 * side, at.y + 5);
      ctx.moveTo(at.x + 2 * side, at.y + 5);
      ctx.lineTo(at.x + 5 * side, at.y + 2);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.lineCap = 'butt';
    spotted.push({
      ...at,
      reach: 10,
      picks: [{ kind: 'body', id: battle.body }],
      body: battle.body,
    });
  }
}
