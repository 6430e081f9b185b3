//! The life of one named person: where they were, what their ship went through, what became of them.
//!
//! Stores nothing; follows the ship the person was aboard, and the group she sailed with, through the events. Where the events
//! are silent, so is the life.

use crate::cast::{Cast, PersonCard};
use crate::causes::Index;
use crate::names::Names;
use crate::record;
use crate::words;
use jumpline_measure::{BodyId, PersonId, ShipId, Time};
use jumpline_world::Law;
use jumpline_world::event::{Cause, Event, How, What};
use jumpline_world::state::Fate;

/// The life of the person of that key, as Markdown.
pub fn life(law: &Law, cast: &Cast, events: &[Event], key: &str) -> String {
    let names = Names { law, cast };
    let Some((place, card)) = cast.people.iter().enumerate().find(|(_, one)| one.key == key) else {
        let mut known: Vec<&str> = cast.people.iter().map(|one| one.key.as_str()).collect();
        known.sort_unstable();
        return if known.is_empty() {
            format!("Nobody of the name of {key} is told of: this war names no people.\n")
        } else {
            format!("Nobody of the name of {key} is told of. Known are: {}.\n", known.join(", "))
        };
    };
    let mut sorted: Vec<Event> = events.to_vec();
    sorted.sort_by_key(|event| (event.at, event.id));
    let teller = Teller {
        names,
        index: Index::new(&sorted),
        events: &sorted,
        person: PersonId::from_index(place),
        card,
    };
    teller.tell()
}

struct Teller<'a> {
    names: Names<'a>,
    index: Index<'a>,
    events: &'a [Event],
    person: PersonId,
    card: &'a PersonCard,
}

impl Teller<'_> {
    fn tell(&self) -> String {
        let mut out = format!("## The life of {}\n\n", self.card.name);
        let ship = self.first_ship();
        out.push_str(&self.introduction(ship));
        let mut passages: Vec<(Time, String)> = Vec::new();
        if let Some(ship) = ship {
            let lost = self.events.iter().find_map(|event| match &event.what {
                What::ShipLost { ship: lost, .. } if *lost == ship => Some(event.at),
                _ => None,
            });
            let until = self.end_aboard(ship);
            self.service(ship, until, &mut passages);
            self.battles(ship, until.min(lost.unwrap_or(Time::NEVER)), &mut passages);
        }
        self.fates(&mut passages);
        passages.sort_by_key(|(at, _)| *at);
        if passages.is_empty() {
            out.push_str("\nThe war went by without touching them, as far as anything is told.");
        }
        let mut day = None;
        let mut day_told = false;
        for (at, text) in passages {
            let midnight = self.names.law.calendar.midnight(at);
            if day != Some(midnight) {
                day = Some(midnight);
                if day_told {
                    out.push('\n');
                }
                day_told = true;
                out.push_str(&format!("\n**{}.** ", self.names.law.calendar.date(at)));
            } else {
                out.push(' ');
            }
            out.push_str(text.trim());
        }
        out.push_str("\n\n");
        out.push_str(&self.close());
        out.push('\n');
        out
    }

    /// The ship they served in first: known from the opening, else from what befell her.
    fn first_ship(&self) -> Option<ShipId> {
        if let Fate::Aboard(ship) | Fate::Adrift(ship) = self.card.opening {
            return Some(ship);
        }
        let first = self.fate_events().next()?;
        self.index.back(&first.because, |cause| match cause {
            Cause::Event(id) => match self.index.get(*id).map(|event| &event.what) {
                Some(
                    What::ShipLost { ship, .. }
                    | What::CrashLanded { ship, .. }
                    | What::ShipWounded { ship, .. },
                ) => Some(*ship),
                _ => None,
            },
            _ => None,
        })
    }

    fn fate_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(
            |event| matches!(&event.what, What::Person { person, .. } if *person == self.person),
        )
    }

    /// When they were no longer aboard her.
    fn end_aboard(&self, ship: ShipId) -> Time {
        self.fate_events()
            .find(|event| {
                !matches!(&event.what, What::Person { fate: Fate::Aboard(other), .. } if *other == ship)
            })
            .map_or(Time::NEVER, |event| event.at)
    }

    fn introduction(&self, ship: Option<ShipId>) -> String {
        let role = if self.card.role.is_empty() { "person" } else { &self.card.role };
        let what = words::a(&format!("{} {role}", self.names.adjective(self.card.power)));
        let station = match self.card.station.as_str() {
            "" => String::new(),
            "bridge" => ", on the bridge".to_owned(),
            "midships" => ", amidships".to_owned(),
            other => format!(", {other}"),
        };
        match ship {
            Some(ship) => {
                let group = self
                    .names
                    .cast
                    .ship(ship)
                    .and_then(|card| self.names.cast.group(card.group))
                    .filter(|group| !group.name.is_empty());
                let (with, at) = match group {
                    Some(group) => (
                        format!(" of {}", group.name),
                        format!(" She lay {} when the war opened.", self.names.at(group.body)),
                    ),
                    None => (String::new(), String::new()),
                };
                format!(
                    "{} was {what} aboard {}{with}{station}.{at}\n",
                    self.card.name,
                    self.names.ship(ship)
                )
            }
            None => format!("{} was {what}.\n", self.card.name),
        }
    }

    /// What the ship did while they were aboard.
    fn service(&self, ship: ShipId, until: Time, out: &mut Vec<(Time, String)>) {
        let Some(card) = self.names.cast.ship(ship) else { return };
        let mut here: Option<BodyId> = self.names.cast.group(card.group).map(|group| group.body);
        let lived = |event: &&Event| event.at <= until;
        for event in self.events.iter().filter(lived) {
            match &event.what {
                What::GroupArrived { group, body, .. } if *group == card.group => {
                    if here != Some(*body) {
                        out.push((
                            event.at,
                            format!(
                                "At {} the ship came to {}.",
                                self.clock(event.at),
                                self.names.body(*body)
                            ),
                        ));
                    }
                    here = Some(*body);
                }
                What::ShipWounded { ship: hit, by, .. } if *hit == ship => {
                    let by =
                        by.map_or_else(String::new, |by| format!(" by {}", self.names.ship(by)));
                    out.push((
                        event.at,
                        format!(
                            "She was first hit through her shields at {}{by}.",
                            self.clock(event.at)
                        ),
                    ));
                }
                What::ShipLost { ship: lost, how, by, people, survivors, .. } if *lost == ship => {
                    out.push((event.at, self.ship_lost(event, *how, *by, *people, *survivors)));
                }
                What::CrashLanded { ship: wreck, survivors, .. } if *wreck == ship => {
                    let place = event.body.map_or("the ground", |body| self.names.body(body));
                    out.push((
                        event.at,
                        format!(
                            "The wreck came down on {place} at {}, with {} alive in her.",
                            self.clock(event.at),
                            words::counted(*survivors, "soul")
                        ),
                    ));
                }
                _ => {}
            }
        }
    }

    /// Battles the ship fought in: joined by her group, or begun where she lay, or known from what she did there.
    fn battles(&self, ship: ShipId, until: Time, out: &mut Vec<(Time, String)>) {
        let Some(card) = self.names.cast.ship(ship) else { return };
        let record = record::record(self.events);
        for battle in record.battles.iter().filter(|battle| battle.began <= until) {
            let killed: Vec<_> = battle
                .losses
                .iter()
                .filter(|loss| loss.by == Some(ship) && loss.at <= until)
                .collect();
            let fell = battle.losses.iter().any(|loss| loss.ship == ship);
            let hit = battle.notes.iter().any(
                |event| matches!(&event.what, What::ShipWounded { ship: hit, .. } if *hit == ship),
            );
            if !(battle.groups.contains(&card.group) || !killed.is_empty() || fell || hit) {
                continue;
            }
            let place = battle.body.map_or("in the deep".to_owned(), |body| self.names.at(body));
            let enemies: Vec<_> = battle
                .powers
                .iter()
                .copied()
                .filter(|power| self.names.cast.hostile(card.power, *power))
                .collect();
            let against = if enemies.is_empty() {
                String::new()
            } else {
                format!(" against {}", self.names.side(&enemies))
            };
            let span = words::span(battle.duration_s().min(until.saturating_since(battle.began).0));
            let clock = self.clock(battle.began);
            let ways = [
                format!("From {clock} her ship fought {place}{against} for {span}"),
                format!("At {clock} the ship went into battle {place}{against}; it lasted {span}"),
                format!("There was battle {place}{against} from {clock}, {span} of it"),
            ];
            let seed = battle.id.0 as usize;
            let mut text = ways.get(seed % ways.len()).cloned().unwrap_or_default();
            text = text.replace("her ship", "the ship");
            if let Some(first) = killed.first() {
                let n = killed.len() as i64;
                text.push_str(&if n == 1 {
                    format!(
                        ", and her guns finished {}",
                        words::a(&self.names.full_class(first.class, first.power))
                    )
                } else {
                    format!(", and her guns finished {}", words::counted(n, "ship"))
                });
            }
            text.push('.');
            out.push((battle.began, text));
        }
    }

    fn ship_lost(
        &self,
        event: &Event,
        how: How,
        by: Option<ShipId>,
        people: i64,
        survivors: i64,
    ) -> String {
        let clock = self.clock(event.at);
        let to = match (by, how) {
            (Some(by), _) => format!(" to {}", self.names.ship(by)),
            (None, How::Weapon(_)) => String::new(),
            (None, how) => format!(" to {}", self.names.how(how)),
        };
        let mut text = format!("At {clock} the ship was lost{to}.");
        text.push_str(&match (people, survivors) {
            (..=0, ..=0) => String::new(),
            (n, ..=0) => format!(" All {} aboard died.", words::figures(n)),
            (..=0, n) => format!(" All {} aboard lived.", words::figures(n)),
            (died, lived) => format!(
                " {} of those aboard died and {} lived.",
                words::sentence(&words::about(died)),
                words::about(lived)
            ),
        });
        text
    }

    /// What befell the person.
    fn fates(&self, out: &mut Vec<(Time, String)>) {
        let name = &self.card.name;
        let mut before = self.card.opening;
        // Hurts that follow each other closely are one: the place of the last in the list, and its time.
        let mut hurt: Option<(usize, Time)> = None;
        for event in self.fate_events() {
            let What::Person { fate, wounds_permille, .. } = &event.what else { continue };
            let clock = self.clock(event.at);
            let wounds = match wounds_permille {
                ..=0 => "unhurt",
                1..=199 => "bruised",
                200..=499 => "wounded",
                500..=799 => "badly wounded",
                _ => "near death",
            };
            let text = match (fate, before) {
                (Fate::Aboard(ship), Fate::Aboard(was)) if *ship == was => {
                    format!("{name} was {wounds} at {clock}.")
                }
                (Fate::Aboard(ship), _) => {
                    format!(
                        "At {clock} {name} was taken aboard {}, {wounds}.",
                        self.names.ship(*ship)
                    )
                }
                (Fate::Adrift(_), _) => format!(
                    "{name} was alive, {wounds}, in a compartment that still had power, adrift with the wreck."
                ),
                (Fate::Ground(body), _) => {
                    format!("{name} stood on the ground of {}, {wounds}.", self.names.body(*body))
                }
                (Fate::Away, _) => format!("At {clock} {name} left the theatre."),
                (Fate::Dead, _) => format!("{name} died at {clock}."),
            };
            let again =
                matches!((fate, before), (Fate::Aboard(now), Fate::Aboard(was)) if *now == was);
            before = *fate;
            let place = match hurt {
                Some((place, at)) if again && event.at.saturating_since(at).0 < 900 => place,
                _ => {
                    out.push((event.at, String::new()));
                    out.len() - 1
                }
            };
            if let Some(told) = out.get_mut(place) {
                told.1 = text;
            }
            hurt = again.then_some((place, event.at));
        }
    }

    fn close(&self) -> String {
        let name = &self.card.name;
        match self.card.closing {
            Fate::Aboard(ship) => {
                format!(
                    "When the telling ends {name} still serves aboard {}.",
                    self.names.ship(ship)
                )
            }
            Fate::Adrift(_) => format!("When the telling ends {name} still drifts with the wreck."),
            Fate::Ground(body) => {
                format!("When the telling ends {name} is on {}, alive.", self.names.body(body))
            }
            Fate::Away => format!("{name} is away, beyond this war."),
            Fate::Dead => format!("{name} did not live to see the end."),
        }
    }

    fn clock(&self, at: Time) -> String {
        self.names.law.calendar.clock(at)
    }
}
