/**
 * The eye over the chart: one continuous zoom from the whole galaxy to a body's space. Holds a centre in metres, metres to a pixel
 * and two angles; knows nothing of what is drawn. Orthographic, so that distances can be read off.
 */
import type { Vec3 } from '../../session/model.ts';

export interface Screen {
  x: number;
  y: number;
}

/** Metres to a pixel: a small moon fills the screen, the widest galaxy fits in it. */
export const SCALE_LEAST = 4_000;
export const SCALE_MOST = 4e15;
export const TILT_MOST = 1.35;

export class Camera {
  centre: Vec3 = { x: 0, y: 0, z: 0 };
  scale = 1e13;
  yaw = 0;
  tilt = 0.9;
  width = 800;
  height = 600;
  /** Pixels that a panel covers on the left; what is centred is centred in the rest. */
  covered = 0;

  private cosYaw = 1;
  private sinYaw = 0;
  private cosTilt = 1;
  private sinTilt = 0;

  /** Call after the angles change and before drawing. */
  settle(): void {
    this.tilt = Math.min(TILT_MOST, Math.max(0, this.tilt));
    this.scale = Math.min(SCALE_MOST, Math.max(SCALE_LEAST, this.scale));
    this.cosYaw = Math.cos(this.yaw);
    this.sinYaw = Math.sin(this.yaw);
    this.cosTilt = Math.cos(this.tilt);
    this.sinTilt = Math.sin(this.tilt);
  }

  get middle(): Screen {
    return { x: (this.width + this.covered) / 2, y: this.height / 2 };
  }

  /** The same eye over a wider picture: so many pixels more on each side. */
  widened(aside: number, above: number): Camera {
    const wide = new Camera();
    Object.assign(wide, this);
    wide.width = this.width + aside * 2;
    wide.height = this.height + above * 2;
    wide.settle();
    return wide;
  }

  /** A direction or distance in metres as pixels across and down. */
  flat(way: Vec3): Screen {
    const across = this.cosYaw * way.x + this.sinYaw * way.y;
    const along = this.cosYaw * way.y - this.sinYaw * way.x;
    return {
      x: across / this.scale,
      y: -(along * this.cosTilt + way.z * this.sinTilt) / this.scale,
    };
  }

  /** How far behind the plane of the screen, metres. */
  depth(way: Vec3): number {
    const along = this.cosYaw * way.y - this.sinYaw * way.x;
    return along * this.sinTilt - way.z * this.cosTilt;
  }

  project(place: Vec3): Screen {
    const flat = this.flat({
      x: place.x - this.centre.x,
      y: place.y - this.centre.y,
      z: place.z - this.centre.z,
    });
    const { x, y } = this.middle;
    return { x: x + flat.x, y: y + flat.y };
  }

  /** The place under a pixel, on the level plane through the centre. */
  unproject(at: Screen): Vec3 {
    const { x, y } = this.middle;
    const across = (at.x - x) * this.scale;
    const along = (-(at.y - y) * this.scale) / Math.max(0.2, this.cosTilt);
    return {
      x: this.centre.x + across * this.cosYaw - along * this.sinYaw,
      y: this.centre.y + across * this.sinYaw + along * this.cosYaw,
      z: this.centre.z,
    };
  }

  pan(dx: number, dy: number): void {
    const { x, y } = this.middle;
    this.centre = this.unproject({ x: x - dx, y: y - dy });
  }

  /** Zooms by a factor and keeps what is under the pixel where it is. */
  zoom(factor: number, at: Screen): void {
    const before = this.unproject(at);
    this.scale = Math.min(SCALE_MOST, Math.max(SCALE_LEAST, this.scale * factor));
    const after = this.unproject(at);
    this.centre = {
      x: this.centre.x + before.x - after.x,
      y: this.centre.y + before.y - after.y,
      z: this.centre.z,
    };
  }
}

/** A flight of the camera: out, across and in again, as long as the way is far. */
export interface Flight {
  from: { centre: Vec3; scale: number };
  to: { centre: Vec3; scale: number };
  began: number;
  lasts: number;
}

export function flight(camera: Camera, to: { centre: Vec3; scale: number }, now: number): Flight {
  const apart = Math.hypot(
    to.centre.x - camera.centre.x,
    to.centre.y - camera.centre.y,
    to.centre.z - camera.centre.z,
  );
  const zooms = Math.abs(Math.log(to.scale / camera.scale));
  const pans = Math.log1p(apart / Math.max(camera.scale, to.scale) / 600);
  return {
    from: { centre: { ...camera.centre }, scale: camera.scale },
    to,
    began: now,
    lasts: Math.min(1400, 260 + 90 * zooms + 160 * pans),
  };
}

/** Moves the camera along a flight; true while it lasts. */
export function fly(camera: Camera, path: Flight, now: number): boolean {
  const share = Math.min(1, (now - path.began) / Math.max(1, path.lasts));
  const eased = share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;
  const { from, to } = path;
  camera.scale = Math.exp(
    Math.log(from.scale) + (Math.log(to.scale) - Math.log(from.scale)) * eased,
  );
  // What is being flown to must not run away from the zoom: the way is shared out by scale, not by time.
  const zooms = Math.abs(to.scale - from.scale) > from.scale * 1e-3;
  const moved = zooms ? (camera.scale - from.scale) / (to.scale - from.scale) : eased;
  camera.centre = {
    x: from.centre.x + (to.centre.x - from.centre.x) * moved,
    y: from.centre.y + (to.centre.y - from.centre.y) * moved,
    z: from.centre.z + (to.centre.z - from.centre.z) * moved,
  };
  return share < 1;
}
