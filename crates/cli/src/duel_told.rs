//! A duel's outcome: tables and histograms for a terminal, or one JSON object. The keys of the latter are relied on by others.

use crate::args::Duel;
use crate::records;
use jumpline_chronicle::words::counted_exactly;
use jumpline_record::Standing;
use jumpline_study::{Ended, Histogram, Killer, Outcome, SideOutcome, Spread};
use jumpline_world::event::Why;
use serde_json::{Value, json};

/// Columns of the longest bar.
const BAR: u32 = 40;
/// Columns of the widest killer-victim matrix; a wider one is told as a list.
const MATRIX_WIDE: usize = 100;
/// Most rows of the killer-victim list that are shown.
const KILLERS_MOST: usize = 20;

/// One JSON object on lines of its own.
pub fn json(
    outcome: &Outcome,
    duel: &Duel,
    cpu_s: f64,
    warnings: &[String],
    recorded: Option<&Standing>,
) -> String {
    let sides: Vec<Value> = outcome.sides.iter().map(side_json).collect();
    let ended: serde_json::Map<String, Value> =
        outcome.ended.iter().map(|(kind, count)| (kind.word().to_owned(), json!(count))).collect();
    let named = |cell: &(usize, String)| (outcome.sides[cell.0].name.clone(), cell.1.clone());
    let killers: Vec<Value> = outcome
        .killers
        .iter()
        .map(|cell| {
            let (side, class) = cell.killer.as_ref().map(named).unzip();
            let (victim_side, victim_class) = named(&cell.victim);
            json!({
                "side": side,
                "class": class,
                "victim_side": victim_side,
                "victim_class": victim_class,
                "ships_mean": rounded(cell.ships_mean),
            })
        })
        .collect();
    let value = json!({
        "runs": outcome.runs,
        "seed": duel.seed,
        "of": duel.of,
        "distance_km": duel.distance,
        "resolution": jumpline_world::state::Resolution::from(duel.resolution).word(),
        "cpu_s": rounded(cpu_s),
        "ship_ticks": outcome.ship_ticks,
        "digest": outcome.digest,
        "sides": sides,
        "draws": outcome.draws,
        "ended": ended,
        "duration_s": rounded(outcome.duration_s.mean),
        "duration_low_s": outcome.duration_s.low,
        "duration_high_s": outcome.duration_s.high,
        "durations_s": histogram_json(&outcome.durations),
        "killers": killers,
        "warnings": warnings,
        "record": recorded.map(records::json),
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn side_json(side: &SideOutcome) -> Value {
    let ships: Vec<Value> = side
        .ships
        .iter()
        .map(|row| {
            json!({
                "class": row.class,
                "opening": row.opening,
                "lost_mean": rounded(row.lost.mean),
                "lost_low": row.lost.low,
                "lost_high": row.lost.high,
                "away_mean": rounded(row.away_mean),
                "withdrew": rounded(row.withdrew),
            })
        })
        .collect();
    let reasons: serde_json::Map<String, Value> =
        side.reasons.iter().map(|(why, count)| (word(*why).to_owned(), json!(count))).collect();
    json!({
        "name": side.name,
        "force": side.force,
        "wins": side.wins,
        "win": rounded(side.win),
        "win_low": rounded(side.win_low),
        "win_high": rounded(side.win_high),
        "ships": ships,
        "withdrew": rounded(side.withdrew),
        "withdrew_why": reasons,
        "lost_percent": histogram_json(&side.losses),
    })
}

fn histogram_json(histogram: &Histogram) -> Value {
    json!({ "from": histogram.from, "step": histogram.step, "counts": histogram.counts })
}

/// To a ten-thousandth, so that the text does not pretend to more.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn word(why: Why) -> &'static str {
    match why {
        Why::Ordered => "ordered",
        Why::Losses => "losses",
        Why::Odds => "odds",
        Why::Hurt => "hurt",
        Why::Done => "done",
        Why::Spent => "spent",
        Why::Rout => "rout",
    }
}

/// For people.
pub fn tables(outcome: &Outcome, duel: &Duel) -> String {
    let sides: Vec<String> =
        outcome.sides.iter().map(|side| format!("{} ({})", side.name, side.force)).collect();
    let last = duel.seed.wrapping_add(u64::from(outcome.runs).saturating_sub(1));
    let mut out = format!(
        "{}\n{} km apart, {}, seeds {} to {last}\n\n",
        sides.join(" against "),
        duel.distance.unwrap_or(0),
        counted_exactly(i64::from(outcome.runs), "battle"),
        duel.seed,
    );
    out.push_str(&sides_table(outcome));
    out.push_str(&ships_table(outcome));
    out.push_str(&killers_table(outcome));
    for side in &outcome.sides {
        out.push_str(&format!("\n{}: share of ships lost, battles\n", side.name));
        out.push_str(&bars(&side.losses, &|from, to| format!("{from:>3} to {to:>3} %")));
    }
    let Spread { mean, low, high } = outcome.duration_s;
    out.push_str(&format!(
        "\nA battle took {}; nine in ten of them {} to {}\n",
        minutes(mean as i64),
        minutes(low),
        minutes(high)
    ));
    out.push_str(&bars(&outcome.durations, &|from, to| {
        format!("{:>8} to {:>8}", minutes(from), minutes(to))
    }));
    let short = outcome.digest.get(..16).unwrap_or(&outcome.digest);
    out.push_str(&format!("\n{} ship-ticks, digest {short}\n", outcome.ship_ticks));
    out
}

fn sides_table(outcome: &Outcome) -> String {
    let mut rows = vec![["side", "won", "95 % interval", "broke off", "why"].map(str::to_owned)];
    for side in &outcome.sides {
        let why: Vec<String> =
            side.reasons.iter().map(|(why, count)| format!("{} {count}", word(*why))).collect();
        rows.push([
            side.name.clone(),
            percent(side.win),
            format!("{} to {}", percent(side.win_low), percent(side.win_high)),
            percent(side.withdrew),
            why.join(", "),
        ]);
    }
    let mut out = grid(&rows, 1);
    if outcome.draws > 0 {
        let ways: Vec<String> = outcome
            .ended
            .iter()
            .filter(|(kind, count)| *kind != Ended::Won && *count > 0)
            .map(|(kind, count)| format!("{count} {}", ending(*kind)))
            .collect();
        out.push_str(&format!("nobody won {}: {}\n", outcome.draws, ways.join("; ")));
    }
    out
}

fn ending(kind: Ended) -> &'static str {
    match kind {
        Ended::Won => "won",
        Ended::Nobody => "left nobody on the field",
        Ended::Lull => "ended out of each other's reach",
        Ended::Unarmed => "ended with nobody who could hurt anybody",
        Ended::Peace => "left nobody with an enemy on the field",
        Ended::ByRule => "ended by rule: they had lasted as long as the rules allow",
    }
}

fn ships_table(outcome: &Outcome) -> String {
    let mut rows =
        vec![["side", "class", "opening", "lost", "5 to 95 %", "got away"].map(str::to_owned)];
    for side in &outcome.sides {
        for row in &side.ships {
            rows.push([
                side.name.clone(),
                row.class_name.clone(),
                row.opening.to_string(),
                format!("{:.1}", row.lost.mean),
                format!("{} to {}", row.lost.low, row.lost.high),
                format!("{:.1}", row.away_mean),
            ]);
        }
    }
    format!("\n{}", grid(&rows, 2))
}

fn killers_table(outcome: &Outcome) -> String {
    if outcome.killers.is_empty() {
        return "\nNobody was killed.\n".to_owned();
    }
    let named = |cell: &(usize, String)| format!("{} {}", outcome.sides[cell.0].name, cell.1);
    if let Some(matrix) = killers_matrix(outcome) {
        return matrix;
    }
    let mut rows = vec![["killer", "victim", "ships a battle"].map(str::to_owned)];
    let shown = |cell: &Killer| {
        let killer = cell.killer.as_ref().map_or("nobody's doing".to_owned(), named);
        [killer, named(&cell.victim), format!("{:.2}", cell.ships_mean)]
    };
    rows.extend(outcome.killers.iter().take(KILLERS_MOST).map(shown));
    let more = outcome.killers.len().saturating_sub(KILLERS_MOST);
    let rest = if more > 0 { format!("and {more} more pairs\n") } else { String::new() };
    format!("\n{}{rest}", grid(&rows, 2))
}

/// Killers down, victims across, ships killed in a battle. None when it would be too wide to read.
fn killers_matrix(outcome: &Outcome) -> Option<String> {
    let named = |cell: &(usize, String)| format!("{} {}", outcome.sides[cell.0].name, cell.1);
    let killer = |cell: &Killer| cell.killer.as_ref().map_or("nobody's doing".to_owned(), named);
    let mut killers: Vec<String> = Vec::new();
    let mut victims: Vec<String> = Vec::new();
    for side in 0..outcome.sides.len() {
        let of_side = |cell: &&Killer| cell.victim.0 == side;
        for cell in outcome.killers.iter().filter(of_side) {
            let victim = named(&cell.victim);
            if !victims.contains(&victim) {
                victims.push(victim);
            }
        }
        let by_side = |cell: &&Killer| cell.killer.as_ref().is_some_and(|one| one.0 == side);
        for cell in outcome.killers.iter().filter(by_side) {
            if !killers.contains(&killer(cell)) {
                killers.push(killer(cell));
            }
        }
    }
    let nobody = "nobody's doing".to_owned();
    if outcome.killers.iter().any(|cell| cell.killer.is_none()) {
        killers.push(nobody);
    }
    let width =
        |words: &[String]| words.iter().map(|word| word.chars().count()).collect::<Vec<_>>();
    let first = width(&killers).into_iter().max().unwrap_or(0);
    let across = width(&victims);
    if first + across.iter().map(|wide| wide + 2).sum::<usize>() > MATRIX_WIDE {
        return None;
    }
    let mut out = format!("\nShips killed in a battle, by whom and of whom\n{:first$}", "");
    for (victim, wide) in victims.iter().zip(&across) {
        out.push_str(&format!("  {victim:>wide$}"));
    }
    out.push('\n');
    for row in &killers {
        out.push_str(&format!("{row:<first$}"));
        for (victim, wide) in victims.iter().zip(&across) {
            let cell = outcome
                .killers
                .iter()
                .find(|cell| killer(cell) == *row && named(&cell.victim) == *victim);
            let text = cell.map_or("-".to_owned(), |cell| format!("{:.2}", cell.ships_mean));
            out.push_str(&format!("  {text:>wide$}"));
        }
        out.push('\n');
    }
    Some(out)
}

/// Columns side by side: the first few to the left, the others to the right.
fn grid<const N: usize>(rows: &[[String; N]], left: usize) -> String {
    let widths: [usize; N] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = (0..N)
            .map(|at| {
                let width = widths[at];
                if at < left {
                    format!("{:<width$}", row[at])
                } else {
                    format!("{:>width$}", row[at])
                }
            })
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

fn bars(histogram: &Histogram, label: &dyn Fn(i64, i64) -> String) -> String {
    let most = histogram.counts.iter().copied().max().unwrap_or(0).max(1);
    let mut out = String::new();
    let mut from = histogram.from;
    for count in &histogram.counts {
        let to = from.saturating_add(histogram.step);
        let length = usize::try_from(count.saturating_mul(BAR).div_ceil(most)).unwrap_or(0);
        let line = format!("  {}  {} {count}", label(from, to), "#".repeat(length));
        out.push_str(if *count == 0 { line.trim_end_matches(" 0").trim_end() } else { &line });
        out.push('\n');
        from = to;
    }
    out
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn minutes(seconds: i64) -> String {
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}
