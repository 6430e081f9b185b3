//! `[weapon.KEY]`: guns, orbs, missiles, beams.

use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice};

/// Greatest number of points of damage, shield, armour or hull.
pub(crate) const POINTS_MAX: i64 = 1_000_000_000;
/// Greatest speed of anything, metres a second.
pub(crate) const SPEED_MAX_MPS: i64 = 299_792_458;
/// Greatest distance inside one system, metres (about 670 astronomical units).
pub(crate) const REACH_MAX_M: i64 = 100_000_000_000_000;

pub(crate) fn shape() -> Shape {
    Shape::new(
        "a weapon",
        "One kind of weapon. Its nature says which physics applies, the numbers how much.",
    )
    .need("name", Kind::Text(80), "Its name in prose")
    .need("nature", choice(words::NATURES), "Which physics it obeys")
    .need_n("damage", 0, POINTS_MAX, "Damage of one shot of one mount, points")
    .need_n("range_m", 1, REACH_MAX_M, "Furthest useful distance in space")
    .need_n("air_range_m", 0, REACH_MAX_M, "Furthest useful distance in air; 0 is useless there")
    .need_n("falloff_permille", 0, 1_000, "Share of the damage left at the furthest distance")
    .need_n("recharge_ms", 1, 86_400_000, "Time between two shots of one mount")
    .need_n("shot_speed_mps", 0, SPEED_MAX_MPS, "Speed of the shot; 0 strikes at once")
    .need_n(
        "accuracy_permille",
        0,
        1_000,
        "Chance that a well-aimed shot at a still target of 100 m radius at half range hits",
    )
    .need_n(
        "tracking_mps",
        1,
        SPEED_MAX_MPS,
        "Crosswise speed of the target at which half the shots miss",
    )
    .need_n("shield_permille", 0, 100_000, "What it does to shields, as a share of its damage")
    .need_n(
        "hull_permille",
        0,
        100_000,
        "What it does to armour and hull, as a share of its damage",
    )
    .or_n("splash_m", 0, 10_000_000, 0, "Radius inside which others are hurt too; 0 none")
    .or_n(
        "interceptable",
        0,
        POINTS_MAX,
        0,
        "Points of damage that bring the shot down in flight; 0 cannot be shot down",
    )
    .or_n(
        "barrage_m",
        0,
        10_000_000,
        0,
        "Radius of the space that its shots burst in at random, about the middle of the group fired at, instead of being aimed at a ship; 0 aims",
    )
    .or_n("shots", 0, 1_000_000, 0, "Shots each mount carries; 0 never runs out")
    .or_n(
        "capacity",
        1,
        1_000,
        1,
        "Shots its capacitor holds: so many may follow one another before the recharge tells",
    )
    .or_n(
        "swell_permille",
        1_000,
        20_000,
        1_000,
        "What a shot grows to when it is held back, charged, as a share of its damage; it grows as fast as it charges",
    )
    .or_n(
        "hold_permille",
        1_000,
        20_000,
        1_000,
        "What it does once it has been held on one target for hold_ms, as a share of its damage",
    )
    .or_n("hold_ms", 0, 3_600_000, 0, "How long it must be held on one target for all of that")
    .may(
        "deflect_permille",
        crate::shape::number("deflect_permille", 0, 1_000),
        "How much of a class's deflection works on it; all of it for plasma and orbs and nothing of it for the rest if left out",
    )
    .or_n("parts_permille", 0, 100_000, 1_000, "What it does to parts: the rule's chance that one breaks")
    .or_n(
        "silence_ms",
        0,
        3_600_000,
        0,
        "For how long a pulse silences what stands at its middle; less further out, nothing at splash_m",
    )
}

/// A doctrine: how ships of a group behave in battle. `[doctrine.KEY]`.
pub(crate) fn doctrine_shape() -> Shape {
    let permille = |shape: Shape, key, fallback, about| shape.or_n(key, 0, 1_000, fallback, about);
    let shape = Shape::new(
        "a doctrine",
        "A way of fighting: how ships of a group behave in battle and when they leave it.",
    )
    .or("name", Kind::Text(80), Fallback::Text(""), "Its name in prose; its key if left out")
    .or("focus", choice(words::FOCUSES), Fallback::Text("nearest"), "How targets are chosen")
    .or(
        "prefers",
        crate::shape::set(choice(words::ROLES), 0, 32),
        Fallback::Empty,
        "Roles preferred as targets, best first",
    )
    .or("motion", choice(words::MOTIONS), Fallback::Text("close"), "How ships move")
    .or("formation", choice(words::FORMATIONS), Fallback::Text("cluster"), "How they stand")
    .or_n("spacing_m", 1, 1_000_000_000, 2_000, "Distance between neighbours in formation")
    .or_n(
        "range_permille",
        0,
        10_000,
        700,
        "Preferred distance from the target, as a share of the main battery's range",
    )
    .or_n("pack_min", 1, 100_000, 1, "Ships that act on one target together: least")
    .or_n("pack_max", 1, 100_000, 20, "Ships that act on one target together: most");
    let shape = permille(
        shape,
        "break_off_permille",
        0,
        "A ship whose strongest facing is below this breaks off and recovers; 0 never",
    );
    let shape =
        permille(shape, "rejoin_permille", 800, "It comes back when its shields stand here again");
    let shape = permille(
        shape,
        "wound_permille",
        0,
        "Leaves a target alone once its hull is below this (wound, not kill); 0 kills",
    );
    let shape = permille(
        shape,
        "withdraw_loss_permille",
        1_000,
        "The group withdraws after losing this share of the ships it came with; 1000 never",
    );
    let shape = shape.or_n(
        "withdraw_odds_permille",
        0,
        1_000_000,
        0,
        "The group withdraws when own strength against the enemy's falls below this; 0 never",
    );
    let shape = permille(
        shape,
        "withdraw_hull_permille",
        1_000,
        "The group withdraws when its greatest ship has lost this share of its hull; 1000 never",
    );
    shape
        .flag("rams_when_lost", false, "Dying ships steer at their target")
        .or_n(
            "field_clearance_permille",
            0,
            100_000,
            0,
            "Stays outside this share of a known field weapon's reach; 0 ignores it",
        )
        .flag("uses_gaps", false, "Exploits gaps in a field where pylons are gone")
        .or_n(
            "gather_permille",
            0,
            1_000,
            0,
            "Wait until this share of the group has arrived before attacking",
        )
        .flag("supports_allies", true, "Answers an ally's call to the same body")
        .or_n(
            "reserve_odds_permille",
            0,
            100_000,
            667,
            "Goes forward from reserve when own strength against the enemy's falls below this, or the enemy is upon it",
        )
        .or_n("leash_m", 0, REACH_MAX_M, 0, "Does not follow anybody further than this from its place; 0 follows without end")
        .or_n("heeds_permille", 0, 1_000, 1_000, "Obeys so many of the calls on a target that reach it (focus tagged)")
        .or_n("heed_s", 0, 86_400, 0, "Hesitates for this long before it obeys one, on top of the rule's delay")
        .or_n("rout_permille", 0, 1_000, 0, "Breaks and runs, every ship for herself, when its morale falls below this; 0 never")
        .or_n("rally_s", 0, 86_400, 600, "Does not rally for this long")
        .flag("shoves", false, "Shoulders enemies out of its way when it leaves: light rams that push and hardly hurt")
        .or_n("most_on_one", 0, 100_000, 0, "At most so many of one side's ships go for one target while another is within reach; 0 as many as like")
}
