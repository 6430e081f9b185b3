/** Small pictures drawn once: glows of stars, tints of realms, and the marks of forces. */
import type { Side } from '../../session/model.ts';

const kept = new Map<string, HTMLCanvasElement>();

function made(key: string, size: number, draw: (ctx: CanvasRenderingContext2D) => void) {
  let found = kept.get(key);
  if (!found) {
    found = document.createElement('canvas');
    found.width = found.height = size;
    const ctx = found.getContext('2d');
    if (ctx) draw(ctx);
    kept.set(key, found);
    if (kept.size > 600) kept.delete(kept.keys().next().value ?? key);
  }
  return found;
}

export function forgetSprites(): void {
  kept.clear();
}

/** A star's light: a small hard core and a wide soft edge. Small ones are made at the size they are drawn at: copying costs less. */
export function glow(colour: string, dark: boolean, size = 64): HTMLCanvasElement {
  const edge = size <= 48 ? Math.max(4, Math.round(size)) : 64;
  return made(`glow ${colour} ${dark} ${edge}`, edge, (ctx) => {
    ctx.scale(edge / 64, edge / 64);
    const fade = ctx.createRadialGradient(32, 32, 0, 32, 32, 32);
    fade.addColorStop(0, dark ? '#fff' : colour);
    fade.addColorStop(0.13, colour);
    fade.addColorStop(0.3, withAlpha(colour, dark ? 0.32 : 0.22));
    fade.addColorStop(0.6, withAlpha(colour, 0.08));
    fade.addColorStop(1, withAlpha(colour, 0));
    ctx.fillStyle = fade;
    ctx.fillRect(0, 0, 64, 64);
  });
}

/** A realm's tint about one of its systems. */
export function tint(colour: string, dark: boolean): HTMLCanvasElement {
  return made(`tint ${colour} ${dark}`, 128, (ctx) => {
    const fade = ctx.createRadialGradient(64, 64, 0, 64, 64, 64);
    fade.addColorStop(0, withAlpha(colour, dark ? 0.2 : 0.26));
    fade.addColorStop(0.55, withAlpha(colour, dark ? 0.1 : 0.14));
    fade.addColorStop(1, withAlpha(colour, 0));
    ctx.fillStyle = fade;
    ctx.fillRect(0, 0, 128, 128);
  });
}

/**
 * The same colour, let through. Written out, not mixed with `transparent`: that is black let through, and a gradient that ends in it is grey
 * on its way.
 */
export function withAlpha(colour: string, alpha: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex) {
    const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
    return `rgb(${part(0)} ${part(2)} ${part(4)} / ${alpha})`;
  }
  const bare = /^(rgb|hsl)\(([^/,]+)\)$/.exec(colour);
  return bare ? `${bare[1]}(${bare[2]} / ${alpha})` : colour;
}

/** The outline of a side's mark about nought: own a wedge, allies a shield, hostile a diamond, neutral a square, unknown a clover. */
export function markPath(ctx: CanvasRenderingContext2D, side: Side, size: number): void {
  const r = size / 2;
  ctx.beginPath();
  if (side === 'own') {
    ctx.moveTo(0, -r);
    ctx.lineTo(r * 0.92, r * 0.86);
    ctx.lineTo(0, r * 0.42);
    ctx.lineTo(-r * 0.92, r * 0.86);
    ctx.closePath();
  } else if (side === 'ally') {
    ctx.arc(0, 0, r * 0.86, 0, Math.PI * 2);
  } else if (side === 'hostile') {
    ctx.moveTo(0, -r * 1.05);
    ctx.lineTo(r * 1.05, 0);
    ctx.lineTo(0, r * 1.05);
    ctx.lineTo(-r * 1.05, 0);
    ctx.closePath();
  } else if (side === 'neutral') {
    ctx.rect(-r * 0.8, -r * 0.8, r * 1.6, r * 1.6);
  } else {
    const lobe = r * 0.52;
    for (const [x, y] of [
      [0, -lobe],
      [lobe, 0],
      [0, lobe],
      [-lobe, 0],
    ] as const) {
      ctx.moveTo(x + lobe, y);
      ctx.arc(x, y, lobe, 0, Math.PI * 2);
    }
  }
}

/** A mark as a picture. Hollow says "not seen now". */
export function mark(
  side: Side,
  colour: string,
  halo: string,
  size: number,
  hollow: boolean,
): HTMLCanvasElement {
  const edge = Math.ceil(size * 2.4);
  return made(`mark ${side} ${colour} ${halo} ${size} ${hollow}`, edge * 2, (ctx) => {
    ctx.scale(2, 2);
    ctx.translate(edge / 2, edge / 2);
    ctx.lineJoin = 'round';
    markPath(ctx, side, size);
    ctx.lineWidth = 3;
    ctx.strokeStyle = halo;
    ctx.stroke();
    markPath(ctx, side, size);
    if (hollow) {
      ctx.fillStyle = halo;
      ctx.fill();
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = colour;
      ctx.stroke();
    } else {
      ctx.fillStyle = colour;
      ctx.fill();
    }
  });
}
