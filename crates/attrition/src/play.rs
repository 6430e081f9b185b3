//! An engagement being played in coarse steps: what lasts from step to step. Between `begin` and `finish` the counts are the truth,
//! before and after it the columns are.

use crate::cohort::{self, Cohort, Counts, STATES};
use crate::fire::Pair;
use jumpline_measure::{Dice, EngagementId, GroupId, Purpose, Time};
use jumpline_world::engagement::{Engagement, Posture};
use jumpline_world::law::{AttritionRules, Codex, Regard};

/// Ships that died in one step: how many of which cohort, by whose fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The tick on which they died.
    pub tick: u32,
    /// The killers' cohort.
    pub by: usize,
    /// The victims' cohort.
    pub of: usize,
    /// How many.
    pub ships: u32,
}

/// An engagement being played.
pub struct Play<'a> {
    pub(crate) codex: &'a Codex,
    pub(crate) rules: &'a AttritionRules,
    pub(crate) dice: Dice,
    pub(crate) regards: &'a [Vec<Regard>],
    pub(crate) id: EngagementId,
    pub(crate) began: Time,
    pub(crate) tick_ms: i64,
    pub(crate) tick: u32,
    pub(crate) quiet_ticks: u32,
    pub(crate) ship_ticks: u64,
    pub(crate) postures: Vec<Posture>,
    pub(crate) cohorts: Vec<Cohort<'a>>,
    /// Fire of one on another, by number of the one times their number, plus number of the other; none between friends.
    pub(crate) pairs: Vec<Option<Pair>>,
    pub(crate) kills: Vec<Kill>,
    /// Postures that struck their quarry, with the tick and the cohort struck.
    pub(crate) struck: Vec<(usize, u32, usize)>,
    /// Groups that routed (true) or rallied, with the tick.
    pub(crate) turned: Vec<(GroupId, u32, bool)>,
    /// The tick on which anybody last shot at anybody.
    pub(crate) struck_tick: u32,
    /// Cohorts that got clear, with the tick.
    pub(crate) clear: Vec<(usize, u32)>,
    pub(crate) scratch: crate::step::Scratch,
}

impl<'a> Play<'a> {
    /// Counts the ships of an engagement.
    pub fn begin(
        codex: &'a Codex,
        dice: &Dice,
        regards: &'a [Vec<Regard>],
        engagement: &Engagement,
    ) -> Play<'a> {
        let mut cohorts = cohort::count(codex, engagement);
        cohorts.sort_by_key(|cohort| (cohort.group, cohort.class, cohort.named));
        let tick_ms = codex.rules.battle.tick_ms.clamp(1, 600_000);
        // A fight taken up again is as loose as it was: it began not long after the battle did.
        let fought_s = f64::from(engagement.struck_tick) * tick_ms as f64 / 1_000.0;
        for cohort in &mut cohorts {
            cohort.engaged_s = fought_s;
        }
        let mut play = Play {
            codex,
            rules: &codex.attrition.rules,
            dice: *dice,
            regards,
            id: engagement.id,
            began: engagement.began,
            tick_ms,
            tick: engagement.tick,
            quiet_ticks: engagement.quiet_ticks,
            ship_ticks: 0,
            postures: engagement.postures.clone(),
            pairs: Vec::new(),
            kills: Vec::new(),
            struck: Vec::new(),
            turned: Vec::new(),
            struck_tick: engagement.struck_tick,
            clear: Vec::new(),
            scratch: crate::step::Scratch::default(),
            cohorts,
        };
        play.pairs = play.pair_up();
        play
    }

    fn pair_up(&self) -> Vec<Option<Pair>> {
        let mut pairs = Vec::with_capacity(self.cohorts.len() * self.cohorts.len());
        for own in &self.cohorts {
            for foe in &self.cohorts {
                pairs.push(self.hostile(own, foe).then(|| self.pair(own, foe)));
            }
        }
        pairs
    }

    pub(crate) fn hostile(&self, own: &Cohort, foe: &Cohort) -> bool {
        let says = |a: usize, b: usize| {
            self.regards.get(a).and_then(|row| row.get(b)) == Some(&Regard::Hostile)
        };
        let (one, other) = (own.power.index(), foe.power.index());
        one != other && (says(one, other) || says(other, one))
    }

    pub(crate) fn allied(&self, own: &Cohort, other: &Cohort) -> bool {
        let (one, two) = (own.power.index(), other.power.index());
        one == two || self.regards.get(one).and_then(|row| row.get(two)) == Some(&Regard::Allied)
    }

    fn pair(&self, own: &Cohort<'a>, foe: &Cohort<'a>) -> Pair {
        let classes = [own.class, foe.class].map(jumpline_measure::ClassId::from_index);
        let worth = self.codex.attrition.worth_permille(classes[0], classes[1]);
        let worth = worth.unwrap_or(1_000).clamp(0, 1_000_000) as f64 / 1_000.0;
        let mut pair = Pair::new(self.codex, own, foe, worth * self.luck(own, foe));
        let Some(posture) = self.postures.get(own.posture) else { return pair };
        let sought = foe.named && posture.quarry_ship.is_some()
            || posture.quarry.iter().any(|class| class.index() == foe.class);
        if sought {
            pair.liking *= 1_000.0;
        }
        pair
    }

    /// What holds for the whole battle: how the fleets happen to lie, who sees whom first. Named by the engagement and the two, so
    /// that it is the same in every call.
    fn luck(&self, own: &Cohort, foe: &Cohort) -> f64 {
        let came = self.postures.get(own.posture).map_or(1, |posture| posture.came.max(1));
        let share = |permille: i64| permille.clamp(0, 10_000) as f64 / 1_000.0;
        let (whole, lone) = (share(self.rules.luck_permille), share(self.rules.lone_luck_permille));
        let deviation = (whole * whole + lone * lone / f64::from(came)).sqrt();
        let number = (foe.key as u32).rotate_left(13) ^ (foe.key >> 32) as u32;
        let time = -1 - i64::from(self.id.0);
        let roll = self.dice.roll(Purpose::Attrition, own.key, time, number);
        libm::exp(deviation * f64::from(roll.normal_milli()) / 1_000.0)
    }

    /// Plays on up to a time.
    pub fn advance(&mut self, until: Time) {
        let span_ms = until.saturating_since(self.began).seconds().saturating_mul(1_000);
        let last = u32::try_from((span_ms / self.tick_ms).max(0)).unwrap_or(u32::MAX - 1);
        let last = last.min(u32::MAX - 1);
        while self.tick < last {
            self.step(last);
        }
    }

    /// The time of a tick.
    pub(crate) fn time(&self, tick: u32) -> Time {
        let ms = i64::from(tick).saturating_mul(self.tick_ms);
        Time(self.began.0.saturating_add(ms / 1_000))
    }

    /// Seconds played in which no two enemies were in each other's reach or closing, as of now.
    pub fn quiet_s(&self) -> i64 {
        i64::from(self.quiet_ticks).saturating_mul(self.tick_ms) / 1_000
    }

    /// Seconds played since anybody last shot at anybody.
    pub fn stale_s(&self) -> i64 {
        i64::from(self.tick.saturating_sub(self.struck_tick)).saturating_mul(self.tick_ms) / 1_000
    }

    /// Ship-ticks played.
    pub fn ship_ticks(&self) -> u64 {
        self.ship_ticks
    }

    /// Ships that died, in order.
    pub fn kills(&self) -> &[Kill] {
        &self.kills
    }

    /// The groups of the cohorts that [`Kill`] numbers.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        self.cohorts.iter().map(|cohort| cohort.group)
    }

    /// Ships of a group that are here.
    pub fn ships(&self, group: GroupId) -> u32 {
        self.of(group).map(Cohort::alive).sum()
    }

    /// Ships of a group that left by their own drives.
    pub fn away(&self, group: GroupId) -> u32 {
        self.of(group).map(|cohort| cohort.left.iter().sum::<u32>()).sum()
    }

    fn of(&self, group: GroupId) -> impl Iterator<Item = &Cohort<'a>> {
        self.cohorts.iter().filter(move |cohort| cohort.group == group)
    }

    /// Is a group clear of every enemy's guns?
    pub fn is_clear(&self, group: GroupId) -> bool {
        self.of(group).all(|cohort| cohort.told_out)
    }

    /// Are any two enemies left?
    pub fn any_foes(&self) -> bool {
        let count = self.cohorts.len();
        (0..count * count).any(|at| {
            self.pairs[at].is_some()
                && self.cohorts[at / count].alive() > 0
                && self.cohorts[at % count].alive() > 0
        })
    }

    /// What a group's officers order: whether it withdraws, on which way, and whether it is called forward.
    pub fn command(&mut self, group: GroupId, withdrawing: bool, bound: [i32; 3], called: bool) {
        for posture in self.postures.iter_mut().filter(|posture| posture.group == group) {
            posture.withdrawing = withdrawing;
            posture.bound = bound;
            posture.called = called;
        }
        for cohort in self.cohorts.iter_mut().filter(|cohort| cohort.group == group) {
            if !withdrawing {
                cohort.told_out = false;
            }
            cohort.withdrawing = withdrawing;
            cohort.called = called;
            cohort.bound = crate::motion::unit_or(bound.map(f64::from), [0.0; 3]);
        }
    }

    /// All of a group that can jump are gone, and those without drives that are clear of every gun. Returns how many.
    pub fn leave(&mut self, group: GroupId) -> u32 {
        let mut gone = 0;
        for at in 0..self.cohorts.len() {
            let cohort = &self.cohorts[at];
            if cohort.group != group
                || cohort.stays
                || (cohort.made.drive.is_none() && !cohort.told_out)
            {
                continue;
            }
            let lame = self.lame(cohort);
            let cohort = &mut self.cohorts[at];
            cohort.stays = true;
            for (state, lame) in lame.into_iter().enumerate() {
                let here = cohort.fighting[state] + cohort.away[state];
                cohort.left[state] += here - lame;
                gone += here - lame;
                cohort.fighting[state] = lame;
                cohort.away[state] = 0;
            }
        }
        gone
    }

    /// Ships of a cohort whose drives are all broken, by state.
    fn lame(&self, cohort: &Cohort) -> Counts {
        let mut lame = [0; STATES];
        let drives = cohort.made.gravity_drives.clamp(1, 64);
        let broken = self.rules.lame_permille.clamp(0, 100_000) as f64 / 1_000.0;
        for (state, count) in lame.iter_mut().enumerate() {
            let here = cohort.fighting[state] + cohort.away[state];
            let mean = broken * cohort::lost_of(state) as f64 / cohort::HULLS as f64;
            if here == 0 || mean <= 0.0 {
                continue;
            }
            // The chance that at least so many blows fell on drives.
            let (mut fewer, mut term) = (0.0, libm::exp(-mean));
            for blows in 0..drives {
                fewer += term;
                term *= mean / (blows + 1) as f64;
            }
            let number = (1 << 18) + state as u32;
            let tick = i64::from(self.tick);
            *count = crate::draw::binomial(&self.dice, cohort.key, tick, number, here, 1.0 - fewer);
        }
        lame
    }
}
