/**
 * Where bodies are and which lines join them, by the same laws as the engine's chart, in floats: for showing. How long a jump takes
 * is asked of the server, whose word is final. Pure; holds nothing but tables of the chart it was given.
 */
import type { Body, Chart, Orbit, Spot, Vec3 } from './model.ts';

/** How far a line must pass above a body and its air, metres: enough to show it; the server judges. */
const LINE_MARGIN_M = 100_000;

export interface Line {
  from: number;
  to: number;
  distance_m: number;
  interstellar: boolean;
  /** The body in the way, if the line is shut. */
  blocked: number | null;
}

const TAU = Math.PI * 2;
const add = (a: Vec3, b: Vec3): Vec3 => ({ x: a.x + b.x, y: a.y + b.y, z: a.z + b.z });
const sub = (a: Vec3, b: Vec3): Vec3 => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });
const dot = (a: Vec3, b: Vec3): number => a.x * b.x + a.y * b.y + a.z * b.z;
const length = (a: Vec3): number => Math.hypot(a.x, a.y, a.z);
const scaled = (a: Vec3, k: number): Vec3 => ({ x: a.x * k, y: a.y * k, z: a.z * k });

/** The axes of an ellipse in space: from its centre to the near point's side and square to it, with the focus's offset. */
export interface Ellipse {
  centre: Vec3;
  a: Vec3;
  b: Vec3;
}

export function ellipse(orbit: Orbit): Ellipse {
  const e = Math.min(0.9, orbit.eccentricity_ppm / 1e6);
  const tilt = (orbit.incline_udeg / 180e6) * Math.PI;
  const node = (orbit.node_udeg / 180e6) * Math.PI;
  const turn = (x: number, y: number): Vec3 => {
    const flat = y * Math.cos(tilt);
    return {
      x: x * Math.cos(node) - flat * Math.sin(node),
      y: x * Math.sin(node) + flat * Math.cos(node),
      z: y * Math.sin(tilt),
    };
  };
  const a = orbit.semi_major_m;
  return { centre: turn(-a * e, 0), a: turn(a, 0), b: turn(0, a * Math.sqrt(1 - e * e)) };
}

/** The eccentric anomaly of an orbit at a time. */
export function anomaly(orbit: Orbit, time_s: number): number {
  const e = Math.min(0.9, orbit.eccentricity_ppm / 1e6);
  const share = orbit.period_s === 0 ? 0 : (time_s / orbit.period_s) % 1;
  let mean = ((orbit.phase_udeg / 180e6) * Math.PI + share * TAU) % TAU;
  if (mean > Math.PI) mean -= TAU;
  if (mean < -Math.PI) mean += TAU;
  if (e === 0) return mean;
  let eccentric = e < 0.5 ? mean + e * Math.sin(mean) : Math.sign(mean || 1) * Math.PI;
  for (let step = 0; step < 10; step += 1) {
    eccentric -= (eccentric - e * Math.sin(eccentric) - mean) / (1 - e * Math.cos(eccentric));
  }
  return eccentric;
}

export class Nav {
  readonly chart: Chart;
  readonly ellipses: (Ellipse | null)[];
  readonly systemAt: Vec3[];
  readonly satellites: number[][];

  constructor(chart: Chart) {
    this.chart = chart;
    this.ellipses = chart.bodies.map((body) => (body.orbit ? ellipse(body.orbit) : null));
    this.systemAt = chart.systems.map(({ position_mly: [x, y, z] }) =>
      scaled({ x, y, z }, this.chart.metres_per_mly),
    );
    this.satellites = chart.bodies.map(() => []);
    for (const body of chart.bodies) {
      if (body.parent !== null) this.satellites[body.parent]?.push(body.id);
    }
  }

  body(id: number): Body | undefined {
    return this.chart.bodies[id];
  }

  /** Metres from the system's barycentre. */
  inside(id: number, time_s: number): Vec3 {
    let place: Vec3 = { x: 0, y: 0, z: 0 };
    let next = this.chart.bodies[id];
    for (let depth = 0; next && depth < 8; depth += 1) {
      const path = this.ellipses[next.id];
      if (next.orbit && path) {
        const angle = anomaly(next.orbit, time_s);
        place = add(place, path.centre);
        place = add(place, scaled(path.a, Math.cos(angle)));
        place = add(place, scaled(path.b, Math.sin(angle)));
      }
      next = next.parent === null ? undefined : this.chart.bodies[next.parent];
    }
    return place;
  }

  /** Metres from the galaxy's zero. */
  place(id: number, time_s: number): Vec3 {
    const body = this.chart.bodies[id];
    const home = body ? this.systemAt[body.system] : undefined;
    const inside = this.inside(id, time_s);
    return home ? add(home, inside) : inside;
  }

  /** Where a spot of a body's space is, metres from the body's centre. */
  offset(id: number, spot: Spot): Vec3 {
    const body = this.chart.bodies[id];
    const [x, y, z] = spot.bearing_ppm;
    return scaled({ x, y, z }, ((body?.radius_m ?? 0) + spot.altitude_m) / 1e6);
  }

  private way(from: Body, to: Body, time_s: number): Vec3 {
    const inside = sub(this.inside(to.id, time_s), this.inside(from.id, time_s));
    if (from.system === to.system) return inside;
    const a = this.systemAt[from.system];
    const b = this.systemAt[to.system];
    return a && b ? add(sub(b, a), inside) : inside;
  }

  /** The line between two bodies at a time; null when there can be none. */
  line(from: number, to: number, time_s: number): Line | null {
    const [a, b] = [this.chart.bodies[from], this.chart.bodies[to]];
    if (!a || !b || from === to || a.mass_pt <= 0 || b.mass_pt <= 0) return null;
    const interstellar = a.system !== b.system;
    if (interstellar) {
      if (a.kind !== 'star' || b.kind !== 'star') return null;
      const [here, there] = [this.systemAt[a.system], this.systemAt[b.system]];
      if (!here || !there) return null;
      if (length(sub(there, here)) > this.chart.line_mly * this.chart.metres_per_mly) return null;
    }
    const way = this.way(a, b, time_s);
    const distance_m = length(way);
    if (distance_m === 0) return null;
    return { from, to, distance_m, interstellar, blocked: this.obstacle(a, b, way, time_s) };
  }

  private obstacle(a: Body, b: Body, way: Vec3, time_s: number): number | null {
    const { chart } = this;
    const ends = a.system === b.system ? [a.system] : [a.system, b.system];
    const length2 = dot(way, way);
    let nearest = Infinity;
    let found: number | null = null;
    for (const end of ends) {
      const system = chart.systems[end];
      if (!system) continue;
      for (const id of [...system.stars, ...system.bodies]) {
        const body = chart.bodies[id];
        if (!body || id === a.id || id === b.id) continue;
        const there = this.way(a, body, time_s);
        const ahead = dot(there, way);
        if (ahead <= 0 || ahead >= length2) continue;
        const radius = body.radius_m + body.air_m + LINE_MARGIN_M;
        const off2 = dot(there, there) - (ahead * ahead) / length2;
        const far = length(there);
        if (off2 < radius * radius && far < nearest) {
          nearest = far;
          found = id;
        }
      }
    }
    return found;
  }

  /** The direction from one body to another. */
  heading(from: number, to: number, time_s: number): Vec3 {
    const [a, b] = [this.chart.bodies[from], this.chart.bodies[to]];
    if (!a || !b) return { x: 1, y: 0, z: 0 };
    const way = this.way(a, b, time_s);
    return scaled(way, 1 / (length(way) || 1));
  }

  /** Bodies that a ship at `from` can jump to directly, the shut lines too. */
  lines(from: number, time_s: number, interstellar: boolean): Line[] {
    const here = this.chart.bodies[from];
    if (!here) return [];
    const system = this.chart.systems[here.system];
    const ends = system ? [...system.stars, ...system.bodies] : [];
    if (interstellar && here.kind === 'star') {
      for (const other of this.near(here.system))
        ends.push(...(this.chart.systems[other]?.stars ?? []));
    }
    return ends.map((to) => this.line(from, to, time_s)).filter((line) => line !== null);
  }

  private nearTable = new Map<number, number[]>();

  /** Systems within reach of one jump, nearest first. */
  near(system: number): number[] {
    const known = this.nearTable.get(system);
    if (known) return known;
    const here = this.systemAt[system];
    const reach = this.chart.line_mly * this.chart.metres_per_mly;
    const found: [number, number][] = [];
    if (here) {
      this.systemAt.forEach((there, other) => {
        if (other === system) return;
        const apart = length(sub(there, here));
        if (apart <= reach) found.push([apart, other]);
      });
    }
    found.sort((a, b) => a[0] - b[0]);
    const list = found.map(([, other]) => other);
    this.nearTable.set(system, list);
    return list;
  }

  /** The lines that a galaxy is drawn with: each system to its nearest few, once each. */
  network(few: number): [number, number][] {
    const seen = new Set<number>();
    const found: [number, number][] = [];
    const count = this.systemAt.length;
    for (let here = 0; here < count; here += 1) {
      for (const there of this.near(here).slice(0, few)) {
        const key = Math.min(here, there) * count + Math.max(here, there);
        if (seen.has(key)) continue;
        seen.add(key);
        found.push([here, there]);
      }
    }
    return found;
  }
}
