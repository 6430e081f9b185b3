//! One battle, from the first tick to its end, with the officers' beat. Stores what is counted of it and its digest; remembers no ticks.

use crate::duel::{Duel, Opening};
use crate::officers;
use jumpline_battle::tuning::{Tuning, advance_tuned};
use jumpline_battle::{
    End, Left, Report, Told, Watcher, advance_watched, assess, enter, goes_forward, hemmed, leave,
    leave_all, open, over, posture, reason_to_go,
};
use jumpline_measure::{BodyId, Dice, EngagementId, GroupId, ShipId, Span, Time};
use jumpline_world::engagement::Engagement;
use jumpline_world::event::Why;
use std::collections::BTreeMap;

/// How a battle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// The ships of one side, or of sides allied to it, alone were left on the field.
    Won,
    /// Nobody was left on it.
    Nobody,
    /// More than one side was left on it, none hostile to another and not all allied.
    Peace,
    /// Enemies were out of each other's reach and not closing.
    Lull,
    /// Nobody left on it could hurt anybody.
    Unarmed,
    /// It lasted as long as the rule allows, and was ended by it.
    ByRule,
}

impl Ended {
    /// All of them.
    pub const ALL: [Ended; 6] =
        [Ended::Won, Ended::Nobody, Ended::Peace, Ended::Lull, Ended::Unarmed, Ended::ByRule];

    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Ended::Won => "won",
            Ended::Nobody => "nobody_left",
            Ended::Peace => "no_enemies_left",
            Ended::Lull => "out_of_reach",
            Ended::Unarmed => "nobody_armed",
            Ended::ByRule => "by_rule",
        }
    }
}

/// What is counted of one battle. By group is by row, in the order of sides and their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bout {
    /// Its luck.
    pub seed: u64,
    /// How it ended.
    pub ended: Ended,
    /// The side that won, if any did; whoever is allied to it won with it.
    pub winner: Option<usize>,
    /// How long it took, seconds.
    pub duration_s: i64,
    /// Ships lost, by group.
    pub lost: Vec<u32>,
    /// Ships that got away, by group.
    pub away: Vec<u32>,
    /// Why a group broke off, if it did, by group.
    pub withdrew: Vec<Option<Why>>,
    /// Ships killed: killer's group (none: nobody's doing) and victim's group, to how many.
    pub kills: BTreeMap<(Option<usize>, usize), u32>,
    /// Ship-ticks played.
    pub ship_ticks: u64,
    /// Over the whole account and what was left on the field.
    pub digest: [u8; 32],
}

/// A battle being played.
struct Play<'a> {
    duel: &'a Duel,
    opening: Opening,
    fight: Engagement,
    now: Time,
    /// By group as mustered: when one that breaks off has its drives charged and turned.
    ready: Vec<Option<Time>>,
    bout: Bout,
    digest: blake3::Hasher,
}

/// Plays it. None when stopped.
pub(crate) fn play(
    duel: &Duel,
    seed: u64,
    threads: usize,
    tuning: Tuning,
    stopped: &(dyn Fn() -> bool + Sync),
    mut watcher: Option<&mut dyn Watcher>,
) -> Option<Bout> {
    let codex = &duel.law.codex;
    let rules = &codex.rules.battle;
    let longest_s = rules.longest_s.max(1);
    let beat_s = codex.rules.officers.beat_s.clamp(1, longest_s);
    let dice = Dice::new(seed);
    let mut play = Play::new(duel, seed)?;
    let mut told: Vec<Report> = Vec::new();
    let end = loop {
        if !officers::anyone_armed(codex, &play.fight)
            && play.duel.verdict(&play.standing()).is_none()
        {
            break None;
        }
        if let Some(end) = over(codex, &play.fight, &duel.regards, play.now) {
            break Some(end);
        }
        if stopped() {
            return None;
        }
        play.now = play.now.saturating_add(Span(beat_s));
        let (regards, now, fight) = (&duel.regards, play.now, &mut play.fight);
        match &mut watcher {
            Some(one) => {
                advance_watched(codex, &dice, regards, fight, now, threads, *one, &mut told);
            }
            None => {
                advance_tuned(codex, &dice, regards, fight, now, threads, tuning, &mut told);
            }
        }
        for report in told.drain(..) {
            play.hear(&report);
            if let Some(watcher) = &mut watcher {
                watcher.hear(play.fight.id, &report);
            }
        }
        for group in 0..duel.places.len() {
            play.decide(group);
        }
    };
    if let Some(watcher) = watcher {
        watcher.close(&play.fight, play.now);
    }
    Some(play.close(end))
}

impl<'a> Play<'a> {
    fn new(duel: &'a Duel, seed: u64) -> Option<Play<'a>> {
        let opening = duel.opening(seed)?;
        let codex = &duel.law.codex;
        let now = duel.law.begins;
        let mut fight = open(codex, EngagementId(0), BodyId(0), duel.centre, now, Vec::new());
        for ship in &opening.state.ships {
            let Some(group) = opening.state.groups.get(ship.group.index()) else { continue };
            enter(codex, &mut fight, ship, group, &group.spot, now);
        }
        let groups = duel.places.len();
        let mut play = Play {
            duel,
            opening,
            fight,
            now,
            ready: vec![None; groups],
            bout: Bout {
                seed,
                ended: Ended::Nobody,
                winner: None,
                duration_s: 0,
                lost: vec![0; groups],
                away: vec![0; groups],
                withdrew: vec![None; groups],
                kills: BTreeMap::new(),
                ship_ticks: 0,
                digest: [0; 32],
            },
            digest: blake3::Hasher::new(),
        };
        // The way on, for those whose doctrine is to run through the enemy, is straight at the middle of the field.
        for group in 0..groups {
            play.head(group, -1);
        }
        Some(play)
    }

    /// Points a group's way on or out along the line from the field's middle through where it stood: 1 out, -1 in.
    fn head(&mut self, group: usize, sign: i32) {
        let Some(record) = self.opening.state.groups.get(group) else { return };
        let chart = &self.duel.law.codex.chart;
        let middle = chart.spot_offset(BodyId(0), &self.duel.centre);
        let way = chart.spot_offset(BodyId(0), &record.spot) - middle;
        let Some(way) = jumpline_measure::Bearing::from_vec(way) else { return };
        if let Some(posture) = posture(&mut self.fight, record.id) {
            posture.bound = [way.x, way.y, way.z].map(|part| part.saturating_mul(sign));
        }
    }

    fn group_of(&self, ship: ShipId) -> Option<usize> {
        self.opening.state.ships.get(ship.index()).map(|ship| ship.group.index())
    }

    fn place_of(&self, ship: ShipId) -> Option<usize> {
        self.opening.place_of.get(self.group_of(ship)?).copied()
    }

    /// Counts what the battle tells, and keeps it in the digest.
    fn hear(&mut self, report: &Report) {
        self.digest.update(format!("{report:?}").as_bytes());
        match &report.what {
            Told::ShipLost { ship, by, .. } => {
                let Some(victim) = self.place_of(*ship) else { return };
                let killer = by.and_then(|by| self.place_of(by));
                self.bout.lost[victim] += 1;
                *self.bout.kills.entry((killer, victim)).or_insert(0) += 1;
            }
            Told::Out { ship } => {
                // Clear of every gun: she needs no drive to be gone, only the time.
                let ready = self.group_of(*ship).and_then(|group| self.ready[group]);
                if ready.is_some_and(|ready| ready <= self.now) {
                    self.take_out(*ship);
                }
            }
            Told::ReachedAir { left, .. } => self.gone(left),
            _ => {}
        }
    }

    fn take_out(&mut self, ship: ShipId) {
        if let Some(left) = leave(&mut self.fight, ship) {
            self.gone(&left);
        }
    }

    fn gone(&mut self, left: &Left) {
        self.digest.update(format!("{left:?}").as_bytes());
        if let Some(place) = self.place_of(left.ship) {
            self.bout.away[place] += 1;
        }
    }

    /// What the officers of one group make of it.
    fn decide(&mut self, group: usize) {
        let codex = &self.duel.law.codex;
        let id = GroupId::from_index(group);
        if let Some(ready) = self.ready[group] {
            if ready <= self.now {
                self.jump(group);
            }
            return;
        }
        let (side, row) = self.duel.places[self.opening.place_of[group]];
        let Some(doctrine) = self.duel.doctrine(&self.duel.forces()[side].rows[row]) else {
            return;
        };
        let view = assess(codex, &self.fight, &self.duel.regards, id);
        if view.ships == 0 {
            return;
        }
        // Whoever cannot go does not decide to.
        let why = reason_to_go(doctrine, &view).filter(|_| self.can_go(group));
        let forward = goes_forward(doctrine, &view);
        if let Some(posture) = posture(&mut self.fight, id) {
            posture.called |= forward;
            posture.withdrawing = why.is_some();
        }
        if why.is_some() {
            self.head(group, 1);
            self.bout.withdrew[self.opening.place_of[group]] = why;
            let wait = Span(codex.rules.officers.withdraw_s.max(1));
            self.ready[group] = Some(self.now.saturating_add(wait));
        }
    }

    /// Ships of a group in the battle whose drives work, the last first.
    fn able(&self, group: usize) -> Vec<ShipId> {
        let columns = &self.fight.columns;
        let classes = &self.duel.law.codex.classes;
        (0..columns.id.len())
            .rev()
            .filter(|row| self.group_of(columns.id[*row]) == Some(group))
            .filter(|row| {
                let class = classes.get(columns.class[*row].index());
                class.is_some_and(|class| officers::can_jump(class, &columns.parts[*row]))
            })
            .map(|row| columns.id[row])
            .collect()
    }

    fn can_go(&self, group: usize) -> bool {
        !self.able(group).is_empty()
    }

    /// All of a group whose drives work are gone.
    fn jump(&mut self, group: usize) {
        let codex = &self.duel.law.codex;
        let mut going = self.able(group);
        // Whoever is held up in a ring waits for the next look.
        going.retain(|ship| !hemmed(codex, &self.fight, &self.duel.regards, *ship));
        for left in leave_all(&mut self.fight, &going) {
            self.gone(&left);
        }
    }

    /// The sides that have ships on the field.
    fn standing(&self) -> Vec<usize> {
        let places = self.fight.columns.id.iter().filter_map(|ship| self.place_of(*ship));
        let mut sides: Vec<usize> = places.map(|place| self.duel.places[place].0).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    fn close(mut self, end: Option<End>) -> Bout {
        let standing = self.standing();
        (self.bout.ended, self.bout.winner) = match (self.duel.verdict(&standing), end) {
            (Some(verdict), _) => verdict,
            (None, None) => (Ended::Unarmed, None),
            (None, Some(End::ByRule)) => (Ended::ByRule, None),
            (None, Some(End::Lull | End::OneSide)) => (Ended::Lull, None),
        };
        self.bout.duration_s = self.now.0.saturating_sub(self.duel.law.begins.0);
        self.bout.ship_ticks = self.fight.ship_ticks;
        // Serialising into memory cannot fail for plain data; an empty text would still hash, differently.
        self.digest.update(&postcard::to_stdvec(&self.fight).unwrap_or_default());
        self.bout.digest = *self.digest.finalize().as_bytes();
        self.bout
    }
}
