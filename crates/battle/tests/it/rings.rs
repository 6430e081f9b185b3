//! Rings of hulls, and shoulders that open them.

use crate::yard::Yard;
use jumpline_battle::hemmed;
use jumpline_world::law::{Focus, Formation, Motion};

/// A great ship that wants to leave from the middle of a ring: looks at which she was held, of forty-five.
fn held(shoves: bool) -> (usize, usize) {
    let mut yard = Yard::new();
    (yard.rules().hem_m, yard.rules().shove_permille) = (8_000, 2);
    yard.rules().part_permille = 0;
    yard.doctrine("surround", Focus::Nearest, Motion::Close, |d| {
        (d.formation, d.spacing_m, d.range_permille) = (Formation::Sphere, 1_500, 0);
    });
    yard.doctrine("go", Focus::Nearest, Motion::Static, |d| d.shoves = shoves);
    yard.class("barge", "surround", |c| {
        (c.radius_m, c.mass_kt, c.speed_mps, c.accel_mps2) = (300, 20_000, 3_000, 150);
        (c.batteries, c.shield, c.hull) = (Vec::new(), 4_000, 8_000);
    });
    yard.class("great", "go", |c| {
        (c.radius_m, c.mass_kt, c.speed_mps, c.accel_mps2) = (900, 400_000, 2_000, 60);
        (c.batteries, c.hull) = (Vec::new(), 900_000);
    });
    let ring = yard.send(0, "barge", 24, [0, 0, 0]);
    let great = yard.send(1, "great", 1, [0, 0, 0]);
    yard.play(60);
    yard.posture(great).withdrawing = true;
    yard.posture(great).bound = [0, 1_000_000, 0];
    let ship = yard.first(great);
    let mut count = 0;
    for look in 1..=45 {
        yard.play(60 + look * 2);
        count += usize::from(hemmed(&yard.codex, &yard.fight, &yard.regards, ship));
    }
    (count, yard.lost(ring))
}

#[test]
fn a_ring_holds_whoever_does_not_shove() {
    let (held_up, _) = held(false);
    assert!(held_up >= 44, "held at {held_up} looks of 45");
}

#[test]
fn a_shove_opens_a_ring_and_kills_nobody() {
    let (held_up, lost) = held(true);
    assert!(held_up < 15, "held at {held_up} looks of 45");
    assert_eq!(lost, 0, "nobody dies of it");
}
