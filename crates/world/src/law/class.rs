//! Ship classes: what a ship is when she leaves the yard. Stations and starbases are ships that cannot leave.

use jumpline_measure::{DoctrineId, DriveId, WeaponId};
use serde::{Deserialize, Serialize};

/// What a class is for. Targets are chosen and tables grouped by role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the trade's own")]
pub enum Role {
    Fighter,
    Corvette,
    Frigate,
    Destroyer,
    Cruiser,
    Battlecruiser,
    Battleship,
    Dreadnaught,
    Carrier,
    Cargo,
    Transport,
    Jumpship,
    Starbase,
    Station,
    Platform,
    Sensor,
    Invoker,
}

impl Role {
    /// All roles, smallest first.
    pub const ALL: [Role; 17] = [
        Role::Fighter,
        Role::Corvette,
        Role::Frigate,
        Role::Destroyer,
        Role::Cruiser,
        Role::Battlecruiser,
        Role::Battleship,
        Role::Dreadnaught,
        Role::Carrier,
        Role::Cargo,
        Role::Transport,
        Role::Jumpship,
        Role::Starbase,
        Role::Station,
        Role::Platform,
        Role::Sensor,
        Role::Invoker,
    ];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Role::Fighter => "fighter",
            Role::Corvette => "corvette",
            Role::Frigate => "frigate",
            Role::Destroyer => "destroyer",
            Role::Cruiser => "cruiser",
            Role::Battlecruiser => "battlecruiser",
            Role::Battleship => "battleship",
            Role::Dreadnaught => "dreadnaught",
            Role::Carrier => "carrier",
            Role::Cargo => "cargo",
            Role::Transport => "transport",
            Role::Jumpship => "jumpship",
            Role::Starbase => "starbase",
            Role::Station => "station",
            Role::Platform => "platform",
            Role::Sensor => "sensor",
            Role::Invoker => "invoker",
        }
    }

    /// Is this a thing that fights in the line (not a carrier of others, a sensor or a platform)?
    pub fn is_warship(self) -> bool {
        matches!(
            self,
            Role::Corvette
                | Role::Frigate
                | Role::Destroyer
                | Role::Cruiser
                | Role::Battlecruiser
                | Role::Battleship
                | Role::Dreadnaught
                | Role::Carrier
                | Role::Invoker
        )
    }
}

/// Where a battery can bear, seen from the ship's bow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arc {
    /// A cone of 60 degrees about the bow.
    Fore,
    /// A cone of 60 degrees about the stern.
    Aft,
    /// The sides: everything but the two cones.
    Flank,
    /// All round.
    All,
}

/// A group of like mounts that fire together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Battery {
    /// What is mounted.
    pub weapon: WeaponId,
    /// How many mounts.
    pub mounts: i64,
    /// Where they bear.
    pub arc: Arc,
}

/// What a hit may break for good. Parts are counted, so that damage has a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Sublight engines: battle speed and evasion.
    Engine,
    /// Gravity drives: jumping, braking, holding an orbit.
    GravityDrive,
    /// Gun mounts.
    Gun,
    /// Shield emitters: recharge and strength.
    Emitter,
    /// Sensors: aim and sight.
    Sensor,
    /// Pylons of a field weapon; each covers a sector.
    Pylon,
    /// The bridge: reaction and skill.
    Bridge,
    /// Hangars: launching, recovering, berths that can be reached.
    Hangar,
}

/// What a class sees with and how it is seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sensors {
    /// Distance at which a hull of 10,000 m² is seen in the clear, metres.
    pub range_m: i64,
    /// How well contacts are told apart and braking points judged, permille.
    pub quality_permille: i64,
    /// The hull's own size to others bow-on, square metres.
    pub bow_section_m2: i64,
    /// The hull's own size to others from the side, square metres.
    pub side_section_m2: i64,
}

/// A field weapon of loose arcs that seek matter (the invoker's).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FieldWeapon {
    /// How far the arcs reach from the centre, permille of the hull's radius (3000 = three times).
    pub reach_permille: i64,
    /// How many pylons carry it; each covers an equal sector of the sphere (at most 32).
    pub pylons: i64,
    /// Time from switching on until the arcs stand, milliseconds.
    pub spin_up_ms: i64,
    /// Arcs a second with every pylon whole.
    pub arcs_per_s: i64,
    /// Damage of one arc to what it strikes, points (shields first).
    pub arc_damage: i64,
    /// How many more bodies an arc may leap to after the first.
    pub leaps: i64,
    /// Arcs that a hull soaks up and disturbs for each 1,000 points of mass, permille.
    pub disturb_permille: i64,
}

/// A hangar: the berths it is built round are the home of small craft, who come and go by themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hangar {
    /// Craft that fly together as one wing.
    pub wing: i64,
    /// Time between two craft put out, milliseconds.
    pub launch_ms: i64,
    /// Time between two craft taken in, milliseconds.
    pub recover_ms: i64,
    /// Time that a craft taken in needs until she is fit for the next flight, milliseconds.
    pub rearm_ms: i64,
}

/// One ship class.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Class {
    /// Its key in the content.
    pub key: String,
    /// Its name in prose ("Cajdital cruiser").
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Hull length, metres.
    pub length_m: i64,
    /// Radius of the hull as a target, metres.
    pub radius_m: i64,
    /// Mass, kilotonnes.
    pub mass_kt: i64,
    /// People aboard.
    pub crew: i64,
    /// Shield strength of each of the six facings, points.
    pub shield: i64,
    /// Shield recharge of each facing, points a second.
    pub shield_recharge: i64,
    /// Share of plasma that a whole shield turns aside, permille.
    pub deflect_permille: i64,
    /// May it roll a fresh face to the enemy?
    pub rotates_shields: bool,
    /// Armour, points.
    pub armour: i64,
    /// Hull, points.
    pub hull: i64,
    /// Its jump drive; none means that it cannot leave its body (stations).
    pub drive: Option<DriveId>,
    /// How many gravity drives it has (the part count that braking depends on).
    pub gravity_drives: i64,
    /// Top speed in battle, metres a second; 0 stays where it is.
    pub speed_mps: i64,
    /// How fast it changes course, metres a second each second.
    pub accel_mps2: i64,
    /// How much harder than a still hull it is to hit when free to dodge, permille.
    pub evasion_permille: i64,
    /// Its guns, at most four batteries.
    pub batteries: Vec<Battery>,
    /// Its field weapon, if it is one.
    pub field: Option<FieldWeapon>,
    /// Berths for ships aboard.
    pub berths: i64,
    /// Berths that it takes aboard another.
    pub berth_size: i64,
    /// Time to load or unload one ship of berth size 1, milliseconds.
    pub handling_ms: i64,
    /// Its hangar, if its berths are one.
    pub hangar: Option<Hangar>,
    /// People whom its boats can carry off.
    pub boats: i64,
    /// Do its shields lie over the whole of the body it stands at (the generator of a planetary shield)?
    pub covers: bool,
    /// Charge that goes off when it rams, points.
    pub ram_charge: i64,
    /// Mines it can carry.
    pub mines: i64,
    /// Can it tow with tractor beams?
    pub tractor: bool,
    /// Can it live in air and set down on a world?
    pub lands: bool,
    /// What it sees with.
    pub sensors: Sensors,
    /// How it fights unless told otherwise.
    pub doctrine: DoctrineId,
    /// Is each ship of it worth an event for each wound (flagships, starbases)?
    pub noted: bool,
}

impl Class {
    /// Can it work on wrecks? Tractor beams or a hold do.
    pub fn salvages(&self) -> bool {
        self.tractor || self.role == Role::Cargo
    }

    /// A plain measure of fighting worth, used to judge odds: toughness times firepower, square root left out.
    pub fn toughness(&self) -> i64 {
        self.shield.saturating_mul(3).saturating_add(self.armour).saturating_add(self.hull)
    }
}
