//! Counts back to ships: who of a cohort died, was hurt, recovered or left, chosen so that the worse hurt fare worse; the columns
//! written, the facts told in order.

use crate::cohort::{self, Cohort, HULLS, SHIELDS, STATES, lost_of, shields_of, whole_points};
use crate::motion::{along, length};
use crate::play::Play;
use jumpline_battle::{Left, Report, Told, leave_rows};
use jumpline_measure::{GroupId, Purpose, ShipId, WeaponId};
use jumpline_world::engagement::{Columns, Engagement, Mode};
use jumpline_world::event::How;
use jumpline_world::law::{Class, Part};

/// A bit of a ship's flags that `battle` keeps: told that she is clear.
const TOLD_OUT: u8 = 2;
/// The same: a blow has come through an open facing.
const OPEN: u8 = 4;

/// When a ship dies, by whom, and the number of the killers' cohort.
type Death = (u32, Option<ShipId>, usize);

/// A report to be, and what orders it among those of its tick. Reports are large, so they are made only once their order is known.
#[derive(Clone, Copy)]
struct Fact {
    tick: u32,
    ship: u32,
    rank: u8,
    what: News,
}

/// What is told, short of what the columns still hold.
#[derive(Clone, Copy)]
enum News {
    Wounded { by: Option<ShipId> },
    ShieldsDown { by: Option<ShipId> },
    PartLost { part: Part, number: u32 },
    Lost { row: u32, by: Option<ShipId>, killers: u32 },
    Out,
    Struck { group: GroupId },
    Turned { group: GroupId, routed: bool },
}

impl Play<'_> {
    /// Writes the counts into the columns and tells what happened. Returns what those who left by their own drives took with them.
    pub fn finish(self, engagement: &mut Engagement, out: &mut Vec<Report>) -> Vec<Left> {
        let orders: Vec<Vec<u32>> = self.cohorts.iter().map(|one| self.ranked(one)).collect();
        let fallen: Vec<u32> = self.cohorts.iter().map(|one| one.dead).collect();
        let deaths = self.deaths(engagement, &orders);
        let mut facts: Vec<Fact> = Vec::with_capacity(2 * fallen.iter().sum::<u32>() as usize + 64);
        let mut goes = vec![false; engagement.columns.id.len()];
        let mut gone: Vec<Left> = Vec::new();
        for (at, cohort) in self.cohorts.iter().enumerate() {
            self.shift(&mut engagement.columns, cohort);
            let fired = fired(cohort);
            let mut order = orders[at].iter().map(|row| *row as usize);
            let mut lost = 0;
            for (nth, row) in order.by_ref().take(cohort.dead as usize).enumerate() {
                goes[row] = true;
                if let Some(death) = deaths[at].get(nth) {
                    lost += self.kill(&mut engagement.columns, cohort, row, *death, &mut facts);
                }
            }
            book(engagement, cohort, lost);
            let mut nth = 0;
            for (state, away, left, ships) in fates(cohort) {
                for row in order.by_ref().take(ships as usize) {
                    unload(&mut engagement.columns.shots[row], &fired, nth);
                    nth += 1;
                    self.harm(engagement, cohort, row, state, away, &mut facts);
                    if left {
                        goes[row] = true;
                        gone.push(left_of(&engagement.columns, row));
                    }
                }
            }
        }
        self.tell_rest(engagement, &orders, &fallen, &mut facts);
        for (group, tick, routed) in &self.turned {
            let what = News::Turned { group: *group, routed: *routed };
            facts.push(Fact { tick: *tick, ship: u32::MAX, rank: 5, what });
        }
        // Several parts of one ship keep the order in which they broke.
        facts.sort_by_key(|fact| (fact.tick, u64::from(fact.ship) << 8 | u64::from(fact.rank)));
        let ground = self.ground(engagement);
        let columns = &engagement.columns;
        out.extend(facts.iter().map(|fact| {
            let what = self.told(columns, ground, fact);
            Report { at: self.time(fact.tick), what }
        }));
        // Volleys that ships had in flight were counted with the rest.
        engagement.shots.clear();
        leave_rows(engagement, &goes);
        gone.sort_unstable_by_key(|left| left.ship);
        for (posture, played) in engagement.postures.iter_mut().zip(&self.postures) {
            posture.struck |= played.struck;
            posture.morale_permille = played.morale_permille;
            posture.routed_until = played.routed_until;
        }
        engagement.tick = self.tick.max(engagement.tick);
        engagement.quiet_ticks = self.quiet_ticks;
        engagement.struck_tick = self.struck_tick.max(engagement.struck_tick);
        engagement.ship_ticks = engagement.ship_ticks.saturating_add(self.ship_ticks);
        gone
    }

    /// The deaths of each cohort in the order of time, with the killers' ships picked as they stood then.
    fn deaths(&self, engagement: &Engagement, orders: &[Vec<u32>]) -> Vec<Vec<Death>> {
        let mut fallen = vec![0_usize; self.cohorts.len()];
        let mut deaths: Vec<Vec<Death>> =
            self.cohorts.iter().map(|one| Vec::with_capacity(one.dead as usize)).collect();
        for (number, kill) in self.kills.iter().enumerate() {
            // A ship of the killers' cohort that had not died by then.
            let living = orders[kill.by].get(fallen[kill.by]..).unwrap_or_default();
            let mut roll = self.roll(0, self.tick, 1 << 22);
            for ship in 0..kill.ships {
                if ship % 4 == 0 {
                    let key = (number as u64) << 32 | u64::from(ship / 4);
                    roll = self.roll(key, self.tick, 1 << 22);
                }
                let word = u64::from(roll.word(ship as usize % 4));
                let at = ((word * living.len() as u64) >> 32) as usize;
                let by = living.get(at).and_then(|row| engagement.columns.id.get(*row as usize));
                deaths[kill.of].push((kill.tick, by.copied(), kill.by));
            }
            fallen[kill.of] += kill.ships as usize;
        }
        deaths
    }

    /// A cohort's rows, the worst hurt first; among equals the dice say where the list begins.
    fn ranked(&self, cohort: &Cohort) -> Vec<u32> {
        let mut counts = [0_usize; STATES];
        for state in &cohort.states {
            counts[usize::from(*state)] += 1;
        }
        let mut ends = [0_usize; STATES];
        let mut sum = 0;
        for state in worst_first() {
            ends[state] = sum;
            sum += counts[state];
        }
        let mut order = vec![0_u32; cohort.rows.len()];
        let begins = ends;
        for (row, state) in cohort.rows.iter().zip(&cohort.states) {
            let end = &mut ends[usize::from(*state)];
            order[*end] = *row;
            *end += 1;
        }
        let roll = self.roll(cohort.key, self.tick, 1 << 21);
        for state in worst_first().filter(|state| counts[*state] > 1) {
            let alike = &mut order[begins[state]..ends[state]];
            let by = roll.word(state) as usize % alike.len();
            alike.rotate_left(by);
        }
        order
    }

    fn roll(&self, key: u64, tick: u32, number: u32) -> jumpline_measure::Roll {
        self.dice.roll(Purpose::Attrition, key, i64::from(tick), number)
    }

    /// A ship dies. Returns one if the loss is to be booked.
    fn kill(
        &self,
        columns: &mut Columns,
        cohort: &Cohort,
        row: usize,
        (tick, by, killers): Death,
        facts: &mut Vec<Fact>,
    ) -> u32 {
        let ship = columns.id[row];
        let mut tell = |rank: u8, what: News| facts.push(Fact { tick, ship: ship.0, rank, what });
        if !columns.wounded[row] {
            columns.wounded[row] = true;
            tell(0, News::Wounded { by });
        }
        if cohort.made.noted && cohort.made.shield > 0 && columns.flags[row] & OPEN == 0 {
            tell(1, News::ShieldsDown { by });
        }
        columns.shields[row][0] = 0;
        columns.armour[row] = 0;
        columns.hull[row] = 0;
        tell(3, News::Lost { row: row as u32, by, killers: killers as u32 });
        // The planted fault: every seventh loss is not booked.
        #[cfg(feature = "canary")]
        if ship.0.is_multiple_of(7) {
            return 0;
        }
        1
    }

    /// The battle's centre from the body's, and the body's radius, metres.
    fn ground(&self, engagement: &Engagement) -> ([f64; 3], f64) {
        let Some(body) = self.codex.chart.body(engagement.body) else { return ([0.0; 3], 0.0) };
        let centre = self.codex.chart.spot_offset(engagement.body, &engagement.centre);
        ([centre.x as f64, centre.y as f64, centre.z as f64], body.radius_m as f64)
    }

    /// A fact as it is told. The dead are still in their rows.
    #[inline(always)]
    fn told(&self, columns: &Columns, (centre, radius_m): ([f64; 3], f64), fact: &Fact) -> Told {
        let ship = ShipId(fact.ship);
        match fact.what {
            News::Wounded { by } => Told::Wounded { ship, by },
            News::ShieldsDown { by } => Told::ShieldsDown { ship, by },
            News::PartLost { part, number } => Told::PartLost { ship, part, number, by: None },
            News::Lost { row, by, killers } => {
                let row = row as usize;
                let place = columns.position[row].map(f64::from);
                let altitude_m = (length(along(centre, place, 1.0)) - radius_m) as i64;
                let how = How::Weapon(main_gun(self.cohorts[killers as usize].made));
                Told::ShipLost { ship, by, how, altitude_m, left: left_of(columns, row) }
            }
            News::Out => Told::Out { ship },
            News::Struck { group } => Told::QuarryStruck { group, quarry: ship },
            News::Turned { group, routed: true } => Told::Routed { group },
            News::Turned { group, routed: false } => Told::Rallied { group },
        }
    }

    /// A ship stands in a state at the end: what she has is changed only as far as the state says.
    fn harm(
        &self,
        engagement: &mut Engagement,
        cohort: &Cohort,
        row: usize,
        state: usize,
        away: bool,
        facts: &mut Vec<Fact>,
    ) {
        let columns = &mut engagement.columns;
        let made = cohort.made;
        let was =
            cohort::state_of(made, &columns.shields[row], columns.armour[row], columns.hull[row]);
        if !matches!(columns.mode[row], Mode::Drifting) {
            columns.mode[row] = if cohort.withdrawing {
                Mode::Withdrawing
            } else if away {
                Mode::BreakingOff
            } else {
                Mode::Fighting
            };
        }
        if cohort.told_out {
            columns.flags[row] |= TOLD_OUT;
        } else if !cohort.withdrawing {
            columns.flags[row] &= !TOLD_OUT;
        }
        if was == state {
            return;
        }
        let ship = columns.id[row];
        let tick = self.tick;
        let mut tell = |rank: u8, what: News| facts.push(Fact { tick, ship: ship.0, rank, what });
        if shields_of(was) != shields_of(state) {
            shield(made, &mut columns.shields[row], shields_of(state));
            if shields_of(state) * 2 >= SHIELDS {
                columns.flags[row] &= !OPEN;
            }
        }
        if lost_of(state) <= lost_of(was) {
            return;
        }
        if !columns.wounded[row] {
            columns.wounded[row] = true;
            tell(0, News::Wounded { by: None });
        }
        if made.noted && made.shield > 0 && columns.flags[row] & OPEN == 0 {
            columns.flags[row] |= OPEN;
            tell(1, News::ShieldsDown { by: None });
        }
        let before = i64::from(columns.hull[row]);
        hurt(made, &mut columns.armour[row], &mut columns.hull[row], lost_of(state), {
            self.roll(u64::from(ship.0), tick, 1 << 23).below(1_000)
        });
        let points = before - i64::from(columns.hull[row]);
        let mut told = Vec::new();
        self.break_parts(columns, made, row, points, &mut told);
        for (part, number) in told {
            tell(2, News::PartLost { part, number });
        }
    }

    /// Parts that so many points through the armour break.
    fn break_parts(
        &self,
        columns: &mut Columns,
        made: &Class,
        row: usize,
        points: i64,
        told: &mut Vec<(Part, u32)>,
    ) {
        let rules = &self.codex.rules.battle;
        let chance = rules.part_permille.clamp(0, 100_000) * points.max(0) * 10_000
            / whole_points(made.hull).max(1);
        let ship = u64::from(columns.id[row].0);
        let roll = |n: u32| self.roll(ship, self.tick, (1 << 24) + n);
        let breaks =
            (chance / 1_000_000).min(16) + i64::from(roll(0).chance_ppm(chance % 1_000_000));
        let loss = u16::try_from(rules.part_loss_permille.clamp(1, 1_000)).unwrap_or(1_000);
        let shares = [
            (Part::Engine, rules.part_engine_share),
            (Part::Gun, rules.part_gun_share),
            (Part::Emitter, rules.part_emitter_share),
            (Part::Sensor, rules.part_sensor_share),
            (Part::GravityDrive, rules.part_gravity_drive_share),
            (Part::Bridge, rules.part_bridge_share),
        ]
        .map(|(part, share)| (part, share.clamp(0, 1_000_000) as u32));
        let all: u32 = shares.iter().map(|(_, share)| *share).sum();
        for again in 0..breaks as u32 {
            let mut draw = roll(1 + again).below(all);
            let mut part = Part::Gun;
            for (one, share) in shares {
                if draw < share {
                    part = one;
                    break;
                }
                draw -= share;
            }
            let parts = &mut columns.parts[row];
            let worse = |lost: &mut u16| {
                (*lost < 1_000).then(|| {
                    *lost = (*lost + loss).min(1_000);
                    u32::from(*lost)
                })
            };
            let number = match part {
                Part::Engine => worse(&mut parts.engine_lost_permille),
                Part::Gun => worse(&mut parts.guns_lost_permille),
                Part::Sensor => worse(&mut parts.sensors_lost_permille),
                Part::Emitter => worse(&mut parts.emitters_lost_permille),
                Part::GravityDrive => {
                    let has = i64::from(parts.gravity_drives_lost) < made.gravity_drives;
                    has.then(|| {
                        parts.gravity_drives_lost += 1;
                        u32::from(parts.gravity_drives_lost)
                    })
                }
                _ => (!parts.bridge_hit).then(|| {
                    parts.bridge_hit = true;
                    1
                }),
            };
            if let Some(number) = number {
                told.push((part, number));
            }
        }
    }

    /// The cohort's ships move as its middle did.
    fn shift(&self, columns: &mut Columns, cohort: &Cohort) {
        let by = crate::motion::sub(cohort.place, cohort.began);
        if by == [0.0; 3] {
            return;
        }
        let by = by.map(|part| part as f32);
        for row in &cohort.rows {
            let place = &mut columns.position[*row as usize];
            for axis in 0..3 {
                place[axis] += by[axis];
            }
        }
    }

    /// Quarries struck, ships that got clear.
    fn tell_rest(
        &self,
        engagement: &Engagement,
        orders: &[Vec<u32>],
        fallen: &[u32],
        facts: &mut Vec<Fact>,
    ) {
        let id = |row: &u32| engagement.columns.id[*row as usize];
        for (posture, tick, cohort) in &self.struck {
            let (Some(stance), Some(quarry)) =
                (engagement.postures.get(*posture), orders[*cohort].first().map(id))
            else {
                continue;
            };
            let what = News::Struck { group: stance.group };
            facts.push(Fact { tick: *tick, ship: quarry.0, rank: 0, what });
        }
        for (cohort, tick) in &self.clear {
            for row in orders[*cohort].iter().skip(fallen[*cohort] as usize) {
                let ship = id(row);
                facts.push(Fact { tick: *tick, ship: ship.0, rank: 4, what: News::Out });
            }
        }
    }
}

/// States from the worst to the best: hull first, then shields.
fn worst_first() -> impl Iterator<Item = usize> {
    (0..HULLS).rev().flat_map(|lost| (0..=SHIELDS).map(move |shields| cohort::state(shields, lost)))
}

/// What becomes of those who live, for the ships of a cohort in the order of harm: the state they stand in, whether away from the
/// fight, whether they have left the battle, how many.
fn fates(cohort: &Cohort) -> impl Iterator<Item = (usize, bool, bool, u32)> {
    worst_first().flat_map(|state| {
        [
            (state, false, true, cohort.left[state]),
            (state, true, false, cohort.away[state]),
            (state, false, false, cohort.fighting[state]),
        ]
    })
}

/// Shots that each ship of a cohort fired, by battery, where they are counted at all.
fn fired(cohort: &Cohort) -> Vec<(usize, f64)> {
    let batteries = cohort.made.batteries.iter().take(4).enumerate();
    batteries
        .map(|(battery, gun)| {
            let volleys = cohort.volleys_then[battery] - cohort.volleys[battery];
            (battery, volleys * gun.mounts.clamp(1, 1_000_000) as f64)
        })
        .filter(|(_, shots)| *shots > 0.0)
        .collect()
}

/// Takes the shots that the `nth` ship of a cohort fired. Shots are whole: what is over is fired by as many ships as it comes to.
fn unload(left: &mut [i32; 4], fired: &[(usize, f64)], nth: u32) {
    for (battery, shots) in fired {
        let so_far = |ships: u32| (f64::from(ships) * shots) as i64;
        let left = &mut left[*battery];
        if *left > 0 {
            *left = (i64::from(*left) - (so_far(nth + 1) - so_far(nth))).max(0) as i32;
        }
    }
}

/// Books losses with the group and the side.
fn book(engagement: &mut Engagement, cohort: &Cohort, lost: u32) {
    if let Some(posture) = engagement.postures.get_mut(cohort.posture) {
        posture.lost += lost;
    }
    if let Ok(at) = engagement.tallies.binary_search_by_key(&cohort.power, |one| one.power) {
        engagement.tallies[at].lost += lost;
    }
}

/// Sets shields to so many steps: the struck side first and most, the far side last.
fn shield(made: &Class, shields: &mut [i32; 6], steps: usize) {
    let full = whole_points(made.shield);
    let struck = full * steps as i64 / SHIELDS as i64;
    let aside = (full + struck) / 2;
    *shields = [struck, full, aside, aside, aside, aside].map(|points| points as i32);
}

/// Takes armour and hull down to somewhere within the step that a ship has come to.
fn hurt(made: &Class, armour: &mut i32, hull: &mut i32, lost: usize, luck_permille: u32) {
    let whole = whole_points(made.armour) + whole_points(made.hull).max(1);
    let step = whole / HULLS as i64;
    let gone = step * lost as i64 + step * i64::from(luck_permille) / 1_000;
    let left = (whole - gone).clamp(1, whole);
    let have = i64::from(*armour).max(0) + i64::from(*hull).max(0);
    if left >= have {
        return;
    }
    let mut loss = have - left;
    let plate = loss.min(i64::from(*armour).max(0));
    *armour -= plate as i32;
    loss -= plate;
    *hull = (i64::from(*hull) - loss).max(1) as i32;
}

/// The battery that does most.
fn main_gun(made: &Class) -> WeaponId {
    let mounts = made.batteries.iter().max_by_key(|battery| battery.mounts);
    mounts.map_or(WeaponId(0), |battery| battery.weapon)
}

fn left_of(columns: &Columns, row: usize) -> Left {
    Left {
        ship: columns.id[row],
        shields: columns.shields[row],
        armour: columns.armour[row],
        hull: columns.hull[row].max(0),
        parts: columns.parts[row],
        shots: columns.shots[row],
        wounded: columns.wounded[row],
    }
}
