/** The wire's shapes by one name, and the few that views add to them. */
export type * from '../wire/types.ts';
import type { Stance } from '../wire/types.ts';

export interface Vec3 {
  x: number;
  y: number;
  z: number;
}

/** How a thing stands to the one who looks at it. */
export type Side = 'own' | 'ally' | 'neutral' | 'hostile' | 'unknown';

export const SIDES: readonly Side[] = ['own', 'ally', 'neutral', 'hostile', 'unknown'];

/** The side of a power, as the looker regards it. */
export function sideOf(looker: number, regards: readonly Stance[], power: number | null): Side {
  if (power === null) return 'unknown';
  if (power === looker) return 'own';
  const stance = regards.find((one) => one.power === power)?.regard;
  return stance === 'allied' ? 'ally' : stance === 'hostile' ? 'hostile' : 'neutral';
}
