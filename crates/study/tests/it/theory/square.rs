//! Aimed fire among equals: Lanchester's square law. Of A ships against B, each of which kills k times as often, the square root of
//! A^2 - k B^2 are left.

use super::{fight, losses, off, on_range, page};

/// Ships of a class, and how many.
type Side = (&'static str, u32);

/// One side, the other, and how often the other's kill for one of the first's.
const RATIOS: [(Side, Side, f64); 10] = [
    (("gunner", 500), ("gunner", 400), 1.0),
    (("gunner", 400), ("gunner", 300), 1.0),
    (("gunner", 360), ("gunner", 240), 1.0),
    (("gunner", 300), ("gunner", 150), 1.0),
    (("gunner", 300), ("gunner", 120), 1.0),
    (("gunner", 300), ("gunner", 100), 1.0),
    (("gunner", 400), ("gunner", 100), 1.0),
    (("gunner", 300), ("slow-gunner", 300), 0.5),
    (("gunner", 240), ("slow-gunner", 280), 0.5),
    (("slow-gunner", 300), ("gunner", 180), 2.0),
];
const RUNS: u32 = 200;
/// What the issue of it allows, as a share of the survivors.
const TOLERANCE: f64 = 0.03;

/// One force ratio: what was left, and what the square law says is left.
struct Case {
    one: u32,
    other: u32,
    k: f64,
    left: f64,
}

impl Case {
    fn fought(one: Side, other: Side, k: f64, runs: u32) -> Case {
        let typed = |(class, count): Side| format!("{class}*{count}");
        let outcome = fight(&on_range(&typed(one), &typed(other)), runs);
        assert_eq!(outcome.sides[0].wins, runs, "the greater force always wins at these ratios");
        Case { one: one.1, other: other.1, k, left: f64::from(one.1) - losses(&outcome)[0] }
    }

    /// What is left if losses go with the n-th power of numbers.
    fn law(&self, n: i32) -> f64 {
        let power = |x: f64| (0..n).fold(1.0, |product, _| product * x);
        let left = power(f64::from(self.one)) - self.k * power(f64::from(self.other));
        if n == 1 { left } else { left.sqrt() }
    }

    fn holds(&self, n: i32) -> bool {
        off(self.left, self.law(n)) <= TOLERANCE
    }
}

#[test]
fn aimed_fire_follows_the_square_law() {
    let cases: Vec<Case> =
        RATIOS.iter().map(|(one, other, k)| Case::fought(*one, *other, *k, RUNS)).collect();
    let rows: Vec<Vec<String>> = cases
        .iter()
        .map(|case| {
            vec![
                case.one.to_string(),
                case.other.to_string(),
                case.k.to_string(),
                format!("{:.1}", case.law(2)),
                format!("{:.1}", case.left),
                format!("{:.2} %", 100.0 * (case.left / case.law(2) - 1.0)),
            ]
        })
        .collect();
    let head = ["A", "B", "k", "√(A² − kB²)", "survivors, 200 runs", "off by"];
    page::hold("square", &page::table(&head, &rows));
    let broken: Vec<&Vec<String>> =
        cases.iter().zip(&rows).filter(|(case, _)| !case.holds(2)).map(|(_, row)| row).collect();
    assert!(broken.is_empty(), "further off than 3 %: {broken:?}");
}

/// The canaries: ships that heap their fire on the nearest, and a law with another exponent, must be refused.
#[test]
fn the_square_laws_check_refuses_what_is_not_square() {
    let heaped = Case::fought(("brawler", 360), ("brawler", 240), 1.0, 20);
    assert!(!heaped.holds(2), "overkill went by: {:.1} for {:.1}", heaped.left, heaped.law(2));
    let square = Case::fought(("gunner", 360), ("gunner", 240), 1.0, 20);
    assert!(square.holds(2) && !square.holds(1) && !square.holds(3));
    // Fire twice as good as it is said to be.
    let better = Case::fought(("gunner", 300), ("slow-gunner", 300), 1.0 / 3.0, 20);
    assert!(!better.holds(2));
}
