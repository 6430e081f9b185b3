/**
 * What every layer of the chart is given: the eye, the tokens, what is known, and where earlier layers put things. A layer draws and says
 * what it put where; it changes neither the war nor the camera.
 */
import type { Battle, Chart, Preview, Side, Vec3, View } from '../../../session/model.ts';
import type { Nav } from '../../../session/nav.ts';
import type { Pick } from '../../../session/room.svelte.ts';
import type { Camera, Screen } from '../camera.ts';
import type { Labels } from '../labels.ts';
import type { Force } from '../scene.ts';
import type { Theme } from '../theme.ts';

/** Something on the screen that can be picked. */
export interface Spotted {
  x: number;
  y: number;
  reach: number;
  picks: Pick[];
  /** The body that a ship told to come here would come to. */
  body: number | null;
}

export interface Input {
  chart: Chart;
  nav: Nav;
  view: View;
  time_s: number;
  forces: readonly Force[];
  holders: Map<number, number>;
  network: [number, number][];
  battles: readonly Battle[];
  /** What is selected; a new list each time it changes. */
  picks: readonly Pick[];
  side: (power: number | null) => Side;
  hover: Spotted | null;
  draft: Preview | null;
  /** While a group is dragged or aimed: from where lines are shown. */
  linesFrom: { body: number; interstellar: boolean } | null;
  manyLabels: boolean;
}

/** Where forces of one place are gathered. */
export interface Place {
  at: Screen;
  /** Pixels from the middle to where marks begin. */
  edge: number;
  body: number | null;
  forces: Force[];
}

export interface Frame {
  ctx: CanvasRenderingContext2D;
  camera: Camera;
  theme: Theme;
  input: Input;
  /** Systems that are shown body by body. */
  open: Set<number>;
  /** How far apart neighbouring systems are, pixels: the measure of galactic things. */
  apart: number;
  /** By `s` and a system's number or `b` and a body's. */
  places: Map<string, Place>;
  labels: Labels;
  spotted: Spotted[];
}

export function samePick(one: Pick, other: Pick): boolean {
  if (one.kind === 'ally') return other.kind === 'ally' && one.index === other.index;
  return other.kind !== 'ally' && one.kind === other.kind && one.id === other.id;
}

export function picked({ input }: Frame, pick: Pick): boolean {
  return input.picks.some((one) => samePick(one, pick));
}

export function anyPicked(frame: Frame, forces: readonly Force[]): boolean {
  return frame.input.picks.length > 0 && forces.some((force) => picked(frame, force.pick));
}

export function near(at: Screen, camera: Camera, margin: number): boolean {
  return (
    at.x > -margin &&
    at.y > -margin &&
    at.x < camera.width + margin &&
    at.y < camera.height + margin
  );
}

export function minus(a: Vec3, b: Vec3): Vec3 {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

/** Where on the screen a body is shown: its own place, or its system's from afar. */
export function placeOf({ camera, input, open }: Frame, id: number): Screen | null {
  const body = input.chart.bodies[id];
  if (!body) return null;
  if (!open.has(body.system)) {
    const system = input.nav.systemAt[body.system];
    return system ? camera.project(system) : null;
  }
  return camera.project(input.nav.place(id, input.time_s));
}

/** The place that a body's forces are gathered at: itself, its planet or its system, whichever is drawn. */
export function placeKey({ input, places, open }: Frame, id: number): string | null {
  let body = input.chart.bodies[id];
  if (!body) return null;
  if (!open.has(body.system)) return places.has(`s${body.system}`) ? `s${body.system}` : null;
  for (let depth = 0; body && depth < 8; depth += 1) {
    if (places.has(`b${body.id}`)) return `b${body.id}`;
    body = body.parent === null ? undefined : input.chart.bodies[body.parent];
  }
  return null;
}

export function ring(
  ctx: CanvasRenderingContext2D,
  at: Screen & { reach: number },
  colour: string,
  width: number,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.arc(at.x, at.y, at.reach + 3, 0, Math.PI * 2);
  ctx.stroke();
}

/** The head of an arrow, a little before where it points. */
export function arrow(
  ctx: CanvasRenderingContext2D,
  from: Screen,
  to: Screen,
  colour: string,
): void {
  const size = Math.hypot(to.x - from.x, to.y - from.y);
  if (size < 20) return;
  const [ux, uy] = [(to.x - from.x) / size, (to.y - from.y) / size];
  const tip = { x: to.x - ux * 11, y: to.y - uy * 11 };
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  ctx.lineTo(tip.x - ux * 9 - uy * 4.5, tip.y - uy * 9 + ux * 4.5);
  ctx.lineTo(tip.x - ux * 9 + uy * 4.5, tip.y - uy * 9 - ux * 4.5);
  ctx.closePath();
  ctx.fill();
}
