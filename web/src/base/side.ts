/** How a thing stands to the one who looks at it. */
export type Side = 'own' | 'ally' | 'neutral' | 'hostile' | 'unknown';

export const SIDES: readonly Side[] = ['own', 'ally', 'neutral', 'hostile', 'unknown'];
