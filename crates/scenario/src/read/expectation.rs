//! `[expectation.KEY]`: statements about the course of the war that are checked over many seeds.

use crate::read::power::{DECADE_S, POWERS_MAX};
use crate::read::words;
use crate::shape::{Fallback, Kind, Shape, choice, quantity, set, table};
use crate::text::quantity::SPAN_S;

/// Bound on anything that can be counted.
const COUNT_MAX: i64 = 1_000_000_000_000_000;

fn powers() -> Kind {
    set(Kind::Ref(&["power", "alliance"]), 0, 2 * POWERS_MAX)
}

fn roles() -> Kind {
    set(choice(words::ROLES), 0, 32)
}

fn mark() -> Shape {
    Shape::new("a moment", "A moment of the run: the first event that matches.")
        .need("event", Kind::Text(40), "The event's name (`shields_down`, `ship_lost`, …)")
        .may("power", Kind::Ref(&["power"]), "Whose")
        .may("class", Kind::Ref(&["class"]), "Of which class")
        .may("body", Kind::Ref(&["body"]), "Where")
}

fn count() -> Shape {
    Shape::new("a count", "Events that match, counted or summed.")
        .need("event", Kind::Text(40), "The event's name")
        .or(
            "powers",
            powers(),
            Fallback::Empty,
            "Of which powers (an alliance stands for its members); all if left out",
        )
        .or("roles", roles(), Fallback::Empty, "Of which roles; all if left out")
        .may("class", Kind::Ref(&["class"]), "Of which class")
        .may("body", Kind::Ref(&["body"]), "Where; everywhere if left out")
        .or("how", choice(words::HOWS), Fallback::Text(""), "How; in any way if left out")
        .may("from", Kind::Date, "From when")
        .may("until", Kind::Date, "Until when")
        .may("before", table(mark()), "Until the first event that matches this")
        .or(
            "sum",
            Kind::Text(40),
            Fallback::Text(""),
            "Sum this quantity of each event instead of counting events",
        )
        .flag("distinct", false, "Count each ship once")
}

fn present() -> Shape {
    Shape::new("a muster", "Ships present at a moment.")
        .or("powers", powers(), Fallback::Empty, "Of which powers; all if left out")
        .or("roles", roles(), Fallback::Empty, "Of which roles; all if left out")
        .may(
            "body",
            Kind::Ref(&["body"]),
            "At which body or in flight round it; everywhere if left out",
        )
        .need("at", Kind::Date, "When")
        .flag(
            "share_of_opening",
            false,
            "As permille of those ships' opening number instead of a count",
        )
}

pub(crate) fn shape() -> Shape {
    let share = Shape::new("a share", "Events counted, as permille of another count.")
        .need("part", table(count()), "The part")
        .need("whole", table(count()), "The whole");
    let peak =
        Shape::new("a peak", "The most matching events within any window, divided by its length.")
            .need("count", table(count()), "Which events")
            .need("window_s", quantity(&SPAN_S, 1, DECADE_S), "The window");
    let ratio = Shape::new("a ratio", "Present ships of one side as permille of another's at the same moment (8,000 is eight to one).")
        .need("one", table(present()), "The first")
        .need("other", table(present()), "The second");
    let hull_lost =
        Shape::new("a wound", "Hull lost by the first ship of a class at a moment, permille.")
            .need("class", Kind::Ref(&["class"]), "Which class")
            .need("when", table(mark()), "When");
    let at_least =
        Shape::new("a share of runs", "At least this share of runs lies between the bounds.")
            .need_n("at_least_permille", 1, 1_000, "The share of runs");
    let across = Kind::Either(
        [
            choice(&[
                ("median", "The median of all runs lies between the bounds"),
                ("every", "Every run lies between the bounds"),
            ]),
            table(at_least),
        ]
        .into(),
    );
    Shape::new("an expectation", "A statement about the course of the war that `jumpline test` checks over many seeds. It has exactly one of `count`, `share`, `peak`, `present`, `ratio`, `hull_lost`.")
        .or("canon", Kind::Text(20), Fallback::Text(""), "The figure or system of the source that it holds (\"1\", \"B4\")")
        .need("says", Kind::Text(400), "What it says, for people")
        .need_n("least", -COUNT_MAX, COUNT_MAX, "Least value, inclusive")
        .need_n("most", -COUNT_MAX, COUNT_MAX, "Greatest value, inclusive")
        .or("across", across, Fallback::Text("median"), "How runs are put together")
        .may("count", table(count()), "Events counted or summed")
        .may("share", table(share), "Events counted, as permille of another count")
        .may("peak", table(peak), "The most events within a window, a second")
        .may("present", table(present()), "Ships present")
        .may("ratio", table(ratio), "Present ships of one side as permille of another's")
        .may("hull_lost", table(hull_lost), "Hull lost by the first ship of a class, permille")
}
