/** Pictures of one line each, drawn in a square of 20. */
export const ICONS = {
  chart: 'M3 16 16 4M3 16a2 2 0 1 0 .1 0M16 4a2 2 0 1 0 .1 0M13.5 13.5a1.5 1.5 0 1 0 .1 0',
  forces: 'M3 5h14M3 10h14M3 15h14M6.5 3.5v13',
  chronicle: 'M5 3h8l3 3v11H5zM8 8h5M8 11h5M8 14h3',
  battle: 'M4 4l12 12M16 4 4 16M10 2v3M10 15v3M2 10h3M15 10h3',
  table:
    'M7 8a2.5 2.5 0 1 0-.1 0M13.5 9a2 2 0 1 0-.1 0M2.5 16c0-3 2-5 4.5-5s4.5 2 4.5 5M12.5 12c3-.6 5 1 5 4',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  search: 'M9 15A6 6 0 1 0 8.9 15M13.5 13.5 17 17',
  help: 'M7 7.5c0-4 6-4 6-.4 0 2.4-3 2.4-3 5M10 15.5v.3',
  home: 'M3 10l7-6 7 6M5 9v8h10V9',
  play: 'M6 4l10 6-10 6z',
  stop: 'M6 4v12M14 4v12',
  next: 'M5 4l7 6-7 6M15 4v12',
  before: 'M15 4l-7 6 7 6M5 4v12',
  fork: 'M5 3v14M5 12c0-5 9-2 9-8M14 4l-2.5 2.5M14 4l2.5 2.5',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  target: 'M10 16A6 6 0 1 0 9.9 16M10 2v4M10 14v4M2 10h4M14 10h4',
  link: 'M8 12l4-4M7 9 4.5 11.500a3 3 0 0 0 4.200 4.200L11 13M13 11l2.500-2.500a3 3 0 0 0-4.200-4.200L9 7',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12a2 2 0 1 0-.1 0',
  list: 'M7 5h10M7 10h10M7 15h10M3 5h.5M3 10h.5M3 15h.5',
  check: 'M4 10l4 4 8-9',
} as const;
export type IconName = keyof typeof ICONS;
