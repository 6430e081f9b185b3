//! Field weapons: arcs that seek matter. Nearer bodies and denser sectors draw more of them, the rest is luck; great hulls
//! soak arcs up and leave a gap for a while; the sector of a severed pylon stays blind.

use crate::damage::{Blow, Effects};
use crate::enter::NOBODY;
use crate::flight::InFlight;
use crate::formation::sphere_point;
use crate::kinds::FieldKind;
use crate::report::Told;
use crate::rows::{Row, row_of};
use crate::scene::Scene;
use crate::v3::{V3, add, cross, dot, scale, square, sub, unit_or};
use jumpline_measure::Purpose;
use jumpline_world::engagement::{Debris, LitField};
use jumpline_world::event::How;

/// Most thousandths of an arc that a sector can be owed.
const SOAK_MOST: i64 = 20_000;

/// A field weapon as everybody sees it.
#[derive(Clone, Copy, Debug)]
pub struct Lit {
    pub row: u32,
    pub camp: u8,
    pub place: V3,
    pub velocity: V3,
    pub reach: f32,
    /// Direction of a blind sector, and the cosine within which one is safely inside it.
    pub gap: Option<V3>,
    pub gap_cosine: f32,
}

/// Where a pylon of a ship so turned points.
pub fn pylon_direction(row: &Row, number: u32, pylons: u32) -> V3 {
    let [x, y, z] = sphere_point(number, pylons);
    let right = cross(row.heading, row.up);
    add(add(scale(row.heading, x), scale(right, y)), scale(row.up, z))
}

/// Copies out the fields that are switched on.
pub fn look(scene: &mut Scene, rows: &[Row], fields: &[LitField]) {
    scene.lit.clear();
    for lit in fields {
        let number = row_of(rows, lit.ship.0);
        let Some(row) = rows.get(number as usize).filter(|row| row.here()) else { continue };
        let Some(field) = &scene.kinds.classes[usize::from(row.class)].field else { continue };
        let first = (0..field.pylons).find(|n| row.parts.pylons_lost >> n & 1 == 1);
        scene.lit.push(Lit {
            row: number,
            camp: row.camp,
            place: row.place,
            velocity: row.velocity,
            reach: field.reach_m,
            gap: first.map(|n| pylon_direction(row, n, field.pylons)),
            gap_cosine: (1.0 - 1.6 / field.pylons as f32).max(-0.5),
        });
    }
}

/// Something an arc may strike.
#[derive(Clone, Copy)]
enum Matter {
    Ship(u32),
    Missile(u32),
    Debris(u32),
}

/// Switches fields on and off, and lets those that stand strike.
pub fn strike(
    effects: &mut Effects,
    fields: &mut Vec<LitField>,
    flights: &mut InFlight,
    debris: &mut Vec<Debris>,
) {
    let scene = effects.scene;
    let classes = scene.kinds.classes.len();
    let mut owners: Vec<u32> = Vec::new();
    for (class, kind) in scene.kinds.classes.iter().enumerate() {
        if kind.field.is_some() {
            for camp in 0..scene.camps.len() {
                owners.extend(&scene.of_class[camp * classes + class]);
            }
        }
    }
    if owners.is_empty() && fields.is_empty() {
        return;
    }
    owners.sort_unstable();
    let before = std::mem::take(fields);
    for number in owners {
        let at = number as usize;
        let row = &effects.rows[at];
        let Some(field) = &scene.kinds.classes[usize::from(row.class)].field else { continue };
        let ship = row.id;
        let old = before.iter().find(|lit| lit.ship == ship);
        let stood = old.is_some_and(|lit| lit.ticks > field.spin_up);
        if !effects.alive(at) || !may_burn(scene, row, field, old.is_some()) {
            if stood && effects.alive(at) {
                effects.tell(Told::FieldDark { ship });
            }
            continue;
        }
        let mut lit = old.cloned().unwrap_or(LitField { ship, ticks: 0, soaked: Vec::new() });
        lit.soaked.resize(field.pylons as usize, 0);
        lit.ticks = lit.ticks.saturating_add(1);
        if lit.ticks > field.spin_up {
            if !stood {
                effects.tell(Told::FieldLit { ship });
            }
            arcs(effects, at, field, &mut lit, flights, debris);
        }
        for owed in &mut lit.soaked {
            *owed -= *owed / 8;
        }
        fields.push(lit);
    }
}

/// Enemies near enough, clear of a star's air, a pylon left.
fn may_burn(scene: &Scene, row: &Row, field: &FieldKind, on: bool) -> bool {
    let whole = field.pylons - row.parts.pylons_lost.count_ones().min(field.pylons);
    if whole == 0 || row.silenced > 0 || (scene.terrain.star && scene.terrain.in_air(row.place)) {
        return false;
    }
    let lights_at = scene.rules.field_lights_permille.clamp(0, 1_000_000) as f32 / 1_000.0;
    let near = field.reach_m * if on { lights_at * 1.5 } else { lights_at };
    let mut best = Some((near * near, NOBODY));
    for foe in scene.foes_of(row.camp) {
        scene.grids[foe].nearest(row.place, &mut best, |_| true);
    }
    best.is_some_and(|(_, found)| found != NOBODY)
}

fn sector(directions: &[V3], towards: V3) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for (number, direction) in directions.iter().enumerate() {
        let near = dot(*direction, towards);
        if near > best.0 {
            best = (near, number);
        }
    }
    best.1
}

/// One candidate for an arc.
struct Candidate {
    matter: Matter,
    place: V3,
    sector: usize,
    weight: u64,
}

/// All matter in reach that is not in a blind sector, in a fixed order, with how strongly it draws arcs.
fn candidates(
    effects: &Effects,
    at: usize,
    field: &FieldKind,
    directions: &[V3],
    flights: &InFlight,
    debris: &[Debris],
) -> Vec<Candidate> {
    let scene = effects.scene;
    let me = &effects.rows[at];
    let centre = scene.seen[at].place;
    let lost = me.parts.pylons_lost;
    let mut found: Vec<(u32, f32)> = Vec::new();
    for grid in &scene.grids {
        grid.within(centre, field.reach_m + scene.widest_m, |row, far| found.push((row, far)));
    }
    found.sort_unstable_by_key(|(row, _)| *row);
    let mut list = Vec::new();
    let mut crowd = vec![0_u64; directions.len()];
    let nearness =
        |far: f32| ((1.0 - far / field.reach_m.max(1.0)).clamp(0.0, 1.0) * 900.0) as u64 + 100;
    for (row, squared) in found {
        if row as usize == at || !effects.alive(row as usize) {
            continue;
        }
        let seen = &scene.seen[row as usize];
        let far = squared.sqrt() - seen.radius;
        if far > field.reach_m {
            continue;
        }
        let sector = sector(directions, sub(seen.place, centre));
        if lost >> sector & 1 == 1 {
            continue;
        }
        // Arcs are led, as far as they can be, towards enemies.
        let foe = scene.is_foe(me.camp, row);
        if foe {
            crowd[sector] += 1;
        }
        let weight = nearness(far.max(0.0)) * if foe { 16 } else { 1 };
        list.push(Candidate { matter: Matter::Ship(row), place: seen.place, sector, weight });
    }
    for candidate in &mut list {
        candidate.weight = candidate.weight * (8 + crowd[candidate.sector].min(64)) / 8;
    }
    let mut small = |matter: Matter, place: V3, share: u64| {
        let to = sub(place, centre);
        let far = square(to).sqrt();
        let sector = sector(directions, to);
        if far <= field.reach_m && lost >> sector & 1 == 0 {
            list.push(Candidate { matter, place, sector, weight: nearness(far) * share });
        }
    };
    for (number, missile) in flights.missiles.iter().enumerate() {
        if missile.count > 0
            && missile.camp != me.camp
            && let Some(place) = missile.place(&scene.seen, scene.tick)
        {
            small(Matter::Missile(number as u32), place, 6);
        }
    }
    for (number, piece) in debris.iter().enumerate() {
        if piece.until > scene.tick {
            small(Matter::Debris(number as u32), piece.position, 1);
        }
    }
    list
}

fn arcs(
    effects: &mut Effects,
    at: usize,
    field: &FieldKind,
    lit: &mut LitField,
    flights: &mut InFlight,
    debris: &mut Vec<Debris>,
) {
    let scene = effects.scene;
    let me = effects.rows[at].clone();
    let whole = field.pylons - me.parts.pylons_lost.count_ones().min(field.pylons);
    let per_tick = field.arcs_per_s * i64::from(whole) * scene.kinds.tick_ms;
    let per_arc = 1_000 * i128::from(field.pylons);
    let whole_arcs = |ticks: u32| i128::from(per_tick) * i128::from(ticks) / per_arc;
    let count = whole_arcs(lit.ticks) - whole_arcs(lit.ticks - 1);
    let directions: Vec<V3> =
        (0..field.pylons).map(|n| pylon_direction(&me, n, field.pylons)).collect();
    let list = candidates(effects, at, field, &directions, flights, debris);
    let mut total = 0_u64;
    let bounds: Vec<u64> = list
        .iter()
        .map(|candidate| {
            total += candidate.weight;
            total
        })
        .collect();
    if total == 0 {
        return;
    }
    let leap_reach = scene.rules.leap_reach_permille.clamp(0, 1_000_000) as f32 / 1_000.0;
    let leap_m = field.reach_m * leap_reach;
    let centre = scene.seen[at].place;
    let mut gone: Vec<bool> = vec![false; list.len()];
    let mut draws = 0_u32;
    for _ in 0..count {
        // An arc that finds its matter already gone gropes on, a few times.
        let mut first = None;
        for _ in 0..4 {
            let roll =
                scene.dice.roll(Purpose::Invoker, u64::from(me.id.0), i64::from(scene.tick), draws);
            draws += 1;
            let draw = ((u128::from(roll.bits()) * u128::from(total)) >> 64) as u64;
            let chosen = bounds.partition_point(|bound| *bound <= draw);
            if chosen < list.len() && !gone[chosen] {
                first = Some(chosen);
                break;
            }
        }
        let Some(first) = first else { continue };
        let owed = &mut lit.soaked[list[first].sector];
        if *owed >= 1_000 {
            *owed -= 1_000;
            continue;
        }
        let mut from = centre;
        let mut next = Some(first);
        let mut damage = field.damage;
        let mut path = [usize::MAX; 33];
        for leap in 0..=(field.leaps as usize) {
            let Some(chosen) = next else { break };
            path[leap] = chosen;
            touch(effects, at, field, lit, flights, debris, &list[chosen], from, damage);
            gone[chosen] = match list[chosen].matter {
                Matter::Ship(row) => !effects.alive(row as usize),
                Matter::Missile(number) => flights.missiles[number as usize].count == 0,
                Matter::Debris(_) => true,
            };
            from = list[chosen].place;
            damage = damage * scene.rules.leap_permille.clamp(0, 1_000) / 1_000;
            if damage <= 0 || leap == field.leaps as usize {
                break;
            }
            next = nearest_other(&list, &gone, &path[..=leap], from, leap_m);
        }
    }
    debris.retain(|piece| piece.until > scene.tick);
}

fn nearest_other(
    list: &[Candidate],
    gone: &[bool],
    path: &[usize],
    from: V3,
    reach: f32,
) -> Option<usize> {
    let mut best = (reach * reach, None);
    for (number, candidate) in list.iter().enumerate() {
        let far = square(sub(candidate.place, from));
        if far < best.0 && !gone[number] && !path.contains(&number) {
            best = (far, Some(number));
        }
    }
    best.1
}

/// One touch of an arc.
#[expect(clippy::too_many_arguments, reason = "the arc, what it touches and all it may change")]
fn touch(
    effects: &mut Effects,
    at: usize,
    field: &FieldKind,
    lit: &mut LitField,
    flights: &mut InFlight,
    debris: &mut [Debris],
    candidate: &Candidate,
    from: V3,
    damage: i64,
) {
    if !matches!(candidate.matter, Matter::Ship(_)) {
        // Whatever burns in an arc thins the storm about it for a moment.
        let more = effects.scene.rules.matter_disturb_permille.clamp(0, SOAK_MOST);
        let owed = &mut lit.soaked[candidate.sector];
        *owed = (i64::from(*owed) + more).min(SOAK_MOST) as u32;
    }
    match candidate.matter {
        Matter::Missile(number) => {
            let missile = &mut flights.missiles[number as usize];
            let down = 1 + u16::try_from(field.leaps).unwrap_or(0);
            missile.count = missile.count.saturating_sub(down);
        }
        Matter::Debris(number) => debris[number as usize].until = 0,
        Matter::Ship(number) => {
            let towards = unit_or(sub(from, candidate.place), [1.0, 0.0, 0.0]);
            let row = &effects.rows[number as usize];
            let shielded = row.shields[row.facing(towards)] > 0;
            let skips = effects.scene.rules.arc_skip_permille.clamp(0, 1_000);
            let enters = if shielded { damage * (1_000 - skips) / 1_000 } else { damage };
            let mass_kt = effects.kind(number as usize).mass_kt;
            let owed = &mut lit.soaked[candidate.sector];
            let more = (field.disturb_permille * mass_kt / 1_000).min(SOAK_MOST);
            *owed = (i64::from(*owed) + more).min(SOAK_MOST) as u32;
            let by = Some(effects.rows[at].id);
            let blow = Blow {
                shield: enters,
                hull: enters,
                by,
                how: How::Field,
                from: towards,
                turned_permille: 0,
                parts_permille: 1_000,
            };
            effects.strike(number as usize, blow);
        }
    }
}
