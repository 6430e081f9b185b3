/**
 * Forces that stand at a body. Near, each at its own spot with its doubt as a dashed circle; from afar one row a side beside the place,
 * mark and number of ships. Hollow and faint say that it is not seen now.
 */
import { compact, heading, span } from '../../../base/format.ts';
import { t } from '../../../base/i18n.svelte.ts';
import type { Side } from '../../../session/model.ts';
import type { Screen } from '../camera.ts';
import { freshness, type Force } from '../scene.ts';
import { mark, withAlpha } from '../sprites.ts';
import { anyPicked, near, placeKey, ring, type Frame, type Place } from './frame.ts';

/** From this many pixels off its body a group stands at its own spot. */
const SPOTS_OPEN_PX = 26;
const STACK_MOST = 4;
const ORDER: readonly Side[] = ['own', 'ally', 'hostile', 'unknown', 'neutral'];

export function forces(frame: Frame): void {
  const { camera, input, places } = frame;
  const close = new Map<string, Force[]>();
  for (const force of input.forces) {
    if (force.toward !== null) continue;
    const key = placeKey(frame, force.body);
    const place = key === null ? undefined : places.get(key);
    if (!key || !place) continue;
    const far = Math.hypot(force.offset.x, force.offset.y, force.offset.z) / camera.scale;
    if (far > SPOTS_OPEN_PX && key === `b${force.body}`) {
      const list = close.get(key) ?? [];
      list.push(force);
      close.set(key, list);
    } else place.forces.push(force);
  }
  for (const [key, list] of close) {
    const place = places.get(key);
    if (place) spots(frame, place, list);
  }
  for (const place of places.values()) {
    if (place.forces.length) stack(frame, place);
  }
}

const shipsOf = (list: readonly Force[]) => list.reduce((sum, force) => sum + force.ships, 0);
const freshest = (list: readonly Force[]) =>
  Math.max(...list.map((force) => freshness(force.age_s)));
const fight = (list: readonly Force[]) => list.some((force) => force.fighting);

function spots(frame: Frame, place: Place, list: Force[]): void {
  const { ctx, camera, theme, labels, spotted } = frame;
  const cells = new Map<string, { at: Screen; forces: Force[] }>();
  for (const force of list) {
    const off = camera.flat(force.offset);
    const at = { x: place.at.x + off.x, y: place.at.y + off.y };
    const key = `${force.side} ${Math.round(at.x / 18)} ${Math.round(at.y / 18)}`;
    const cell = cells.get(key);
    if (cell) cell.forces.push(force);
    else cells.set(key, { at, forces: [force] });
  }
  for (const { at, forces } of cells.values()) {
    const [first] = forces;
    if (!first || !near(at, camera, 80)) continue;
    const colour = theme.side[first.side];
    const fresh = freshest(forces);
    const error = Math.max(...forces.map((force) => force.error_m)) / camera.scale;
    if (error > 9) doubt(ctx, at, Math.min(error, 1200), withAlpha(colour, 0.55 * fresh));
    // A stalk to the body's middle plane says how high above it this is.
    ctx.strokeStyle = withAlpha(colour, 0.18);
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(place.at.x, place.at.y);
    ctx.lineTo(at.x, at.y);
    ctx.stroke();
    drawMark(frame, first, at, 15, fresh, fight(forces));
    const chosen = anyPicked(frame, forces);
    const ships = shipsOf(forces);
    const name = forces.length === 1 ? first.name || contactName(frame, first) : '';
    labels.add({
      text: [
        compact(ships),
        (name && heading(name)) || t('chart.groups', { count: forces.length }),
      ].join('  '),
      x: at.x + 12,
      y: at.y + 4,
      align: 'left',
      size: 11.5,
      colour,
      alpha: fresh,
      weight: 70 + Math.min(20, ships / 10),
      strong: chosen,
    });
    const one = { ...at, reach: 12, picks: forces.map((force) => force.pick), body: place.body };
    spotted.push(one);
    if (chosen) ring(ctx, one, theme.accent, 1.6);
  }
}

/** How far off a contact may be. */
function doubt(ctx: CanvasRenderingContext2D, at: Screen, reach: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 5]);
  ctx.beginPath();
  ctx.arc(at.x, at.y, reach, 0, Math.PI * 2);
  ctx.stroke();
  ctx.setLineDash([]);
}

function contactName({ input }: Frame, force: Force): string {
  const power = force.power === null ? null : input.chart.powers[force.power];
  const age = force.age_s > 60 ? ` · ${t('chart.ago', { span: span(force.age_s) })}` : '';
  return (power?.adjective ?? t('side.unknown')) + age;
}

function drawMark(
  { ctx, theme }: Frame,
  force: Force,
  at: Screen,
  size: number,
  alpha: number,
  fighting: boolean,
): void {
  const picture = mark(force.side, theme.side[force.side], theme.halo, size, force.age_s > 60);
  const edge = picture.width / 2;
  ctx.globalAlpha = alpha;
  ctx.drawImage(picture, at.x - edge / 2, at.y - edge / 2, edge, edge);
  ctx.globalAlpha = 1;
  if (!fighting) return;
  ctx.strokeStyle = theme.warm;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  for (let ray = 0; ray < 8; ray += 1) {
    const angle = (ray / 8) * Math.PI * 2 + 0.2;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    ctx.moveTo(at.x + cos * (size * 0.72), at.y + sin * (size * 0.72));
    ctx.lineTo(at.x + cos * (size * 0.98), at.y + sin * (size * 0.98));
  }
  ctx.stroke();
}

function stack(frame: Frame, place: Place): void {
  const { ctx, theme, labels, spotted } = frame;
  const bySide = new Map<Side, Force[]>();
  for (const force of place.forces) {
    const list = bySide.get(force.side) ?? [];
    list.push(force);
    bySide.set(force.side, list);
  }
  const rows = ORDER.filter((side) => bySide.has(side)).slice(0, STACK_MOST);
  const x = place.at.x + Math.min(place.edge, 400) + 9;
  let y = place.at.y - ((rows.length - 1) * 16) / 2;
  for (const side of rows) {
    const forces = bySide.get(side) ?? [];
    const newest = forces.reduce((a, b) => (a.age_s <= b.age_s ? a : b));
    const fresh = freshest(forces);
    drawMark(frame, { ...newest, side }, { x, y }, 12, fresh, fight(forces));
    const old = newest.age_s > 3600 ? `  ${t('chart.ago', { span: span(newest.age_s) })}` : '';
    labels.add({
      text: compact(shipsOf(forces)) + old,
      x: x + 10,
      y: y + 4,
      align: 'left',
      size: 11.5,
      colour: theme.side[side],
      alpha: fresh,
      weight: 120,
      strong: true,
    });
    const picks = forces.map((force) => force.pick);
    spotted.push({ x: x + 8, y, reach: 13, picks, body: place.body });
    if (anyPicked(frame, forces)) ring(ctx, { x, y, reach: 10 }, theme.accent, 1.6);
    y += 16;
  }
}
