//! Columns that no sane battle has. Nothing may panic, hang or invent ships.

use crate::yard::field;
use jumpline_measure::{ClassId, Dice, DoctrineId, PowerId, Span};
use jumpline_world::engagement::Mode;
use jumpline_world::law::Regard;

#[test]
fn broken_columns_do_no_harm() {
    let (duel, field) = field(["cruiser*30", "destroyer*40"], 1);
    let codex = &duel.law().codex;
    let regards =
        vec![vec![Regard::Allied, Regard::Hostile], vec![Regard::Hostile, Regard::Allied]];
    for case in 0..9 {
        let mut fight = field.fight.clone();
        let c = &mut fight.columns;
        for row in 0..c.id.len() {
            match case {
                0 => c.position[row] = [f32::NAN, f32::INFINITY, f32::MIN],
                1 => c.class[row] = ClassId(4_000_000),
                2 => c.posture[row] = u16::MAX,
                3 => (c.hull[row], c.armour[row]) = (i32::MIN, i32::MIN),
                4 => c.shields[row] = [i32::MAX; 6],
                5 => c.shots[row] = [i32::MIN, i32::MAX, 0, -1],
                6 => c.skill_permille[row] = i32::MIN,
                7 => c.power[row] = PowerId(u8::MAX.into()),
                _ => c.mode[row] = Mode::Gone,
            }
        }
        if case == 2 {
            fight.postures.clear();
        }
        for posture in &mut fight.postures {
            posture.bound = [i32::MIN, i32::MAX, 0];
            posture.came = 0;
            if case == 6 {
                posture.doctrine = Some(DoctrineId(65_000));
            }
        }
        let ships = fight.columns.id.len();
        let mut told = Vec::new();
        let until = fight.began.saturating_add(Span(7_200));
        jumpline_attrition::advance(codex, &Dice::new(1), &regards, &mut fight, until, &mut told);
        assert!(fight.columns.id.len() <= ships);
        assert_eq!(i64::from(fight.tick) * codex.rules.battle.tick_ms, 7_200_000, "case {case}");
    }
}

#[test]
fn broken_content_does_no_harm() {
    let (duel, field) = field(["cruiser*30", "destroyer*40"], 1);
    let regards =
        vec![vec![Regard::Allied, Regard::Hostile], vec![Regard::Hostile, Regard::Allied]];
    for case in 0..5 {
        let mut codex = duel.law().codex.clone();
        for class in &mut codex.classes {
            match case {
                0 => {
                    (class.shield, class.hull, class.armour) =
                        (i64::MAX / 8, i64::MAX / 8, i64::MAX / 8)
                }
                1 => (class.shield, class.hull, class.armour) = (0, 0, i64::MIN),
                2 => (class.speed_mps, class.accel_mps2) = (i64::MAX, i64::MAX),
                3 => class.batteries.clear(),
                _ => class.radius_m = i64::MIN,
            }
        }
        for weapon in &mut codex.weapons {
            if case == 4 {
                (weapon.damage, weapon.range_m, weapon.recharge_ms) = (i64::MAX, i64::MAX, 0);
            }
        }
        codex.attrition.rules.step_s = [0, -1, i64::MAX, 1, 60][case];
        codex.attrition.rules.crowd_permille = i64::MAX;
        let mut fight = field.fight.clone();
        let mut told = Vec::new();
        let until = fight.began.saturating_add(Span(3_600));
        jumpline_attrition::advance(&codex, &Dice::new(1), &regards, &mut fight, until, &mut told);
        assert!(fight.columns.id.len() <= 70);
    }
}
