//! What every part of a mind holds in common: the view, the picture drawn from it, the sheet of orders, who is spoken for.

use crate::groups::{self, Worths};
use crate::map::Map;
use crate::picture::Picture;
use crate::scribe::Scribe;
use crate::strength::class_strength;
use jumpline_measure::{BodyId, Dice, GroupId, Purpose, Roll};
use jumpline_world::law::{Codex, Mind as Character, Operation, Power};
use jumpline_world::view::{GroupView, View};
use std::collections::BTreeSet;

/// A mind at one deadline.
pub struct Mind<'a> {
    /// What everybody knows.
    pub codex: &'a Codex,
    /// What this power knows.
    pub view: &'a View,
    /// The power.
    pub power: &'a Power,
    /// Distances.
    pub map: Map<'a>,
    /// Worths of classes.
    pub worths: Worths,
    /// The situation.
    pub picture: Picture,
    /// The orders so far.
    pub scribe: Scribe,
    /// Groups that are not to be given anything (more) this turn.
    pub taken: BTreeSet<GroupId>,
    dice: Dice,
}

impl<'a> Mind<'a> {
    /// Takes up a view.
    pub fn new(codex: &'a Codex, view: &'a View) -> Mind<'a> {
        let worths =
            Worths(codex.classes.iter().map(|class| class_strength(codex, class)).collect());
        let picture = Picture::new(codex, view, &worths);
        Mind {
            codex,
            view,
            power: codex.power(view.power),
            map: Map::new(codex),
            worths,
            picture,
            scribe: Scribe::new(view.power, view.turn),
            taken: BTreeSet::new(),
            dice: Dice::new(view.luck),
        }
    }

    /// The character of the power.
    pub fn character(&self) -> &'a Character {
        &self.power.mind
    }

    /// A roll of this power's own dice.
    pub fn roll(&self, purpose: Purpose, subject: u64, time: i64) -> Roll {
        self.dice.roll(purpose, subject, time, 0)
    }

    /// Groups that may be given orders now: free and not spoken for.
    pub fn idle(&self) -> Vec<&'a GroupView> {
        self.view
            .groups
            .iter()
            .filter(|group| groups::free(group) && !self.taken.contains(&group.id))
            .collect()
    }

    /// What a group is worth as it is.
    pub fn strength(&self, group: &GroupView) -> i64 {
        groups::strength(self.codex, &self.worths, group)
    }

    /// Does one of the names of an operation's forces mean this group? Cargo is meant only by its own key, by a name that
    /// ends in `-cargo`, or by a tag that its force shares with others.
    pub fn of_operation(operation: &Operation, group: &GroupView) -> bool {
        let cargo_of: Option<&str> = group.tags.iter().find_map(|tag| tag.strip_suffix("-cargo"));
        operation.forces.iter().any(|name| {
            if *name == group.key {
                return true;
            }
            if cargo_of == Some(name.as_str()) {
                return false;
            }
            group.tags.iter().any(|tag| tag == name)
        })
    }

    /// The body this power calls home: the first it holds, else where it is strongest.
    pub fn seat(&self) -> Option<BodyId> {
        let strongest = || {
            self.picture
                .places
                .iter()
                .filter(|(_, place)| place.own > 0)
                .max_by_key(|(body, place)| (place.own, std::cmp::Reverse(**body)))
                .map(|(body, _)| *body)
        };
        self.power.holds.first().copied().or_else(strongest)
    }

    /// Odds in permille of one strength against another; without an enemy they are as good as can be.
    pub fn odds_permille(own: i64, enemy: i64) -> i64 {
        own.saturating_mul(1_000).checked_div(enemy.max(0)).unwrap_or(1_000_000)
    }
}
