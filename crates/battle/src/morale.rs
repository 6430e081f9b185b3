//! Morale: a group's falls with its ships, with its flagship and while friends run; it comes back with time. Below what its doctrine
//! stands it routs: every ship runs for herself, and it does not rally for a while.

use crate::damage::Effects;
use crate::kinds::Way;
use crate::report::Told;
use crate::rows::Row;
use crate::scene::Scene;
use jumpline_world::engagement::{Engagement, Posture};

const WHOLE: i64 = 1_000;

/// Copies out who is running.
pub fn look(scene: &mut Scene, engagement: &Engagement) {
    let tick = scene.tick;
    scene.routed.clear();
    scene
        .routed
        .extend(engagement.postures.iter().map(|posture| posture.routed_until >= tick.max(1)));
}

/// A ship is lost: her group feels it, and all of her power's when she was its flagship.
pub fn mourn(scene: &Scene, rows: &[Row], engagement: &mut Engagement, number: usize) {
    if !scene.kinds.routs {
        return;
    }
    let sink = |posture: &mut Posture, fall: i64| {
        posture.morale_permille = (i64::from(posture.morale_permille) - fall).max(0) as i32;
    };
    let row = &rows[number];
    if let Some(posture) = engagement.postures.get_mut(usize::from(row.posture)) {
        // Of the whole, so that the many losses of a great group are not each rounded to nothing.
        let (came, lost) = (i64::from(posture.came.max(1)), i64::from(posture.lost));
        let whole = |lost: i64| scene.rules.morale_loss_permille.clamp(0, 1_000_000) * lost / came;
        sink(posture, whole(lost + 1) - whole(lost));
    }
    let kind = |row: &Row| &scene.kinds.classes[usize::from(row.class)];
    let mass_kt = kind(row).mass_kt;
    let as_great =
        |other: &Row| other.here() && other.power == row.power && kind(other).mass_kt >= mass_kt;
    if kind(row).noted && !rows.iter().any(as_great) {
        let fall = scene.rules.morale_flagship_permille.clamp(0, WHOLE);
        let of_power = |posture: &&mut Posture| posture.power == row.power;
        engagement.postures.iter_mut().filter(of_power).for_each(|posture| sink(posture, fall));
    }
}

/// Settles morale once a second, when any doctrine can rout at all.
pub fn keep(effects: &mut Effects, engagement: &mut Engagement) {
    let scene = effects.scene;
    if !scene.kinds.routs || !scene.ends(1) {
        return;
    }
    if scene.ends(60) {
        let back = scene.rules.morale_mend_permille_per_min.clamp(0, WHOLE) as i32;
        for posture in &mut engagement.postures {
            posture.morale_permille = (posture.morale_permille + back).min(WHOLE as i32);
        }
    }
    // A group stands as its first ship's doctrine says.
    let mut ways: Vec<Option<&Way>> = vec![None; engagement.postures.len()];
    for row in effects.rows.iter().filter(|row| row.here()) {
        if let Some(way) = ways.get_mut(usize::from(row.posture)) {
            way.get_or_insert(&scene.kinds.ways[usize::from(row.way)]);
        }
    }
    let runs = |posture: &Posture| posture.withdrawing || posture.routed_until >= scene.tick;
    let running: Vec<(u8, bool)> = engagement
        .postures
        .iter()
        .map(|posture| (scene.camps.of(posture.power), runs(posture)))
        .collect();
    for (at, way) in ways.iter().enumerate() {
        let Some(way) = way.filter(|way| way.rout_permille > 0) else { continue };
        let friends = |(nth, (camp, runs)): &(usize, &(u8, bool))| {
            *nth != at && *runs && *camp == running[at].0
        };
        let fled = running.iter().enumerate().filter(friends).count() as i64;
        let shaken = fled.min(1_000) * scene.rules.morale_flight_permille.clamp(0, WHOLE);
        let posture = &mut engagement.postures[at];
        let steady = i64::from(posture.morale_permille) - shaken >= way.rout_permille;
        let group = posture.group;
        if posture.routed_until == 0 {
            if !steady {
                posture.routed_until = scene.tick.saturating_add(way.rally);
                effects.tell(Told::Routed { group });
            }
        } else if posture.routed_until < scene.tick {
            if steady {
                posture.routed_until = 0;
                effects.tell(Told::Rallied { group });
            } else {
                // Not yet: they run on, and look back again later.
                posture.routed_until = scene.tick.saturating_add(way.rally);
            }
        }
    }
}
