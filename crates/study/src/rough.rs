//! One battle at aggregate resolution, with the same officers' beat as [`crate::bout`]. The counts are the truth from the first shot
//! to the last; ships are not looked at in between.

use crate::bout::{Bout, Ended};
use crate::duel::Duel;
use jumpline_attrition::{Kill, Play};
use jumpline_battle::{enter, goes_forward, open, reason_to_go};
use jumpline_measure::{Bearing, BodyId, Dice, EngagementId, GroupId, Span, Time};
use jumpline_world::engagement::Engagement;
use jumpline_world::law::Doctrine;
use std::collections::BTreeMap;

/// Ships on the field, before the first shot.
pub struct Field {
    /// Them.
    pub fight: Engagement,
    /// By group: its place among the duel's rows, and the way out for it.
    groups: Vec<(usize, [i32; 3])>,
}

impl Field {
    /// The field of one seed. None when a duel of so many ships cannot be mustered.
    pub fn new(duel: &Duel, seed: u64) -> Option<Field> {
        let opening = duel.opening(seed)?;
        let codex = &duel.law.codex;
        let now = duel.law.begins;
        let mut fight = open(codex, EngagementId(0), BodyId(0), duel.centre, now, Vec::new());
        for ship in &opening.state.ships {
            let Some(group) = opening.state.groups.get(ship.group.index()) else { continue };
            enter(codex, &mut fight, ship, group, &group.spot, now);
        }
        let middle = codex.chart.spot_offset(BodyId(0), &duel.centre);
        let mut groups = Vec::new();
        for (record, place) in opening.state.groups.iter().zip(&opening.place_of) {
            let out = codex.chart.spot_offset(BodyId(0), &record.spot) - middle;
            let out = Bearing::from_vec(out).map_or([0; 3], |way| [way.x, way.y, way.z]);
            if let Some(posture) = jumpline_battle::posture(&mut fight, record.id) {
                posture.bound = out.map(|part| part.saturating_mul(-1));
            }
            groups.push((*place, out));
        }
        Some(Field { fight, groups })
    }
}

/// Plays it. `settled` gets the field as it is left, ship by ship, when somebody wants it.
pub(crate) fn play(
    duel: &Duel,
    field: &Field,
    seed: u64,
    settled: Option<&mut Engagement>,
) -> Bout {
    let codex = &duel.law.codex;
    let rules = &codex.rules.battle;
    let longest_s = rules.longest_s.max(1);
    let beat = Span(codex.rules.officers.beat_s.clamp(1, longest_s));
    let wait = Span(codex.rules.officers.withdraw_s.max(1));
    let dice = Dice::new(seed);
    let began = duel.law.begins;
    let mut now = began;
    let mut ready: Vec<Option<Time>> = vec![None; field.groups.len()];
    let places = duel.places.len();
    let mut bout = Bout {
        seed,
        ended: Ended::Nobody,
        winner: None,
        duration_s: 0,
        lost: vec![0; places],
        away: vec![0; places],
        withdrew: vec![None; places],
        kills: BTreeMap::new(),
        ship_ticks: 0,
        digest: [0; 32],
    };
    let mut play = Play::begin(codex, &dice, &duel.regards, &field.fight);
    let ended = loop {
        let sides = standing(duel, field, &play);
        match duel.verdict(&sides) {
            Some((ended, winner)) => {
                bout.winner = winner;
                break ended;
            }
            _ if !play.anyone_armed() => break Ended::Unarmed,
            _ if play.quiet_s() >= rules.lull_s.max(1) => break Ended::Lull,
            _ if rules.stale_s > 0 && play.stale_s() >= rules.stale_s => break Ended::Lull,
            _ if now.saturating_since(began).seconds() >= longest_s => break Ended::ByRule,
            _ => {}
        }
        now = now.saturating_add(beat);
        play.advance(now);
        for (number, (place, out)) in field.groups.iter().enumerate() {
            let id = GroupId::from_index(number);
            if let Some(ready) = ready[number] {
                if ready <= now {
                    play.leave(id);
                }
                continue;
            }
            let Some((doctrine, goes)) = doctrine(duel, *place) else { continue };
            let view = play.assess(id);
            if view.ships == 0 {
                continue;
            }
            let why = reason_to_go(doctrine, &view).filter(|_| goes);
            let onward = out.map(|part| part.saturating_mul(-1));
            let bound = if why.is_some() { *out } else { onward };
            play.command(id, why.is_some(), bound, goes_forward(doctrine, &view));
            if why.is_some() {
                bout.withdrew[*place] = why;
                ready[number] = Some(now.saturating_add(wait));
            }
        }
    };
    bout.ended = ended;
    bout.duration_s = now.0.saturating_sub(began.0);
    bout.ship_ticks = play.ship_ticks();
    let of: Vec<usize> = play.groups().map(|group| field.groups[group.index()].0).collect();
    let mut digest = blake3::Hasher::new();
    for kill in play.kills() {
        bout.lost[of[kill.of]] += kill.ships;
        *bout.kills.entry((Some(of[kill.by]), of[kill.of])).or_insert(0) += kill.ships;
        let Kill { tick, by, of: victims, ships } = *kill;
        for number in [tick, by as u32, victims as u32, ships] {
            digest.update(&number.to_le_bytes());
        }
    }
    for (number, (place, _)) in field.groups.iter().enumerate() {
        bout.away[*place] += play.away(GroupId::from_index(number));
    }
    digest.update(format!("{:?} {:?} {:?}", bout.ended, bout.away, bout.duration_s).as_bytes());
    bout.digest = *digest.finalize().as_bytes();
    if let Some(settled) = settled {
        let mut told = Vec::new();
        play.finish(settled, &mut told);
    }
    bout
}

fn doctrine(duel: &Duel, place: usize) -> Option<(&Doctrine, bool)> {
    let codex = &duel.law.codex;
    let (side, row) = *duel.places.get(place)?;
    let row = duel.forces().get(side)?.rows.get(row)?;
    let class = codex.classes.get(row.class.index())?;
    Some((duel.doctrine(row)?, class.drive.is_some()))
}

fn standing(duel: &Duel, field: &Field, play: &Play) -> Vec<usize> {
    let groups = field.groups.iter().enumerate();
    let mut sides: Vec<usize> = groups
        .filter(|(number, _)| play.ships(GroupId::from_index(*number)) > 0)
        .map(|(_, (place, _))| duel.places[*place].0)
        .collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}
