//! The measured table as content: text that says where it comes from, in an order that does not change from run to run.

use jumpline_world::law::{AttritionRules, Codex, fingerprint};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Worths by class and class fired at, permille.
pub type Worths = BTreeMap<String, BTreeMap<String, i64>>;

/// The file.
pub fn text(codex: &Codex, rules: &AttritionRules, worths: &Worths, about: &str) -> String {
    let mut out = String::from(
        "# Aggregate resolution: what attrition goes by. Written by `cargo xtask calibrate`; edit nothing by hand.\n\
         # The law is told in crates/attrition/README.md, how it was measured in docs/decisions/0006-two-resolutions.md.\n",
    );
    for line in about.lines() {
        let _ = writeln!(out, "# {line}");
    }
    let AttritionRules {
        step_s,
        hurt_permille,
        facings_permille,
        turning_facings_permille,
        crowd_permille,
        sparse_permille,
        missile_permille,
        away_permille,
        wear_permille,
        leaving_permille,
        closing_permille,
        luck_permille,
        lone_luck_permille,
        ships_most,
        odds_most_permille,
        auto_ships_least,
    } = rules;
    let rows: [(&str, i64, &str); 16] = [
        ("step_s", *step_s, "Steps are cut shorter when much happens."),
        ("hurt_permille", *hurt_permille, "Fire keeps to whom it has begun on."),
        ("facings_permille", *facings_permille, "Half as much again as the struck facing alone."),
        ("turning_facings_permille", *turning_facings_permille, ""),
        (
            "crowd_permille",
            *crowd_permille,
            "A thousand ships do not do ten times what a hundred do: most of them stand behind.",
        ),
        ("sparse_permille", *sparse_permille, ""),
        ("missile_permille", *missile_permille, ""),
        ("away_permille", *away_permille, ""),
        ("wear_permille", *wear_permille, ""),
        ("leaving_permille", *leaving_permille, ""),
        ("closing_permille", *closing_permille, ""),
        (
            "luck_permille",
            *luck_permille,
            "Set so that nine of ten battles fall into the intervals.",
        ),
        ("lone_luck_permille", *lone_luck_permille, ""),
        ("ships_most", *ships_most, "The region. Beyond it battles are played ship by ship."),
        ("odds_most_permille", *odds_most_permille, ""),
        (
            "auto_ships_least",
            *auto_ships_least,
            "`--resolution auto`: smaller battles, noted ships and named quarries go ship by ship.",
        ),
    ];
    out.push_str("\n[attrition]\n");
    for (key, value, says) in rows {
        if !says.is_empty() {
            let _ = writeln!(out, "# {says}");
        }
        let _ = writeln!(out, "{key} = {value}");
    }
    for (class, against) in worths {
        let Some(id) = codex.class_by_key(class) else { continue };
        let _ = writeln!(
            out,
            "\n# The fire of `{class}`, by whom it falls on.\n[calibrated.{class}]\nmade = \"{}\"",
            fingerprint(codex, codex.class(id))
        );
        let _ = writeln!(out, "[calibrated.{class}.against]");
        for (foe, worth) in against {
            let _ = writeln!(out, "{foe} = {worth}");
        }
    }
    out
}
