//! Target calls: every so often each power tags, for those who fight the same enemies, the enemy that most of its own ships are after.
//! A tag takes time to reach allies; their doctrine says how many of the calls they obey and how long they hesitate. Ships that
//! themselves go by tags call nothing.

use crate::enter::NOBODY;
use crate::kinds::Way;
use crate::rows::{Row, row_of};
use crate::scene::Scene;
use jumpline_measure::{PowerId, Purpose};
use jumpline_world::engagement::{Call, Engagement};
use jumpline_world::law::Focus;

/// Calls that are remembered of one power: those still on their way, and what was heard last.
const REMEMBERED: usize = 16;

/// A call as ships hear it.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub power: PowerId,
    pub camp: u8,
    pub tick: u32,
    /// Row of the target.
    pub row: u32,
}

/// Tags anew when it is time, and copies out what has been tagged, latest first.
pub fn tag(scene: &mut Scene, rows: &[Row], engagement: &mut Engagement, tick: u32) {
    let every = scene.rules.call_every_s;
    scene.tick = tick;
    if every > 0 && scene.ends(every) {
        count(scene, rows, engagement, tick);
    }
    scene.heard.clear();
    for call in engagement.calls.iter().rev() {
        let row = row_of(rows, call.ship.0);
        if row != NOBODY {
            let camp = scene.camps.of(call.power);
            scene.heard.push(Heard { power: call.power, camp, tick: call.tick, row });
        }
    }
}

fn count(scene: &Scene, rows: &[Row], engagement: &mut Engagement, tick: u32) {
    let ways = &scene.kinds.ways;
    for tally in &engagement.tallies {
        let power = tally.power;
        let mut after: Vec<u32> = rows
            .iter()
            .filter(|row| row.here() && row.power == power)
            .filter(|row| ways[usize::from(row.way)].focus != Focus::Tagged)
            .map(|row| row.target[0])
            .filter(|target| rows.get(*target as usize).is_some_and(Row::here))
            .collect();
        after.sort_unstable();
        let most = after
            .chunk_by(|one, other| one == other)
            .max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])));
        let Some(target) = most.and_then(|same| same.first()) else { continue };
        let ship = rows[*target as usize].id;
        let calls = &mut engagement.calls;
        if calls.iter().rev().find(|call| call.power == power).is_some_and(|call| call.ship == ship)
        {
            continue;
        }
        calls.push(Call { power, ship, tick });
        if calls.iter().filter(|call| call.power == power).count() > REMEMBERED
            && let Some(oldest) = calls.iter().position(|call| call.power == power)
        {
            calls.remove(oldest);
        }
    }
}

/// The latest call that has reached this ship's group and that it obeys; [`NOBODY`] for none.
pub fn obeyed(scene: &Scene, row: &Row, way: &Way, valid: impl Fn(u32) -> bool) -> u32 {
    let tick_ms = scene.kinds.tick_ms.max(1);
    let delay = (scene.rules.call_delay_s.clamp(0, 86_400) * 1_000 / tick_ms) as u32;
    for call in &scene.heard {
        // One's own commander is heard at once.
        let wait = if call.power == row.power { 0 } else { delay.saturating_add(way.heed) };
        if call.camp != row.camp || call.tick.saturating_add(wait) > scene.tick || !valid(call.row)
        {
            continue;
        }
        if way.heeds_permille < 1_000 && call.power != row.power {
            let group = scene.postures.get(usize::from(row.posture)).map_or(0, |one| one.group.0);
            let time = i64::from(call.tick);
            let roll = scene.dice.roll(Purpose::Coordination, u64::from(group), time, call.power.0);
            if !roll.chance_ppm(way.heeds_permille * 1_000) {
                continue;
            }
        }
        return call.row;
    }
    NOBODY
}
