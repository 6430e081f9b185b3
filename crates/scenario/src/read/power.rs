//! `[power.KEY]`, `[alliance.KEY]`, `[[relation]]`: who fights, how well, and how they regard one another.

use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice, list, quantity, set, table};
use crate::text::quantity::SPAN_S;

/// Most powers in one war.
pub(crate) const POWERS_MAX: usize = 64;
/// Most yards of one power: their number is part of what is due.
const YARDS_MAX: usize = 4_000;
/// Ten years, seconds.
pub(crate) const DECADE_S: i64 = 10 * 31_557_600;

pub(crate) fn shape() -> Shape {
    let trait_of = |shape: Shape, key, fallback, about| shape.or_n(key, 0, 1_000, fallback, about);
    let mind = Shape::new("a mind", "The character of the mind that commands a power.");
    let mind = trait_of(mind, "aggression_permille", 500, "Seeks battle");
    let mind = trait_of(mind, "caution_permille", 500, "Wants good odds before it fights");
    let mind = trait_of(mind, "loyalty_permille", 500, "Does what allies ask");
    let mind = trait_of(mind, "patience_permille", 500, "Waits for the better moment");
    let mind = trait_of(mind, "ruthlessness_permille", 300, "Gives lives gladly");
    let yard = Shape::new("a yard", "A yard that builds ships of one class, one after another.")
        .need("body", Kind::Ref(&["body"]), "Where it stands")
        .need("class", Kind::Ref(&["class"]), "What it builds")
        .need("every", quantity(&SPAN_S, 1, DECADE_S), "Time for one ship");
    Shape::new("a power", "A power: a people with ships and a mind.")
        .need("name", Kind::Text(80), "Its name in prose (\"the Kvash\")")
        .need("adjective", Kind::Text(80), "Used before a noun (\"Kvash cruiser\")")
        .or_n("gunnery_permille", 1, 10_000, 1_000, "Gunnery of its crews")
        .or_n("piloting_permille", 1, 10_000, 1_000, "Piloting and evasion of its crews")
        .or_n(
            "navigation_permille",
            1,
            10_000,
            1_000,
            "Navigation: braking, pursuit, judging others' braking points",
        )
        .need(
            "reaction",
            quantity(&SPAN_S, 0, 31_557_600),
            "How fast its officers react: the delay before a group acts on news",
        )
        .may(
            "doctrine",
            Kind::Ref(&["doctrine"]),
            "Its doctrine where a class names none of its own",
        )
        .or("mind", table(mind), Fallback::Empty, "Its mind")
        .or(
            "holds",
            set(Kind::Ref(&["body"]), 0, 50_000),
            Fallback::Empty,
            "Bodies it holds, first its seat",
        )
        .or("yards", list(table(yard), 0, YARDS_MAX), Fallback::Empty, "Its yards")
}

pub(crate) fn alliance_shape() -> Shape {
    Shape::new("an alliance", "Powers that fight together; members regard each other as allied.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need("members", set(Kind::Ref(&["power"]), 1, POWERS_MAX), "Its members, in rank")
        .may("leader", Kind::Ref(&["power"]), "Who leads; nobody if left out")
}

pub(crate) fn relation_shape() -> Shape {
    let who = Kind::Ref(&["power", "alliance"]);
    Shape::new(
        "a relation",
        "How two powers regard each other at the opening. What is not stated is neutral.",
    )
    .need("one", who.clone(), "A power, or an alliance for all its members")
    .need("other", who, "A power, or an alliance for all its members")
    .need("regard", choice(words::REGARDS), "How they regard each other, both ways")
}
