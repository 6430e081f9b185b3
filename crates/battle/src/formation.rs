//! How a group stands: the offset of each of its ships from the group's spot. Cosines come from a turn repeated, not a table.

use crate::v3::{V3, add, cross, scale, square_to, unit_or};
use jumpline_world::law::Formation;

/// Cosine and sine of the golden angle: points turned by it never line up.
const GOLDEN: (f32, f32) = (-0.737_368_9, 0.675_490_3);

/// The `n`-th of points spread evenly by turning on by the golden angle: (cosine, sine).
fn turned(n: u32) -> (f32, f32) {
    let (mut c, mut s) = (1.0_f32, 0.0_f32);
    let (mut gc, mut gs) = GOLDEN;
    let mut left = n;
    while left > 0 {
        if left & 1 == 1 {
            (c, s) = (c * gc - s * gs, c * gs + s * gc);
        }
        (gc, gs) = (gc * gc - gs * gs, 2.0 * gc * gs);
        left >>= 1;
    }
    (c, s)
}

/// The `n`-th of `count` directions spread evenly over the sphere.
pub fn sphere_point(n: u32, count: u32) -> V3 {
    let z = 1.0 - (2.0 * n as f32 + 1.0) / count.max(1) as f32;
    let rim = (1.0 - z * z).max(0.0).sqrt();
    let (c, s) = turned(n);
    unit_or([rim * c, rim * s, z], [0.0, 0.0, 1.0])
}

fn cube_root_up(count: u32) -> u32 {
    let mut side = 1_u32;
    while side.saturating_mul(side).saturating_mul(side) < count {
        side += 1;
    }
    side
}

fn root_up(count: u32) -> u32 {
    let mut side = 1_u32;
    while side.saturating_mul(side) < count {
        side += 1;
    }
    side
}

/// Offset of ship `n` of `count` in the formation's own axes (forward, right, up), in spacings.
fn local(formation: Formation, n: u32, count: u32) -> V3 {
    let middle = |n: u32, side: u32| n as f32 - (side - 1) as f32 * 0.5;
    match formation {
        Formation::Cluster => {
            let side = cube_root_up(count);
            let (x, y, z) = (n / (side * side), n / side % side, n % side);
            [-(x as f32), middle(y, side), middle(z, side)]
        }
        Formation::Wall => {
            let side = root_up(count);
            [0.0, middle(n / side, side), middle(n % side, side)]
        }
        Formation::River => {
            let side = cube_root_up(count / 4 + 1);
            let across = side * side;
            [-((n / across) as f32), middle(n / side % side, side), middle(n % side, side)]
        }
        Formation::Picket => [0.0, middle(n, count.max(1)) * 4.0, 0.0],
        Formation::Triangle => {
            // The first three stand at the corners of an upright triangle, the next three inside them, and so on back.
            let corner = match n % 3 {
                0 => [0.0, 0.0, 1.0],
                1 => [0.0, 0.866_025_4, -0.5],
                _ => [0.0, -0.866_025_4, -0.5],
            };
            add(scale(corner, 1.5), [-((n / 3) as f32), 0.0, 0.0])
        }
        Formation::Halo => {
            let (c, s) = turned(n);
            let ring = (count as f32).sqrt() * 1.5 + 2.0;
            [0.0, c * ring, s * ring]
        }
        Formation::Sphere => {
            let radius = (count as f32).sqrt() * 0.6 + 1.0;
            scale(sphere_point(n, count), radius)
        }
    }
}

/// Offset of ship `n` of `count` from the group's spot, metres, for a group that faces `forward`.
pub fn offset(formation: Formation, n: u32, count: u32, spacing_m: f32, forward: V3) -> V3 {
    // A hostile count must not send anybody to infinity.
    let (n, count) = (n.min(1 << 20), count.clamp(1, 1 << 20));
    let right = square_to(forward);
    let up = cross(right, forward);
    let [f, r, u] = scale(local(formation, n, count), spacing_m);
    add(add(scale(forward, f), scale(right, r)), scale(up, u))
}
