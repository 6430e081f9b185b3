/** The wire's shapes by one name, and the few that views add to them. */
export type * from '../wire/types.ts';
import type { Side } from '../base/side.ts';
import type { Stance } from '../wire/types.ts';

export { SIDES, type Side } from '../base/side.ts';

export interface Vec3 {
  x: number;
  y: number;
  z: number;
}

/** The side of a power, as the looker regards it. */
export function sideOf(looker: number, regards: readonly Stance[], power: number | null): Side {
  if (power === null) return 'unknown';
  if (power === looker) return 'own';
  const stance = regards.find((one) => one.power === power)?.regard;
  return stance === 'allied' ? 'ally' : stance === 'hostile' ? 'hostile' : 'neutral';
}
