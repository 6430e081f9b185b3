//! What things *are*: the law of one war. It never changes in play.
//!
//! The [`Codex`] is what every power may know (rules, chart, classes, powers). The [`Plan`] is the scenario
//! writer's: who arrives when, what each mind intends, what the writer expects. A mind sees the codex and, through its
//! view, only its own operations.

mod attrition;
mod class;
mod doctrine;
mod plan;
mod power;
mod rules;
mod weapon;

pub use attrition::{Attrition, AttritionRules, Calibrated, fingerprint};
pub use class::{Arc, Battery, Class, FieldWeapon, Hangar, Part, Role, Sensors};
pub use doctrine::{Doctrine, Focus, Formation, Motion};
pub use plan::{
    Across, Arrival, Begin, Count, Expectation, ForceShips, Forces, Gauge, Mark, OpTarget, OpTask,
    Operation, Plan, Present,
};
pub use power::{Alliance, Mind, Power, Regard, Relation, Yard};
pub use rules::{BattleRules, GroundRules, OfficerRules, Rules, SightRules, WingRules, WreckRules};
pub use weapon::{Nature, Weapon};

use jumpline_chart::{Chart, Drive};
use jumpline_measure::{Calendar, ClassId, DoctrineId, DriveId, PowerId, Span, Time, WeaponId};
use serde::{Deserialize, Serialize};

/// The law of one war: everything that is true before the first order and stays true.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Law {
    /// The scenario's key (its folder's name).
    pub key: String,
    /// The war's title, as people read it.
    pub title: String,
    /// The calendar that dates are written in; its epoch is time zero.
    pub calendar: Calendar,
    /// When the war opens.
    pub begins: Time,
    /// When the scenario ends unless somebody plays on.
    pub ends: Time,
    /// The span between two order deadlines.
    pub turn: Span,
    /// What every power may know.
    pub codex: Codex,
    /// What only the scenario knows.
    pub plan: Plan,
}

impl Law {
    /// How many turns the scenario's own span holds (the last may be cut short).
    pub fn turns(&self) -> u32 {
        let span = (self.ends.0 - self.begins.0).max(0);
        let turn = self.turn.0.max(1);
        u32::try_from((span + turn - 1) / turn).unwrap_or(u32::MAX)
    }
}

/// A drive with its key: what moves a ship along jumplines and round a body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DriveLaw {
    /// Its key in the content.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// What the chart asks of it.
    pub drive: Drive,
}

/// What every power may know: the rules, the chart, what ships and weapons are, and who the powers are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Codex {
    /// Every tuned number.
    pub rules: Rules,
    /// Systems, bodies and the lines between them.
    pub chart: Chart,
    /// Weapons by id.
    pub weapons: Vec<Weapon>,
    /// Drives by id.
    pub drives: Vec<DriveLaw>,
    /// Doctrines by id.
    pub doctrines: Vec<Doctrine>,
    /// Ship classes by id.
    pub classes: Vec<Class>,
    /// Powers by id.
    pub powers: Vec<Power>,
    /// Alliances, in the order written.
    pub alliances: Vec<Alliance>,
    /// What aggregate resolution goes by.
    #[serde(default)]
    pub attrition: Attrition,
}

impl Codex {
    /// The class of that id.
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }
    /// The weapon of that id.
    pub fn weapon(&self, id: WeaponId) -> &Weapon {
        &self.weapons[id.index()]
    }
    /// The drive of that id.
    pub fn drive(&self, id: DriveId) -> &DriveLaw {
        &self.drives[id.index()]
    }
    /// The doctrine of that id.
    pub fn doctrine(&self, id: DoctrineId) -> &Doctrine {
        &self.doctrines[id.index()]
    }
    /// The power of that id.
    pub fn power(&self, id: PowerId) -> &Power {
        &self.powers[id.index()]
    }
    /// The class with that key.
    pub fn class_by_key(&self, key: &str) -> Option<ClassId> {
        self.classes.iter().position(|class| class.key == key).map(ClassId::from_index)
    }
    /// The power with that key.
    pub fn power_by_key(&self, key: &str) -> Option<PowerId> {
        self.powers.iter().position(|power| power.key == key).map(PowerId::from_index)
    }
    /// The doctrine with that key.
    pub fn doctrine_by_key(&self, key: &str) -> Option<DoctrineId> {
        self.doctrines.iter().position(|one| one.key == key).map(DoctrineId::from_index)
    }
}
