//! The measured table as content: text that says where it comes from, in an order that does not change from run to run.

use jumpline_measure::ClassId;
use jumpline_world::law::{AttritionRules, Calibrated, Codex, fingerprint};
use std::fmt::Write;

/// The file, from the table in a codex.
pub fn text(codex: &Codex, about: &str) -> String {
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
        keen_permille,
        nearest_keen_permille,
        mend_permille,
        facings_permille,
        turning_facings_permille,
        crowd_permille,
        sparse_permille,
        missile_permille,
        away_permille,
        wear_permille,
        leaving_permille,
        closing_permille,
        drift_permille,
        loosen_s,
        lame_permille,
        luck_permille,
        lone_luck_permille,
        ships_most,
        odds_most_permille,
        auto_ships_least,
    } = &codex.attrition.rules;
    let rows: [(&str, i64, &str); 22] = [
        ("step_s", *step_s, "Steps are cut shorter when much happens."),
        ("hurt_permille", *hurt_permille, "Fire keeps to whom it has begun on."),
        ("keen_permille", *keen_permille, "Part of it keeps to the hurt however few they are."),
        ("nearest_keen_permille", *nearest_keen_permille, ""),
        ("mend_permille", *mend_permille, ""),
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
        ("drift_permille", *drift_permille, "Strafers draw the fight after them."),
        ("loosen_s", *loosen_s, ""),
        ("lame_permille", *lame_permille, ""),
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
    let mut classes: Vec<(&str, ClassId, &Calibrated)> = Vec::new();
    for (number, row) in codex.attrition.classes.iter().enumerate() {
        let id = ClassId::from_index(number);
        if let (Some(row), Some(class)) = (row, codex.classes.get(number)) {
            classes.push((&class.key, id, row));
        }
    }
    classes.sort_unstable_by_key(|(key, ..)| *key);
    for (key, id, row) in classes {
        let made = fingerprint(codex, codex.class(id));
        let _ = writeln!(
            out,
            "\n# The fire of `{key}`, by whom it falls on.\n[calibrated.{key}]\nmade = \"{made}\"\nlate_permille = {}",
            row.late_permille
        );
        let _ = writeln!(out, "[calibrated.{key}.against]");
        let foe = |on: &ClassId| codex.classes.get(on.index()).map_or("", |class| &class.key);
        let mut against: Vec<(&str, i64)> =
            row.against.iter().map(|(on, worth)| (foe(on), *worth)).collect();
        against.sort_unstable();
        for (foe, worth) in against {
            let _ = writeln!(out, "{foe} = {worth}");
        }
    }
    out
}
