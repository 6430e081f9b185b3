//! `[class.KEY]`: ship classes.

use crate::read::weapon::{POINTS_MAX, REACH_MAX_M, SPEED_MAX_MPS};
use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice, list, table};

/// Most mounts in one battery.
const MOUNTS_MAX: i64 = 10_000;
/// Most batteries on one class: the columns of a battle have room for so many.
pub(crate) const BATTERIES_MAX: usize = 4;
/// Most pylons of a field weapon: one bit each.
const PYLONS_MAX: i64 = 32;

pub(crate) fn shape() -> Shape {
    let battery = Shape::new("a battery", "A group of like mounts that fire together.")
        .need("weapon", Kind::Ref(&["weapon"]), "What is mounted")
        .need_n("mounts", 1, MOUNTS_MAX, "How many mounts")
        .need("arc", choice(words::ARCS), "Where they bear, seen from the bow");
    let sensors = Shape::new("sensors", "What a class sees with and how it is seen.")
        .need_n(
            "range_m",
            0,
            REACH_MAX_M,
            "Distance at which a hull of 10,000 m² is seen in the clear",
        )
        .need_n(
            "quality_permille",
            0,
            100_000,
            "How well contacts are told apart and braking points judged",
        )
        .need_n("bow_section_m2", 1, 1_000_000_000_000, "The hull's own size to others bow-on")
        .need_n(
            "side_section_m2",
            1,
            1_000_000_000_000,
            "The hull's own size to others from the side",
        );
    let field = Shape::new("a field weapon", "A field weapon of loose arcs that seek matter.")
        .need_n(
            "reach_permille",
            1,
            1_000_000,
            "How far the arcs reach from the centre, as a share of the hull's radius",
        )
        .need_n(
            "pylons",
            1,
            PYLONS_MAX,
            "How many pylons carry it; each covers an equal sector of the sphere",
        )
        .need_n("spin_up_ms", 0, 86_400_000, "Time from switching on until the arcs stand")
        .need_n("arcs_per_s", 0, 100_000, "Arcs a second with every pylon whole")
        .need_n(
            "arc_damage",
            0,
            POINTS_MAX,
            "Damage of one arc to what it strikes, points (shields first)",
        )
        .need_n("leaps", 0, 1_000, "How many more bodies an arc may leap to after the first")
        .need_n(
            "disturb_permille",
            0,
            1_000_000,
            "Arcs that a hull soaks up and disturbs for each 1,000 points of mass",
        );
    let hangar = Shape::new(
        "a hangar",
        "A hangar: the berths are the home of small craft, who come and go by themselves.",
    )
    .or_n("wing", 1, 10_000, 12, "Craft that fly together as one wing")
    .or_n("launch_ms", 0, 86_400_000, 3_000, "Time between two craft put out")
    .or_n("recover_ms", 0, 86_400_000, 6_000, "Time between two craft taken in")
    .or_n(
        "rearm_ms",
        0,
        86_400_000,
        1_200_000,
        "Time that a craft taken in needs until she is fit for the next flight",
    );
    Shape::new("a class", "A ship class: what a ship is when she leaves the yard. Stations are ships that cannot leave.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need("role", choice(words::ROLES), "What it is for")
        .need_n("length_m", 1, 10_000_000, "Hull length")
        .need_n("radius_m", 1, 10_000_000, "Radius of the hull as a target")
        .need_n("mass_kt", 1, 1_000_000_000_000, "Mass")
        .need_n("crew", 0, 100_000_000, "People aboard")
        .need_n("shield", 0, POINTS_MAX, "Shield strength of each of the six facings, points")
        .need_n("shield_recharge", 0, POINTS_MAX, "Shield recharge of each facing, points a second")
        .or_n("deflect_permille", 0, 1_000, 0, "Share of plasma that a whole shield turns aside")
        .flag("rotates_shields", false, "May it roll a fresh face to the enemy?")
        .or_n("armour", 0, POINTS_MAX, 0, "Armour, points")
        .need_n("hull", 1, POINTS_MAX, "Hull, points")
        .may("drive", Kind::Ref(&["drive"]), "Its jump drive; without one it cannot leave its body")
        .or_n("gravity_drives", 0, 60_000, 1, "How many gravity drives it has")
        .need_n("speed_mps", 0, SPEED_MAX_MPS, "Top speed in battle; 0 stays where it is")
        .need_n("accel_mps2", 0, 100_000_000, "How fast it changes course")
        .or_n("evasion_permille", 0, 100_000, 0, "How much harder than a still hull it is to hit when free to dodge")
        .or("batteries", list(table(battery), 0, BATTERIES_MAX), Fallback::Empty, "Its guns")
        .may("field", table(field), "Its field weapon, if it is one")
        .or_n("berths", 0, 1_000_000, 0, "Berths for ships aboard")
        .or_n("berth_size", 1, 1_000_000, 1, "Berths that it takes aboard another")
        .or_n("handling_ms", 0, 86_400_000, 2_000, "Time to load or unload one ship of berth size 1")
        .may("hangar", table(hangar), "Its hangar, if its berths are one: fighters aboard are its craft")
        .or_n("boats", 0, 100_000_000, 0, "People whom its boats can carry off")
        .flag("covers", false, "Do its shields lie over the whole of the body it stands at (the generator of a planetary shield)?")
        .or_n("ram_charge", 0, POINTS_MAX, 0, "Charge that goes off when it rams, points")
        .or_n("mines", 0, 1_000_000, 0, "Mines it can carry")
        .flag("tractor", false, "Can it tow with tractor beams?")
        .flag("lands", false, "Can it live in air and set down on a world?")
        .need("sensors", table(sensors), "What it sees with")
        .need("doctrine", Kind::Ref(&["doctrine"]), "How it fights unless told otherwise")
        .flag("noted", false, "Is each ship of it worth an event for each wound (flagships, starbases)?")
}
