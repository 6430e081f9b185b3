//! A war's strength over time: the tonnage that each power has in the theatre, drawn turn by turn from the opening and the events.

use jumpline_chronicle::words::{figures, sentence};
use jumpline_measure::{ClassId, PowerId};
use jumpline_world::{Event, Law, State, What};

/// Columns of a curve at the most; longer wars are told in longer steps.
const COLUMNS_MOST: usize = 60;
/// Lines of a curve while there are few powers; one line when there are many.
const LINES: usize = 3;
const FEW_POWERS: usize = 6;
/// Eighths of a line, from nothing to all of it.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What a power has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Force {
    ships: i64,
    mass_kt: i64,
}

/// Forces of all powers at the opening and after every turn.
#[derive(Debug)]
pub struct Strength {
    now: Vec<Force>,
    /// By power, then by turn.
    past: Vec<Vec<Force>>,
}

impl Strength {
    /// At the opening.
    pub fn new(law: &Law, opening: &State) -> Strength {
        let mut strength =
            Strength { now: vec![Force::default(); law.codex.powers.len()], past: Vec::new() };
        strength.past = vec![Vec::new(); strength.now.len()];
        for ship in opening.ships.iter().filter(|ship| ship.exists()) {
            strength.book(law, ship.power, ship.class, 1);
        }
        strength.note();
        strength
    }

    /// Goes on by a turn.
    pub fn turn(&mut self, law: &Law, events: &[Event]) {
        for event in events {
            match &event.what {
                What::Built { power, class, .. } => self.book(law, *power, *class, 1),
                What::ShipLost { power, class, .. } | What::Departed { power, class, .. } => {
                    self.book(law, *power, *class, -1);
                }
                _ => {}
            }
        }
        self.note();
    }

    fn book(&mut self, law: &Law, power: PowerId, class: ClassId, sign: i64) {
        let mass_kt = law.codex.classes.get(class.index()).map_or(0, |class| class.mass_kt);
        if let Some(force) = self.now.get_mut(power.index()) {
            force.ships += sign;
            force.mass_kt = force.mass_kt.saturating_add(mass_kt.saturating_mul(sign));
        }
    }

    fn note(&mut self) {
        for (past, now) in self.past.iter_mut().zip(&self.now) {
            past.push(*now);
        }
    }

    /// A section of Markdown with a curve for each power that ever had a ship.
    pub fn told(&self, law: &Law) -> String {
        let had = |curve: &&(&String, &Vec<Force>)| curve.1.iter().any(|force| force.ships > 0);
        let names = law.codex.powers.iter().map(|power| &power.name);
        let curves: Vec<_> = names.zip(&self.past).collect();
        let curves: Vec<_> = curves.iter().filter(had).collect();
        if curves.is_empty() {
            return String::new();
        }
        let lines = if curves.len() <= FEW_POWERS { LINES } else { 1 };
        let wide = curves.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let mut out = String::from(
            "## Strength\n\nTonnage in the theatre, each power's against its own best day.\n\n",
        );
        for (name, curve) in curves {
            let most = curve.iter().map(|force| force.mass_kt).max().unwrap_or(0).max(1);
            let steps = sampled(curve);
            for line in (0..lines).rev() {
                let drawn: String = steps.iter().map(|kt| block(*kt, most, line, lines)).collect();
                let name = if line + 1 == lines { sentence(name) } else { String::new() };
                let fill = " ".repeat(wide.saturating_sub(name.chars().count()));
                let said = if line == 0 { span(curve) } else { String::new() };
                let text = format!("    {name}{fill}  {drawn}  {said}");
                out.push_str(text.trim_end());
                out.push('\n');
            }
        }
        out
    }
}

/// From what to what a power came.
fn span(curve: &[Force]) -> String {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return String::new() };
    format!(
        "{} to {} kt, {} to {} ships",
        figures(first.mass_kt),
        figures(last.mass_kt),
        figures(first.ships),
        figures(last.ships)
    )
}

/// At most so many steps as there are columns, the first and the last among them.
fn sampled(curve: &[Force]) -> Vec<i64> {
    let last = curve.len().saturating_sub(1);
    let columns = curve.len().min(COLUMNS_MOST);
    (0..columns)
        .filter_map(|column| curve.get(column * last / columns.saturating_sub(1).max(1)))
        .map(|force| force.mass_kt)
        .collect()
}

/// The part of a column that falls into a line; line 0 is the lowest. Something never looks like nothing.
fn block(value: i64, most: i64, line: usize, lines: usize) -> char {
    let eighths = i128::from(value.max(0)) * 8 * lines as i128;
    let height = (eighths + i128::from(most) - 1) / i128::from(most);
    let here = (height - 8 * line as i128).clamp(0, 8);
    usize::try_from(here).ok().and_then(|here| EIGHTHS.get(here)).copied().unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_fills_from_below() {
        let column = |value| (0..3).map(|line| block(value, 24, line, 3)).collect::<String>();
        assert_eq!(column(24), "███");
        assert_eq!(column(12), "█▄ ");
        assert_eq!(column(8), "█  ");
        assert_eq!(column(0), "   ");
        assert_eq!(block(1, 1_000_000, 0, 3), '▁', "something never looks like nothing");
    }

    #[test]
    fn a_long_war_keeps_its_first_and_last_step() {
        let curve: Vec<Force> = (0..1_000).map(|mass_kt| Force { ships: 1, mass_kt }).collect();
        let steps = sampled(&curve);
        assert_eq!((steps.len(), steps[0], steps[59]), (60, 0, 999));
        assert_eq!(sampled(&curve[..1]), [0]);
        assert_eq!(sampled(&curve[..3]), [0, 1, 2]);
    }
}
