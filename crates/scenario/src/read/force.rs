//! `[force.KEY]`, `[arrival.KEY]`, `[person.KEY]`: ships and people, where they stand at the opening or come out later.

use crate::read::weapon::REACH_MAX_M;
use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice, list, set, table, whole};

/// Most ships in a war, at the opening and arriving later together: what memory and ids are sized for.
pub(crate) const SHIPS_MAX: i64 = 200_000;
/// Most groups that one war's forces may be split into.
pub(crate) const GROUPS_MAX: i64 = 100_000;

pub(crate) fn spot() -> Shape {
    let full = 360_000_000;
    let component = whole(-1_000_000_000_000, 1_000_000_000_000);
    Shape::new("a spot", "A place in a body's space: an altitude and a direction. The direction is `toward` another body, or a longitude and latitude, or a bearing.")
        .need_n("altitude_m", 0, REACH_MAX_M, "Height above the ground")
        .may("toward", Kind::Ref(&["body"]), "The direction of another body")
        .may("longitude_udeg", crate::shape::number("longitude_udeg", -full, full), "Degrees round the body's equator")
        .may("latitude_udeg", crate::shape::number("latitude_udeg", -90_000_000, 90_000_000), "Degrees above the body's equator; 0 if only a longitude is given")
        .may("bearing", list(component, 3, 3), "A direction of any length: [x, y, z]")
        .or_n("east_udeg", -full, full, 0, "Turns the direction eastward by this angle")
        .or_n("north_udeg", -90_000_000, 90_000_000, 0, "Turns the direction northward by this angle")
}

fn ships() -> Shape {
    Shape::new("an order of battle", "Ships of one class in a force.")
        .need("class", Kind::Ref(&["class"]), "Their class")
        .need_n("count", 1, SHIPS_MAX, "How many")
        .or(
            "names",
            set(Kind::Text(80), 0, 10_000),
            Fallback::Empty,
            "Names for the first of them, in order",
        )
        .flag("aboard", false, "Are they aboard the force's own carriers and jumpships at first?")
        .or_n("mines", 0, 1_000_000, 0, "Mines aboard each")
}

fn with_force(shape: Shape) -> Shape {
    shape
        .need("name", Kind::Text(80), "Its name in prose")
        .need("power", Kind::Ref(&["power"]), "Whose it is")
        .or(
            "tags",
            set(Kind::Word, 0, 32),
            Fallback::Empty,
            "Words that operations can name it by, shared with other forces",
        )
        .or_n("split", 0, SHIPS_MAX, 0, "Groups of at most this many ships; 0 keeps one group")
        .may("doctrine", Kind::Ref(&["doctrine"]), "Its doctrine, if not its classes' own")
        .need("ships", list(table(ships()), 1, 1_000), "Its ships")
}

pub(crate) fn shape() -> Shape {
    let shape = Shape::new(
        "a force",
        "A body of ships that stands somewhere at the opening. Operations name it by its key or a tag.",
    );
    with_force(shape).need("body", Kind::Ref(&["body"]), "Where it stands").need(
        "spot",
        table(spot()),
        "Where in that body's space",
    )
}

pub(crate) fn arrival_shape() -> Shape {
    let shape =
        Shape::new("an arrival", "A force that enters the war later, along an interstellar line.");
    with_force(shape)
        .need("at", Kind::Date, "When the first of it comes out")
        .need("from", Kind::Ref(&["body"]), "The star it comes from")
        .need("body", Kind::Ref(&["body"]), "The star it brakes against")
        .may("spot", table(spot()), "Where it comes out; the braking point if left out")
}

pub(crate) fn person_shape() -> Shape {
    Shape::new(
        "a person",
        "A named person aboard a ship of a force. A war can be read through one of them.",
    )
    .need("name", Kind::Text(80), "Their name")
    .need("power", Kind::Ref(&["power"]), "Of which power")
    .need("role", Kind::Text(80), "What they do (\"gunner\")")
    .need("station", choice(words::STATIONS), "Where aboard")
    .need("force", Kind::Ref(&["force"]), "The force they are with")
    .may("class", Kind::Ref(&["class"]), "The class of their ship; the force's first if left out")
    .or_n("ship", 0, SHIPS_MAX, 0, "Which ship of that force and class, from 0")
    .or_n("skill_permille", 0, 10_000, 1_000, "Skill at it")
}
