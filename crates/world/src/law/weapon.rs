//! Weapons as data: a nature says which physics applies, the numbers say how much.

use serde::{Deserialize, Serialize};

/// Which physics a weapon obeys. Numbers differ by weapon; code differs only by nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Bolts with a flight time; range falls sharply in air; shields may turn part of them.
    Plasma,
    /// A held stream that melts what it touches: hits at once, hurts as long as it holds.
    Streamer,
    /// An orb grown before it is loosed: one great slow shot.
    Orb,
    /// A body in flight that can be shot down and that fields disturb.
    Missile,
    /// A straight beam at light's speed; drains shields, then cuts; air hardly matters.
    Beam,
    /// Terrible at point blank, nothing beyond.
    Mauler,
    /// A hail of needles against small craft and missiles.
    Shard,
    /// A null-pulse that swells about where it bursts: silences whoever has no shield up, hurts no hull, and is shrugged off by
    /// a shield.
    Pulse,
}

/// One kind of weapon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Weapon {
    /// Its key in the content.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Which physics it obeys.
    pub nature: Nature,
    /// Damage of one shot of one mount, points.
    pub damage: i64,
    /// Furthest useful distance in space, metres.
    pub range_m: i64,
    /// Furthest useful distance in air, metres.
    pub air_range_m: i64,
    /// Share of the damage left at the furthest distance, permille.
    pub falloff_permille: i64,
    /// Time between two shots of one mount, milliseconds.
    pub recharge_ms: i64,
    /// Speed of the shot, metres a second; 0 strikes at once.
    pub shot_speed_mps: i64,
    /// Chance that a well-aimed shot at a still target of 100 m radius at half range hits, permille.
    pub accuracy_permille: i64,
    /// Crosswise speed of the target at which half the shots miss, metres a second.
    pub tracking_mps: i64,
    /// What it does to shields, permille of its damage.
    pub shield_permille: i64,
    /// What it does to armour and hull, permille of its damage.
    pub hull_permille: i64,
    /// Radius inside which others are hurt too, metres; 0 none.
    pub splash_m: i64,
    /// Points of damage that bring the shot down in flight; 0 cannot be shot down.
    pub interceptable: i64,
    /// Radius of the space that its shots burst in at random, about the middle of the group fired at, instead of being
    /// aimed at a ship; 0 aims, metres.
    pub barrage_m: i64,
    /// Shots each mount carries; 0 means it never runs out.
    pub shots: i64,
    /// Shots its capacitor holds: so many may follow one another before the recharge tells; 1 has none to speak of.
    pub capacity: i64,
    /// What a shot grows to when it is held back, charged, for want of a target, permille of its damage; 1000 does not grow. It
    /// grows as fast as it charges.
    pub swell_permille: i64,
    /// What it does once it has been held on one target for `hold_ms`, permille of its damage, growing evenly until then; 1000
    /// does no more than at first.
    pub hold_permille: i64,
    /// How long it must be held on one target for all of that, milliseconds.
    pub hold_ms: i64,
    /// How much of a class's deflection works on it, permille; none is all of it for plasma and orbs and nothing of it for the rest.
    pub deflect_permille: Option<i64>,
    /// What it does to parts: the rule's chance that one breaks, permille.
    pub parts_permille: i64,
    /// For how long a pulse silences what stands at its very middle, milliseconds; less further out, nothing at `splash_m`.
    pub silence_ms: i64,
}
