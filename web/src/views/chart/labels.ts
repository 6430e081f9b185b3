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
    ctx.lineJoin = 'round';
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.halo;
    for (const label of this.list) {
      if (drawn >= MOST) break;
      ctx.font = `${label.strong ? 600 : 400} ${label.size}px ${theme.font}`;
      const wide = widthOf(ctx, label);
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
      ctx.globalAlpha = label.alpha ?? 1;
      ctx.strokeText(label.text, left, label.y);
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, left, label.y);
      drawn += 1;
    }
    ctx.globalAlpha = 1;
  }
}

const widths = new Map<string, number>();
function widthOf(ctx: CanvasRenderingContext2D, label: Label): number {
  const key = `${label.strong} ${label.size} ${label.text}`;
  let wide = widths.get(key);
  if (wide === undefined) {
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
