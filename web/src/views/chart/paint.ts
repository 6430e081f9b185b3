/**
 * Draws the chart on a canvas and remembers what it drew where, so that a pointer or a key can find it. Everything is drawn afresh
 * each time from what it is given; nothing here changes the war or the camera.
 */
import { compact, distance, heading, span } from '../../base/format.ts';
import { t } from '../../base/i18n.svelte.ts';
import type { Chart, Minefield, Preview, Side, Vec3, View } from '../../session/model.ts';
import type { Nav } from '../../session/nav.ts';
import type { Pick } from '../../session/room.svelte.ts';
import type { Camera, Screen } from './camera.ts';
import { Labels } from './labels.ts';
import { type Force, freshness, headedFor, firstHop } from './scene.ts';
import { glow, mark, tint, withAlpha } from './sprites.ts';
import { starColour, type Theme, worldColour } from './theme.ts';

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
  forces: Force[];
  holders: Map<number, number>;
  network: [number, number][];
  picked: (pick: Pick) => boolean;
  side: (power: number | null) => Side;
  hover: Spotted | null;
  draft: Preview | null;
  /** While a group is dragged or aimed: from where lines are shown. */
  linesFrom: { body: number; interstellar: boolean } | null;
  manyLabels: boolean;
}

/** A system is shown body by body from this many pixels across. */
const SYSTEM_OPENS_PX = 34;
const MOON_OPENS_PX = 15;
const SPOTS_OPEN_PX = 26;
const STACK_MOST = 4;

interface Place {
  at: Screen;
  /** Pixels from the middle to where marks begin. */
  edge: number;
  body: number | null;
  forces: Force[];
}

export class Painter {
  spotted: Spotted[] = [];
  private ctx: CanvasRenderingContext2D;
  private stars: { x: number; y: number; size: number; light: number }[] = [];
  private extents = new WeakMap<Chart, number[]>();

  constructor(ctx: CanvasRenderingContext2D) {
    this.ctx = ctx;
    // The same sky for everybody: a small generator with a fixed seed.
    let seed = 20240;
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let count = 0; count < 420; count += 1) {
      this.stars.push({ x: next(), y: next(), size: next() ** 4, light: 0.12 + next() ** 3 * 0.5 });
    }
  }

  /** The widest orbit of each system, metres. */
  private extent(chart: Chart): number[] {
    let found = this.extents.get(chart);
    if (!found) {
      found = chart.systems.map(() => 1e9);
      for (const body of chart.bodies) {
        if (!body.orbit || body.parent !== null) continue;
        found[body.system] = Math.max(found[body.system] ?? 0, body.orbit.semi_major_m);
      }
      this.extents.set(chart, found);
    }
    return found;
  }

  paint(camera: Camera, theme: Theme, input: Input): void {
    const { ctx } = this;
    camera.settle();
    this.spotted = [];
    const labels = new Labels(ctx, theme);
    this.sky(camera, theme);
    const open = this.openSystems(camera, input);
    this.realms(camera, theme, input);
    this.network(camera, theme, input, open);
    const places = new Map<string, Place>();
    this.systems(camera, theme, input, open, places, labels);
    for (const system of open) this.system(camera, theme, input, system, places, labels);
    if (input.linesFrom) this.lines(camera, theme, input, open);
    this.mines(camera, theme, input);
    this.inFlight(camera, theme, input, places, open, labels);
    this.intents(camera, theme, input, open, labels);
    this.forces(camera, theme, input, places, labels);
    if (input.draft) this.route(camera, theme, input, input.draft, open, labels);
    // What was pointed at may have moved since: it is looked up again.
    const pointed = input.hover && JSON.stringify(input.hover.picks[0]);
    const again = pointed && this.spotted.find((one) => JSON.stringify(one.picks[0]) === pointed);
    if (again) this.ring(again, theme.accent, 1.5);
    labels.draw();
  }

  private skyKey = '';
  private skyPicture: HTMLCanvasElement | null = null;

  /** The sky is drawn once for a size, a theme and a turn of the chart, and copied. */
  private sky(camera: Camera, theme: Theme): void {
    const { width, height } = camera;
    const key = `${width} ${height} ${theme.ground} ${theme.ground2} ${camera.yaw.toFixed(2)}`;
    if (key !== this.skyKey || !this.skyPicture) {
      this.skyKey = key;
      this.skyPicture ??= document.createElement('canvas');
      this.skyPicture.width = Math.max(1, width);
      this.skyPicture.height = Math.max(1, height);
      const ctx = this.skyPicture.getContext('2d');
      if (ctx) this.drawSky(ctx, camera, theme);
    }
    this.ctx.drawImage(this.skyPicture, 0, 0);
  }

  private drawSky(ctx: CanvasRenderingContext2D, camera: Camera, theme: Theme): void {
    const { width, height } = camera;
    ctx.fillStyle = theme.ground;
    ctx.fillRect(0, 0, width, height);
    const light = ctx.createRadialGradient(
      width * 0.46,
      height * 0.42,
      0,
      width * 0.46,
      height * 0.42,
      Math.max(width, height) * 0.72,
    );
    light.addColorStop(0, theme.ground2);
    light.addColorStop(1, withAlpha(theme.ground2, 0));
    ctx.fillStyle = light;
    ctx.fillRect(0, 0, width, height);
    if (!theme.dark) return;
    const shift = camera.yaw * 0.12;
    ctx.fillStyle = theme.star;
    for (const star of this.stars) {
      ctx.globalAlpha = star.light;
      const x = (((star.x + shift) % 1) + 1) % 1;
      const size = 0.6 + star.size * 1.1;
      ctx.fillRect(x * width, star.y * height, size, size);
    }
    ctx.globalAlpha = 1;
  }

  private openSystems(camera: Camera, input: Input): Set<number> {
    const open = new Set<number>();
    const extents = this.extent(input.chart);
    input.nav.systemAt.forEach((place, system) => {
      const reach = (extents[system] ?? 0) / camera.scale;
      if (reach < SYSTEM_OPENS_PX) return;
      const at = camera.project(place);
      const margin = reach + 80;
      if (
        at.x > -margin &&
        at.y > -margin &&
        at.x < camera.width + margin &&
        at.y < camera.height + margin
      ) {
        open.add(system);
      }
    });
    return open;
  }

  /** How far apart neighbouring systems are on the screen, pixels: the measure of galactic things. */
  private spacing(camera: Camera, input: Input): number {
    const { network, nav } = input;
    if (network.length === 0) return 200;
    let total = 0;
    const few = Math.min(network.length, 64);
    const step = Math.max(1, Math.floor(network.length / few));
    let count = 0;
    for (let at = 0; at < network.length; at += step) {
      const [a, b] = network[at]!;
      const [p, q] = [nav.systemAt[a]!, nav.systemAt[b]!];
      total += Math.hypot(p.x - q.x, p.y - q.y, p.z - q.z);
      count += 1;
    }
    return total / count / camera.scale;
  }

  private realms(camera: Camera, theme: Theme, input: Input): void {
    const { ctx } = this;
    const apart = this.spacing(camera, input);
    if (apart > 4000) return;
    const size = Math.min(900, Math.max(26, apart * 2.3));
    ctx.globalAlpha = apart > 1500 ? (4000 - apart) / 2500 : 1;
    for (const [system, power] of input.holders) {
      const place = input.nav.systemAt[system];
      if (!place) continue;
      const at = camera.project(place);
      if (!near(at, camera, size)) continue;
      const colour = theme.side[input.side(power)];
      ctx.drawImage(tint(colour, theme.dark), at.x - size / 2, at.y - size / 2, size, size);
    }
    ctx.globalAlpha = 1;
  }

  private network(camera: Camera, theme: Theme, input: Input, open: Set<number>): void {
    const { ctx } = this;
    const { nav, holders } = input;
    const fronts: [Screen, Screen][] = [];
    const owned: Record<Side, Path2D> = {
      own: new Path2D(),
      ally: new Path2D(),
      neutral: new Path2D(),
      hostile: new Path2D(),
      unknown: new Path2D(),
    };
    const plain = new Path2D();
    const at = nav.systemAt.map((place) => camera.project(place));
    for (const [a, b] of input.network) {
      const [p, q] = [at[a]!, at[b]!];
      if (!near(p, camera, 40) && !near(q, camera, 40) && !crosses(p, q, camera)) continue;
      const [ha, hb] = [holders.get(a), holders.get(b)];
      const [sa, sb] = [
        ha === undefined ? null : input.side(ha),
        hb === undefined ? null : input.side(hb),
      ];
      const path = sa && sa === sb ? owned[sa] : plain;
      path.moveTo(p.x, p.y);
      path.lineTo(q.x, q.y);
      const against = (friendly(sa) && sb === 'hostile') || (friendly(sb) && sa === 'hostile');
      if (against && !open.has(a) && !open.has(b)) fronts.push([p, q]);
    }
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.line;
    ctx.globalAlpha = 0.55;
    ctx.stroke(plain);
    for (const side of ['neutral', 'hostile', 'ally', 'own'] as const) {
      ctx.strokeStyle = withAlpha(theme.side[side], 0.55);
      ctx.stroke(owned[side]);
    }
    ctx.globalAlpha = 1;
    // A front is marked across the line, half way: two short bars.
    ctx.strokeStyle = theme.bad;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    for (const [p, q] of fronts) {
      const [dx, dy] = [q.x - p.x, q.y - p.y];
      const size = Math.hypot(dx, dy);
      if (size < 26) continue;
      const [nx, ny] = [-dy / size, dx / size];
      for (const share of [0.47, 0.53]) {
        const [x, y] = [p.x + dx * share, p.y + dy * share];
        ctx.moveTo(x - nx * 5, y - ny * 5);
        ctx.lineTo(x + nx * 5, y + ny * 5);
      }
    }
    ctx.stroke();
  }

  private systems(
    camera: Camera,
    theme: Theme,
    input: Input,
    open: Set<number>,
    places: Map<string, Place>,
    labels: Labels,
  ): void {
    const { ctx } = this;
    const { chart, nav } = input;
    const apart = this.spacing(camera, input);
    const busy = new Set(input.forces.map((force) => chart.bodies[force.body]?.system));
    for (const system of chart.systems) {
      if (open.has(system.id)) continue;
      const place = nav.systemAt[system.id];
      if (!place) continue;
      const at = camera.project(place);
      if (!near(at, camera, 40)) continue;
      const star = chart.bodies[system.stars[0] ?? -1];
      const colour = starColour(star?.mass_pt ?? 2e12, star?.radius_m ?? 7e8, theme.dark);
      const size = Math.round(Math.min(30, Math.max(7, 7 + Math.sqrt(apart) * 1.1)));
      const light = glow(colour, theme.dark, size);
      ctx.drawImage(light, Math.round(at.x - size / 2), Math.round(at.y - size / 2));
      const holder = input.holders.get(system.id);
      const edge = Math.max(5, size * 0.24);
      if (holder !== undefined && apart > 14) {
        ctx.strokeStyle = theme.side[input.side(holder)];
        ctx.lineWidth = 1.2;
        ctx.beginPath();
        ctx.arc(at.x, at.y, edge + 2.5, 0, Math.PI * 2);
        ctx.stroke();
      }
      const body = system.stars[0] ?? null;
      places.set(`s${system.id}`, { at, edge: edge + 5, body, forces: [] });
      const pick: Pick = { kind: 'system', id: system.id };
      this.spotted.push({ ...at, reach: Math.max(9, edge + 5), picks: [pick], body });
      const picked = input.picked(pick);
      if (picked) this.ring({ ...at, reach: edge + 6, picks: [], body }, theme.accent, 1.5);
      const weight =
        (picked ? 100 : 0) + (busy.has(system.id) ? 30 : 0) + (holder !== undefined ? 12 : 0);
      if (apart > 34 || weight >= 12 || input.manyLabels) {
        labels.add({
          text: system.name,
          x: at.x,
          y: at.y - edge - 7,
          align: 'center',
          size: 11.5,
          colour: weight >= 12 ? theme.label : theme.ink3,
          weight,
          strong: picked,
        });
      }
    }
  }

  private system(
    camera: Camera,
    theme: Theme,
    input: Input,
    id: number,
    places: Map<string, Place>,
    labels: Labels,
  ): void {
    const { chart, nav, time_s } = input;
    const system = chart.systems[id];
    const centre = nav.systemAt[id];
    if (!system || !centre) return;
    const bodies = [...system.stars, ...system.bodies].map((body) => chart.bodies[body]!);
    for (const body of bodies) {
      const path = nav.ellipses[body.id];
      if (!path || !body.orbit) continue;
      const about = body.parent === null ? centre : nav.place(body.parent, time_s);
      const reach = body.orbit.semi_major_m / camera.scale;
      if (body.parent !== null && reach < MOON_OPENS_PX) continue;
      this.orbit(camera, theme, about, path, reach, body.kind === 'star');
    }
    const drawn = bodies
      .map((body) => {
        const place = nav.place(body.id, time_s);
        return { body, place, at: camera.project(place), depth: camera.depth(place) };
      })
      .sort((a, b) => b.depth - a.depth);
    for (const { body, place, at } of drawn) {
      const true_px = body.radius_m / camera.scale;
      if (
        body.parent !== null &&
        body.orbit &&
        body.orbit.semi_major_m / camera.scale < MOON_OPENS_PX
      ) {
        continue;
      }
      const least =
        body.kind === 'star'
          ? 7
          : body.kind === 'gas_giant'
            ? 4.6
            : body.kind === 'moon'
              ? 2.4
              : 3.4;
      const radius = Math.max(least, true_px);
      if (!near(at, camera, radius + 60)) {
        continue;
      }
      const star = system.stars[0];
      const light =
        body.kind === 'star' || star === undefined
          ? null
          : camera.flat(minus(nav.place(star, time_s), place));
      this.body(theme, at, radius, true_px, body, light, camera);
      places.set(`b${body.id}`, { at, edge: radius + 4, body: body.id, forces: [] });
      const pick: Pick = { kind: 'body', id: body.id };
      const picked = input.picked(pick);
      this.spotted.push({
        ...at,
        reach: Math.max(9, Math.min(radius + 3, 260)),
        picks: [pick],
        body: body.id,
      });
      if (picked)
        this.ring({ ...at, reach: radius + 4, picks: [], body: body.id }, theme.accent, 1.5);
      const holder = chart.powers.find((power) => power.holds.includes(body.id));
      if (holder && radius < 240) {
        this.ctx.strokeStyle = theme.side[input.side(holder.id)];
        this.ctx.lineWidth = 1.4;
        this.ctx.beginPath();
        this.ctx.arc(at.x, at.y, radius + 3, Math.PI * 0.75, Math.PI * 1.25);
        this.ctx.moveTo(at.x + (radius + 3) * Math.SQRT1_2, at.y - (radius + 3) * Math.SQRT1_2);
        this.ctx.arc(at.x, at.y, radius + 3, Math.PI * 1.75, Math.PI * 2.25);
        this.ctx.stroke();
      }
      const weight =
        (picked ? 100 : 0) +
        (holder ? 20 : 0) +
        (body.kind === 'star' ? 15 : body.kind === 'moon' ? 4 : 10);
      labels.add({
        text: heading(body.name),
        x: at.x,
        y: at.y - Math.min(radius, camera.height * 0.42) - 8,
        align: 'center',
        size: body.kind === 'moon' ? 10.5 : 11.5,
        colour: body.kind === 'moon' ? theme.ink3 : theme.label,
        weight,
        strong: picked,
      });
    }
  }

  private orbit(
    camera: Camera,
    theme: Theme,
    about: Vec3,
    path: { centre: Vec3; a: Vec3; b: Vec3 },
    reach: number,
    ofStar: boolean,
  ): void {
    const { ctx } = this;
    const c = camera.project({
      x: about.x + path.centre.x,
      y: about.y + path.centre.y,
      z: about.z + path.centre.z,
    });
    const a = camera.flat(path.a);
    const b = camera.flat(path.b);
    const fade = reach > 60_000 ? 0 : reach > 12_000 ? 1 - (reach - 12_000) / 48_000 : 1;
    if (fade <= 0) return;
    ctx.globalAlpha = fade * Math.min(1, reach / 40) * (ofStar ? 0.5 : 0.9);
    ctx.strokeStyle = theme.orbit;
    ctx.lineWidth = 1;
    ctx.beginPath();
    if (reach < 900) {
      const steps = Math.min(160, Math.max(48, Math.round(reach / 3)));
      for (let step = 0; step <= steps; step += 1) {
        const angle = (step / steps) * Math.PI * 2;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const [x, y] = [c.x + a.x * cos + b.x * sin, c.y + a.y * cos + b.y * sin];
        if (step === 0) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      }
    } else {
      // Only the part that can be seen, in fine steps: the whole would be mostly outside and coarse inside.
      const steps = 1440;
      let inside = false;
      for (let step = 0; step <= steps; step += 1) {
        const angle = (step / steps) * Math.PI * 2;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const [x, y] = [c.x + a.x * cos + b.x * sin, c.y + a.y * cos + b.y * sin];
        const seen = near({ x, y }, camera, (reach * 2 * Math.PI) / steps + 20);
        if (seen && inside) ctx.lineTo(x, y);
        else ctx.moveTo(x, y);
        inside = seen;
      }
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  private body(
    theme: Theme,
    at: Screen,
    radius: number,
    true_px: number,
    body: Chart['bodies'][number],
    light: Screen | null,
    camera: Camera,
  ): void {
    const { ctx } = this;
    if (body.kind === 'star') {
      const colour = starColour(body.mass_pt, body.radius_m, theme.dark);
      const glowSize = Math.min(radius * 7, 2400);
      ctx.drawImage(
        glow(colour, theme.dark),
        at.x - glowSize / 2,
        at.y - glowSize / 2,
        glowSize,
        glowSize,
      );
      if (true_px > 7) {
        const face = ctx.createRadialGradient(at.x, at.y, 0, at.x, at.y, radius);
        face.addColorStop(0, theme.dark ? '#fffdf6' : colour);
        face.addColorStop(0.7, colour);
        face.addColorStop(1, withAlpha(colour, 0.75));
        ctx.fillStyle = face;
        ctx.beginPath();
        ctx.arc(at.x, at.y, radius, 0, Math.PI * 2);
        ctx.fill();
      }
      return;
    }
    const colour = worldColour(body.key, body.kind, body.habitable, theme.dark);
    const air = body.air_m / camera.scale;
    if (air > 1.2) {
      const haze = ctx.createRadialGradient(at.x, at.y, radius, at.x, at.y, radius + air * 2.2);
      haze.addColorStop(0, withAlpha(colour, 0.55));
      haze.addColorStop(1, withAlpha(colour, 0));
      ctx.fillStyle = haze;
      ctx.beginPath();
      ctx.arc(at.x, at.y, radius + air * 2.2, 0, Math.PI * 2);
      ctx.fill();
    }
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.arc(at.x, at.y, radius, 0, Math.PI * 2);
    ctx.fill();
    if (light && radius > 3) {
      // Lit from its star's side: a soft shadow on the other.
      const size = Math.hypot(light.x, light.y) || 1;
      const [lx, ly] = [light.x / size, light.y / size];
      const shade = ctx.createRadialGradient(
        at.x + lx * radius * 0.55,
        at.y + ly * radius * 0.55,
        radius * 0.25,
        at.x + lx * radius * 0.25,
        at.y + ly * radius * 0.25,
        radius * 1.35,
      );
      shade.addColorStop(0, 'rgb(255 255 255 / 0.16)');
      shade.addColorStop(0.45, 'rgb(0 0 0 / 0)');
      shade.addColorStop(1, theme.dark ? 'rgb(2 5 10 / 0.86)' : 'rgb(20 32 45 / 0.5)');
      ctx.fillStyle = shade;
      ctx.beginPath();
      ctx.arc(at.x, at.y, radius + 0.4, 0, Math.PI * 2);
      ctx.fill();
    }
  }

  /** Where on the screen a body is shown: its own place, its planet's, or its system's. */
  placeOf(camera: Camera, input: Input, open: Set<number>, id: number): Screen | null {
    const body = input.chart.bodies[id];
    if (!body) return null;
    if (!open.has(body.system)) {
      const system = input.nav.systemAt[body.system];
      return system ? camera.project(system) : null;
    }
    return camera.project(input.nav.place(id, input.time_s));
  }

  private lines(camera: Camera, theme: Theme, input: Input, open: Set<number>): void {
    const { ctx } = this;
    const from = input.linesFrom;
    if (!from) return;
    const start = this.placeOf(camera, input, open, from.body);
    if (!start) return;
    for (const line of input.nav.lines(from.body, input.time_s, from.interstellar)) {
      const end = this.placeOf(camera, input, open, line.to);
      if (!end || Math.hypot(end.x - start.x, end.y - start.y) < 4) continue;
      const shut = line.blocked !== null;
      ctx.strokeStyle = shut ? withAlpha(theme.bad, 0.5) : withAlpha(theme.accent, 0.42);
      ctx.lineWidth = 1;
      ctx.setLineDash(shut ? [2, 6] : []);
      ctx.beginPath();
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  private mines(camera: Camera, theme: Theme, input: Input): void {
    const { ctx } = this;
    for (const field of input.view.minefields) {
      const at = this.mineAt(camera, input, field);
      if (!at || !near(at, camera, 20)) continue;
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
      this.spotted.push({ ...at, reach: 11, picks: [{ kind: 'field', id: field.id }], body: null });
    }
  }

  private mineAt(camera: Camera, input: Input, field: Minefield): Screen | null {
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

  private inFlight(
    camera: Camera,
    theme: Theme,
    input: Input,
    places: Map<string, Place>,
    open: Set<number>,
    labels: Labels,
  ): void {
    const { ctx } = this;
    // Several groups on one line stand beside each other, not on each other.
    const sharing = new Map<string, number>();
    for (const force of input.forces) {
      if (force.toward === null) continue;
      const start = this.placeOf(camera, input, open, force.body);
      const end = this.placeOf(camera, input, open, force.toward);
      if (!start || !end) continue;
      const [dx, dy] = [end.x - start.x, end.y - start.y];
      const size = Math.hypot(dx, dy);
      const colour = theme.side[force.side];
      if (size < 26) {
        const key = this.placeKey(input, places, open, force.body);
        if (key) places.get(key)?.forces.push(force);
        continue;
      }
      const left = force.arrives === null ? null : force.arrives - input.time_s;
      const whole = Math.max(3600, input.view.turn_s * 4, (left ?? 0) * 1.6);
      const share =
        left === null ? 0.5 : Math.min(0.93, Math.max(0.07, 1 - Math.max(0, left) / whole));
      const lane = sharing.get(`${force.body} ${force.toward}`) ?? 0;
      sharing.set(`${force.body} ${force.toward}`, lane + 1);
      const at = {
        x: start.x + dx * share + (-dy / size) * lane * 17,
        y: start.y + dy * share + (dx / size) * lane * 17,
      };
      ctx.strokeStyle = withAlpha(colour, 0.75);
      ctx.lineWidth = 1.3;
      ctx.setLineDash(force.side === 'own' || force.side === 'ally' ? [7, 4] : [2, 5]);
      ctx.beginPath();
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
      ctx.stroke();
      ctx.setLineDash([]);
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
      const spotted = { ...at, reach: 11, picks: [force.pick], body: force.toward };
      this.spotted.push(spotted);
      if (input.picked(force.pick)) this.ring(spotted, theme.accent, 1.5);
    }
  }

  private placeKey(
    input: Input,
    places: Map<string, Place>,
    open: Set<number>,
    id: number,
  ): string | null {
    let body = input.chart.bodies[id];
    if (!body) return null;
    if (!open.has(body.system)) return places.has(`s${body.system}`) ? `s${body.system}` : null;
    for (let depth = 0; body && depth < 8; depth += 1) {
      if (places.has(`b${body.id}`)) return `b${body.id}`;
      body = body.parent === null ? undefined : input.chart.bodies[body.parent];
    }
    return null;
  }

  /** What the selected groups are told to do: thin arrows to where they are going. */
  private intents(
    camera: Camera,
    theme: Theme,
    input: Input,
    open: Set<number>,
    labels: Labels,
  ): void {
    const { ctx } = this;
    for (const group of input.view.groups) {
      const picked = input.picked({ kind: 'group', id: group.id });
      const target = headedFor(group);
      if (target === null || target === group.body || (!picked && group.jumping)) continue;
      const hop = firstHop(input.nav, group.body, target, input.time_s);
      const points = [group.body, hop, target]
        .filter((body, at, all) => body !== all[at - 1])
        .map((body) => this.placeOf(camera, input, open, body));
      ctx.strokeStyle = withAlpha(theme.side.own, picked ? 0.85 : 0.3);
      ctx.lineWidth = picked ? 1.4 : 1;
      ctx.setLineDash([2, 4]);
      ctx.beginPath();
      points.forEach((point, at) => {
        if (!point) return;
        if (at === 0) ctx.moveTo(point.x, point.y);
        else ctx.lineTo(point.x, point.y);
      });
      ctx.stroke();
      ctx.setLineDash([]);
      const end = points.at(-1);
      const before = points.at(-2);
      if (end && before) this.arrow(before, end, withAlpha(theme.side.own, picked ? 0.9 : 0.45));
    }
    void labels;
  }

  private arrow(from: Screen, to: Screen, colour: string): void {
    const { ctx } = this;
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

  private forces(
    camera: Camera,
    theme: Theme,
    input: Input,
    places: Map<string, Place>,
    labels: Labels,
  ): void {
    const open = new Set<number>();
    for (const key of places.keys()) {
      if (key.startsWith('b')) {
        const system = input.chart.bodies[Number(key.slice(1))]?.system;
        if (system !== undefined) open.add(system);
      }
    }
    const near_body = new Map<string, Force[]>();
    for (const force of input.forces) {
      if (force.toward !== null) continue;
      const key = this.placeKey(input, places, open, force.body);
      if (!key) continue;
      const far = Math.hypot(force.offset.x, force.offset.y, force.offset.z) / camera.scale;
      const place = places.get(key);
      if (!place) continue;
      if (far > SPOTS_OPEN_PX && key === `b${force.body}`) {
        const list = near_body.get(key) ?? [];
        list.push(force);
        near_body.set(key, list);
      } else place.forces.push(force);
    }
    for (const [key, list] of near_body) {
      const place = places.get(key);
      if (place) this.spots(camera, theme, input, place, list, labels);
    }
    for (const place of places.values()) {
      if (place.forces.length) this.stack(theme, input, place, labels);
    }
  }

  /** Near a body: each group at its own spot, doubt as a dashed circle, those on one spot as one. */
  private spots(
    camera: Camera,
    theme: Theme,
    input: Input,
    place: Place,
    list: Force[],
    labels: Labels,
  ): void {
    const { ctx } = this;
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
      const fresh = Math.max(...forces.map((force) => freshness(force.age_s)));
      const error = Math.max(...forces.map((force) => force.error_m)) / camera.scale;
      if (error > 9) {
        ctx.strokeStyle = withAlpha(colour, 0.55 * fresh);
        ctx.lineWidth = 1;
        ctx.setLineDash([3, 5]);
        ctx.beginPath();
        ctx.arc(at.x, at.y, Math.min(error, 1200), 0, Math.PI * 2);
        ctx.stroke();
        ctx.setLineDash([]);
      }
      // A stalk to the body's middle plane says how high above it this is.
      ctx.strokeStyle = withAlpha(colour, 0.18);
      ctx.beginPath();
      ctx.moveTo(place.at.x, place.at.y);
      ctx.lineTo(at.x, at.y);
      ctx.stroke();
      this.drawMark(
        theme,
        first,
        at,
        15,
        fresh,
        forces.some((force) => force.fighting),
      );
      const ships = forces.reduce((sum, force) => sum + force.ships, 0);
      const name = forces.length === 1 ? first.name || this.contactName(input, first) : '';
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
        strong: input.picked(first.pick),
      });
      const spotted = {
        ...at,
        reach: 12,
        picks: forces.map((force) => force.pick),
        body: place.body,
      };
      this.spotted.push(spotted);
      if (forces.some((force) => input.picked(force.pick))) this.ring(spotted, theme.accent, 1.6);
    }
  }

  private contactName(input: Input, force: Force): string {
    const power = force.power === null ? null : input.chart.powers[force.power];
    const age = force.age_s > 60 ? ` · ${t('chart.ago', { span: span(force.age_s) })}` : '';
    return (power?.adjective ?? t('side.unknown')) + age;
  }

  private drawMark(
    theme: Theme,
    force: Force,
    at: Screen,
    size: number,
    alpha: number,
    fighting: boolean,
  ): void {
    const { ctx } = this;
    const picture = mark(force.side, theme.side[force.side], theme.halo, size, force.age_s > 60);
    const edge = picture.width / 2;
    ctx.globalAlpha = alpha;
    ctx.drawImage(picture, at.x - edge / 2, at.y - edge / 2, edge, edge);
    ctx.globalAlpha = 1;
    if (fighting) {
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
  }

  /** From afar: one row a side beside the place, mark and number of ships. */
  private stack(theme: Theme, input: Input, place: Place, labels: Labels): void {
    const bySide = new Map<Side, Force[]>();
    for (const force of place.forces) {
      const list = bySide.get(force.side) ?? [];
      list.push(force);
      bySide.set(force.side, list);
    }
    const order: Side[] = ['own', 'ally', 'hostile', 'unknown', 'neutral'];
    const rows = order.filter((side) => bySide.has(side)).slice(0, STACK_MOST);
    const x = place.at.x + Math.min(place.edge, 400) + 9;
    let y = place.at.y - ((rows.length - 1) * 16) / 2;
    for (const side of rows) {
      const forces = bySide.get(side) ?? [];
      const [first] = forces;
      if (!first) continue;
      const ships = forces.reduce((sum, force) => sum + force.ships, 0);
      const fresh = Math.max(...forces.map((force) => freshness(force.age_s)));
      const at = { x, y };
      const newest = forces.reduce((a, b) => (a.age_s <= b.age_s ? a : b));
      this.drawMark(
        theme,
        { ...newest, side },
        at,
        12,
        fresh,
        forces.some((force) => force.fighting),
      );
      labels.add({
        text: compact(ships),
        x: x + 10,
        y: y + 4,
        align: 'left',
        size: 11.5,
        colour: theme.side[side],
        alpha: fresh,
        weight: 90,
        strong: true,
      });
      const spotted = {
        x: x + 8,
        y,
        reach: 13,
        picks: forces.map((force) => force.pick),
        body: place.body,
      };
      this.spotted.push(spotted);
      if (forces.some((force) => input.picked(force.pick))) {
        this.ring({ ...spotted, x, reach: 10 }, theme.accent, 1.6);
      }
      y += 16;
    }
  }

  /** The way that an order thought of would take, with the time at each end and what is known to wait there. */
  private route(
    camera: Camera,
    theme: Theme,
    input: Input,
    preview: Preview,
    open: Set<number>,
    labels: Labels,
  ): void {
    const { ctx } = this;
    const colour = preview.refusal ? theme.bad : theme.accent;
    for (const leg of preview.legs) {
      const from = this.placeOf(camera, input, open, leg.from);
      const to = this.placeOf(camera, input, open, leg.to);
      if (!from || !to) continue;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(to.x, to.y);
      ctx.stroke();
      this.arrow(from, to, colour);
      const brake = camera.flat(input.nav.offset(leg.to, leg.brakes));
      if (Math.hypot(brake.x, brake.y) > 12) {
        ctx.beginPath();
        ctx.arc(to.x + brake.x, to.y + brake.y, 5, 0, Math.PI * 2);
        ctx.stroke();
      }
      const words = [`+${span(leg.arrives - input.view.now)}`];
      if (leg.hostile_ships > 0) words.push(`◆ ${compact(leg.hostile_ships)}`);
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
  }

  private ring(at: Spotted, colour: string, width: number): void {
    const { ctx } = this;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.arc(at.x, at.y, at.reach + 3, 0, Math.PI * 2);
    ctx.stroke();
  }

  /** What is under a pixel: the nearest thing in reach, what was drawn last first. */
  find(at: Screen): Spotted | null {
    let best: Spotted | null = null;
    let least = Infinity;
    for (let place = this.spotted.length - 1; place >= 0; place -= 1) {
      const one = this.spotted[place]!;
      const far = Math.hypot(one.x - at.x, one.y - at.y);
      if (far > one.reach) continue;
      // Small things lie on great ones.
      const rank = far + one.reach * 0.5;
      if (rank < least) {
        least = rank;
        best = one;
      }
    }
    return best;
  }
}

/** A round length for a scale bar of at most that many pixels. */
export function scaleBar(camera: Camera, most_px: number): { px: number; text: string } {
  const most_m = most_px * camera.scale;
  const LIGHT_YEAR = 9.460_730_472_580_8e15;
  const AU = 149_597_870_700;
  const unit = most_m > LIGHT_YEAR / 20 ? LIGHT_YEAR : most_m > 1e10 ? AU : 1000;
  const count = most_m / unit;
  const power = 10 ** Math.floor(Math.log10(count));
  const round = [5, 2, 1].find((step) => step * power <= count) ?? 1;
  const metres = round * power * unit;
  return { px: metres / camera.scale, text: distance(metres) };
}

function friendly(side: Side | null): boolean {
  return side === 'own' || side === 'ally';
}

function minus(a: Vec3, b: Vec3): Vec3 {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

function near(at: Screen, camera: Camera, margin: number): boolean {
  return (
    at.x > -margin &&
    at.y > -margin &&
    at.x < camera.width + margin &&
    at.y < camera.height + margin
  );
}

function crosses(p: Screen, q: Screen, camera: Camera): boolean {
  return !(
    (p.x < 0 && q.x < 0) ||
    (p.y < 0 && q.y < 0) ||
    (p.x > camera.width && q.x > camera.width) ||
    (p.y > camera.height && q.y > camera.height)
  );
}
