//! One exchange of missiles: Hughes's salvo equations, and Armstrong's stochastic form of them with its mean and variance.
//!
//! N missiles fly at a side that looses M needles, of which the share q strike, each bringing one missile down. Of the rest the share p
//! strike, and s strikes put a ship out of action. Hughes: loss = p (N - q M) / s, not below nought nor above the ships there are.
//! Armstrong: the same with the means and variances of what is random. Losses are counted in ships' worth of hull.

use super::{off, on_range, page};
use jumpline_battle::{Glimpse, Watcher};
use jumpline_measure::Time;
use jumpline_study::Duel;
use jumpline_world::engagement::Engagement;
use rayon::prelude::*;

/// Missiles and needles of a ship.
const STRIKER: (&str, usize, usize) = ("striker", 2, 2);
const ESCORT: (&str, usize, usize) = ("escort", 1, 4);
/// Chance that a missile strikes that comes in, that a needle strikes, and strikes that a ship stands.
const MISSILE: f64 = 0.75;
const NEEDLE: f64 = 0.5;
const STAYING: f64 = 5.0;
/// A ship's hull, points.
const HULL: i64 = 500;
const RUNS: u64 = 400;

type Kind = (&'static str, usize, usize);

const EXCHANGES: [((Kind, usize), (Kind, usize)); 6] = [
    ((STRIKER, 40), (STRIKER, 40)),
    ((STRIKER, 48), (STRIKER, 40)),
    ((STRIKER, 120), (STRIKER, 120)),
    ((STRIKER, 64), (ESCORT, 40)),
    ((STRIKER, 80), (ESCORT, 80)),
    ((STRIKER, 80), (STRIKER, 4)),
];

/// Reads how much hull each side has left when a battle is over.
#[derive(Default)]
struct Surveyor {
    left: [i64; 2],
}

impl Watcher for Surveyor {
    fn see(&mut self, _fight: &Engagement, _ship: &Glimpse) {}
    fn tick(&mut self, _fight: &Engagement) {}
    fn close(&mut self, fight: &Engagement, _now: Time) {
        let columns = &fight.columns;
        for (power, hull) in columns.power.iter().zip(&columns.hull) {
            self.left[power.index()] += i64::from(*hull);
        }
    }
}

/// One side of an exchange.
struct Struck {
    /// Missiles that flew at it, needles that met them, ships it had.
    missiles: usize,
    needles: usize,
    ships: usize,
    /// Ships' worth of hull lost: mean and standard deviation over the runs.
    mean: f64,
    deviation: f64,
}

impl Struck {
    /// Hughes's loss.
    fn hughes(&self) -> f64 {
        let through = self.missiles as f64 - NEEDLE * self.needles as f64;
        (MISSILE * through.max(0.0) / STAYING).min(self.ships as f64)
    }

    /// Armstrong's mean and standard deviation, from the exact law of the needles: the missiles that get through are what is left of
    /// N after a binomial many of M, and each of those strikes or does not.
    fn armstrong(&self) -> (f64, f64) {
        let (mut mean, mut square) = (0.0, 0.0);
        let mut chance = (0..self.needles).fold(1.0, |all, _| all * (1.0 - NEEDLE));
        for down in 0..=self.needles {
            let through = self.missiles.saturating_sub(down) as f64;
            let struck = MISSILE * through;
            let spread = MISSILE * (1.0 - MISSILE) * through;
            mean += chance * struck;
            square += chance * (spread + struck * struck);
            let next = (self.needles - down) as f64 / (down + 1) as f64;
            chance *= next * NEEDLE / (1.0 - NEEDLE);
        }
        (mean / STAYING, (square - mean * mean).sqrt() / STAYING)
    }

    /// Does the loss come near the number of ships there are? Then hulls are struck that are gone already.
    fn swamped(&self) -> bool {
        self.armstrong().0 > self.ships as f64 * 0.6
    }

    /// Is the defence neither sure to stop all nor sure to be beaten? There the mean is not Hughes's.
    fn in_doubt(&self) -> bool {
        let through = self.missiles as f64 - NEEDLE * self.needles as f64;
        let spread = (self.needles as f64 * NEEDLE * (1.0 - NEEDLE)).sqrt();
        through.abs() < 2.0 * spread
    }

    fn error(&self) -> f64 {
        self.armstrong().1 / (RUNS as f64).sqrt()
    }

    /// Mean within three errors of Armstrong's, deviation within a tenth of his.
    fn holds(&self) -> bool {
        if self.swamped() {
            return off(self.mean, self.hughes()) < 0.03;
        }
        let (mean, deviation) = self.armstrong();
        if deviation < 0.01 {
            return self.mean < 0.01;
        }
        // A deviation of as many runs is itself off by 1 / sqrt(2 runs) of itself; where losses are rare, by more.
        let slack = if self.in_doubt() { 0.25 } else { 0.12 };
        (self.mean - mean).abs() <= 3.0 * self.error() && off(self.deviation, deviation) < slack
    }

    fn row(&self) -> Vec<String> {
        let (mean, deviation) = self.armstrong();
        let theory =
            if self.swamped() { "all".to_owned() } else { format!("{mean:.3} ± {deviation:.3}") };
        vec![
            self.missiles.to_string(),
            self.needles.to_string(),
            self.ships.to_string(),
            format!("{:.3}", self.hughes()),
            theory,
            format!("{:.3} ± {:.3}", self.mean, self.deviation),
        ]
    }
}

/// Exchanges so many salvoes.
fn exchange(duel: &Duel, sides: [(Kind, usize); 2]) -> [Struck; 2] {
    let lost: Vec<[f64; 2]> = (1..=RUNS)
        .into_par_iter()
        .map(|seed| {
            let mut surveyor = Surveyor::default();
            duel.bout_watched(seed, 1, &|| false, &mut surveyor).unwrap();
            [0, 1].map(|side| {
                let had = HULL * i64::try_from(sides[side].1).unwrap();
                (had - surveyor.left[side]) as f64 / HULL as f64
            })
        })
        .collect();
    [0, 1].map(|side| {
        let ((_, _, needles), ships) = sides[side];
        let ((_, missiles, _), shooters) = sides[1 - side];
        let runs = RUNS as f64;
        let mean = lost.iter().map(|run| run[side]).sum::<f64>() / runs;
        let squares: f64 = lost.iter().map(|run| (run[side] - mean) * (run[side] - mean)).sum();
        Struck {
            missiles: missiles * shooters,
            needles: needles * ships,
            ships,
            mean,
            deviation: (squares / (runs - 1.0)).sqrt(),
        }
    })
}

fn fought(one: (Kind, usize), other: (Kind, usize)) -> [Struck; 2] {
    let typed = |((class, _, _), count): (Kind, usize)| format!("{class}*{count}");
    exchange(&on_range(&typed(one), &typed(other)), [one, other])
}

#[test]
fn a_salvo_follows_hughes_and_armstrong() {
    let all: Vec<Struck> = EXCHANGES.iter().flat_map(|(one, other)| fought(*one, *other)).collect();
    let rows: Vec<Vec<String>> = all.iter().map(Struck::row).collect();
    let head =
        ["missiles", "needles", "ships", "Hughes", "Armstrong, mean ± deviation", "400 runs"];
    page::hold("salvo", &page::table(&head, &rows));
    for (struck, row) in all.iter().zip(&rows) {
        assert!(struck.holds(), "{row:?}");
        if !struck.in_doubt() && struck.hughes() > 0.0 {
            assert!(off(struck.mean, struck.hughes()) < 0.03, "{row:?}");
        }
    }
    let doubtful: Vec<&Struck> = all.iter().filter(|one| one.in_doubt()).collect();
    assert!(doubtful.len() >= 2);
    // Where attack and defence are even Hughes sees no loss; the mean of chance is one all the same.
    assert!(doubtful.iter().all(|one| one.mean > one.hughes() + 5.0 * one.error()));
}

/// Armstrong's own form is of normal variables: E max(X, 0) = mu Phi(mu/sigma) + sigma phi(mu/sigma). The exact one is near it.
#[test]
fn the_exact_form_is_armstrongs() {
    for (missiles, needles) in [(80, 80), (80, 160), (128, 160), (160, 320)] {
        let struck = Struck { missiles, needles, ships: 99, mean: 0.0, deviation: 0.0 };
        let mu = missiles as f64 - NEEDLE * needles as f64;
        let sigma = (needles as f64 * NEEDLE * (1.0 - NEEDLE)).sqrt();
        let z = mu / sigma;
        let phi = libm::exp(-z * z / 2.0) / libm::sqrt(std::f64::consts::TAU);
        let below = 0.5 * (1.0 + libm::erf(z / std::f64::consts::SQRT_2));
        let normal = MISSILE * (mu * below + sigma * phi) / STAYING;
        assert!(off(struck.armstrong().0, normal) < 0.01, "{missiles} {needles} {normal}");
    }
}

/// The canaries: a defence that loses its surplus, and luck with another spread, must be refused.
#[test]
fn the_salvos_check_refuses_a_wasted_defence_and_other_luck() {
    let [struck, _] = fought((STRIKER, 40), (STRIKER, 40));
    assert!(struck.holds());
    // As if a tenth of the needles had been wasted on missiles that were down already.
    let wasted = Struck { needles: struck.needles * 9 / 10, ..struck };
    assert!(!wasted.holds());
    let [struck, _] = fought((STRIKER, 40), (STRIKER, 40));
    let wilder = Struck { deviation: struck.deviation * 1.3, ..struck };
    assert!(!wilder.holds());
}
