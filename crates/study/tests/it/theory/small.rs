//! Few against few: what comes of it is the mean of a Markov chain over the numbers left, not Lanchester's square root.
//!
//! The chain is exact: in a tick each ship hits with chance p, at a mark drawn evenly from those there; two that hit the same mark kill
//! once; both sides fire at once.

use super::{fight, losses, on_range, page};

const FORCES: [(usize, usize); 6] = [(2, 1), (3, 2), (4, 3), (5, 3), (6, 5), (3, 3)];
const RUNS: u32 = 2_000;
/// The chance of a hit: one in a hundred, as the engine's sixteen bits hold it.
const CHANCE: f64 = 655.0 / 65_536.0;

/// Chances that of `marks` ships none, one, two ... are hit by so many shooters in one tick.
fn struck(shooters: usize, marks: usize, chance: f64) -> Vec<f64> {
    // One shooter after another: she misses, hits one that is hit already, or a fresh one.
    let mut hit = vec![0.0; marks + 1];
    hit[0] = 1.0;
    for _ in 0..shooters {
        for already in (0..=marks).rev() {
            let stale = already as f64 / marks as f64;
            let fresh = if already > 0 {
                hit[already - 1] * chance * (1.0 - (already - 1) as f64 / marks as f64)
            } else {
                0.0
            };
            hit[already] = hit[already] * (1.0 - chance + chance * stale) + fresh;
        }
    }
    hit
}

/// Survivors of the two sides and their mean squares, when the battle is fought to the end.
fn chain(one: usize, other: usize, chance: f64) -> [f64; 4] {
    let mut known = vec![[0.0_f64; 4]; (one + 1) * (other + 1)];
    for a in 0..=one {
        for b in 0..=other {
            let at = a * (other + 1) + b;
            if a == 0 || b == 0 {
                let (a, b) = (a as f64, b as f64);
                known[at] = [a, b, a * a, b * b];
                continue;
            }
            let (by_a, by_b) = (struck(a, b, chance), struck(b, a, chance));
            let stays = by_a[0] * by_b[0];
            let mut sum = [0.0; 4];
            for (lost_a, p) in by_b.iter().enumerate() {
                for (lost_b, q) in by_a.iter().enumerate() {
                    if lost_a + lost_b == 0 {
                        continue;
                    }
                    let next = known[(a - lost_a) * (other + 1) + b - lost_b];
                    (0..4).for_each(|part| sum[part] += p * q * next[part]);
                }
            }
            known[at] = sum.map(|part| part / (1.0 - stays));
        }
    }
    known[one * (other + 1) + other]
}

struct Case {
    one: usize,
    other: usize,
    /// Survivors of the first side, the mean of all runs.
    left: f64,
}

impl Case {
    fn fought(class: &str, one: usize, other: usize) -> Case {
        let outcome =
            fight(&on_range(&format!("{class}*{one}"), &format!("{class}*{other}")), RUNS);
        Case { one, other, left: one as f64 - losses(&outcome)[0] }
    }

    fn mean(&self) -> f64 {
        chain(self.one, self.other, CHANCE)[0]
    }

    /// The spread of a mean of so many runs.
    fn error(&self) -> f64 {
        let [mean, _, squares, _] = chain(self.one, self.other, CHANCE);
        ((squares - mean * mean) / f64::from(RUNS)).sqrt()
    }

    fn square_root(&self) -> f64 {
        let (a, b) = (self.one as f64, self.other as f64);
        (a * a - b * b).sqrt()
    }

    fn holds(&self) -> bool {
        (self.left - self.mean()).abs() <= 3.0 * self.error()
    }
}

#[test]
fn few_against_few_follow_the_chain_and_not_the_root() {
    let cases: Vec<Case> =
        FORCES.iter().map(|(one, other)| Case::fought("gunner", *one, *other)).collect();
    let rows: Vec<Vec<String>> = cases
        .iter()
        .map(|case| {
            vec![
                case.one.to_string(),
                case.other.to_string(),
                format!("{:.3}", case.square_root()),
                format!("{:.3}", case.mean()),
                format!("{:.3} ± {:.3}", case.left, case.error()),
                format!("{:+.1}", (case.left - case.mean()) / case.error()),
                format!("{:+.1}", (case.left - case.square_root()) / case.error()),
            ]
        })
        .collect();
    let head = [
        "A",
        "B",
        "√(A² − B²)",
        "exact mean",
        "A left, 2,000 runs",
        "errors from the mean",
        "errors from the root",
    ];
    page::hold("small", &page::table(&head, &rows));
    for (case, row) in cases.iter().zip(&rows) {
        assert!(case.holds(), "{row:?}");
        let far = (case.left - case.square_root()).abs() / case.error();
        assert!(far > 5.0, "the root was not refused: {row:?}");
    }
}

/// Worked by hand: with a small chance one against one is a toss-up, two against one leave 2 * 2/3 + 1/3 * 1/2.
#[test]
fn the_chain_is_the_textbooks() {
    let near = |measured: f64, theory: f64| (measured - theory).abs() < 1e-3;
    assert!(near(chain(1, 1, 1e-6)[0], 0.5));
    assert!(near(chain(2, 1, 1e-6)[0], 1.5));
    assert!(near(chain(3, 2, 1e-6)[0], 229.0 / 120.0), "{}", chain(3, 2, 1e-6)[0]);
    let sum: f64 = struck(5, 3, 0.4).iter().sum();
    assert!(near(sum, 1.0));
    // Three shooters who never miss one mark of two: both are hit three times in four.
    assert!(near(struck(3, 2, 1.0)[2], 0.75));
}

/// The canary: ships whose fire tells half the time fight another chain, and must be refused.
#[test]
fn the_chains_check_refuses_another_chance() {
    assert!(!Case::fought("brawler", 3, 2).holds());
}
