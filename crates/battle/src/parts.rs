//! What a hit breaks for good.

use crate::kinds::Kind;
use crate::rows::Row;
use crate::v3::{V3, dot};
use jumpline_measure::Roll;
use jumpline_world::law::{BattleRules, Part};

/// How often each part is the one that breaks, by the rules; what stands on the struck side oftener.
fn shares(kind: &Kind, rules: &BattleRules, facing: usize) -> [(Part, u32); 7] {
    let local = rules.part_local_permille.clamp(0, 1_000_000);
    let share = |points: i64, here: bool| {
        let points = points.clamp(0, 1_000_000);
        // Seven of the greatest can still be added up.
        let most = u32::MAX >> 4;
        u32::try_from(if here { points * local } else { points * 1_000 } / 100)
            .map_or(most, |share| share.min(most))
    };
    let (bow, stern, flank) = (facing == 0, facing == 1, facing == 2 || facing == 3);
    let hangars = if kind.hangars { rules.part_hangar_share } else { 0 };
    [
        (Part::Engine, share(rules.part_engine_share, stern)),
        (Part::Gun, share(rules.part_gun_share, bow || flank)),
        (Part::Emitter, share(rules.part_emitter_share, flank)),
        (Part::Sensor, share(rules.part_sensor_share, bow)),
        (Part::GravityDrive, share(rules.part_gravity_drive_share, stern)),
        (Part::Hangar, share(hangars, flank)),
        (Part::Bridge, share(rules.part_bridge_share, bow)),
    ]
}

/// Breaks a part of the row, chosen by the roll. Returns which, and the number to tell; none when there was nothing left of it.
pub fn break_one(
    row: &mut Row,
    kind: &Kind,
    rules: &BattleRules,
    from: V3,
    roll: &Roll,
) -> Option<(Part, u32)> {
    if let Some(field) = &kind.field
        && i64::from(roll.word(2) % 1_000) < rules.part_pylon_permille
    {
        return pylon(row, field.pylons, from).map(|number| (Part::Pylon, number));
    }
    let shares = shares(kind, rules, row.facing(from));
    let all: u32 = shares.iter().map(|(_, share)| *share).sum();
    if all == 0 {
        return None;
    }
    let mut draw = roll.below(all);
    let mut part = Part::Gun;
    for (one, share) in shares {
        if draw < share {
            part = one;
            break;
        }
        draw -= share;
    }
    let loss = u16::try_from(rules.part_loss_permille.clamp(1, 1_000)).unwrap_or(1_000);
    let worse = |lost: &mut u16| {
        (*lost < 1_000).then(|| {
            *lost = (*lost + loss).min(1_000);
            u32::from(*lost)
        })
    };
    let number = match part {
        Part::Engine => worse(&mut row.parts.engine_lost_permille),
        Part::Gun => worse(&mut row.parts.guns_lost_permille),
        Part::Sensor => worse(&mut row.parts.sensors_lost_permille),
        Part::Hangar => worse(&mut row.parts.hangars_lost_permille),
        Part::Emitter => {
            let lost = worse(&mut row.parts.emitters_lost_permille);
            let most = row.shield_most(kind.shield);
            for points in &mut row.shields {
                *points = (*points).min(i32::try_from(most).unwrap_or(i32::MAX));
            }
            lost
        }
        Part::GravityDrive => {
            let left = i64::from(row.parts.gravity_drives_lost) < kind.gravity_drives;
            left.then(|| {
                row.parts.gravity_drives_lost += 1;
                u32::from(row.parts.gravity_drives_lost)
            })
        }
        Part::Bridge | Part::Pylon => (!row.parts.bridge_hit).then(|| {
            row.parts.bridge_hit = true;
            1
        }),
    };
    number.map(|number| (part, number))
}

/// Severs the whole pylon nearest to where the blow came from.
fn pylon(row: &mut Row, pylons: u32, from: V3) -> Option<u32> {
    let mut best: Option<(f32, u32)> = None;
    for number in 0..pylons {
        if row.parts.pylons_lost >> number & 1 == 1 {
            continue;
        }
        let near = dot(crate::field::pylon_direction(row, number, pylons), from);
        if best.is_none_or(|(most, _)| near > most) {
            best = Some((near, number));
        }
    }
    let (_, number) = best?;
    row.parts.pylons_lost |= 1 << number;
    Some(number)
}
