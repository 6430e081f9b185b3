//! When a battle is over.

use crate::foes::Camps;
use jumpline_measure::Time;
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Codex, Regard};

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// No two enemies are left in it.
    OneSide,
    /// Enemies have been out of each other's reach, and not closing, for the rule's time; or nobody has struck anybody for long.
    Lull,
    /// It lasted longer than the rule allows, or than any battle may.
    ByRule,
}

/// Most ticks of one battle, whatever the rules say of its length and of the tick's: then it is over by rule.
pub const TICKS_MOST: u32 = 1_000_000;

/// Is it over, and why?
pub fn over(
    codex: &Codex,
    engagement: &Engagement,
    regards: &[Vec<Regard>],
    now: Time,
) -> Option<End> {
    let rules = &codex.rules.battle;
    let mut powers = engagement.columns.power.clone();
    powers.sort_unstable();
    powers.dedup();
    if !Camps::new(regards, &powers).any_foes() {
        return Some(End::OneSide);
    }
    if i64::from(engagement.quiet_ticks).saturating_mul(rules.tick_ms.max(1))
        >= rules.lull_s.saturating_mul(1_000).max(1)
    {
        return Some(End::Lull);
    }
    let since = i64::from(engagement.tick.saturating_sub(engagement.struck_tick));
    if rules.stale_s > 0
        && since.saturating_mul(rules.tick_ms.max(1)) >= rules.stale_s.saturating_mul(1_000)
    {
        return Some(End::Lull);
    }
    let long = now.saturating_since(engagement.began).seconds() >= rules.longest_s;
    (long || engagement.tick >= TICKS_MOST).then_some(End::ByRule)
}
