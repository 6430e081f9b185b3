/** What is galactic on the screen and what is opened: decided before anything is drawn. */
import type { Chart } from '../../../session/model.ts';
import type { Camera } from '../camera.ts';
import type { Input } from './frame.ts';

/** A system is shown body by body from this many pixels across. */
const SYSTEM_OPENS_PX = 34;

const extents = new WeakMap<Chart, number[]>();

/** The widest orbit of each system, metres. */
function extentsOf(chart: Chart): number[] {
  let found = extents.get(chart);
  if (!found) {
    found = chart.systems.map(() => 1e9);
    for (const body of chart.bodies) {
      if (!body.orbit || body.parent !== null) continue;
      found[body.system] = Math.max(found[body.system] ?? 0, body.orbit.semi_major_m);
    }
    extents.set(chart, found);
  }
  return found;
}

export function openSystems(camera: Camera, input: Input): Set<number> {
  const open = new Set<number>();
  const reaches = extentsOf(input.chart);
  input.nav.systemAt.forEach((place, system) => {
    const reach = (reaches[system] ?? 0) / camera.scale;
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

const lengths = new WeakMap<[number, number][], number>();

/** The usual length of a line between neighbours, pixels. */
export function spacing(camera: Camera, { network, nav }: Input): number {
  if (network.length === 0) return 200;
  let usual = lengths.get(network);
  if (usual === undefined) {
    let [total, count] = [0, 0];
    const step = Math.max(1, Math.floor(network.length / 64));
    for (let at = 0; at < network.length; at += step) {
      const [a, b] = network[at]!;
      const [p, q] = [nav.systemAt[a]!, nav.systemAt[b]!];
      total += Math.hypot(p.x - q.x, p.y - q.y, p.z - q.z);
      count += 1;
    }
    usual = total / count;
    lengths.set(network, usual);
  }
  return usual / camera.scale;
}
