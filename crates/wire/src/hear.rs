//! What one power hears of a war, turn by turn. What happened to one's own is heard whole; what happened to others is heard while one's
//! own ships fight in the same battle; the rest is not heard, not counted and leaves no gap in the numbering.
//!
//! Contrast `jumpline_world::look`, which says what a power knows at a moment: this says what has reached it since the last one.

use crate::event::{Battle, Because, Event, Mark};
use crate::lens::Lens;
use crate::view::order_name;
use jumpline_campaign::Turn;
use jumpline_chronicle::{Cast, GroupCard, Names, PersonCard, ShipCard, line, words};
use jumpline_measure::{BodyId, ContactId, EngagementId, EventId, GroupId, PowerId, ShipId};
use jumpline_world::event::{Cause, What};
use jumpline_world::{Law, State};
use std::collections::{BTreeMap, BTreeSet};

/// What a power has heard so far.
#[derive(Clone, Debug)]
pub struct Hearing {
    power: PowerId,
    /// The names that it has for events.
    names: BTreeMap<EventId, String>,
    /// The groups behind its contacts. Never told.
    contacts: BTreeMap<GroupId, ContactId>,
    /// Battles in which its ships were, by their number for it.
    battles: Vec<(EngagementId, Battle)>,
    /// Battles in which its ships are.
    inside: BTreeSet<EngagementId>,
    /// Events by turn, from 1.
    turns: Vec<Vec<Event>>,
    /// The ends of turns, from the opening.
    ends: Vec<i64>,
}

impl Hearing {
    /// Nothing heard yet; the opening.
    pub fn new(law: &Law, power: PowerId) -> Hearing {
        Hearing {
            power,
            names: BTreeMap::new(),
            contacts: BTreeMap::new(),
            battles: Vec::new(),
            inside: BTreeSet::new(),
            turns: Vec::new(),
            ends: vec![law.begins.0],
        }
    }

    /// Turns heard of.
    pub fn turns(&self) -> u32 {
        u32::try_from(self.turns.len()).unwrap_or(u32::MAX)
    }

    /// Hears of the next turn. `after` is the state in which it ended.
    pub fn hear(&mut self, law: &Law, after: &State, turn: &Turn) {
        let lens = Lens::new(after, self.power);
        let cast = cast(after, self.power);
        if let Some(book) = after.books.get(self.power.index()) {
            self.contacts.extend(book.by_group.iter().map(|(group, contact)| (*group, *contact)));
        }
        let number = self.turns() + 1;
        let mut told: Vec<Event> = Vec::new();
        for event in &turn.events {
            self.enter(&event.what, event.at.0, event.body, number);
            if !self.reaches(&lens, &event.what) {
                continue;
            }
            let id = format!("{number}.{}", told.len() + 1);
            let because =
                event.because.iter().filter_map(|cause| self.because(law, cause)).collect();
            let mut heard = self.telling(law, after, &lens, &cast, event);
            heard.id.clone_from(&id);
            heard.turn = number;
            heard.because = because;
            self.names.insert(event.id, id);
            told.push(heard);
        }
        let engaged = after.ships.iter().filter(|ship| ship.power == self.power);
        self.inside = engaged.filter_map(|ship| ship.engagement).collect();
        self.turns.push(told);
        self.ends.push(turn.ends.0);
    }

    /// Events of turns `from` to `to`, both included.
    pub fn events(&self, from: u32, to: u32) -> Vec<Event> {
        let first = from.max(1) as usize - 1;
        let last = (to as usize).min(self.turns.len());
        self.turns.get(first..last).map(<[Vec<Event>]>::concat).unwrap_or_default()
    }

    /// The scrubber's marks up to a turn.
    pub fn marks(&self, to: u32) -> Vec<Mark> {
        let kinds = |turn: usize| {
            let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
            let events = turn.checked_sub(1).and_then(|place| self.turns.get(place));
            for event in events.into_iter().flatten() {
                *kinds.entry(event.kind.clone()).or_default() += 1;
            }
            kinds
        };
        (0..)
            .zip(&self.ends)
            .take_while(|(turn, _)| *turn <= to)
            .map(|(turn, at)| Mark { turn, at: *at, kinds: kinds(turn as usize) })
            .collect()
    }

    /// Battles in which one's own ships took part, as they stood at the end of a turn.
    pub fn battles(&self, to: u32) -> Vec<Battle> {
        let known = self.battles.iter().filter(|(_, battle)| battle.turn <= to);
        let mut battles: Vec<Battle> = known.map(|(_, battle)| battle.clone()).collect();
        for event in self.turns.iter().take(to as usize).flatten() {
            let number = event.battle.and_then(|battle| usize::try_from(battle).ok());
            let Some(battle) = number.and_then(|number| battles.get_mut(number)) else { continue };
            match event.kind.as_str() {
                "ship_lost" if event.power == Some(self.power.0) => battle.lost += 1,
                "ship_lost" => battle.killed += 1,
                "battle_ended" => battle.ended = Some(event.at),
                _ => {}
            }
        }
        battles
    }

    /// The battle of that number, if it had begun by the end of a turn.
    pub fn battle(&self, number: u32, to: u32) -> Option<EngagementId> {
        let known = self.battles.get(usize::try_from(number).ok()?);
        known.filter(|(_, battle)| battle.turn <= to).map(|(engagement, _)| *engagement)
    }

    /// Takes note of a battle that one's own ships get into.
    fn enter(&mut self, what: &What, at: i64, body: Option<BodyId>, turn: u32) {
        let engagement = match what {
            What::BattleBegan { engagement, powers, .. } if powers.contains(&self.power) => {
                engagement
            }
            What::BattleJoined { engagement, power, .. } if *power == self.power => engagement,
            _ => return,
        };
        self.inside.insert(*engagement);
        if self.battles.iter().all(|(have, _)| have != engagement) {
            let id = u32::try_from(self.battles.len()).unwrap_or(u32::MAX);
            let body = body.map(|body| body.0);
            let battle =
                Battle { id, body, turn, at, ended: None, lost: 0, killed: 0, record: false };
            self.battles.push((*engagement, battle));
        }
    }

    fn reaches(&self, lens: &Lens, what: &What) -> bool {
        let there = |engagement: &EngagementId| self.inside.contains(engagement);
        match what {
            What::BattleBegan { powers, .. } => powers.contains(&self.power),
            What::BattleEnded { engagement, .. } => there(engagement),
            What::ShipLost { power, engagement: Some(engagement), .. }
            | What::ShieldsDown { power, engagement, .. } => {
                *power == self.power || there(engagement)
            }
            What::MinesScattered { field, .. } => lens.field(*field).is_some(),
            What::Asked { from, to, .. } | What::Answered { from, to, .. } => {
                *from == self.power || *to == self.power
            }
            other => other.facts().power == Some(self.power),
        }
    }

    fn because(&self, law: &Law, cause: &Cause) -> Option<Because> {
        match cause {
            Cause::Event(event) => {
                self.names.get(event).map(|event| Because::Event { event: event.clone() })
            }
            Cause::Order(power, order) if *power == self.power => {
                Some(Because::Order { order: order_name(*order) })
            }
            Cause::Order(..) => None,
            Cause::Operation(number) => {
                let operation = law.plan.operations.get(usize::try_from(*number).ok()?)?;
                let own = operation.power == self.power;
                own.then(|| Because::Operation { key: operation.key.clone() })
            }
        }
    }

    fn telling(
        &self,
        law: &Law,
        after: &State,
        lens: &Lens,
        cast: &Cast,
        event: &jumpline_world::Event,
    ) -> Event {
        let facts = event.what.facts();
        let names = Names { law, cast };
        let own = facts.power == Some(self.power);
        let contact = self.sighting(&event.what);
        let killer = by(&event.what).and_then(|ship| after.ships.get(ship.index()));
        let killer = killer.filter(|ship| ship.power == self.power || self.sees(&event.what));
        let mut text = match contact {
            Some(contact) => self.of_contact(law, after, contact, &event.what),
            None => plain(&names, event, lens),
        };
        if let Some(ship) = killer.filter(|ship| ship.power != self.power) {
            text.push_str(" by ");
            text.push_str(&words::a(&names.full_class(ship.class, ship.power)));
        }
        let told = |name: &str| match name {
            // Whether an enemy watched is the enemy's to know.
            "seen" => false,
            "people" | "survivors" => own,
            _ => true,
        };
        Event {
            id: String::new(),
            turn: 0,
            at: event.at.0,
            body: event.body.map(|body| body.0),
            kind: facts.name.to_owned(),
            text,
            power: facts.power.map(|power| power.0),
            group: group_of(&event.what).and_then(|group| lens.group(group)),
            ship: facts.ship.and_then(|ship| lens.ship(ship)),
            class: facts.class.map(|class| class.0),
            how: facts.how.map(|how| how.word().to_owned()),
            by_power: killer.map(|ship| ship.power.0),
            by_class: killer.map(|ship| ship.class.0),
            contact: contact.map(|contact| contact.0),
            person: match &event.what {
                What::Person { person, .. } => {
                    after.people.get(person.index()).map(|person| person.key.clone())
                }
                _ => None,
            },
            battle: engagement_of(&event.what).and_then(|engagement| {
                let known = self.battles.iter().find(|(have, _)| *have == engagement);
                known.map(|(_, battle)| battle.id)
            }),
            quantities: facts
                .quantities
                .iter()
                .filter(|(name, _)| told(name))
                .map(|(name, value)| ((*name).to_owned(), *value))
                .collect(),
            because: Vec::new(),
        }
    }

    /// Are one's own ships in the battle in which that happened?
    fn sees(&self, what: &What) -> bool {
        engagement_of(what).is_some_and(|engagement| self.inside.contains(&engagement))
    }

    /// The contact that an event of the book is about.
    fn sighting(&self, what: &What) -> Option<ContactId> {
        match what {
            What::Sighted { group, .. } | What::LostSight { group, .. } => {
                self.contacts.get(group).copied()
            }
            _ => None,
        }
    }

    /// A sighting in the words of one's own book: it may not know whose ships those are.
    fn of_contact(&self, law: &Law, after: &State, contact: ContactId, what: &What) -> String {
        let book = after.books.get(self.power.index());
        let known = book.and_then(|book| book.contacts.get(&contact));
        let power = known.and_then(|known| known.power);
        let whose = power.and_then(|power| law.codex.powers.get(power.index()));
        let whose = whose.map_or("unknown allegiance", |power| &power.name);
        match what {
            What::Sighted { ships, .. } => {
                format!("{} of {whose} sighted", words::counted_exactly(i64::from(*ships), "ship"))
            }
            _ => format!("ships of {whose} lost from sight"),
        }
    }
}

/// Names of one's own; of others the class alone, so that neither a name nor "the only one of its kind" is told.
fn cast(state: &State, power: PowerId) -> Cast {
    let nobody = PowerId(u32::MAX);
    let groups = state.groups.iter().map(|group| GroupCard {
        name: if group.power == power { group.name.clone() } else { "a strange group".to_owned() },
        power: group.power,
        body: group.body,
    });
    let ships = state.ships.iter().map(|ship| {
        let own = ship.power == power;
        ShipCard {
            name: ship.name.clone().filter(|_| own),
            class: ship.class,
            power: if own { power } else { nobody },
            group: ship.group,
        }
    });
    let people = state.people.iter().map(|person| {
        let own = person.power == power;
        let word = |word: &String| if own { word.clone() } else { String::new() };
        PersonCard {
            key: word(&person.key),
            name: if own { person.name.clone() } else { "a stranger".to_owned() },
            power: person.power,
            role: word(&person.role),
            station: word(&person.station),
            opening: person.fate,
            closing: person.fate,
            wounds_permille: person.wounds_permille,
        }
    });
    Cast {
        groups: groups.collect(),
        ships: ships.collect(),
        people: people.collect(),
        ..Cast::default()
    }
}

/// The sentence, without when and where, and without what only others know.
fn plain(names: &Names, event: &jumpline_world::Event, lens: &Lens) -> String {
    let mut what = event.what.clone();
    match &mut what {
        What::ShipLost { by, .. } | What::ShipWounded { by, .. } | What::PartLost { by, .. } => {
            *by = by.filter(|ship| lens.ship(*ship).is_some());
        }
        What::BrakingFailed { seen, .. } => *seen = true,
        _ => {}
    }
    let bare = jumpline_world::Event { what, body: None, because: Vec::new(), ..event.clone() };
    let whole = line(names, &bare);
    let when = format!("{}: ", names.law.calendar.long(event.at));
    let text = whole.strip_prefix(&when).unwrap_or(&whole);
    text.strip_suffix(" before witnesses").unwrap_or(text).to_owned()
}

fn by(what: &What) -> Option<ShipId> {
    match what {
        What::ShipLost { by, .. } | What::ShipWounded { by, .. } | What::PartLost { by, .. } => *by,
        _ => None,
    }
}

fn engagement_of(what: &What) -> Option<EngagementId> {
    match what {
        What::BattleBegan { engagement, .. }
        | What::BattleJoined { engagement, .. }
        | What::BattleEnded { engagement, .. }
        | What::ShieldsDown { engagement, .. } => Some(*engagement),
        What::ShipLost { engagement, .. } | What::ShipWounded { engagement, .. } => *engagement,
        _ => None,
    }
}

fn group_of(what: &What) -> Option<GroupId> {
    match what {
        What::OrderTaken { group, .. }
        | What::ForceArrived { group, .. }
        | What::GroupDeparted { group, .. }
        | What::GroupArrived { group, .. }
        | What::BattleJoined { group, .. }
        | What::ShipLost { group, .. }
        | What::Withdrew { group, .. }
        | What::Routed { group, .. }
        | What::Rallied { group, .. }
        | What::Struck { group, .. }
        | What::Unloaded { group, .. }
        | What::Loaded { group, .. }
        | What::LandingBegan { group, .. }
        | What::ReachedAir { group, .. } => Some(*group),
        What::OrderRefused { group, .. } => *group,
        What::Regrouped { into, .. } => Some(*into),
        _ => None,
    }
}
