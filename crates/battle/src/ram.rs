//! Rams: a ship that steers into another, with all her mass and whatever charge she carries.

use crate::damage::{Blow, Death, Effects};
use crate::report::Told;
use crate::v3::{along, dot, length, levelled, scale, sound, square, sub, unit_or};
use jumpline_measure::Purpose;
use jumpline_world::event::How;

/// Resolves the rams of this tick, in order of the rammer's id.
pub fn strike(effects: &mut Effects, rammers: &[u32]) {
    for number in rammers {
        let (me, target) = (*number as usize, effects.rows[*number as usize].target[0] as usize);
        if !effects.alive(me) || !effects.alive(target) || !touches(effects, me, target) {
            continue;
        }
        let scene = effects.scene;
        let id = effects.rows[me].id;
        let dodges = scene.seen[target].evasion.clamp(0.0, 1_000.0);
        let chance_ppm = (1_000_000.0 / (1.0 + 2.0 * dodges)) as i64;
        let roll = scene.dice.roll(Purpose::Ram, u64::from(id.0), i64::from(scene.tick), 0);
        if !roll.chance_ppm(chance_ppm) {
            continue;
        }
        collide(effects, me, target);
    }
}

/// Do the two hulls meet between the beginning and the end of this tick?
fn touches(effects: &Effects, me: usize, target: usize) -> bool {
    let scene = effects.scene;
    let before = sub(scene.seen[target].place, scene.seen[me].place);
    let after = sub(effects.rows[target].place, effects.rows[me].place);
    let moved = sub(after, before);
    let swept = square(moved);
    let share = if swept > 0.0 { (-dot(before, moved) / swept).clamp(0.0, 1.0) } else { 0.0 };
    let nearest = along(before, moved, share);
    let hulls = scene.seen[me].radius + scene.seen[target].radius;
    square(nearest) <= hulls * hulls
}

fn collide(effects: &mut Effects, me: usize, target: usize) {
    let scene = effects.scene;
    let (mine, theirs) = (effects.kind(me), effects.kind(target));
    let closing = length(sub(effects.rows[me].velocity, effects.rows[target].velocity));
    let rate = scene.rules.ram_points_per_kt.clamp(0, 1_000_000);
    // Metres a second are thousandths of the rule's kilometres.
    let impact = (mine.mass_kt.min(100_000_000) * rate).saturating_mul(closing as i64) / 1_000;
    let points = impact.saturating_add(mine.ram_charge);
    // She strikes where she came from: by the end of the tick she may be past it.
    let to = unit_or(sub(scene.seen[target].place, scene.seen[me].place), effects.rows[me].heading);
    let (ship, into) = (effects.rows[me].id, effects.rows[target].id);
    effects.tell(Told::Rammed { ship, into, points });
    let blow = Blow {
        shield: points,
        hull: points,
        by: Some(ship),
        how: How::Ram,
        from: scale(to, -1.0),
        turned_permille: 0,
        parts_permille: 1_000,
    };
    effects.strike(target, blow);
    if mine.ram_charge > 0 {
        effects.rows[me].hull = 0;
        effects.deaths.push(Death { row: me as u32, by: Some(ship), how: How::Ram });
        return;
    }
    // Much heavier than what she strikes, she comes through.
    let times = scene.rules.ram_heavier_permille.clamp(0, 1_000_000);
    let heavier = mine.mass_kt >= theirs.mass_kt.saturating_mul(times) / 1_000;
    let share = scene.rules.ram_back_permille.clamp(0, 1_000);
    // What she struck strikes back with no more than its own mass.
    let impact = (theirs.mass_kt.min(mine.mass_kt) * rate).saturating_mul(closing as i64) / 1_000;
    let back = if heavier { impact * share / 1_000 } else { impact };
    let blow = Blow {
        shield: back,
        hull: back,
        by: Some(into),
        how: How::Ram,
        from: to,
        turned_permille: 0,
        parts_permille: 1_000,
    };
    effects.strike(me, blow);
}

/// Light rams: a ship on her way out shoulders aside whoever stands in it. The heavier of the two moves the other; both are hurt a
/// little.
pub fn shove(effects: &mut Effects, shoves: &[(u32, u32)]) {
    for (me, other) in shoves {
        let (me, other) = (*me as usize, *other as usize);
        if !effects.alive(me) || !effects.alive(other) {
            continue;
        }
        let scene = effects.scene;
        let (mine, theirs) = (effects.kind(me), effects.kind(other));
        let to = sub(scene.seen[other].place, scene.seen[me].place);
        let course = unit_or(effects.rows[me].velocity, effects.rows[me].heading);
        let aside = levelled(to, course);
        // Of the speed she could make, the share that her mass gives her over both.
        let share = mine.mass_kt as f32 / (mine.mass_kt + theirs.mass_kt).max(1) as f32;
        let pace = mine.speed_mps * effects.rows[me].engines() * share;
        let pushed = &mut effects.rows[other];
        pushed.velocity = sound(along(pushed.velocity, aside, pace));
        pushed.place = sound(along(pushed.place, aside, pace * scene.kinds.dt));
        let rules = scene.rules;
        let rate =
            rules.ram_points_per_kt.clamp(0, 1_000_000) * rules.shove_permille.clamp(0, 1_000);
        let lighter = mine.mass_kt.min(theirs.mass_kt).min(100_000_000);
        let points = (lighter * rate / 1_000).saturating_mul(pace as i64) / 1_000;
        let (ship, into) = (effects.rows[me].id, effects.rows[other].id);
        effects.tell(Told::Rammed { ship, into, points });
        let from = unit_or(to, course);
        for (row, by, from) in [(other, ship, scale(from, -1.0)), (me, into, from)] {
            let blow = Blow {
                shield: points,
                hull: points,
                by: Some(by),
                how: How::Ram,
                from,
                turned_permille: 0,
                parts_permille: 1_000,
            };
            effects.strike(row, blow);
        }
    }
}
