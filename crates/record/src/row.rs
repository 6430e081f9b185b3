//! What a record is made of, in memory: one ship over one stretch of ticks. Plain data; `encode` and `decode` turn it into columns and back.

/// Ticks from key frame to key frame: a stretch begins with every multiple of it.
pub const STRETCH_TICKS: u32 = 128;

/// A place on a ship's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Ticks after the row's first.
    pub tick: u8,
    /// From the row's origin, in the record's position units.
    pub at: [i16; 3],
    /// In the record's velocity units.
    pub velocity: [i8; 3],
    /// Where the bow points, in 127ths.
    pub heading: [i8; 3],
    /// How far the top is turned about the heading, in 256ths of a turn (see `curve::roll`).
    pub roll: u8,
}

/// How a ship is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Ticks after the row's first.
    pub tick: u8,
    /// By facing (bow, stern, port, starboard, top, keel), percent of a full one; 0 is open and nothing else is.
    pub shields: [u8; 6],
    /// Permille of full.
    pub armour_permille: u16,
    /// Permille of full.
    pub hull_permille: u16,
    /// What she is doing: an index into [`MODES`].
    pub mode: u8,
}

/// Words for what a ship is doing, in the order of `jumpline_world::engagement::Mode`.
pub const MODES: [&str; 6] =
    ["fighting", "breaking_off", "withdrawing", "descending", "drifting", "gone"];

/// Whom a ship aims at from a tick on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Ticks after the row's first.
    pub tick: u8,
    /// Her main target.
    pub ship: Option<u32>,
}

/// What can happen to a ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// She came into the battle. `note` is her name, if she has one.
    Came,
    /// She left it alive.
    Left,
    /// She reached the air of the body below.
    Landed,
    /// She was destroyed by `by`, by `cause`.
    Lost,
    /// She was there when it ended.
    Stands,
    /// She was wounded for the first time.
    Wounded,
    /// A blow came through an open facing.
    ShieldsDown,
    /// `part` broke for good; `amount` as the battle's report has it.
    PartLost,
    /// Her field weapon's arcs stood.
    FieldLit,
    /// They went out.
    FieldDark,
    /// She was rammed by `by` for `amount` points.
    Rammed,
    /// Withdrawing, she was clear of every enemy's guns.
    Clear,
    /// She was the quarry of the group `amount` and was struck by it for the first time.
    QuarryStruck,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 13] = [
        Kind::Came,
        Kind::Left,
        Kind::Landed,
        Kind::Lost,
        Kind::Stands,
        Kind::Wounded,
        Kind::ShieldsDown,
        Kind::PartLost,
        Kind::FieldLit,
        Kind::FieldDark,
        Kind::Rammed,
        Kind::Clear,
        Kind::QuarryStruck,
    ];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Came => "came",
            Kind::Left => "left",
            Kind::Landed => "landed",
            Kind::Lost => "lost",
            Kind::Stands => "stands",
            Kind::Wounded => "wounded",
            Kind::ShieldsDown => "shields_down",
            Kind::PartLost => "part_lost",
            Kind::FieldLit => "field_lit",
            Kind::FieldDark => "field_dark",
            Kind::Rammed => "rammed",
            Kind::Clear => "clear",
            Kind::QuarryStruck => "quarry_struck",
        }
    }

    /// Does a ship's way end with it?
    pub fn is_end(self) -> bool {
        matches!(self, Kind::Left | Kind::Landed | Kind::Lost | Kind::Stands)
    }
}

/// Something that happened to a ship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Ticks after the row's first.
    pub tick: u8,
    /// What.
    pub kind: Kind,
    /// Whose doing, if anybody's.
    pub by: Option<u32>,
    /// By what: a weapon's key, or `field`, `ram`, `blast`, `star` and the like.
    pub cause: Option<String>,
    /// Which part.
    pub part: Option<String>,
    /// How much, as the kind says.
    pub amount: Option<i32>,
    /// Where she was, metres from the battle's centre.
    pub place_m: [i32; 3],
    /// A name.
    pub note: Option<String>,
}

/// One ship over one stretch: a row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The tick at which the row begins.
    pub from_tick: u32,
    /// Who.
    pub ship: u32,
    /// Her class, by its place in the record's list.
    pub class: u16,
    /// Her power, by its place in the record's list.
    pub power: u16,
    /// Her group.
    pub group: u32,
    /// Where the row's places are counted from, metres from the battle's centre.
    pub origin_m: [i32; 3],
    /// No place between two of the row's is farther off than this, metres.
    pub error_m: u16,
    /// No heading between two of the row's is turned farther off than this, degrees; 180 is no promise.
    pub error_deg: u8,
    /// Her way; the first is at tick 0, the last is where the row ends.
    pub moves: Vec<Move>,
    /// How she is, from each tick on; the first is at tick 0.
    pub conditions: Vec<Condition>,
    /// Whom she aims at, from each tick on; the first is at tick 0.
    pub aims: Vec<Aim>,
    /// What happened to her.
    pub events: Vec<Happened>,
}

impl Row {
    /// The last tick at which she was seen in this row.
    pub fn to_tick(&self) -> u32 {
        self.from_tick + self.moves.last().map_or(0, |last| u32::from(last.tick))
    }

    /// The stretch it belongs to.
    pub fn stretch(&self) -> u32 {
        self.from_tick / STRETCH_TICKS
    }

    /// Adds all of it to a digest.
    pub(crate) fn digest(&self, hash: &mut blake3::Hasher) {
        let mut bytes: Vec<u8> = Vec::with_capacity(64 + self.moves.len() * 14);
        let word = |bytes: &mut Vec<u8>, value: u32| bytes.extend(value.to_le_bytes());
        word(&mut bytes, self.from_tick);
        word(&mut bytes, self.ship);
        word(&mut bytes, u32::from(self.class));
        word(&mut bytes, u32::from(self.power));
        word(&mut bytes, self.group);
        for part in self.origin_m {
            bytes.extend(part.to_le_bytes());
        }
        word(&mut bytes, u32::from(self.error_m) << 8 | u32::from(self.error_deg));
        for len in [self.moves.len(), self.conditions.len(), self.aims.len(), self.events.len()] {
            word(&mut bytes, u32::try_from(len).unwrap_or(u32::MAX));
        }
        for one in &self.moves {
            bytes.push(one.tick);
            one.at.iter().for_each(|part| bytes.extend(part.to_le_bytes()));
            bytes.extend(one.velocity.iter().chain(&one.heading).map(|part| part.to_le_bytes()[0]));
            bytes.push(one.roll);
        }
        for one in &self.conditions {
            bytes.push(one.tick);
            bytes.extend(one.shields);
            bytes.extend(one.armour_permille.to_le_bytes());
            bytes.extend(one.hull_permille.to_le_bytes());
            bytes.push(one.mode);
        }
        let ship = |bytes: &mut Vec<u8>, ship: Option<u32>| {
            bytes.extend(ship.map_or(u64::MAX, u64::from).to_le_bytes());
        };
        for one in &self.aims {
            bytes.push(one.tick);
            ship(&mut bytes, one.ship);
        }
        for one in &self.events {
            bytes.push(one.tick);
            ship(&mut bytes, one.by);
            bytes.extend(one.amount.map_or(i64::MAX, i64::from).to_le_bytes());
            one.place_m.iter().for_each(|part| bytes.extend(part.to_le_bytes()));
            let words = [Some(one.kind.word()), one.cause.as_deref(), one.part.as_deref()];
            for text in words.into_iter().chain([one.note.as_deref()]) {
                let length = text.map_or(u64::MAX, |text| text.len() as u64);
                bytes.extend(length.to_le_bytes());
                bytes.extend(text.unwrap_or_default().as_bytes());
            }
        }
        hash.update(&bytes);
    }
}
