//! What is calibrated, and over which ranges the design is spread. Stores nothing.

use jumpline_world::law::{Class, Codex, Motion, Role};

/// Seeds from here on are the design's; the lists that judge it use others.
pub const FIRST_SEED: u64 = 1_000_000;

/// The ranges over which the design is spread.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// Ships of the more numerous side.
    pub ships: (f64, f64),
    /// Odds about even strength: factor either way.
    pub odds: f64,
    /// Distance, kilometres.
    pub gap_km: (f64, f64),
}

/// Those of the shipped table.
pub const RANGES: Ranges = Ranges { ships: (10.0, 220.0), odds: 2.2165, gap_km: (80.0, 900.0) };

/// What is calibrated: the ships that make a line of battle. Craft, carriers, transports and works in orbit fight ship by ship.
pub const ROLES: [Role; 7] = [
    Role::Corvette,
    Role::Frigate,
    Role::Destroyer,
    Role::Cruiser,
    Role::Battlecruiser,
    Role::Battleship,
    Role::Dreadnaught,
];

/// The classes that can be calibrated: ships of the line with guns, without field weapons or charges, that fight in a way the law knows.
pub fn classes(codex: &Codex) -> Vec<&Class> {
    let known = |class: &&Class| {
        let guns = class
            .batteries
            .iter()
            .any(|battery| battery.mounts > 0 && codex.weapon(battery.weapon).damage > 0);
        let way = codex.doctrine(class.doctrine);
        guns && class.field.is_none()
            && class.ram_charge == 0
            && ROLES.contains(&class.role)
            && class.speed_mps > 0
            && !matches!(way.motion, Motion::Evade | Motion::Through)
            && jumpline_attrition::knows(way)
    };
    codex.classes.iter().filter(known).collect()
}

/// The n-th of the Halton sequence of a base, in 0..1.
pub fn halton(mut n: u32, base: u32) -> f64 {
    let (mut share, mut sum) = (1.0, 0.0);
    n += 1;
    while n > 0 {
        share /= f64::from(base);
        sum += share * f64::from(n % base);
        n /= base;
    }
    sum
}

/// Between two ends, evenly by the logarithm.
pub fn between((low, high): (f64, f64), share: f64) -> f64 {
    low * (high / low).powf(share)
}
