//! What happens: the only thing that flows out. Every event says when, where, who, what changed and because of what.

use crate::law::{Codex, Part, Role};
use crate::order::{Answer, Refusal, Task};
use crate::state::Fate;
use jumpline_measure::{
    BodyId, ClassId, EngagementId, EventId, FieldId, GroupId, OrderId, PersonId, PowerId, ShipId,
    Time, WeaponId,
};
use serde::{Deserialize, Serialize};

/// What led to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An earlier event.
    Event(EventId),
    /// An order of a power.
    Order(PowerId, OrderId),
    /// An operation of the plan, by its place there.
    Operation(u32),
}

/// How a ship was lost or hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By a weapon.
    Weapon(WeaponId),
    /// By a field weapon's arcs.
    Field,
    /// By ramming or being rammed.
    Ram,
    /// By mines.
    Mine,
    /// By striking a body it could not brake against.
    Struck,
    /// By a star's air.
    Star,
    /// In the air of a world.
    Air,
    /// By the blast of another's death.
    Blast,
    /// With the ship that carried it.
    Carrier,
    /// By its own crew's hand.
    Scuttled,
}

impl How {
    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            How::Weapon(_) => "weapon",
            How::Field => "field",
            How::Ram => "ram",
            How::Mine => "mine",
            How::Struck => "struck",
            How::Star => "star",
            How::Air => "air",
            How::Blast => "blast",
            How::Carrier => "carrier",
            How::Scuttled => "scuttled",
        }
    }
}

/// Why a group broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Ordered to.
    Ordered,
    /// Lost too many.
    Losses,
    /// The odds turned.
    Odds,
    /// Its greatest ship was hurt.
    Hurt,
    /// Its work was done.
    Done,
    /// It had nothing left to fight with.
    Spent,
    /// Its people had had enough: it ran.
    Rout,
}

/// Ships of one side in a battle's summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Whose.
    pub power: PowerId,
    /// Ships that took part.
    pub ships: u32,
    /// Ships lost.
    pub lost: u32,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields of each variant are named for what they hold")]
pub enum What {
    /// An operation of a mind began.
    OperationBegan { operation: u32, power: PowerId, groups: Vec<GroupId> },
    /// An order was taken.
    OrderTaken { order: OrderId, power: PowerId, group: GroupId, task: Task },
    /// An order was refused, when given or when due.
    OrderRefused { order: OrderId, power: PowerId, group: Option<GroupId>, refusal: Refusal },
    /// A power asked another for help.
    Asked { request: u32, from: PowerId, to: PowerId, body: BodyId },
    /// It answered.
    Answered { request: u32, from: PowerId, to: PowerId, answer: Answer },
    /// A force of the plan came into the war. `ships` counts all, aboard or not.
    ForceArrived { group: GroupId, power: PowerId, ships: u32 },
    /// A ship of an arriving force came into being (for the account).
    Built { ship: ShipId, power: PowerId, class: ClassId },
    /// The first ship of a group pushed off.
    GroupDeparted { group: GroupId, power: PowerId, from: BodyId, to: BodyId, ships: u32 },
    /// The first ship of a group came out.
    GroupArrived { group: GroupId, power: PowerId, body: BodyId, ships: u32 },
    /// A power sighted a group for the first time, or again after losing it.
    Sighted { power: PowerId, group: GroupId, of: PowerId, ships: u32 },
    /// A power lost sight.
    LostSight { power: PowerId, group: GroupId, of: PowerId },
    /// A battle began.
    BattleBegan { engagement: EngagementId, powers: Vec<PowerId>, ships: u32 },
    /// A group joined a battle in progress.
    BattleJoined { engagement: EngagementId, group: GroupId, power: PowerId, ships: u32 },
    /// A battle ended.
    BattleEnded { engagement: EngagementId, parties: Vec<Party>, duration_s: i64, by_rule: bool },
    /// A ship was destroyed. `people` died, `survivors` live.
    ShipLost {
        ship: ShipId,
        power: PowerId,
        class: ClassId,
        group: GroupId,
        how: How,
        by: Option<ShipId>,
        people: i64,
        survivors: i64,
        engagement: Option<EngagementId>,
    },
    /// A ship was wounded for the first time (armour, hull or a part).
    ShipWounded {
        ship: ShipId,
        power: PowerId,
        class: ClassId,
        by: Option<ShipId>,
        engagement: Option<EngagementId>,
    },
    /// A noted ship's shields fell.
    ShieldsDown { ship: ShipId, power: PowerId, class: ClassId, engagement: EngagementId },
    /// A noted ship lost a part for good. For pylons `number` says which.
    PartLost {
        ship: ShipId,
        power: PowerId,
        class: ClassId,
        part: Part,
        number: u32,
        by: Option<ShipId>,
    },
    /// A field weapon's arcs stood.
    FieldLit { ship: ShipId, power: PowerId, class: ClassId },
    /// A field weapon's arcs went out.
    FieldDark { ship: ShipId, power: PowerId, class: ClassId },
    /// A group broke off. `hull_lost_permille` is that of its greatest ship.
    Withdrew {
        group: GroupId,
        power: PowerId,
        class: ClassId,
        why: Why,
        ships: u32,
        hull_lost_permille: i64,
    },
    /// A group's raid or hunt reached its quarry.
    Struck { group: GroupId, power: PowerId, quarry: ClassId },
    /// Mines were laid.
    MinesLaid { field: FieldId, power: PowerId, count: i64 },
    /// A ship ran through mines.
    MinesStruck {
        field: FieldId,
        ship: ShipId,
        power: PowerId,
        class: ClassId,
        hits: i64,
        drives_lost: u32,
    },
    /// Mines drifted off.
    MinesScattered { field: FieldId, count: i64 },
    /// Mines were taken up again.
    MinesRecovered { field: FieldId, power: PowerId, laid: i64, recovered: i64 },
    /// A ship jumped on no proper line and paid for it.
    OffLine { ship: ShipId, power: PowerId, class: ClassId, damage: i64 },
    /// A ship overshot.
    Overshot { ship: ShipId, power: PowerId, class: ClassId, by_m: i64 },
    /// A ship that could not brake struck its destination. `seen` says whether anybody was there.
    BrakingFailed { ship: ShipId, power: PowerId, class: ClassId, seen: bool },
    /// A disabled ship began to fall.
    Falling { ship: ShipId, power: PowerId, class: ClassId, seconds: i64 },
    /// Others tried to push a falling ship out.
    Pushed { ship: ShipId, power: PowerId, class: ClassId, pushers: u32, saved: bool },
    /// Ships were put out of carriers.
    Unloaded { group: GroupId, power: PowerId, ships: u32 },
    /// Ships were taken aboard.
    Loaded { group: GroupId, power: PowerId, ships: u32 },
    /// A landing run began.
    LandingBegan { group: GroupId, power: PowerId, ships: u32 },
    /// A landing ship reached the air.
    ReachedAir { ship: ShipId, power: PowerId, class: ClassId, group: GroupId },
    /// A landing ship stood on the ground.
    Landed { ship: ShipId, power: PowerId, class: ClassId, site: u32 },
    /// The first ship at a site: a foothold.
    Foothold { site: u32, power: PowerId, body: BodyId },
    /// A portable shield stood over a site.
    SiteShield { site: u32, power: PowerId, body: BodyId },
    /// A damaged ship was taken in tow.
    Towed { ship: ShipId, power: PowerId, class: ClassId, by: ShipId },
    /// A ship left the theatre alive.
    Departed { ship: ShipId, power: PowerId, class: ClassId },
    /// A wreck came down on a body.
    CrashLanded { ship: ShipId, power: PowerId, class: ClassId, survivors: i64 },
    /// A group's people had had enough in a battle: it ran, every ship for herself.
    Routed { group: GroupId, power: PowerId, ships: u32 },
    /// A group that had run stood again.
    Rallied { group: GroupId, power: PowerId, ships: u32 },
    /// A carrier put out a wing.
    Launched { group: GroupId, power: PowerId, carrier: ShipId, ships: u32 },
    /// A carrier took in what is left of a wing.
    Recovered { group: GroupId, power: PowerId, carrier: ShipId, ships: u32 },
    /// A wing aboard is fit to fly again.
    Rearmed { group: GroupId, power: PowerId, ships: u32 },
    /// Craft without a carrier and without jump drives: nobody near has room for them.
    Stranded { group: GroupId, power: PowerId, ships: u32 },
    /// A wing sparred with others of its side in quiet space. `skill_permille` is its crews' mean by now.
    Sparred { group: GroupId, power: PowerId, ships: u32, skill_permille: i64 },
    /// People left a lost or falling ship in boats.
    BoatsLeft { ship: ShipId, power: PowerId, class: ClassId, people: i64 },
    /// Castaways of a lost ship were taken up: by a ship, or on the ground by those who hold it.
    PickedUp {
        ship: ShipId,
        power: PowerId,
        class: ClassId,
        by: Option<ShipId>,
        of: PowerId,
        people: i64,
    },
    /// Castaways nobody came for died.
    Perished { ship: ShipId, power: PowerId, class: ClassId, people: i64 },
    /// A group took from a wreck what mended its own ships.
    Salvaged { wreck: ShipId, group: GroupId, power: PowerId, points: i64, parts: u32 },
    /// Others turned a falling ship aside: she misses what stands below.
    Deflected { ship: ShipId, power: PowerId, class: ClassId, pushers: u32, by_m: i64 },
    /// A falling ship came down on a body that somebody holds. `missed` says whether she had been turned aside.
    CameDown { ship: ShipId, power: PowerId, class: ClassId, holder: PowerId, missed: bool },
    /// A planetary shield stood, or was open.
    WorldShield { ship: ShipId, power: PowerId, class: ClassId, up: bool },
    /// A planetary shield kept a landing out.
    KeptOut { group: GroupId, power: PowerId, ships: u32, by: PowerId },
    /// Something happened to a named person.
    Person { person: PersonId, power: PowerId, fate: Fate, wounds_permille: i64 },
    /// Groups were split or joined (for the account of who commands what).
    Regrouped { from: GroupId, into: GroupId, power: PowerId, ships: u32 },
    /// A mind's operation is over.
    OperationEnded { operation: u32, power: PowerId },
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, rising.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Where: the body in whose space it happened.
    pub body: Option<BodyId>,
    /// What.
    pub what: What,
    /// Because of what.
    pub because: Vec<Cause>,
}

/// An event laid flat for counting, tables and queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name in files (`ship_lost`).
    pub name: &'static str,
    /// Whose event it is.
    pub power: Option<PowerId>,
    /// The ship it is about.
    pub ship: Option<ShipId>,
    /// Her class.
    pub class: Option<ClassId>,
    /// How.
    pub how: Option<How>,
    /// Quantities by name, for `sum`.
    pub quantities: Vec<(&'static str, i64)>,
}

impl What {
    /// Lays the event flat.
    pub fn facts(&self) -> Facts {
        let flat = |name, power: PowerId, quantities: Vec<(&'static str, i64)>| Facts {
            name,
            power: Some(power),
            ship: None,
            class: None,
            how: None,
            quantities,
        };
        let of = |name, power: PowerId, ship: ShipId, class: ClassId, quantities| Facts {
            name,
            power: Some(power),
            ship: Some(ship),
            class: Some(class),
            how: None,
            quantities,
        };
        match self {
            What::OperationBegan { power, groups, .. } => {
                flat("operation_began", *power, vec![("groups", groups.len() as i64)])
            }
            What::OperationEnded { power, .. } => flat("operation_ended", *power, vec![]),
            What::OrderTaken { power, .. } => flat("order_taken", *power, vec![]),
            What::OrderRefused { power, .. } => flat("order_refused", *power, vec![]),
            What::Asked { from, .. } => flat("asked", *from, vec![]),
            What::Answered { from, answer, .. } => {
                flat("answered", *from, vec![("agreed", i64::from(*answer == Answer::Agree))])
            }
            What::ForceArrived { power, ships, .. } => {
                flat("force_arrived", *power, vec![("ships", i64::from(*ships))])
            }
            What::Built { ship, power, class } => of("built", *power, *ship, *class, vec![]),
            What::GroupDeparted { power, ships, .. } => {
                flat("group_departed", *power, vec![("ships", i64::from(*ships))])
            }
            What::GroupArrived { power, ships, .. } => {
                flat("group_arrived", *power, vec![("ships", i64::from(*ships))])
            }
            What::Sighted { power, ships, .. } => {
                flat("sighted", *power, vec![("ships", i64::from(*ships))])
            }
            What::LostSight { power, .. } => flat("lost_sight", *power, vec![]),
            What::BattleBegan { powers, ships, .. } => Facts {
                name: "battle_began",
                power: powers.first().copied(),
                ship: None,
                class: None,
                how: None,
                quantities: vec![("ships", i64::from(*ships))],
            },
            What::BattleJoined { power, ships, .. } => {
                flat("battle_joined", *power, vec![("ships", i64::from(*ships))])
            }
            What::BattleEnded { duration_s, by_rule, .. } => Facts {
                name: "battle_ended",
                power: None,
                ship: None,
                class: None,
                how: None,
                quantities: vec![("duration_s", *duration_s), ("by_rule", i64::from(*by_rule))],
            },
            What::ShipLost { ship, power, class, how, people, survivors, .. } => Facts {
                how: Some(*how),
                ..of(
                    "ship_lost",
                    *power,
                    *ship,
                    *class,
                    vec![("people", *people), ("survivors", *survivors)],
                )
            },
            What::ShipWounded { ship, power, class, .. } => {
                of("ship_wounded", *power, *ship, *class, vec![])
            }
            What::ShieldsDown { ship, power, class, .. } => {
                of("shields_down", *power, *ship, *class, vec![])
            }
            What::PartLost { ship, power, class, part, .. } => {
                let name = match part {
                    Part::Pylon => "pylon_lost",
                    Part::GravityDrive => "gravity_drive_lost",
                    _ => "part_lost",
                };
                of(name, *power, *ship, *class, vec![])
            }
            What::FieldLit { ship, power, class } => of("field_lit", *power, *ship, *class, vec![]),
            What::FieldDark { ship, power, class } => {
                of("field_dark", *power, *ship, *class, vec![])
            }
            What::Withdrew { power, class, ships, hull_lost_permille, .. } => Facts {
                class: Some(*class),
                ..flat(
                    "withdrew",
                    *power,
                    vec![("ships", i64::from(*ships)), ("hull_lost_permille", *hull_lost_permille)],
                )
            },
            What::Struck { power, quarry, .. } => {
                Facts { class: Some(*quarry), ..flat("struck", *power, vec![]) }
            }
            What::MinesLaid { power, count, .. } => {
                flat("mines_laid", *power, vec![("count", *count)])
            }
            What::MinesStruck { ship, power, class, hits, drives_lost, .. } => of(
                "mines_struck",
                *power,
                *ship,
                *class,
                vec![("hits", *hits), ("drives_lost", i64::from(*drives_lost))],
            ),
            What::MinesScattered { count, .. } => Facts {
                name: "mines_scattered",
                power: None,
                ship: None,
                class: None,
                how: None,
                quantities: vec![("count", *count)],
            },
            What::MinesRecovered { power, laid, recovered, .. } => {
                flat("mines_recovered", *power, vec![("laid", *laid), ("recovered", *recovered)])
            }
            What::OffLine { ship, power, class, damage } => {
                of("off_line", *power, *ship, *class, vec![("damage", *damage)])
            }
            What::Overshot { ship, power, class, by_m } => {
                of("overshot", *power, *ship, *class, vec![("by_m", *by_m)])
            }
            What::BrakingFailed { ship, power, class, seen } => {
                of("braking_failed", *power, *ship, *class, vec![("seen", i64::from(*seen))])
            }
            What::Falling { ship, power, class, seconds } => {
                of("falling", *power, *ship, *class, vec![("seconds", *seconds)])
            }
            What::Pushed { ship, power, class, pushers, saved } => of(
                "pushed",
                *power,
                *ship,
                *class,
                vec![("pushers", i64::from(*pushers)), ("saved", i64::from(*saved))],
            ),
            What::Unloaded { power, ships, .. } => {
                flat("unloaded", *power, vec![("ships", i64::from(*ships))])
            }
            What::Loaded { power, ships, .. } => {
                flat("loaded", *power, vec![("ships", i64::from(*ships))])
            }
            What::LandingBegan { power, ships, .. } => {
                flat("landing_began", *power, vec![("ships", i64::from(*ships))])
            }
            What::ReachedAir { ship, power, class, .. } => {
                of("reached_air", *power, *ship, *class, vec![])
            }
            What::Landed { ship, power, class, .. } => of("landed", *power, *ship, *class, vec![]),
            What::Foothold { power, .. } => flat("foothold", *power, vec![]),
            What::SiteShield { power, .. } => flat("site_shield", *power, vec![]),
            What::Towed { ship, power, class, .. } => of("towed", *power, *ship, *class, vec![]),
            What::Departed { ship, power, class } => of("departed", *power, *ship, *class, vec![]),
            What::CrashLanded { ship, power, class, survivors } => {
                of("crash_landed", *power, *ship, *class, vec![("survivors", *survivors)])
            }
            What::Routed { power, ships, .. } => {
                flat("routed", *power, vec![("ships", i64::from(*ships))])
            }
            What::Rallied { power, ships, .. } => {
                flat("rallied", *power, vec![("ships", i64::from(*ships))])
            }
            What::Launched { power, ships, .. } => {
                flat("launched", *power, vec![("ships", i64::from(*ships))])
            }
            What::Recovered { power, ships, .. } => {
                flat("recovered", *power, vec![("ships", i64::from(*ships))])
            }
            What::Rearmed { power, ships, .. } => {
                flat("rearmed", *power, vec![("ships", i64::from(*ships))])
            }
            What::Stranded { power, ships, .. } => {
                flat("stranded", *power, vec![("ships", i64::from(*ships))])
            }
            What::Sparred { power, ships, skill_permille, .. } => flat(
                "sparred",
                *power,
                vec![("ships", i64::from(*ships)), ("skill_permille", *skill_permille)],
            ),
            What::BoatsLeft { ship, power, class, people } => {
                of("boats_left", *power, *ship, *class, vec![("people", *people)])
            }
            What::PickedUp { ship, power, class, by, people, .. } => of(
                "picked_up",
                *power,
                *ship,
                *class,
                vec![("people", *people), ("ashore", i64::from(by.is_none()))],
            ),
            What::Perished { ship, power, class, people } => {
                of("perished", *power, *ship, *class, vec![("people", *people)])
            }
            What::Salvaged { power, points, parts, .. } => {
                flat("salvaged", *power, vec![("points", *points), ("parts", i64::from(*parts))])
            }
            What::Deflected { ship, power, class, pushers, by_m } => of(
                "deflected",
                *power,
                *ship,
                *class,
                vec![("pushers", i64::from(*pushers)), ("by_m", *by_m)],
            ),
            What::CameDown { ship, power, class, missed, .. } => {
                of("came_down", *power, *ship, *class, vec![("missed", i64::from(*missed))])
            }
            What::WorldShield { ship, power, class, up } => {
                let name = if *up { "world_shield_up" } else { "world_shield_down" };
                of(name, *power, *ship, *class, vec![])
            }
            What::KeptOut { power, ships, .. } => {
                flat("kept_out", *power, vec![("ships", i64::from(*ships))])
            }
            What::Person { power, wounds_permille, .. } => {
                flat("person", *power, vec![("wounds_permille", *wounds_permille)])
            }
            What::Regrouped { power, ships, .. } => {
                flat("regrouped", *power, vec![("ships", i64::from(*ships))])
            }
        }
    }
}

impl Facts {
    /// The role of the ship it is about.
    pub fn role(&self, codex: &Codex) -> Option<Role> {
        self.class.map(|class| codex.class(class).role)
    }

    /// The quantity of that name.
    pub fn quantity(&self, name: &str) -> Option<i64> {
        self.quantities.iter().find(|(have, _)| *have == name).map(|(_, value)| *value)
    }
}

/// The names of all events and their quantities, for files that name them (`scenario` checks against this).
pub const EVENT_NAMES: &[(&str, &[&str])] = &[
    ("operation_began", &["groups"]),
    ("operation_ended", &[]),
    ("order_taken", &[]),
    ("order_refused", &[]),
    ("asked", &[]),
    ("answered", &["agreed"]),
    ("force_arrived", &["ships"]),
    ("built", &[]),
    ("group_departed", &["ships"]),
    ("group_arrived", &["ships"]),
    ("sighted", &["ships"]),
    ("lost_sight", &[]),
    ("battle_began", &["ships"]),
    ("battle_joined", &["ships"]),
    ("battle_ended", &["duration_s", "by_rule"]),
    ("ship_lost", &["people", "survivors"]),
    ("ship_wounded", &[]),
    ("shields_down", &[]),
    ("pylon_lost", &[]),
    ("gravity_drive_lost", &[]),
    ("part_lost", &[]),
    ("field_lit", &[]),
    ("field_dark", &[]),
    ("withdrew", &["ships", "hull_lost_permille"]),
    ("struck", &[]),
    ("mines_laid", &["count"]),
    ("mines_struck", &["hits", "drives_lost"]),
    ("mines_scattered", &["count"]),
    ("mines_recovered", &["laid", "recovered"]),
    ("off_line", &["damage"]),
    ("overshot", &["by_m"]),
    ("braking_failed", &["seen"]),
    ("falling", &["seconds"]),
    ("pushed", &["pushers", "saved"]),
    ("unloaded", &["ships"]),
    ("loaded", &["ships"]),
    ("landing_began", &["ships"]),
    ("reached_air", &[]),
    ("landed", &[]),
    ("foothold", &[]),
    ("site_shield", &[]),
    ("towed", &[]),
    ("departed", &[]),
    ("crash_landed", &["survivors"]),
    ("routed", &["ships"]),
    ("rallied", &["ships"]),
    ("launched", &["ships"]),
    ("recovered", &["ships"]),
    ("rearmed", &["ships"]),
    ("stranded", &["ships"]),
    ("sparred", &["ships", "skill_permille"]),
    ("boats_left", &["people"]),
    ("picked_up", &["people", "ashore"]),
    ("perished", &["people"]),
    ("salvaged", &["points", "parts"]),
    ("deflected", &["pushers", "by_m"]),
    ("came_down", &["missed"]),
    ("world_shield_up", &[]),
    ("world_shield_down", &[]),
    ("kept_out", &["ships"]),
    ("person", &["wounds_permille"]),
    ("regrouped", &["ships"]),
];
