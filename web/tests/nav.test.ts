import { describe, expect, it } from 'vitest';
import { anomaly, Nav } from '../src/session/nav.ts';
import { Camera, fly, flight } from '../src/views/chart/camera.ts';
import { forces, freshness, firstHop } from '../src/views/chart/scene.ts';
import { chart, group, ship, view } from './world.ts';

describe('nav', () => {
  const nav = new Nav(chart);
  it('moves bodies round their parents', () => {
    const quarter = nav.inside(1, 100_000);
    expect(quarter.x).toBeCloseTo(0, -3);
    expect(quarter.y).toBeCloseTo(1.5e11, -3);
    const moon = nav.inside(2, 0);
    expect(moon.x).toBeCloseTo(1.5e11 + 4e8, -3);
  });
  it("solves Kepler's equation", () => {
    const orbit = {
      semi_major_m: 1,
      period_s: 1000,
      phase_udeg: 0,
      incline_udeg: 0,
      node_udeg: 0,
      eccentricity_ppm: 700_000,
    };
    for (let time = 0; time < 1000; time += 37) {
      const e = anomaly(orbit, time);
      let mean = (time / 1000) * 2 * Math.PI;
      if (mean > Math.PI) mean -= 2 * Math.PI;
      expect(e - 0.7 * Math.sin(e)).toBeCloseTo(mean, 9);
    }
  });
  it('draws lines between masses of one system and between stars in reach', () => {
    expect(nav.line(0, 1, 0)?.interstellar).toBe(false);
    expect(nav.line(0, 3, 0)?.interstellar).toBe(true);
    expect(nav.line(1, 3, 0)).toBeNull();
    expect(nav.line(0, 4, 0)).toBeNull();
    expect(nav.line(1, 1, 0)).toBeNull();
  });
  it('sees what stands in the way', () => {
    // The moon stands behind its world as the sun sees it.
    expect(nav.line(0, 2, 0)?.blocked).toBe(1);
    expect(nav.line(0, 2, 10_000)?.blocked).toBeNull();
  });
  it('joins each system to its nearest, once', () => {
    expect(nav.network(3)).toEqual([[0, 1]]);
  });
});

describe('camera', () => {
  it('keeps what is under the pointer under the pointer', () => {
    const camera = new Camera();
    camera.settle();
    const at = { x: 650, y: 120 };
    const before = camera.unproject(at);
    camera.zoom(0.2, at);
    const after = camera.project(before);
    expect(after.x).toBeCloseTo(at.x, 3);
    expect(after.y).toBeCloseTo(at.y, 3);
  });
  it('lands where it flew to', () => {
    const camera = new Camera();
    const to = { centre: { x: 5e12, y: -3e12, z: 1e11 }, scale: 2e5 };
    const path = flight(camera, to, 0);
    expect(fly(camera, path, path.lasts / 2)).toBe(true);
    expect(fly(camera, path, path.lasts + 1)).toBe(false);
    expect(camera.scale).toBeCloseTo(2e5, 0);
    expect(camera.centre.x).toBeCloseTo(5e12, -2);
  });
});

describe('scene', () => {
  const nav = new Nav(chart);
  it('knows sides, doubt and flights', () => {
    const found = forces(
      view({
        groups: [
          group(0, {
            jumping: true,
            ships: [ship(1, { status: 'jumping', arrives: 500 }), ship(2, { status: 'aboard' })],
            tasks: [
              {
                order: 'p1',
                task: { kind: 'move', to: 3, spot: null, pace_permille: 1000 },
                phase: 'underway',
                doctrine: null,
              },
            ],
          }),
        ],
        contacts: [
          {
            id: 7,
            power: null,
            body: 3,
            spot: { altitude_m: 0, bearing_ppm: [0, 0, 1_000_000] },
            error_m: 5,
            first: -9000,
            last: -7200,
            ships: [{ class: null, count: 4 }],
            sure_permille: 300,
            told_by: null,
            bound: null,
            pylons_lost: 0,
            hurt_permille: 0,
          },
        ],
      }),
      nav,
    );
    expect(found[0]).toMatchObject({ side: 'own', ships: 1, toward: 0, arrives: 500 });
    expect(found[1]).toMatchObject({ side: 'unknown', ships: 4, age_s: 7200, error_m: 5 });
    expect(freshness(0)).toBe(1);
    expect(freshness(7200)).toBeLessThan(1);
    expect(freshness(1e9)).toBeGreaterThan(0.3);
  });
  it('goes to other stars by its own', () => {
    expect(firstHop(nav, 1, 3, 0)).toBe(0);
    expect(firstHop(nav, 0, 3, 0)).toBe(3);
    expect(firstHop(nav, 1, 2, 0)).toBe(2);
  });
});
