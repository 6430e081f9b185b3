/** The bar that says how far things are from each other. Pure. */
import { distance } from '../../base/format.ts';
import type { Camera } from './camera.ts';

/** A round length for a scale bar of at most that many pixels. */
export function scaleBar(camera: Camera, most_px: number): { px: number; text: string } {
  const most_m = most_px * camera.scale;
  const LIGHT_YEAR = 9.460_730_472_580_8e15;
  const AU = 149_597_870_700;
  const unit = most_m > LIGHT_YEAR / 20 ? LIGHT_YEAR : most_m > 1e10 ? AU : 1000;
  const count = most_m / unit;
  const power = 10 ** Math.floor(Math.log10(count));
  const round = [5, 2, 1].find((step) => step * power <= count) ?? 1;
  const metres = round * power * unit;
  return { px: metres / camera.scale, text: distance(metres) };
}
