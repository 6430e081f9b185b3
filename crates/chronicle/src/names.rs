//! What things are called: powers, classes, ships, groups, bodies, sides. Every look-up has an answer, so that a stray id
//! in an event makes an odd sentence and never a panic.

use crate::cast::Cast;
use crate::words;
use jumpline_chart::BodyKind;
use jumpline_measure::{BodyId, ClassId, GroupId, PowerId, ShipId, SystemId, WeaponId};
use jumpline_world::event::How;
use jumpline_world::law::{Class, Law, Role};
use std::collections::BTreeMap;

/// Names from the law and the cast.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The law.
    pub law: &'a Law,
    /// The cast.
    pub cast: &'a Cast,
}

impl<'a> Names<'a> {
    /// "the Kvash".
    pub fn power(&self, id: PowerId) -> &'a str {
        self.law.codex.powers.get(id.index()).map_or("an unknown power", |power| &power.name)
    }

    /// "Kvash".
    pub fn adjective(&self, id: PowerId) -> &'a str {
        self.law.codex.powers.get(id.index()).map_or("unknown", |power| &power.adjective)
    }

    /// The class itself.
    pub fn class_of(&self, id: ClassId) -> Option<&'a Class> {
        self.law.codex.classes.get(id.index())
    }

    /// "Kvash battleship".
    pub fn class(&self, id: ClassId) -> &'a str {
        self.class_of(id).map_or("ship of an unknown class", |class| &class.name)
    }

    /// What a class is for; the least of all when unknown.
    pub fn role(&self, id: ClassId) -> Role {
        self.class_of(id).map_or(Role::Fighter, |class| class.role)
    }

    /// "battleship": the class's name without the people's, when that is understood.
    pub fn short_class(&self, id: ClassId, power: PowerId) -> &'a str {
        let name = self.class(id);
        let adjective = self.adjective(power);
        match name.strip_prefix(adjective).map(str::trim_start) {
            Some(rest) if !rest.is_empty() => rest,
            _ => name,
        }
    }

    /// "Kvash battleship" even when the class's own name leaves the people out.
    pub fn full_class(&self, id: ClassId, power: PowerId) -> String {
        let name = self.class(id);
        let adjective = self.adjective(power);
        if name.to_lowercase().contains(&adjective.to_lowercase()) {
            name.to_owned()
        } else {
            format!("{adjective} {name}")
        }
    }

    /// Is a class worth a sentence for each of its ships?
    pub fn noted(&self, id: ClassId) -> bool {
        self.class_of(id).is_some_and(|class| class.noted)
    }

    /// A ship: "*The Unfading*", "the Kvash starbase" where there is only one, else "a Kvash battleship".
    pub fn ship(&self, id: ShipId) -> String {
        let Some(card) = self.cast.ship(id) else { return "an unknown ship".to_owned() };
        self.ship_of(id, card.power, card.class)
    }

    /// The same when the event itself says whose and of which class.
    pub fn ship_of(&self, id: ShipId, power: PowerId, class: ClassId) -> String {
        let name = self.cast.ship(id).and_then(|card| card.name.as_deref());
        let kind = self.full_class(class, power);
        match name {
            Some(name) => format!("the {kind} *{name}*"),
            None if self.noted(class) && self.cast.ever(power, class) <= 1 => format!("the {kind}"),
            None => words::a(&kind),
        }
    }

    /// "*Golden Oar*", or "the starbase", or "the battleship": where she has been named before.
    pub fn ship_again(&self, id: ShipId, power: PowerId, class: ClassId) -> String {
        match self.cast.ship(id).and_then(|card| card.name.as_deref()) {
            Some(name) => format!("*{name}*"),
            None => format!("the {}", self.short_class(class, power)),
        }
    }

    /// A group: its own name.
    pub fn group(&self, id: GroupId) -> String {
        match self.cast.group(id) {
            Some(card) if !card.name.is_empty() => card.name.clone(),
            _ => format!("group {}", id.0),
        }
    }

    /// A body's own name.
    pub fn body(&self, id: BodyId) -> &'a str {
        self.law.codex.chart.body(id).map_or("a place unknown", |body| &body.name)
    }

    /// The system of a body.
    pub fn system(&self, id: BodyId) -> Option<SystemId> {
        self.law.codex.chart.body(id).map(|body| body.system)
    }

    /// A system's own name.
    pub fn system_name(&self, id: SystemId) -> &'a str {
        self.law.codex.chart.system(id).map_or("an unknown system", |system| &system.name)
    }

    /// "over Varasiss", "off the orange star".
    pub fn at(&self, id: BodyId) -> String {
        let kind = self.law.codex.chart.body(id).map(|body| body.kind);
        let word = match kind {
            Some(BodyKind::Planet | BodyKind::Moon) => "over",
            Some(BodyKind::GasGiant) => "above",
            Some(BodyKind::Star) => "off",
            None => "at",
        };
        format!("{word} {}", self.body(id))
    }

    /// "plasma streamers", "the invoker's field": what did it, for "most of them to …".
    pub fn how(&self, how: How) -> String {
        match how {
            How::Weapon(id) => words::plural(&self.weapon(id)),
            How::Field => "the arcs of a field weapon".to_owned(),
            How::Ram => "ramming".to_owned(),
            How::Mine => "mines".to_owned(),
            How::Struck => "striking a body they could not brake against".to_owned(),
            How::Star => "a star's air".to_owned(),
            How::Air => "fire in the air".to_owned(),
            How::Blast => "the blasts of dying ships".to_owned(),
            How::Carrier => "the loss of the ships that carried them".to_owned(),
            How::Scuttled => "their own crews' hands".to_owned(),
        }
    }

    /// "fell to plasma streamers", "died aboard the ships that carried them": what befell several.
    pub fn fell(&self, how: How) -> String {
        match how {
            How::Ram => "were rammed".to_owned(),
            How::Struck => "struck what they could not brake against".to_owned(),
            How::Star => "burned in a star's air".to_owned(),
            How::Blast => "were taken along by the blasts of others".to_owned(),
            How::Carrier => "died aboard the ships that carried them".to_owned(),
            How::Scuttled => "were scuttled".to_owned(),
            How::Weapon(_) | How::Field | How::Mine | How::Air => {
                format!("fell to {}", self.how(how))
            }
        }
    }

    fn weapon(&self, id: WeaponId) -> String {
        self.law.codex.weapons.get(id.index()).map_or("unknown weapon", |one| &one.name).to_owned()
    }

    /// "some 780 cruisers, twelve battleships and the starbase": ships of one power by class, greatest number first but
    /// great ships before the crowd when few. `full` puts the people's name to the first.
    pub fn ships_by_class(
        &self,
        power: PowerId,
        classes: &BTreeMap<ClassId, i64>,
        full: bool,
    ) -> String {
        let mut rows: Vec<(ClassId, i64)> =
            classes.iter().map(|(class, n)| (*class, *n)).filter(|(_, n)| *n > 0).collect();
        rows.sort_by_key(|(class, n)| (std::cmp::Reverse(*n), *class));
        let mut items = Vec::new();
        let most = if rows.len() > 6 { 5 } else { rows.len() };
        for (place, (class, n)) in rows.iter().take(most).enumerate() {
            let name = if full && place == 0 {
                self.full_class(*class, power)
            } else {
                self.short_class(*class, power).to_owned()
            };
            items.push(if *n == 1 && self.noted(*class) && self.cast.ever(power, *class) <= 1 {
                format!("the {name}")
            } else {
                words::counted(*n, &name)
            });
        }
        let rest: i64 = rows.iter().skip(most).map(|(_, n)| n).sum();
        if rest > 0 {
            items.push(format!("{} others", words::about(rest)));
        }
        words::list(&items)
    }

    /// The powers of one side in words: an alliance's name where it covers most of them, else the powers.
    pub fn side(&self, powers: &[PowerId]) -> String {
        if let [one] = powers {
            return self.power(*one).to_owned();
        }
        let alliance = self.law.codex.alliances.iter().find(|alliance| {
            let inside = powers.iter().filter(|power| alliance.members.contains(power)).count();
            inside >= 2 && inside * 3 >= powers.len() * 2
        });
        match alliance {
            Some(alliance) => {
                let name = &alliance.name;
                let has_article = name.to_lowercase().starts_with("the ")
                    || name.to_lowercase().starts_with("a ");
                if has_article { lower_article(name) } else { format!("the {name}") }
            }
            None if powers.len() > 4 => {
                let first: Vec<&str> = powers.iter().take(3).map(|id| self.power(*id)).collect();
                format!("{} and {} more", first.join(", "), words::exact(powers.len() as i64 - 3))
            }
            None => {
                let names: Vec<&str> = powers.iter().map(|id| self.power(*id)).collect();
                words::list(&names)
            }
        }
    }

    /// The powers sorted into sides: no two of one side regarded each other as enemies at the opening.
    pub fn sides(&self, powers: &[PowerId]) -> Vec<Vec<PowerId>> {
        let mut sides: Vec<Vec<PowerId>> = Vec::new();
        for power in powers {
            let place = sides.iter().position(|side| {
                !side.iter().any(|other| self.cast.hostile(*power, *other))
                    && (side.iter().any(|other| self.together(*power, *other)))
            });
            match place.and_then(|place| sides.get_mut(place)) {
                Some(side) => side.push(*power),
                None => sides.push(vec![*power]),
            }
        }
        sides
    }

    /// Allied at the opening, or of one alliance, or with a common enemy and no quarrel.
    fn together(&self, one: PowerId, other: PowerId) -> bool {
        let allied = self
            .cast
            .regards
            .get(one.index())
            .and_then(|row| row.get(other.index()))
            .is_some_and(|regard| *regard == jumpline_world::law::Regard::Allied);
        let member = |id: &PowerId, members: &[PowerId]| members.contains(id);
        allied
            || self.law.codex.alliances.iter().any(|alliance| {
                member(&one, &alliance.members) && member(&other, &alliance.members)
            })
    }

    /// How much a ship of that class counts when scenes are weighed.
    pub fn worth(&self, class: ClassId) -> i64 {
        match self.role(class) {
            Role::Fighter => 1,
            Role::Corvette | Role::Platform | Role::Sensor => 2,
            Role::Frigate => 3,
            Role::Destroyer | Role::Transport | Role::Cargo => 4,
            Role::Cruiser => 6,
            Role::Battlecruiser => 15,
            Role::Jumpship | Role::Station => 20,
            Role::Battleship | Role::Carrier => 30,
            Role::Dreadnaught => 90,
            Role::Starbase | Role::Invoker => 500,
        }
    }
}

/// "The Alliance" inside a sentence.
fn lower_article(name: &str) -> String {
    match name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")) {
        Some(rest) => format!("the {rest}"),
        None => name.to_owned(),
    }
}
