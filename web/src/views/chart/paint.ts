/**
 * Draws the chart, layer upon layer, and remembers what is where, so that a pointer or a key can find it. What is known is drawn on a
 * picture somewhat wider than the window, and that picture is copied while the chart is only moved or zoomed a little; over it lie the
 * few things that change from moment to moment. Nothing here changes the war or the camera.
 */
import type { Camera, Screen } from './camera.ts';
import { Labels } from './labels.ts';
import { ambushes } from './layers/ambushes.ts';
import { system } from './layers/bodies.ts';
import { fights } from './layers/fights.ts';
import { flight } from './layers/flight.ts';
import { forces } from './layers/forces.ts';
import { ring, samePick, type Frame, type Input, type Spotted } from './layers/frame.ts';
import { openSystems, spacing } from './layers/galaxy.ts';
import { intents } from './layers/intents.ts';
import { lines } from './layers/lines.ts';
import { mines } from './layers/mines.ts';
import { network } from './layers/network.ts';
import { realmNames, realms } from './layers/realms.ts';
import { route } from './layers/route.ts';
import { Sky } from './layers/sky.ts';
import { systems } from './layers/systems.ts';
import type { Theme } from './theme.ts';

export type { Input, Spotted } from './layers/frame.ts';

/** How much wider than the window the picture is on each side, as a share of the window. */
const WIDER = 0.3;
/** No picture has more pixels than this: a great window gets a smaller margin. */
const PIXELS_MOST = 24e6;
/** The picture is stretched or shrunk by so much at most before it is drawn afresh. */
const STRETCH_MOST = 1.5;

/** A picture of what is known, and the eye that it was drawn for. */
interface Kept {
  picture: HTMLCanvasElement;
  camera: Camera;
  theme: Theme;
  input: Input;
  dense: number;
  frame: Frame;
}

/** Where a kept picture lies on the window: a pixel of it times `times`, and then so far. */
interface Laid {
  times: number;
  x: number;
  y: number;
}

export class Painter {
  private ctx: CanvasRenderingContext2D;
  private sky = new Sky();
  private kept: Kept | null = null;
  private laid: Laid = { times: 1, x: 0, y: 0 };
  private found: Spotted[] | null = null;
  /** The picture on the screen is a stretched one: it wants drawing afresh when the hand rests. */
  rough = false;
  /** How often the picture was drawn afresh. */
  drawn = 0;

  constructor(ctx: CanvasRenderingContext2D) {
    this.ctx = ctx;
  }

  /** What can be picked, where it is on the screen now. */
  get spotted(): Spotted[] {
    if (!this.found) {
      const { times, x, y } = this.laid;
      const list = this.kept?.frame.spotted ?? [];
      this.found = list.map((one) => ({ ...one, x: one.x * times + x, y: one.y * times + y }));
    }
    return this.found;
  }

  /** `sharp`: the hand rests, and nothing may be stretched. */
  paint(camera: Camera, theme: Theme, input: Input, dense: number, sharp: boolean): void {
    const { ctx } = this;
    camera.settle();
    let laid = this.kept && usable(this.kept, camera, theme, input, dense);
    if (!laid || (sharp && laid.times !== 1)) {
      this.kept = this.draw(camera, theme, input, dense);
      this.drawn += 1;
      laid = lay(this.kept.camera, camera);
    }
    const kept = this.kept!;
    this.laid = laid;
    this.found = null;
    this.rough = laid.times !== 1;
    this.sky.paint(ctx, camera, theme);
    const { width, height } = kept.camera;
    ctx.drawImage(kept.picture, laid.x, laid.y, width * laid.times, height * laid.times);
    this.over(camera, theme, input, kept);
  }

  private draw(camera: Camera, theme: Theme, input: Input, dense: number): Kept {
    const pixels = camera.width * camera.height * dense * dense;
    const wider = Math.max(0.05, Math.min(WIDER, (Math.sqrt(PIXELS_MOST / pixels) - 1) / 2));
    const wide = camera.widened(
      Math.round(camera.width * wider),
      Math.round(camera.height * wider),
    );
    const picture = this.kept?.picture ?? document.createElement('canvas');
    const [across, down] = [Math.round(wide.width * dense), Math.round(wide.height * dense)];
    if (picture.width !== across || picture.height !== down) {
      [picture.width, picture.height] = [across, down];
    }
    const ctx = picture.getContext('2d') ?? this.ctx;
    ctx.setTransform(dense, 0, 0, dense, 0, 0);
    ctx.clearRect(0, 0, wide.width, wide.height);
    const frame: Frame = {
      ctx,
      camera: wide,
      theme,
      input,
      open: openSystems(wide, input),
      apart: spacing(wide, input),
      places: new Map(),
      labels: new Labels(ctx, theme),
      spotted: [],
    };
    realms(frame);
    network(frame);
    realmNames(frame);
    systems(frame);
    for (const id of frame.open) system(frame, id);
    lines(frame);
    mines(frame);
    ambushes(frame);
    fights(frame);
    flight(frame);
    intents(frame);
    forces(frame);
    frame.labels.draw();
    return { picture, camera: wide, theme, input, dense, frame };
  }

  /** What changes from moment to moment: the way that is thought of, and what is pointed at. */
  private over(camera: Camera, theme: Theme, input: Input, kept: Kept): void {
    const { ctx } = this;
    if (input.draft) {
      const labels = new Labels(ctx, theme);
      route({ ...kept.frame, ctx, camera, theme, input, labels }, input.draft);
      labels.draw();
    }
    // What was pointed at may have moved since: it is looked up again.
    const pointed = input.hover?.picks[0];
    if (!pointed) return;
    const again = this.spotted.find((one) => one.picks[0] && samePick(one.picks[0], pointed));
    if (again) ring(ctx, again, theme.accent, 1.5);
  }

  /** What is under a pixel: the nearest thing in reach, what was drawn last first. */
  find(at: Screen): Spotted | null {
    let best: Spotted | null = null;
    let least = Infinity;
    for (const one of [...this.spotted].reverse()) {
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

/** Where a picture drawn for one eye lies for another of the same angles. */
export function lay(from: Camera, to: Camera): Laid {
  const times = from.scale / to.scale;
  const shift = to.flat({
    x: from.centre.x - to.centre.x,
    y: from.centre.y - to.centre.y,
    z: from.centre.z - to.centre.z,
  });
  const exact = Math.abs(times - 1) < 1e-9 ? 1 : times;
  return {
    times: exact,
    x: to.middle.x + shift.x - from.middle.x * exact,
    y: to.middle.y + shift.y - from.middle.y * exact,
  };
}

/** Where a kept picture would lie; null if it shows something else, or not enough. */
export function usable(
  kept: Pick<Kept, 'camera' | 'theme' | 'input' | 'dense'>,
  camera: Camera,
  theme: Theme,
  input: Input,
  dense: number,
): Laid | null {
  const { camera: from, input: was } = kept;
  const same =
    kept.theme === theme &&
    kept.dense === dense &&
    from.yaw === camera.yaw &&
    from.tilt === camera.tilt &&
    was.chart === input.chart &&
    was.view === input.view &&
    was.time_s === input.time_s &&
    was.forces === input.forces &&
    was.holders === input.holders &&
    was.network === input.network &&
    was.battles === input.battles &&
    was.picks === input.picks &&
    was.manyLabels === input.manyLabels &&
    was.linesFrom?.body === input.linesFrom?.body &&
    was.linesFrom?.interstellar === input.linesFrom?.interstellar;
  if (!same) return null;
  const laid = lay(from, camera);
  if (laid.times > STRETCH_MOST || laid.times < 1 / STRETCH_MOST) return null;
  const covers =
    laid.x <= 0 &&
    laid.y <= 0 &&
    laid.x + from.width * laid.times >= camera.width &&
    laid.y + from.height * laid.times >= camera.height;
  return covers ? laid : null;
}
