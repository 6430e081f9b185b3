//! Fire without aiming, into a space: Lanchester's linear law. While both sides fire so, the losses of one are k times the losses of the
//! other, whatever their numbers: k is how often the other's shots would find a ship for one of the first's.

use super::{off, on_range, page};
use jumpline_study::{Duel, Force, Watch};

/// Ships of a class, and how many.
type Side = (&'static str, u32);

const RATIOS: [(Side, Side, f64); 8] = [
    (("mortarman", 300), ("mortarman", 300), 1.0),
    (("mortarman", 400), ("mortarman", 200), 1.0),
    (("mortarman", 450), ("mortarman", 150), 1.0),
    (("mortarman", 480), ("mortarman", 120), 1.0),
    (("mortarman", 150), ("mortarman", 450), 1.0),
    (("mortarman", 300), ("light-mortarman", 300), HALF),
    (("mortarman", 200), ("light-mortarman", 400), HALF),
    (("light-mortarman", 400), ("mortarman", 200), 1.0 / HALF),
];
/// The light mortar's bursts to the mortar's, by volume: a radius and a hull's of 952 m to one of 1,200 m.
const HALF: f64 = 952.0 * 952.0 * 952.0 / (1_200.0 * 1_200.0 * 1_200.0);
const RUNS: u32 = 200;
/// How far the measured k may be off, as a share of it.
const TOLERANCE: f64 = 0.03;
/// How long they fire, seconds: long enough for much of the weaker side to be gone. When a battle is looked at does not matter to the
/// law, so those that are over sooner are counted as they are.
const LASTS_S: i64 = 60;

struct Case {
    one: u32,
    other: u32,
    k: f64,
    lost: [f64; 2],
}

impl Case {
    fn fought(one: Side, other: Side, k: f64, runs: u32) -> Case {
        let typed = |(class, count): Side| format!("{class}*{count}");
        let mut law = crate::laws::range().clone();
        law.codex.rules.battle.longest_s = LASTS_S;
        let forces =
            [typed(one), typed(other)].map(|force| Force::read(&law.codex, &force).unwrap());
        let duel = Duel::new(&law, forces.to_vec(), 100_000).unwrap();
        let outcome = duel.fight(1, runs, 1, &Watch { stopped: &|| false, done: &|_| () }).unwrap();
        Case { one: one.1, other: other.1, k, lost: super::losses(&outcome) }
    }

    fn measured(&self) -> f64 {
        self.lost[0] / self.lost[1]
    }

    fn holds(&self) -> bool {
        off(self.measured(), self.k) <= TOLERANCE
    }
}

#[test]
fn unaimed_fire_follows_the_linear_law() {
    let cases: Vec<Case> =
        RATIOS.iter().map(|(one, other, k)| Case::fought(*one, *other, *k, RUNS)).collect();
    let rows: Vec<Vec<String>> = cases
        .iter()
        .map(|case| {
            vec![
                case.one.to_string(),
                case.other.to_string(),
                format!("{:.1}", case.lost[0]),
                format!("{:.1}", case.lost[1]),
                format!("{:.3}", case.k),
                format!("{:.3}", case.measured()),
                format!("{:.2} %", 100.0 * (case.measured() / case.k - 1.0)),
            ]
        })
        .collect();
    let head = ["A", "B", "A lost", "B lost", "k", "k measured, 200 runs", "off by"];
    page::hold("linear", &page::table(&head, &rows));
    let broken: Vec<&Vec<String>> =
        cases.iter().zip(&rows).filter(|(case, _)| !case.holds()).map(|(_, row)| row).collect();
    assert!(broken.is_empty(), "further off than 3 %: {broken:?}");
}

/// The canary: aimed fire, for as long, is not linear, and must be refused.
#[test]
fn the_linear_laws_check_refuses_aimed_fire() {
    let aimed = Case::fought(("gunner", 400), ("gunner", 300), 1.0, 20);
    assert!(!aimed.holds(), "k {:.3} of aimed fire went by", aimed.measured());
    // The square law's own share of losses is what it is.
    let even = super::fight(&on_range("gunner*200", "gunner*200"), 4);
    assert!(even.sides[0].wins + even.sides[1].wins == 4);
}
