/**
 * The battle in three dimensions: ships as points from afar and as small hulls near by, the body, fields, aims and deaths. Is told a moment
 * and draws it; knows no time of its own. One unit of the scene is a kilometre.
 */
import {
  AdditiveBlending,
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Color,
  ConeGeometry,
  DirectionalLight,
  AmbientLight,
  DynamicDrawUsage,
  InstancedMesh,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  NormalBlending,
  PerspectiveCamera,
  Points,
  Quaternion,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Moment } from './moment.ts';
import type { BattleRecord } from './record.ts';
import { BLAST_FRAGMENT, FRAGMENT, VERTEX } from './shaders.ts';

export interface Colours {
  ground: string;
  ink: string;
  warm: string;
  dark: boolean;
  world: string;
  /** By power of the record. */
  powers: string[];
}

export interface Shown {
  aims: boolean;
  trails: boolean;
  fields: boolean;
}

const HULLS_MOST = 600;
const BLAST_TICKS = 24;
const KM = 0.001;

export class Stage {
  readonly camera = new PerspectiveCamera(50, 1, 0.5, 4e6);
  readonly controls: OrbitControls;
  private renderer: WebGLRenderer;
  private scene = new Scene();
  private points: Points<BufferGeometry, ShaderMaterial>;
  private blasts: Points<BufferGeometry, ShaderMaterial>;
  private hulls: InstancedMesh<ConeGeometry, MeshStandardMaterial>;
  private aims: LineSegments<BufferGeometry, LineBasicMaterial>;
  private trails: LineSegments<BufferGeometry, LineBasicMaterial>;
  private fields: Mesh<SphereGeometry, MeshBasicMaterial>[] = [];
  private record: BattleRecord;
  private tones: Float32Array;
  private sizes: Float32Array;
  private lostFrom = 0;
  private disposed = false;
  private body: Mesh | null = null;

  constructor(canvas: HTMLCanvasElement, record: BattleRecord, colours: Colours) {
    this.record = record;
    // What was drawn is kept, so that it can be read back and saved as a picture.
    this.renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enableDamping = false;
    this.controls.zoomSpeed = 1.6;
    this.controls.minDistance = 2;
    this.controls.maxDistance = 2e6;

    const most = record.ships.length;
    this.tones = new Float32Array(most * 3);
    this.sizes = new Float32Array(most);
    const shape = (many: number) => {
      const made = new BufferGeometry();
      const add = (name: string, size: number) => {
        const attribute = new BufferAttribute(new Float32Array(many * size), size);
        attribute.setUsage(DynamicDrawUsage);
        made.setAttribute(name, attribute);
      };
      add('position', 3);
      add('tone', 3);
      add('state', 2);
      add('size', 1);
      return made;
    };
    const material = (fragment: string, shine: boolean) =>
      new ShaderMaterial({
        vertexShader: VERTEX,
        fragmentShader: fragment,
        uniforms: { scale: { value: 800 }, least: { value: 3 }, dark: { value: 1 } },
        transparent: true,
        depthWrite: false,
        blending: shine ? AdditiveBlending : NormalBlending,
      });
    this.points = new Points(shape(most), material(FRAGMENT, false));
    this.blasts = new Points(shape(1024), material(BLAST_FRAGMENT, true));
    this.hulls = new InstancedMesh(
      new ConeGeometry(0.35, 1, 6).rotateX(Math.PI / 2),
      new MeshStandardMaterial({ roughness: 0.6, metalness: 0.2 }),
      HULLS_MOST,
    );
    this.hulls.count = 0;
    const lines = (many: number, opacity: number) => {
      const made = new BufferGeometry();
      const place = new BufferAttribute(new Float32Array(many * 6), 3);
      const tone = new BufferAttribute(new Float32Array(many * 6), 3);
      place.setUsage(DynamicDrawUsage);
      tone.setUsage(DynamicDrawUsage);
      made.setAttribute('position', place);
      made.setAttribute('color', tone);
      return new LineSegments(
        made,
        new LineBasicMaterial({
          vertexColors: true,
          transparent: true,
          opacity,
          depthWrite: false,
        }),
      );
    };
    this.aims = lines(4000, 0.28);
    this.trails = lines(most, 0.4);
    for (const one of [this.points, this.blasts, this.hulls, this.aims, this.trails]) {
      one.frustumCulled = false;
      this.scene.add(one);
    }
    const sun = new DirectionalLight(0xffffff, 2.4);
    sun.position.set(-0.6, -1, 0.7);
    this.scene.add(sun, new AmbientLight(0xffffff, 0.5));
    this.addBody(colours);
    this.dress(colours);
  }

  private ground: MeshStandardMaterial | null = null;

  private addBody(colours: Colours): void {
    const { header } = this.record;
    if (header.body_radius_m <= 0) return;
    const radius = header.body_radius_m * KM;
    const place = new Vector3(...header.body_at_m).multiplyScalar(KM);
    this.ground = header.star ? null : new MeshStandardMaterial({ roughness: 1 });
    const ground = this.ground ?? new MeshBasicMaterial({ color: new Color(colours.warm) });
    this.body = new Mesh(new SphereGeometry(radius, 96, 64), ground);
    this.body.position.copy(place);
    this.scene.add(this.body);
    const air = new Mesh(
      new SphereGeometry(radius + Math.max(header.body_air_m * KM, radius * 0.012), 96, 64),
      new MeshBasicMaterial({
        color: new Color(header.star ? colours.warm : '#6ea8d8'),
        transparent: true,
        opacity: 0.16,
        side: BackSide,
        depthWrite: false,
      }),
    );
    air.position.copy(place);
    this.scene.add(air);
  }

  /** Takes the colours of a theme. */
  dress(colours: Colours): void {
    this.scene.background = new Color(colours.ground);
    const tones = colours.powers.map((colour) => new Color(colour));
    const { ships, header } = this.record;
    ships.forEach((ship, slot) => {
      const tone = tones[ship.power] ?? new Color(colours.ink);
      this.tones.set([tone.r, tone.g, tone.b], slot * 3);
      const kind = header.classes[ship.class];
      // Great ships are greater on the screen, but not as much as they are.
      this.sizes[slot] = Math.min(3, Math.max(0.25, Math.sqrt((kind?.length_m ?? 300) / 1000)));
    });
    this.points.material.uniforms['dark']!.value = colours.dark ? 1 : 0;
    this.ground?.color.set(colours.world);
    for (const field of this.fields) field.material.color.set(colours.warm);
  }

  resize(width: number, height: number): void {
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
    const scale = height / (2 * Math.tan((this.camera.fov * Math.PI) / 360));
    const dense = this.renderer.getPixelRatio();
    for (const one of [this.points, this.blasts]) {
      one.material.uniforms['scale']!.value = scale * dense * 1.4;
      one.material.uniforms['least']!.value = 2.9 * dense;
    }
  }

  /** Looks at everybody. */
  frame(moment: Moment): void {
    const middle = new Vector3();
    let spread = 50;
    const { places, count } = moment;
    if (count) {
      // The middle of most, not of all: one that runs should not pull the rest out of sight.
      const axis = (offset: number) => {
        const values = Array.from({ length: count }, (_, at) => places[at * 3 + offset]!);
        values.sort((a, b) => a - b);
        const at = (share: number) => values[Math.min(count - 1, Math.floor(count * share))]!;
        return { middle: (at(0.06) + at(0.94)) / 2, half: (at(0.94) - at(0.06)) / 2 };
      };
      const [x, y, z] = [axis(0), axis(1), axis(2)];
      middle.set(x.middle, y.middle, z.middle).multiplyScalar(KM);
      spread = Math.max(30, Math.hypot(x.half, y.half, z.half) * KM);
    }
    const away = new Vector3(0.55, -1, 0.62).normalize();
    const { header } = this.record;
    if (header.body_radius_m > 0) {
      // From outside, looking down: the body is behind them, not before them.
      const up = middle.clone().sub(new Vector3(...header.body_at_m).multiplyScalar(KM));
      if (up.length() > 1) away.addScaledVector(up.normalize(), 1.1).normalize();
    }
    this.controls.target.copy(middle);
    this.camera.position.copy(middle).addScaledVector(away, spread * 2.3);
    this.controls.update();
  }

  /** Goes along with a place, metres. */
  follow(x: number, y: number, z: number): void {
    const to = new Vector3(x, y, z).multiplyScalar(KM);
    const step = to.clone().sub(this.controls.target);
    this.camera.position.add(step);
    this.controls.target.copy(to);
  }

  /** Where the camera is, for a link: nine whole kilometres at most. */
  pose(): number[] {
    const { position } = this.camera;
    const { target } = this.controls;
    return [position.x, position.y, position.z, target.x, target.y, target.z].map(
      (value) => Math.round(value * 10) / 10,
    );
  }

  setPose(pose: readonly number[]): void {
    if (pose.length !== 6 || !pose.every(Number.isFinite)) return;
    this.camera.position.set(pose[0]!, pose[1]!, pose[2]!);
    this.controls.target.set(pose[3]!, pose[4]!, pose[5]!);
    this.controls.update();
  }

  /** Draws a moment. */
  draw(moment: Moment, tick: number, shown: Shown, lit: ReadonlySet<number>): void {
    if (this.disposed) return;
    const { points } = this;
    const place = points.geometry.getAttribute('position') as BufferAttribute;
    const tone = points.geometry.getAttribute('tone') as BufferAttribute;
    const state = points.geometry.getAttribute('state') as BufferAttribute;
    const size = points.geometry.getAttribute('size') as BufferAttribute;
    const { count } = moment;
    const at = place.array as Float32Array;
    for (let n = 0; n < count * 3; n += 1) at[n] = moment.places[n]! * KM;
    for (let n = 0; n < count; n += 1) {
      const slot = moment.slots[n]!;
      tone.array[n * 3] = this.tones[slot * 3]!;
      tone.array[n * 3 + 1] = this.tones[slot * 3 + 1]!;
      tone.array[n * 3 + 2] = this.tones[slot * 3 + 2]!;
      state.array[n * 2] = moment.shields[n]!;
      state.array[n * 2 + 1] = moment.hulls[n]!;
      size.array[n] = this.sizes[slot]!;
    }
    points.geometry.setDrawRange(0, count);
    for (const one of [place, tone, state, size]) {
      one.clearUpdateRanges();
      one.addUpdateRange(0, count * one.itemSize);
      one.needsUpdate = true;
    }
    this.drawHulls(moment);
    this.drawLines(moment, shown);
    this.drawBlasts(tick);
    this.drawFields(moment, shown, lit);
    this.renderer.render(this.scene, this.camera);
  }

  private near = new Vector3();
  private drawHulls(moment: Moment): void {
    const { position } = this.camera;
    const high = this.points.material.uniforms['scale']!.value as number;
    const matrix = new Matrix4();
    const turn = new Quaternion();
    const ahead = new Vector3();
    const forward = new Vector3(0, 0, 1);
    const large = new Vector3();
    const colour = new Color();
    let drawn = 0;
    for (let n = 0; n < moment.count && drawn < HULLS_MOST; n += 1) {
      const slot = moment.slots[n]!;
      const kind = this.record.header.classes[this.record.ships[slot]!.class]!;
      const length = Math.max(0.05, kind.length_m * KM);
      this.near.set(
        moment.places[n * 3]! * KM,
        moment.places[n * 3 + 1]! * KM,
        moment.places[n * 3 + 2]! * KM,
      );
      const far = this.near.distanceTo(position);
      // As a hull only where it is more than a few pixels long.
      if ((length * high) / far < 7) continue;
      ahead.set(moment.headings[n * 3]!, moment.headings[n * 3 + 1]!, moment.headings[n * 3 + 2]!);
      turn.setFromUnitVectors(forward, ahead);
      large.set(length, length, length);
      matrix.compose(this.near, turn, large);
      this.hulls.setMatrixAt(drawn, matrix);
      colour.setRGB(this.tones[slot * 3]!, this.tones[slot * 3 + 1]!, this.tones[slot * 3 + 2]!);
      this.hulls.setColorAt(drawn, colour);
      drawn += 1;
    }
    this.hulls.count = drawn;
    this.hulls.instanceMatrix.needsUpdate = true;
    if (this.hulls.instanceColor) this.hulls.instanceColor.needsUpdate = true;
  }

  private drawLines(moment: Moment, shown: Shown): void {
    const fill = (
      lines: Stage['aims'],
      most: number,
      wanted: boolean,
      end: (n: number) => readonly [number, number, number] | null,
    ) => {
      const place = lines.geometry.getAttribute('position') as BufferAttribute;
      const tone = lines.geometry.getAttribute('color') as BufferAttribute;
      let drawn = 0;
      if (wanted) {
        for (let n = 0; n < moment.count && drawn < most; n += 1) {
          const to = end(n);
          if (!to) continue;
          const slot = moment.slots[n]!;
          for (let axis = 0; axis < 3; axis += 1) {
            place.array[drawn * 6 + axis] = moment.places[n * 3 + axis]! * KM;
            place.array[drawn * 6 + 3 + axis] = to[axis]! * KM;
            tone.array[drawn * 6 + axis] = this.tones[slot * 3 + axis]!;
            tone.array[drawn * 6 + 3 + axis] = this.tones[slot * 3 + axis]! * 0.25;
          }
          drawn += 1;
        }
      }
      lines.visible = drawn > 0;
      lines.geometry.setDrawRange(0, drawn * 2);
      place.needsUpdate = drawn > 0;
      tone.needsUpdate = drawn > 0;
    };
    const { places, targets, at, velocities } = moment;
    fill(this.aims, 4000, shown.aims, (n) => {
      const target = targets[n]! >= 0 ? at[targets[n]!]! : -1;
      if (target < 0) return null;
      return [places[target * 3]!, places[target * 3 + 1]!, places[target * 3 + 2]!];
    });
    fill(this.trails, moment.count, shown.trails, (n) => [
      places[n * 3]! - velocities[n * 3]! * 2.2,
      places[n * 3 + 1]! - velocities[n * 3 + 1]! * 2.2,
      places[n * 3 + 2]! - velocities[n * 3 + 2]! * 2.2,
    ]);
  }

  private drawBlasts(tick: number): void {
    const { events } = this.record;
    // Events are by tick: go to the first that may still be seen.
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[middle]!.tick < tick - BLAST_TICKS) low = middle + 1;
      else high = middle;
    }
    this.lostFrom = low;
    const { geometry } = this.blasts;
    const place = geometry.getAttribute('position') as BufferAttribute;
    const tone = geometry.getAttribute('tone') as BufferAttribute;
    const state = geometry.getAttribute('state') as BufferAttribute;
    const size = geometry.getAttribute('size') as BufferAttribute;
    let drawn = 0;
    for (let n = this.lostFrom; n < events.length && drawn < 1024; n += 1) {
      const event = events[n]!;
      if (event.tick > tick) break;
      if (event.kind !== 'lost') continue;
      place.array.set([event.x * KM, event.y * KM, event.z * KM], drawn * 3);
      tone.array.set([1, 0.72, 0.36], drawn * 3);
      state.array.set([Math.min(1, (tick - event.tick) / BLAST_TICKS), 1], drawn * 2);
      size.array[drawn] = this.sizes[event.slot]! * 5;
      drawn += 1;
    }
    geometry.setDrawRange(0, drawn);
    for (const one of [place, tone, state, size]) one.needsUpdate = drawn > 0;
  }

  private drawFields(moment: Moment, shown: Shown, lit: ReadonlySet<number>): void {
    let used = 0;
    if (shown.fields) {
      for (const slot of lit) {
        const n = moment.at[slot]!;
        if (n < 0) continue;
        const reach =
          this.record.header.classes[this.record.ships[slot]!.class]?.field_reach_m ?? 0;
        if (!reach) continue;
        let field = this.fields[used];
        if (!field) {
          field = new Mesh(
            new SphereGeometry(1, 32, 20),
            new MeshBasicMaterial({
              transparent: true,
              opacity: 0.14,
              depthWrite: false,
              wireframe: true,
            }),
          );
          this.fields.push(field);
          this.scene.add(field);
        }
        field.visible = true;
        field.scale.setScalar(reach * KM);
        field.position.set(
          moment.places[n * 3]! * KM,
          moment.places[n * 3 + 1]! * KM,
          moment.places[n * 3 + 2]! * KM,
        );
        used += 1;
      }
    }
    for (let n = used; n < this.fields.length; n += 1) this.fields[n]!.visible = false;
  }

  private seen = new Vector3();

  /** Where a ship is on the screen, in shares of it; null when she is behind. */
  project(moment: Moment, n: number): { x: number; y: number; far: number } | null {
    this.seen.set(
      moment.places[n * 3]! * KM,
      moment.places[n * 3 + 1]! * KM,
      moment.places[n * 3 + 2]! * KM,
    );
    const far = this.seen.distanceTo(this.camera.position);
    this.seen.project(this.camera);
    if (this.seen.z > 1) return null;
    return { x: (this.seen.x + 1) / 2, y: (1 - this.seen.y) / 2, far };
  }

  /** The ship under a pixel, as a slot. */
  find(moment: Moment, x: number, y: number, width: number, height: number): number | null {
    let best: number | null = null;
    let least = 14;
    for (let n = 0; n < moment.count; n += 1) {
      const at = this.project(moment, n);
      if (!at) continue;
      const far = Math.hypot(at.x * width - x, at.y * height - y);
      if (far < least) [best, least] = [moment.slots[n]!, far];
    }
    return best;
  }

  dispose(): void {
    this.disposed = true;
    this.controls.dispose();
    for (const one of [
      this.points,
      this.blasts,
      this.hulls,
      this.aims,
      this.trails,
      ...this.fields,
    ]) {
      one.geometry.dispose();
    }
    this.renderer.dispose();
  }
}
