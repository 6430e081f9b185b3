//! A war under a storm of orders by chance: whatever is ordered, every turn ends, the account balances, the state stays sound, and
//! the recorded orders play again to the same digests, also when the state is saved and loaded between any two turns.

use crate::chance::Chance;
use crate::orders;
use anyhow::{Result, anyhow, bail, ensure};
use jumpline_campaign::{Campaign, Options, opening_state, replay, sound};
use jumpline_measure::PowerId;
use jumpline_scenario::Loaded;

/// What came of one storm.
#[derive(Clone, Debug, Default)]
pub struct Storm {
    /// Turns played.
    pub turns: u32,
    /// Orders given.
    pub given: u64,
    /// Orders refused when they were given.
    pub refused: u64,
    /// The last digest.
    pub digest: String,
}

/// Plays at most `turns` turns with `count` orders by chance for each power and turn. Powers with odd numbers keep their minds,
/// so that the orders meet a war that is really fought.
pub fn storm(loaded: &Loaded, seed: u64, turns: u32, count: u32) -> Result<Storm> {
    let opening = opening_state(loaded.opening.clone(), seed);
    let mut campaign = Campaign::open(loaded.clone(), Options::new(seed, 1));
    let powers: Vec<PowerId> =
        (0..campaign.law().codex.powers.len()).map(PowerId::from_index).collect();
    for power in powers.iter().filter(|power| power.0.is_multiple_of(2)) {
        campaign.seat(*power);
    }
    let mut chance = Chance::new(seed);
    let mut storm = Storm::default();
    let ends = campaign.law().ends;
    while storm.turns < turns && !campaign.reached(ends) {
        for power in &powers {
            let Some(view) = campaign.look(*power) else { bail!("no view for {power}") };
            let orders = orders::orders(&mut chance, &campaign.law().codex, &view, count);
            let answers = campaign.order(orders);
            storm.given += answers.len() as u64;
            storm.refused += answers.iter().filter(|answer| answer.is_err()).count() as u64;
        }
        let before = campaign.state().now;
        let turn = campaign.advance();
        storm.turns = turn.number;
        let number = turn.number;
        if let Some(wrong) = turn.imbalances.first() {
            bail!("turn {number}, {}: {} booked, {} there", wrong.what, wrong.account, wrong.state);
        }
        ensure!(campaign.state().now > before, "turn {number} did not end");
        sound(campaign.law(), campaign.state())?;
    }
    storm.digest = campaign.digest().short();
    let (law, _, turns) = campaign.close();
    let mut state = opening;
    for turn in &turns {
        replay(&law, &mut state, turn, 1, || None)
            .map_err(|difference| anyhow!("{difference:?}"))?;
        // Saved and loaded between any two turns, a war goes on as if nothing had been.
        state = postcard::from_bytes(&postcard::to_allocvec(&state)?)?;
    }
    Ok(storm)
}
