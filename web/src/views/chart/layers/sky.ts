/** The sky behind everything: the same for everybody, drawn once for a size, a theme and a turn of the chart, and copied. */
import type { Camera } from '../camera.ts';
import { withAlpha } from '../sprites.ts';
import type { Theme } from '../theme.ts';

export class Sky {
  private stars: { x: number; y: number; size: number; light: number }[] = [];
  private key = '';
  private picture: HTMLCanvasElement | null = null;

  constructor() {
    // A small generator with a fixed seed.
    let seed = 20240;
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let count = 0; count < 420; count += 1) {
      this.stars.push({ x: next(), y: next(), size: next() ** 4, light: 0.12 + next() ** 3 * 0.5 });
    }
  }

  paint(ctx: CanvasRenderingContext2D, camera: Camera, theme: Theme): void {
    const { width, height } = camera;
    const key = `${width} ${height} ${theme.ground} ${theme.ground2} ${camera.yaw.toFixed(2)}`;
    if (key !== this.key || !this.picture) {
      this.key = key;
      this.picture ??= document.createElement('canvas');
      this.picture.width = Math.max(1, width);
      this.picture.height = Math.max(1, height);
      const to = this.picture.getContext('2d', { alpha: false });
      if (to) this.draw(to, camera, theme);
    }
    ctx.drawImage(this.picture, 0, 0);
  }

  private draw(ctx: CanvasRenderingContext2D, camera: Camera, theme: Theme): void {
    const { width, height } = camera;
    ctx.fillStyle = theme.ground;
    ctx.fillRect(0, 0, width, height);
    const [x, y] = [width * 0.46, height * 0.42];
    const light = ctx.createRadialGradient(x, y, 0, x, y, Math.max(width, height) * 0.72);
    light.addColorStop(0, theme.ground2);
    light.addColorStop(1, withAlpha(theme.ground2, 0));
    ctx.fillStyle = light;
    ctx.fillRect(0, 0, width, height);
    if (!theme.dark) return;
    const shift = camera.yaw * 0.12;
    ctx.fillStyle = theme.star;
    for (const star of this.stars) {
      ctx.globalAlpha = star.light;
      const across = (((star.x + shift) % 1) + 1) % 1;
      const size = 0.6 + star.size * 1.1;
      ctx.fillRect(across * width, star.y * height, size, size);
    }
    ctx.globalAlpha = 1;
  }
}
