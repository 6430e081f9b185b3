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
}

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
    const taken = new Map<number, [number, number, number, number][]>();
    let drawn = 0;
    for (const label of this.list) {
      if (drawn >= MOST) break;
      const wide = widthOf(ctx, label, theme);
      const left = label.align === 'center' ? label.x - wide / 2 : label.x;
      const box: [number, number, number, number] = [
        left - 2,
        label.y - label.size,
        left + wide + 2,
        label.y + 3,
      ];
      const cells = cellsOf(box);
      const free = cells.every(
        (cell) =>
          !taken
            .get(cell)
            ?.some(([x0, y0, x1, y1]) => x0 < box[2] && x1 > box[0] && y0 < box[3] && y1 > box[1]),
      );
      if (!free && label.weight < 200) continue;
      for (const cell of cells) {
        const list = taken.get(cell) ?? [];
        list.push(box);
        taken.set(cell, list);
      }
      const picture = written(label, theme, wide);
      ctx.globalAlpha = label.alpha ?? 1;
      ctx.drawImage(
        picture,
        Math.round(left) - PAD,
        Math.round(label.y) - Math.ceil(label.size) - PAD,
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
  const key = `${label.strong} ${label.size} ${label.colour} ${theme.halo} ${label.text}`;
  let found = pictures.get(key);
  if (!found) {
    found = document.createElement('canvas');
    found.width = Math.ceil(wide + PAD * 2) * DENSE;
    found.height = Math.ceil(label.size * 1.4 + PAD * 2) * DENSE;
    const ctx = found.getContext('2d');
    if (ctx) {
      ctx.scale(DENSE, DENSE);
      ctx.font = `${label.strong ? 600 : 400} ${label.size}px ${theme.font}`;
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

const widths = new Map<string, number>();
function widthOf(ctx: CanvasRenderingContext2D, label: Label, theme: Theme): number {
  const key = `${label.strong} ${label.size} ${label.text}`;
  let wide = widths.get(key);
  if (wide === undefined) {
    ctx.font = `${label.strong ? 600 : 400} ${label.size}px ${theme.font}`;
    wide = ctx.measureText(label.text).width;
    if (widths.size > 20_000) widths.clear();
    widths.set(key, wide);
  }
  return wide;
}

function cellsOf([x0, y0, x1, y1]: [number, number, number, number]): number[] {
  const cells: number[] = [];
  for (let x = Math.floor(x0 / CELL); x <= Math.floor(x1 / CELL); x += 1) {
    for (let y = Math.floor(y0 / CELL); y <= Math.floor(y1 / CELL); y += 1) {
      cells.push(x * 4096 + y);
    }
  }
  return cells;
}
