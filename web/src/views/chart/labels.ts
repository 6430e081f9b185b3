/** Names on the chart: the weightiest first, none over another. */
import type { Theme } from './theme.ts';

export interface Label {
  text: string;
  x: number;
  y: number;
  align: 'left' | 'center';
  size: number;
  colour: string;
  alpha?: number;
  weight: number;
  strong: boolean;
  /** With room between the letters: names of realms. */
  spaced?: boolean;
  /** Where else it may stand if its place is taken, pixels down from there. */
  aside?: readonly number[];
}

type Box = [x0: number, y0: number, x1: number, y1: number];

const MOST = 160;
const CELL = 64;

export class Labels {
  private list: Label[] = [];
  private ctx: CanvasRenderingContext2D;
  private theme: Theme;

  constructor(ctx: CanvasRenderingContext2D, theme: Theme) {
    this.ctx = ctx;
    this.theme = theme;
  }

  add(label: Label): void {
    this.list.push(label);
  }

  draw(): void {
    const { ctx, theme } = this;
    this.list.sort((a, b) => b.weight - a.weight);
    const taken = new Map<number, Box[]>();
    let drawn = 0;
    const free = (cells: number[], [x0, y0, x1, y1]: Box) =>
      !cells.some((cell) =>
        taken.get(cell)?.some((one) => one[0] < x1 && one[2] > x0 && one[1] < y1 && one[3] > y0),
      );
    for (const label of this.list) {
      if (drawn >= MOST) break;
      const wide = widthOf(ctx, label, theme);
      const left = label.align === 'center' ? label.x - wide / 2 : label.x;
      const found = [0, ...(label.aside ?? [])]
        .map((down) => boxOf(label, left, wide, down))
        .map((box) => ({ box, cells: cellsOf(box) }))
        .find(({ box, cells }) => label.weight >= 200 || free(cells, box));
      if (!found) continue;
      for (const cell of found.cells) {
        const list = taken.get(cell) ?? [];
        list.push(found.box);
        taken.set(cell, list);
      }
      const base = found.box[3] - 3;
      const picture = written(label, theme, wide);
      ctx.globalAlpha = label.alpha ?? 1;
      ctx.drawImage(
        picture,
        Math.round(left) - PAD,
        Math.round(base) - Math.ceil(label.size) - PAD,
        picture.width / DENSE,
        picture.height / DENSE,
      );
      drawn += 1;
    }
    ctx.globalAlpha = 1;
  }
}

/** Names as pictures: a name with its halo costs much to write and little to copy. */
const PAD = 3;
const DENSE = Math.min(2, typeof devicePixelRatio === 'number' ? Math.ceil(devicePixelRatio) : 1);
const pictures = new Map<string, HTMLCanvasElement>();

function written(label: Label, theme: Theme, wide: number): HTMLCanvasElement {
  const key = `${label.strong} ${label.spaced} ${label.size} ${label.colour} ${theme.halo} ${label.text}`;
  let found = pictures.get(key);
  if (!found) {
    found = document.createElement('canvas');
    found.width = Math.ceil(wide + PAD * 2) * DENSE;
    found.height = Math.ceil(label.size * 1.4 + PAD * 2) * DENSE;
    const ctx = found.getContext('2d');
    if (ctx) {
      ctx.scale(DENSE, DENSE);
      write(ctx, label, theme);
      ctx.lineJoin = 'round';
      ctx.lineWidth = 3;
      ctx.strokeStyle = theme.halo;
      ctx.strokeText(label.text, PAD, Math.ceil(label.size) + PAD);
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, PAD, Math.ceil(label.size) + PAD);
    }
    if (pictures.size > 1500) pictures.clear();
    pictures.set(key, found);
  }
  return found;
}

function write(ctx: CanvasRenderingContext2D, label: Label, theme: Theme): void {
  ctx.font = `${label.strong ? 600 : 400} ${label.size}px ${theme.font}`;
  ctx.letterSpacing = label.spaced ? `${Math.round(label.size * 0.22)}px` : '0px';
}

const widths = new Map<string, number>();
function widthOf(ctx: CanvasRenderingContext2D, label: Label, theme: Theme): number {
  const key = `${label.strong} ${label.spaced} ${label.size} ${label.text}`;
  let wide = widths.get(key);
  if (wide === undefined) {
    write(ctx, label, theme);
    wide = ctx.measureText(label.text).width;
    if (widths.size > 20_000) widths.clear();
    widths.set(key, wide);
  }
  return wide;
}

function boxOf(label: Label, left: number, wide: number, down: number): Box {
  return [left - 2, label.y - label.size + down, left + wide + 2, label.y + 3 + down];
}

function cellsOf([x0, y0, x1, y1]: Box): number[] {
  const cells: number[] = [];
  for (let x = Math.floor(x0 / CELL); x <= Math.floor(x1 / CELL); x += 1) {
    for (let y = Math.floor(y0 / CELL); y <= Math.floor(y1 / CELL); y += 1) {
      cells.push(x * 4096 + y);
    }
  }
  return cells;
}
