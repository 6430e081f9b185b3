//! `[operation.KEY]`: an intention of one mind: some forces, a moment to begin, tasks in a row.

use crate::read::force;
use crate::read::power::{DECADE_S, POWERS_MAX};
use crate::read::weapon::REACH_MAX_M;
use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice, list, quantity, set, table, variant};
use crate::text::quantity::SPAN_S;

/// Most tasks in one operation.
const TASKS_MAX: usize = 64;

fn begin() -> Shape {
    let seen = Shape::new(
        "a sighting",
        "At least so many ships hostile to the power are known at a body.",
    )
    .need("body", Kind::Ref(&["body"]), "Where")
    .or(
        "roles",
        set(choice(words::ROLES), 0, 32),
        Fallback::Empty,
        "Which roles count; all if left out",
    )
    .or_n("count", 1, 1_000_000, 1, "How many")
    .may("from", Kind::Date, "Not before this date; from the opening if left out");
    Shape::new(
        "a beginning",
        "When an operation begins: exactly one of `at`, `after`, `done`, `seen`.",
    )
    .may("at", Kind::Date, "At this date")
    .may("after", Kind::Ref(&["operation"]), "After this operation began")
    .may(
        "done",
        Kind::Ref(&["operation"]),
        "When every force of this operation has finished, fled or died",
    )
    .may("seen", table(seen), "When enemies are sighted")
    .or(
        "delay",
        quantity(&SPAN_S, 0, DECADE_S),
        Fallback::Whole(0),
        "How long after `after` or `done`",
    )
}

fn task() -> Kind {
    let body = || Kind::Ref(&["body"]);
    let roles = || set(choice(words::ROLES), 0, 32);
    let class = || Kind::Ref(&["class"]);
    let tag = || Kind::Ref(&["force", "arrival", "tag"]);
    let of = |about: &str| {
        Shape::new("a task", about).may(
            "doctrine",
            Kind::Ref(&["doctrine"]),
            "Doctrine from here on, if it changes",
        )
    };
    variant(
        "do",
        vec![
            ("hold", of("Stay.").may("until", Kind::Date, "Until when; for good if left out")),
            (
                "move",
                of("Go to a body.")
                    .need("to", body(), "Where to")
                    .may("spot", table(force::spot()), "Where in its space")
                    .or_n("pace_permille", 1, 1_000, 1_000, "Share of full pace"),
            ),
            (
                "guard",
                of("Stand watch over a body.").need("body", body(), "Which").may(
                    "spot",
                    table(force::spot()),
                    "Where in its space",
                ),
            ),
            (
                "ambush",
                of("Wait beside a jumpline.")
                    .need("from", body(), "Start of the line")
                    .need("to", body(), "End of the line, where the ambush waits")
                    .need_n("standoff_m", 0, REACH_MAX_M, "Distance from the line"),
            ),
            (
                "hunt",
                of("Seek out ships of a kind wherever they are known.")
                    .or("roles", roles(), Fallback::Empty, "Which roles; all if left out")
                    .may("class", class(), "Which class"),
            ),
            (
                "raid",
                of("Strike at a body and leave.").need("body", body(), "Where").or(
                    "roles",
                    roles(),
                    Fallback::Empty,
                    "Which roles; all if left out",
                ),
            ),
            (
                "assault",
                of("Attack at a body and stay.")
                    .need("body", body(), "Where")
                    .or("roles", roles(), Fallback::Empty, "Which roles first; all if left out")
                    .may("class", class(), "Which class first"),
            ),
            (
                "lay_mines",
                of("Lay mines on a jumpline.")
                    .need("from", body(), "Start of the line")
                    .need("to", body(), "End of the line")
                    .need_n("offset_m", 0, REACH_MAX_M, "How far from the start")
                    .need_n("count", 1, 10_000_000, "How many"),
            ),
            (
                "recover_mines",
                of("Take up mines again.").need("from", body(), "Start of the line").need(
                    "to",
                    body(),
                    "End of the line",
                ),
            ),
            ("unload", of("Put out the ships aboard.")),
            (
                "load",
                of("Take ships aboard.").need("tag", tag(), "Which: the tag or key of their force"),
            ),
            (
                "land",
                of("Run to the ground.").need("body", body(), "Where").or_n(
                    "sites",
                    1,
                    1_000,
                    1,
                    "In how many places",
                ),
            ),
            (
                "withdraw",
                of("Leave.").may("to", body(), "Where to; the nearest refuge if left out"),
            ),
            (
                "escort",
                of("Keep to another force and protect it.").need(
                    "tag",
                    tag(),
                    "Whom: the tag or key of a force",
                ),
            ),
        ],
    )
}

pub(crate) fn shape() -> Shape {
    Shape::new("an operation", "An intention of one mind: some forces, a moment to begin, tasks in a row. A person who plays that power may ignore it.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need("power", Kind::Ref(&["power"]), "Whose it is")
        .need("forces", set(Kind::Ref(&["force", "arrival", "tag"]), 1, 1_000), "Forces, by key or tag")
        .need("begin", table(begin()), "When it begins")
        .or_n("most_groups", 0, 1_000_000, 0, "Groups that take part at most, the nearest first; 0 takes all")
        .need("tasks", list(task(), 1, TASKS_MAX), "What they do, one after another")
        .or("reason", Kind::Text(400), Fallback::Text(""), "Why, as the chronicle will tell it")
        .or("asks", set(Kind::Ref(&["power"]), 0, POWERS_MAX), Fallback::Empty, "Powers asked to take part with what they have at the body")
        .or("default_answer", choice(words::ANSWERS), Fallback::Text("agree"), "What the asked answer if their own minds are indifferent")
}
