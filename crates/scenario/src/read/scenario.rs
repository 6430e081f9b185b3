//! `[scenario]` and `[ruleset]`: what the war is called, which rules it is played by, when it begins and ends.

use crate::read::power::DECADE_S;
use crate::shape::{Fallback, Kind, Shape, quantity};
use crate::text::quantity::SPAN_S;

pub(crate) fn shape() -> Shape {
    Shape::new("the scenario", "The war: its title, its ruleset, its dates.")
        .need("title", Kind::Text(120), "The war's title, as people read it")
        .or(
            "ruleset",
            Kind::Word,
            Fallback::Text("core"),
            "The ruleset in `content/` that it is played by",
        )
        .need(
            "epoch",
            Kind::Text(40),
            "The date that time is counted from, such as \"2470-05-02T00:00\"",
        )
        .may("begins", Kind::Date, "When the war opens; the epoch if left out")
        .need("ends", Kind::Date, "When the scenario ends unless somebody plays on")
        .or(
            "turn",
            quantity(&SPAN_S, 60, DECADE_S),
            Fallback::Whole(86_400),
            "The span between two order deadlines; a day if left out",
        )
        .or(
            "summary",
            Kind::Prose(4_000),
            Fallback::Text(""),
            "What the war is about, for people who choose one",
        )
}

pub(crate) fn ruleset_shape() -> Shape {
    Shape::new("the ruleset", "The name of a ruleset.")
        .need("key", Kind::Word, "Its key: the name of its folder")
        .need("name", Kind::Text(80), "Its name in prose")
}
