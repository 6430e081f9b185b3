//! Forces become groups and ships, fresh from the yard, and are booked into the account.

use crate::law::{Forces, Law, Role};
use crate::state::{Group, Parts, Ship, State, Status};
use jumpline_measure::{ClassId, GroupId, ShipId, Time};

/// How new ships are booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booking {
    /// There at the opening.
    Opening,
    /// Came from outside.
    Arrived,
    /// From a yard.
    Built,
}

/// Why a force cannot be mustered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MusterError {
    /// Ships are stated to be aboard, but nothing of the force can carry them.
    #[error("{wanted} berths are wanted aboard, {free} are there")]
    NoBerths {
        /// Berths wanted.
        wanted: i64,
        /// Berths there.
        free: i64,
    },
    /// More ships than ids.
    #[error("more ships than can be numbered")]
    TooMany,
}

/// The groups of a mustered force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mustered {
    /// Groups that stand by themselves.
    pub standing: Vec<GroupId>,
    /// Groups aboard the force's carriers.
    pub aboard: Vec<GroupId>,
}

impl State {
    /// Brings a force into being at its body. Standing ships form groups `key` or `key-1`, `key-2`, … (when split); ships aboard
    /// form groups `key-cargo` or `key-cargo-1`, … spread over the force's berths in id order.
    pub fn muster(
        &mut self,
        law: &Law,
        forces: &Forces,
        at: Time,
        booking: Booking,
    ) -> Result<Mustered, MusterError> {
        let wanted = forces
            .ships
            .iter()
            .filter(|ships| ships.aboard)
            .map(|ships| law.codex.class(ships.class).berth_size.max(1) * i64::from(ships.count))
            .fold(0_i64, i64::saturating_add);
        let free = forces
            .ships
            .iter()
            .filter(|ships| !ships.aboard)
            .map(|ships| law.codex.class(ships.class).berths * i64::from(ships.count))
            .fold(0_i64, i64::saturating_add);
        if wanted > free {
            return Err(MusterError::NoBerths { wanted, free });
        }
        let count: u64 = forces.ships.iter().map(|ships| u64::from(ships.count)).sum();
        if self.ships.len() as u64 + count >= u64::from(u32::MAX) {
            return Err(MusterError::TooMany);
        }
        let mut out = Mustered::default();
        let mut carriers: Vec<(ShipId, i64)> = Vec::new();
        for aboard in [false, true] {
            let mut ids: Vec<ShipId> = Vec::new();
            let mut craft: Vec<ShipId> = Vec::new();
            for ships in forces.ships.iter().filter(|ships| ships.aboard == aboard) {
                // A carrier too full for one ship of a class is too full for the next: the search goes on where it stood.
                let mut berth_at = 0;
                for number in 0..ships.count {
                    let name = ships.names.get(number as usize).cloned();
                    let id = self.commission(law, forces, ships.class, name, booking);
                    self.ships[id.index()].mines = ships.mines;
                    self.ledger.mines[forces.power.index()].brought += ships.mines;
                    self.ships[id.index()].shields_at = at;
                    if aboard {
                        let size = law.codex.class(ships.class).berth_size.max(1);
                        while carriers.get(berth_at).is_some_and(|(_, left)| *left < size) {
                            berth_at += 1;
                        }
                        if let Some(berth) = carriers.get_mut(berth_at) {
                            berth.1 -= size;
                            self.ships[id.index()].carrier = Some(berth.0);
                            self.ships[id.index()].status = Status::Aboard;
                            if self.settles_in(law, id, berth.0) {
                                craft.push(id);
                                continue;
                            }
                        }
                    } else {
                        carriers.push((id, law.codex.class(ships.class).berths));
                    }
                    ids.push(id);
                }
            }
            let stem = if aboard { format!("{}-cargo", forces.key) } else { forces.key.clone() };
            let size = if forces.split == 0 { ids.len().max(1) } else { forces.split as usize };
            let parts = ids.len().div_ceil(size);
            for (number, part) in ids.chunks(size).enumerate() {
                let key = if parts > 1 { format!("{stem}-{}", number + 1) } else { stem.clone() };
                let name = if parts > 1 {
                    format!("{} {}", forces.name, number + 1)
                } else {
                    forces.name.clone()
                };
                let group = self.form(forces, key, name, part, at);
                if aboard { out.aboard.push(group) } else { out.standing.push(group) }
            }
            out.aboard.extend(self.form_wings(law, forces, &craft, at));
        }
        Ok(out)
    }

    /// A craft aboard a ship with a hangar has found her home. False when she is no craft or it is no hangar.
    fn settles_in(&mut self, law: &Law, id: ShipId, carrier: ShipId) -> bool {
        let craft = law.codex.class(self.ship(id).class).role == Role::Fighter;
        let home = law.codex.class(self.ship(carrier).class).hangar.is_some();
        if craft && home {
            self.ships[id.index()].base = Some(carrier);
        }
        craft && home
    }

    /// Craft of one carrier form wings of the size her hangar says: groups `key-wing`, or `key-wing-1`, ….
    fn form_wings(
        &mut self,
        law: &Law,
        forces: &Forces,
        craft: &[ShipId],
        at: Time,
    ) -> Vec<GroupId> {
        let mut wings: Vec<Vec<ShipId>> = Vec::new();
        for id in craft {
            let carrier = self.ship(*id).base;
            let size = carrier
                .and_then(|carrier| law.codex.class(self.ship(carrier).class).hangar.as_ref())
                .map_or(1, |hangar| usize::try_from(hangar.wing.max(1)).unwrap_or(usize::MAX));
            match wings.last_mut() {
                Some(wing) if wing.len() < size && self.ship(wing[0]).base == carrier => {
                    wing.push(*id);
                }
                _ => wings.push(vec![*id]),
            }
        }
        let many = wings.len() > 1;
        let mut out = Vec::new();
        for (number, wing) in wings.iter().enumerate() {
            let (key, name) = if many {
                let number = number + 1;
                (format!("{}-wing-{number}", forces.key), format!("{} wing {number}", forces.name))
            } else {
                (format!("{}-wing", forces.key), format!("{} wing", forces.name))
            };
            out.push(self.form(forces, key, name, wing, at));
        }
        out
    }

    /// One new ship, booked, in no group yet.
    fn commission(
        &mut self,
        law: &Law,
        forces: &Forces,
        class: ClassId,
        name: Option<String>,
        booking: Booking,
    ) -> ShipId {
        let made = law.codex.class(class);
        let id = ShipId::from_index(self.ships.len());
        let mut shots = [-1_i32; 4];
        for (battery, left) in made.batteries.iter().zip(&mut shots) {
            let weapon = law.codex.weapon(battery.weapon);
            if weapon.shots > 0 {
                let all = weapon.shots.saturating_mul(battery.mounts.max(0));
                *left = i32::try_from(all).unwrap_or(i32::MAX);
            }
        }
        let points = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        let power = forces.power;
        self.ships.push(Ship {
            id,
            class,
            power,
            group: GroupId(0),
            name,
            status: Status::Present,
            body: forces.body,
            carrier: None,
            transit: None,
            engagement: None,
            people: made.crew,
            skill_permille: law.codex.power(power).gunnery_permille,
            shields: [points(made.shield); 6],
            armour: points(made.armour),
            hull: points(made.hull),
            parts: Parts::default(),
            shots,
            mines: 0,
            wounded: None,
            shields_at: Time(0),
            falls: None,
            turned: false,
            pushers: 0,
            base: None,
            ready_at: Time(0),
        });
        let row = self.ledger.row(power, class);
        match booking {
            Booking::Opening => row.opening += 1,
            Booking::Arrived => row.arrived += 1,
            Booking::Built => row.built += 1,
        }
        self.ledger.people[power.index()].brought += made.crew;
        self.ledger.shots[power.index()].brought += crate::ledger::finite_shots(&shots);
        id
    }

    fn form(
        &mut self,
        forces: &Forces,
        key: String,
        name: String,
        ships: &[ShipId],
        at: Time,
    ) -> GroupId {
        let id = GroupId::from_index(self.groups.len());
        for ship in ships {
            self.ships[ship.index()].group = id;
        }
        let mut tags = forces.tags.clone();
        tags.push(forces.key.clone());
        if ships.first().is_some_and(|ship| self.ship(*ship).status == Status::Aboard) {
            tags.push(format!("{}-cargo", forces.key));
        }
        self.groups.push(Group {
            id,
            key,
            name,
            power: forces.power,
            tags,
            ships: ships.to_vec(),
            opening_ships: u32::try_from(ships.len()).unwrap_or(u32::MAX),
            body: forces.body,
            spot: forces.spot,
            there_at: at,
            doctrine: forces.doctrine,
            tasks: Vec::new(),
            withdrawing: false,
            busy_until: at,
            cause: None,
            since: at,
            hop: None,
            home: forces.body,
        });
        id
    }
}
