//! Named draws: each thing drawn has its own stream, so that one more moon moves no star.

use jumpline_measure::{Dice, Purpose};

/// What is being drawn; part of the stream's name.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub(crate) enum About {
    Place = 1,
    Star = 2,
    Planets = 3,
    Moons = 4,
    Name = 5,
    Mind = 6,
    Fleet = 7,
    Plan = 8,
}

/// Where draws come from.
pub(crate) struct Draw {
    dice: Dice,
}

impl Draw {
    pub(crate) fn new(seed: u64) -> Draw {
        Draw { dice: Dice::new(seed) }
    }

    /// The `nth` draw about a thing: 0 up to, not including, `below`; 0 if `below` is 0.
    pub(crate) fn below(&self, about: About, subject: usize, nth: u32, below: u32) -> u32 {
        let roll = self.dice.roll(Purpose::Generator, subject as u64, i64::from(about as u32), nth);
        if below == 0 { 0 } else { roll.below(below) }
    }

    /// A draw between two numbers, both possible.
    pub(crate) fn between(
        &self,
        about: About,
        subject: usize,
        nth: u32,
        least: i64,
        most: i64,
    ) -> i64 {
        let width = u32::try_from((most - least).max(0) + 1).unwrap_or(u32::MAX);
        least + i64::from(self.below(about, subject, nth, width))
    }

    /// One of a list.
    pub(crate) fn one<'a>(
        &self,
        about: About,
        subject: usize,
        nth: u32,
        of: &[&'a str],
    ) -> &'a str {
        let below = u32::try_from(of.len()).unwrap_or(u32::MAX);
        of.get(self.below(about, subject, nth, below) as usize).copied().unwrap_or("")
    }
}
