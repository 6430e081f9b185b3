/** The pictures of docs/screens: which there are, and of what. A view of src/app/views.ts has one of its own name; tests/shots.test.ts looks. */

/** By name, in the order in which they are taken. */
export const SHOTS = {
  lobby: 'the lobby, with wars under way',
  'new-war': 'a new war: where it comes from, who is played, when turns end',
  tour: 'the first minute on first-light',
  orders: 'an order with what it would come to',
  table: 'the table: seats, invitations, talk',
  time: 'a past turn on the line of time',
  chronicle: 'the chronicle, with what each event is because of',
  chart: 'the chart of a galaxy',
  system: 'the chart of a system',
  body: "the chart of a body's space",
  forces: 'the forces, ship by ship',
  people: 'named people, and how they are',
  battles: 'the battles that one took part in',
  battle: 'a battle replayed',
  record: 'the record of a great battle, from a file',
  palette: 'the palette of everything that can be done',
  'lobby-light': 'the lobby by day',
  'chart-light': 'the chart of a system by day',
  'forces-light': 'the forces by day',
  'chronicle-light': 'the chronicle by day',
  'battle-light': 'a battle replayed by day',
} as const;

export type Shot = keyof typeof SHOTS;

/** A picture may be so large, bytes; it is taken again less finely until it is smaller. */
export const SHOT_BYTES_MOST = 150_000;
/** All of them together. */
export const SHOTS_BYTES_MOST = 3_000_000;
