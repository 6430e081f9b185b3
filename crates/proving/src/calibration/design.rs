//! Which engagements are fought. Class pairs times a Halton sequence over size, odds and gap; odds are sought about parity, since
//! that is where outcomes are decided. Stores nothing.

use jumpline_world::law::{Class, Codex, Motion, Role};

/// Seeds from here on are the design's; the held-out engagements use others.
pub const FIRST_SEED: u64 = 1_000_000;

/// The ranges over which the design is spread.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// Ships of the more numerous side.
    pub ships: (f64, f64),
    /// Odds about parity: factor either way.
    pub odds: f64,
    /// Distance, kilometres.
    pub gap_km: (f64, f64),
}

/// Those of the shipped table.
pub const RANGES: Ranges = Ranges { ships: (10.0, 220.0), odds: 1.7, gap_km: (80.0, 900.0) };

/// One engagement of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Classes, the lower key first.
    pub classes: [String; 2],
    /// Ships.
    pub ships: [u32; 2],
    /// Distance, kilometres.
    pub gap_km: u32,
    /// Luck.
    pub seed: u64,
}

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

fn between((low, high): (f64, f64), share: f64) -> f64 {
    low * (high / low).powf(share)
}

/// The k-th engagement of a pair, given how many of the one are believed to match one of the other.
pub fn point(pair: u32, k: u32, classes: [&str; 2], parity: f64, ranges: &Ranges) -> Point {
    // Pairs begin at different places of one sequence, so that together they fill the space.
    let at = k + pair.wrapping_mul(7) % 64;
    let odds = ranges.odds.powf(2.0 * halton(at, 3) - 1.0);
    let many = between(ranges.ships, halton(at, 2));
    // One of the first against so many of the other.
    let ratio = (1.0 / parity) * odds;
    let (one, other) = if ratio >= 1.0 { (many / ratio, many) } else { (many, many * ratio) };
    // No side is smaller than two ships; what they are to meet grows with them, within bounds.
    let least = one.min(other);
    let grow = if least < 2.0 { 2.0 / least } else { 1.0 };
    let most = 500.0;
    let ships = [one, other].map(|count| (count * grow).round().clamp(1.0, most) as u32);
    Point {
        classes: classes.map(str::to_owned),
        ships,
        gap_km: between(ranges.gap_km, halton(at, 5)) as u32,
        seed: FIRST_SEED + u64::from(pair) * 64 + u64::from(k),
    }
}
