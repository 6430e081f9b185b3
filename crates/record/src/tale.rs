//! What a record tells at a glance: who killed whom, how strong each side was minute by minute, and the moments worth looking at.

use crate::read::Record;
use crate::replay::Replay;
use crate::row::{Kind, Row};
use std::collections::BTreeMap;

/// A power and a class, by their places in the record's lists.
pub type Party = (u16, u16);

/// A battle at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Tale {
    /// Powers that were there, in the order of the record's list.
    pub powers: Vec<u16>,
    /// Ships killed, by killer (none: nobody's doing) and victim.
    pub killers: BTreeMap<(Option<Party>, Party), u32>,
    /// Every so many seconds, from the beginning to the end.
    pub curve: Vec<Strength>,
    /// Groups that broke off: when the first of their ships did.
    pub withdrawals: Vec<Withdrawal>,
    /// Everything that happened but comings, wounds and broken parts, in order.
    pub moments: Vec<Moment>,
}

/// How strong each side was.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// The tick.
    pub tick: u32,
    /// Ships on the field, by power as in [`Tale::powers`].
    pub ships: Vec<u32>,
    /// Points of shields (the mean of six facings), armour and hull left in them.
    pub points: Vec<i64>,
    /// Ships lost since the step before.
    pub lost: Vec<u32>,
}

/// A group that broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The tick.
    pub tick: u32,
    /// The group.
    pub group: u32,
    /// Whose.
    pub power: u16,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The tick.
    pub tick: u32,
    /// To whom.
    pub ship: u32,
    /// Whose she is, and what.
    pub party: Party,
    /// What.
    pub kind: Kind,
    /// Whose doing.
    pub by: Option<u32>,
}

impl Tale {
    /// Of a record, with the strengths every `step_s` seconds.
    pub fn of(record: &Record, step_s: u32) -> Tale {
        let mut parties: BTreeMap<u32, Party> = BTreeMap::new();
        for row in record.rows() {
            parties.insert(row.ship, (row.power, row.class));
        }
        let mut powers: Vec<u16> = parties.values().map(|party| party.0).collect();
        powers.sort_unstable();
        powers.dedup();
        let mut tale = Tale {
            powers,
            killers: BTreeMap::new(),
            curve: Vec::new(),
            withdrawals: Vec::new(),
            moments: Vec::new(),
        };
        let mut groups: BTreeMap<u32, Withdrawal> = BTreeMap::new();
        for row in record.rows() {
            tale.hear(row, &parties);
            let fled = row.conditions.iter().find(|one| one.mode == 2);
            if let Some(one) = fled {
                let tick = row.from_tick + u32::from(one.tick);
                let withdrawal = Withdrawal { tick, group: row.group, power: row.power };
                groups
                    .entry(row.group)
                    .and_modify(|first| first.tick = first.tick.min(tick))
                    .or_insert(withdrawal);
            }
        }
        tale.withdrawals = groups.into_values().collect();
        tale.withdrawals.sort_by_key(|one| (one.tick, one.group));
        tale.moments.sort_by_key(|one| (one.tick, one.ship));
        tale.curve(record, step_s);
        tale
    }

    fn hear(&mut self, row: &Row, parties: &BTreeMap<u32, Party>) {
        let party = (row.power, row.class);
        for event in &row.events {
            if event.kind == Kind::Lost {
                let killer = event.by.and_then(|by| parties.get(&by).copied());
                *self.killers.entry((killer, party)).or_insert(0) += 1;
            }
            if !matches!(event.kind, Kind::Came | Kind::Wounded | Kind::PartLost | Kind::Stands) {
                let tick = row.from_tick + u32::from(event.tick);
                let (ship, kind, by) = (row.ship, event.kind, event.by);
                self.moments.push(Moment { tick, ship, party, kind, by });
            }
        }
    }

    fn curve(&mut self, record: &Record, step_s: u32) {
        let replay = Replay::new(record);
        let step_ms = i64::from(step_s.max(1)) * 1_000;
        let step = u32::try_from(step_ms / record.header.tick_ms).unwrap_or(u32::MAX).max(1);
        let slot = |power: u16| self.powers.binary_search(&power).unwrap_or(0);
        let mut losses = self.moments.iter().filter(|one| one.kind == Kind::Lost).peekable();
        let mut curve = Vec::new();
        let mut tick = 0_u32;
        loop {
            let sides = self.powers.len();
            let (ships, points, lost) = (vec![0; sides], vec![0; sides], vec![0; sides]);
            let mut strength = Strength { tick, ships, points, lost };
            for stance in replay.at(f64::from(tick)) {
                let at = slot(stance.row.power);
                strength.ships[at] += 1;
                let class = record.header.classes.get(usize::from(stance.row.class));
                let Some(class) = class else { continue };
                let shields: i64 = stance.shields.iter().map(|part| i64::from(*part)).sum();
                strength.points[at] = strength.points[at]
                    .saturating_add(class.shield.saturating_mul(shields) / 600)
                    .saturating_add(part_of(class.armour, stance.armour_permille))
                    .saturating_add(part_of(class.hull, stance.hull_permille));
            }
            while let Some(loss) = losses.next_if(|loss| loss.tick <= tick) {
                strength.lost[slot(loss.party.0)] += 1;
            }
            curve.push(strength);
            if tick >= record.ticks {
                break;
            }
            tick = tick.saturating_add(step).min(record.ticks);
        }
        self.curve = curve;
    }
}

fn part_of(full: i64, permille: u16) -> i64 {
    full.saturating_mul(i64::from(permille)) / 1_000
}
