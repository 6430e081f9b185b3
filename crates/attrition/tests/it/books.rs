//! What goes in comes out: ships, tallies, reports; twice the same; the officers' judgement before the first shot.

use crate::yard::field;
use jumpline_battle::{Report, Told};
use jumpline_measure::{Dice, Span, Time};
use jumpline_world::engagement::Engagement;
use jumpline_world::law::Regard;
use std::collections::BTreeSet;

const SIDES: [&str; 2] =
    ["cajdital-cruiser*60+cajdital-battleship*2", "calavari-cruiser*50+nabboni-cruiser*30"];

fn regards() -> Vec<Vec<Regard>> {
    vec![vec![Regard::Allied, Regard::Hostile], vec![Regard::Hostile, Regard::Allied]]
}

/// Plays on beat by beat, with nobody giving orders.
fn beats(
    fight: &mut Engagement,
    codex: &jumpline_world::Codex,
    seed: u64,
    beats: i64,
) -> Vec<Report> {
    let mut told = Vec::new();
    for beat in 1..=beats {
        let until = fight.began.saturating_add(Span(30 * beat));
        jumpline_attrition::advance(codex, &Dice::new(seed), &regards(), fight, until, &mut told);
    }
    told
}

#[test]
fn conservation_every_ship_is_here_or_told_lost_and_tallies_agree() {
    for seed in 1..=6 {
        let (duel, field) = field(SIDES, seed);
        let mut fight = field.fight.clone();
        let before: BTreeSet<_> = fight.columns.id.iter().copied().collect();
        let told = beats(&mut fight, &duel.law().codex, seed, 25);
        let lost: Vec<_> = told
            .iter()
            .filter_map(|report| match &report.what {
                Told::ShipLost { ship, left, .. } => {
                    assert_eq!(left.hull, 0);
                    Some(*ship)
                }
                _ => None,
            })
            .collect();
        assert!(!lost.is_empty(), "seed {seed}: nobody died");
        let mut after: BTreeSet<_> = fight.columns.id.iter().copied().collect();
        assert!(lost.iter().all(|ship| !after.contains(ship)), "the dead stay");
        after.extend(&lost);
        assert_eq!(before, after, "seed {seed}: ships vanished or came from nowhere");
        assert_eq!(lost.iter().collect::<BTreeSet<_>>().len(), lost.len(), "nobody dies twice");
        let tallied: u32 = fight.tallies.iter().map(|tally| tally.lost).sum();
        let by_group: u32 = fight.postures.iter().map(|posture| posture.lost).sum();
        assert_eq!((tallied as usize, by_group as usize), (lost.len(), lost.len()));
        assert!(fight.columns.id.is_sorted());
        assert!(told.iter().map(|report| report.at).is_sorted(), "reports stand in order of time");
    }
}

#[test]
fn nothing_is_below_nothing_or_above_whole() {
    let (duel, field) = field(SIDES, 3);
    let codex = &duel.law().codex;
    let mut fight = field.fight.clone();
    let before = fight.columns.clone();
    beats(&mut fight, codex, 3, 20);
    let c = &fight.columns;
    for row in 0..c.id.len() {
        let made = codex.class(c.class[row]);
        assert!(c.shields[row].iter().all(|points| (0..=made.shield as i32).contains(points)));
        assert!((0..=made.armour as i32).contains(&c.armour[row]));
        assert!((1..=made.hull as i32).contains(&c.hull[row]));
        assert!(c.position[row].iter().all(|part| part.is_finite()));
        let was = before.id.binary_search(&c.id[row]).unwrap();
        for battery in 0..4 {
            let (then, now) = (before.shots[was][battery], c.shots[row][battery]);
            assert!(now == then || (0..=then).contains(&now), "shots {then} became {now}");
        }
    }
    assert!(c.wounded.iter().any(|wounded| *wounded), "nobody was even scratched");
}

#[test]
fn twice_the_same_and_other_luck_is_other() {
    let (duel, field) = field(SIDES, 9);
    let codex = &duel.law().codex;
    let play = |seed| {
        let mut fight = field.fight.clone();
        let told = beats(&mut fight, codex, seed, 20);
        (fight, told)
    };
    assert_eq!(play(4), play(4));
    assert_ne!(play(4).1, play(5).1);
    let bout = duel.rough(&field, 4, None);
    assert_eq!(bout.digest, duel.rough(&field, 4, None).digest);
}

#[test]
fn beat_by_beat_comes_out_as_in_one_breath() {
    // Not the same battles, since counts are rounded to ships at each beat, but the same on the whole.
    let (mut one, mut other) = (0.0, 0.0);
    for seed in 1..=24 {
        let (duel, field) = field(["cajdital-cruiser*80", "bsidd-cruiser*80"], seed);
        let codex = &duel.law().codex;
        let mut slow = field.fight.clone();
        beats(&mut slow, codex, seed, 10);
        let mut quick = field.fight.clone();
        let until = quick.began.saturating_add(Span(300));
        let mut told = Vec::new();
        let dice = Dice::new(seed);
        jumpline_attrition::advance(codex, &dice, &regards(), &mut quick, until, &mut told);
        one += slow.columns.id.len() as f64;
        other += quick.columns.id.len() as f64;
    }
    let ships = 24.0 * 160.0;
    assert!((one - other).abs() / ships < 0.05, "{} and {} of {ships} stood", one, other);
    assert!(one < 0.98 * ships, "hardly anybody died: {one} of {ships}");
}

#[test]
fn officers_see_in_the_counts_what_they_see_in_the_columns() {
    let (duel, field) = field(SIDES, 2);
    let codex = &duel.law().codex;
    let mut fight = field.fight.clone();
    beats(&mut fight, codex, 2, 6);
    let regards = regards();
    let play = jumpline_attrition::Play::begin(codex, &Dice::new(2), &regards, &fight);
    for posture in &fight.postures {
        let counts = play.assess(posture.group);
        let columns = jumpline_battle::assess(codex, &fight, &regards, posture.group);
        assert_eq!(counts.ships, columns.ships);
        assert_eq!(counts.enemies, columns.enemies);
        assert_eq!(counts.lost_permille, columns.lost_permille);
        assert_eq!(counts.quarry_left, columns.quarry_left);
        for (one, other) in [
            (counts.own_strength, columns.own_strength),
            (counts.enemy_strength, columns.enemy_strength),
            (counts.allied_strength, columns.allied_strength),
        ] {
            let ratio = (one.max(1) as f64) / (other.max(1) as f64);
            assert!((0.85..1.15).contains(&ratio), "{one} against {other}");
        }
    }
}

#[test]
fn time_passes_over_an_empty_field() {
    let (duel, field) = field(SIDES, 2);
    let mut fight = field.fight.clone();
    let all = fight.columns.id.clone();
    jumpline_battle::leave_all(&mut fight, &all);
    let until = Time(fight.began.0 + 600);
    let mut told = Vec::new();
    let codex = &duel.law().codex;
    jumpline_attrition::advance(codex, &Dice::new(1), &regards(), &mut fight, until, &mut told);
    assert_eq!(i64::from(fight.tick) * codex.rules.battle.tick_ms, 600_000);
    assert_eq!(fight.quiet_ticks, fight.tick);
    assert!(told.is_empty());
}
