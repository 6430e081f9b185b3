//! The codex made ready for the inner loop: classes, weapons and doctrines as small tables of `f32` and whole numbers,
//! clamped so that no content, however hostile, can overflow or divide by nought.

use jumpline_measure::DoctrineId;
use jumpline_world::law::{Arc, Class, Codex, Doctrine, Focus, Motion, Nature, Role};

/// Most points that any one thing does or has: sums of many stay far inside `i64`.
pub const POINTS_MOST: i64 = i32::MAX as i64;

/// A battery ready to fire.
#[derive(Clone, Debug)]
pub struct Gun {
    /// Index of the weapon.
    pub weapon: usize,
    pub nature: Nature,
    pub mounts: i64,
    pub arc: Arc,
    pub range_m: f32,
    pub air_range_m: f32,
    /// Ticks between two shots, at least 1.
    pub recharge: u16,
    /// Metres a tick; 0 strikes at once.
    pub shot_m: f32,
    /// Odds of a hit under the stated conditions (chance over what is left to one).
    pub odds: f32,
    /// One over the square of the tracking speed.
    pub tracking: f32,
    pub finite: bool,
    /// Ticks of wait with which it may fire all the same: what its capacitor still holds, or what an orb could still grow.
    pub slack: u16,
    /// Does waiting longer make the shot greater?
    pub swells: bool,
    /// Permille by which a shot is the stronger for being held on one target, and the ticks that takes.
    pub hold: (i64, u16),
}

impl Gun {
    /// The wait after a shot.
    pub fn after(&self, wait: u16) -> u16 {
        if self.swells {
            self.recharge.saturating_add(self.slack)
        } else {
            wait.saturating_add(self.recharge)
        }
    }

    /// What a shot does, permille of the weapon's damage: grown for want of a target, or held on this one.
    pub fn power(&self, wait: u16, held: u16) -> u16 {
        let grown = if self.swells {
            i64::from(self.slack.saturating_sub(wait)) * 1_000 / i64::from(self.recharge)
        } else {
            0
        };
        let (most, ticks) = self.hold;
        let hotter = most * i64::from(held.min(ticks)) / i64::from(ticks.max(1));
        (1_000 + grown + hotter).min(i64::from(u16::MAX)) as u16
    }
}

/// A weapon as its target feels it.
#[derive(Clone, Debug)]
pub struct Arms {
    pub nature: Nature,
    pub damage: i64,
    pub range_m: f32,
    /// Share of damage lost at the furthest distance.
    pub falloff: f32,
    pub shield_permille: i64,
    pub hull_permille: i64,
    pub splash_m: f32,
    /// Radius of the space it bursts in without aiming; nought aims.
    pub barrage_m: f32,
    pub interceptable: i64,
    /// How much of a class's deflection works on it, permille.
    pub deflect_permille: i64,
    /// What it does to parts, permille of the rule's chance.
    pub parts_permille: i64,
    /// Ticks for which a pulse silences at its middle.
    pub silence: f32,
}

/// A field weapon ready for work.
#[derive(Clone, Debug)]
pub struct FieldKind {
    pub reach_m: f32,
    pub pylons: u32,
    pub spin_up: u32,
    pub arcs_per_s: i64,
    pub damage: i64,
    pub leaps: i64,
    pub disturb_permille: i64,
}

/// A class ready for the inner loop.
#[derive(Clone, Debug)]
pub struct Kind {
    pub role: Role,
    pub radius_m: f32,
    pub mass_kt: i64,
    pub speed_mps: f32,
    pub accel_mps2: f32,
    /// How far the heading comes round towards where it should point, share a second.
    pub turn: f32,
    pub shield: i64,
    pub recharge: i64,
    pub deflect_permille: i64,
    pub rotates: bool,
    pub hull: i64,
    /// Evasion as a share.
    pub evasion: f32,
    pub guns: Vec<Gun>,
    /// Batteries by damage a second, most first: the first that can still fire has the range that doctrine speaks of.
    pub mains: Vec<u8>,
    pub range_m: f32,
    /// Furthest distance at which a battery that never runs out can strike, metres.
    pub endless_m: f32,
    /// How many targets she serves at once, 1 to 3.
    pub spread: usize,
    /// The battery of needles, if she has one.
    pub needles: Option<usize>,
    /// Does any battery grow hotter while it is held on one target?
    pub holds: bool,
    /// Which way most of her guns look.
    pub shows: Arc,
    /// Has she hangars?
    pub hangars: bool,
    pub field: Option<FieldKind>,
    pub ram_charge: i64,
    pub gravity_drives: i64,
    pub noted: bool,
    pub small: bool,
    pub lands: bool,
}

/// A doctrine ready for the inner loop.
#[derive(Clone, Debug)]
pub struct Way {
    pub focus: Focus,
    pub prefers: Vec<Role>,
    pub motion: Motion,
    pub spacing_m: f32,
    pub range: f32,
    pub pack_min: u64,
    pub pack_max: u64,
    pub break_off_permille: i64,
    pub rejoin_permille: i64,
    pub wound_permille: i64,
    pub rams_when_lost: bool,
    /// Radii of a lit field's reach to keep out of.
    pub clearance: f32,
    pub uses_gaps: bool,
    /// Furthest from her place that she follows anybody, metres; infinite without end.
    pub leash_m: f32,
    pub heeds_permille: i64,
    /// Ticks of hesitation before a call is obeyed.
    pub heed: u32,
    pub rout_permille: i64,
    /// Ticks before a rout can end.
    pub rally: u32,
    pub shoves: bool,
    /// Hunters of one target from which on another is sought.
    pub most_on_one: u16,
}

/// Everything made ready.
#[derive(Clone, Debug)]
pub struct Kinds {
    pub classes: Vec<Kind>,
    pub arms: Vec<Arms>,
    pub ways: Vec<Way>,
    /// Classes by role.
    pub of_role: Vec<(Role, Vec<u16>)>,
    /// Classes, greatest mass first.
    pub greatest: Vec<u16>,
    /// Seconds in a tick.
    pub dt: f32,
    pub tick_ms: i64,
    /// Longest flight of any bolt, ticks.
    pub longest: u32,
    /// Does any doctrine rout?
    pub routs: bool,
    /// Does any doctrine ask how many are after a target?
    pub counts_hunters: bool,
    /// Furthest reach of any needles, metres.
    pub needles_m: f32,
    /// Does any weapon fire without aiming?
    pub unaimed: bool,
}

/// Mounts from which on a battery's volley is shared out among several targets.
pub const SHARED_MOUNTS: i64 = 12;

fn points(value: i64) -> i64 {
    value.clamp(0, POINTS_MOST)
}

fn metres(value: i64) -> f32 {
    value.clamp(0, 1_000_000_000) as f32
}

impl Kinds {
    pub fn new(codex: &Codex) -> Kinds {
        let tick_ms = codex.rules.battle.tick_ms.clamp(1, 600_000);
        let dt = tick_ms as f32 / 1_000.0;
        let arms = codex
            .weapons
            .iter()
            .map(|weapon| Arms {
                nature: weapon.nature,
                damage: points(weapon.damage),
                range_m: metres(weapon.range_m).max(1.0),
                falloff: 1.0 - weapon.falloff_permille.clamp(0, 1_000) as f32 / 1_000.0,
                shield_permille: weapon.shield_permille.clamp(0, 1_000_000),
                hull_permille: weapon.hull_permille.clamp(0, 1_000_000),
                splash_m: metres(weapon.splash_m),
                barrage_m: metres(weapon.barrage_m),
                interceptable: points(weapon.interceptable),
                deflect_permille: weapon
                    .deflect_permille
                    .unwrap_or(match weapon.nature {
                        Nature::Plasma | Nature::Orb => 1_000,
                        _ => 0,
                    })
                    .clamp(0, 1_000),
                parts_permille: weapon.parts_permille.clamp(0, 100_000),
                silence: weapon.silence_ms.clamp(0, 3_600_000) as f32 / tick_ms as f32,
            })
            .collect();
        let classes: Vec<Kind> =
            codex.classes.iter().map(|class| kind(codex, class, tick_ms, dt)).collect();
        let mut of_role: Vec<(Role, Vec<u16>)> =
            Role::ALL.iter().map(|role| (*role, Vec::new())).collect();
        let mut greatest: Vec<u16> = Vec::new();
        for (number, class) in classes.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            greatest.push(number);
            if let Some(row) = of_role.iter_mut().find(|(role, _)| *role == class.role) {
                row.1.push(number);
            }
        }
        greatest.sort_by_key(|number| {
            (std::cmp::Reverse(classes[usize::from(*number)].mass_kt), *number)
        });
        let widest = classes.iter().map(|class| class.radius_m).fold(0.0_f32, f32::max);
        let mut longest = 1_u32;
        for gun in classes.iter().flat_map(|class| &class.guns) {
            if gun.shot_m > 0.0 {
                let ticks = (gun.range_m + widest) / gun.shot_m + 2.0;
                longest = longest.max(ticks.min(FLIGHT_MOST as f32) as u32);
            }
        }
        let armed = classes.iter().flat_map(|class| &class.guns);
        let needles = armed.filter(|gun| gun.nature == Nature::Shard);
        Kinds {
            needles_m: needles.map(|gun| gun.range_m).fold(0.0, f32::max),
            unaimed: codex.weapons.iter().any(|weapon| weapon.barrage_m > 0),
            classes,
            arms,
            counts_hunters: codex.doctrines.iter().any(|one| one.most_on_one > 0),
            routs: codex.doctrines.iter().any(|one| one.rout_permille > 0),
            ways: codex.doctrines.iter().map(|one| way(one, tick_ms)).collect(),
            of_role,
            greatest,
            dt,
            tick_ms,
            longest,
        }
    }

    /// The classes of a role.
    pub fn of_role(&self, role: Role) -> &[u16] {
        self.of_role.iter().find(|(have, _)| *have == role).map_or(&[], |(_, classes)| classes)
    }

    /// The doctrine a ship fights by: her group's, else her class's.
    pub fn way_index(&self, codex: &Codex, class: usize, group: Option<DoctrineId>) -> u16 {
        let id = group.unwrap_or(codex.classes[class].doctrine);
        let index = if id.index() < self.ways.len() { id.index() } else { 0 };
        u16::try_from(index).unwrap_or(0)
    }
}

/// Longest flight of a volley, ticks: slower ones are hurried.
pub const FLIGHT_MOST: u32 = 4_096;

fn ticks_of(ms: i64, tick_ms: i64) -> u16 {
    u16::try_from(ms / tick_ms).unwrap_or(u16::MAX)
}

/// Which way the weight of the guns looks: ahead unless another side has clearly more.
fn shows(guns: &[Gun], worths: &[(f32, u8)]) -> Arc {
    let sum = |arc: Arc| {
        let of =
            |(_, at): &&(f32, u8)| guns.get(usize::from(*at)).is_some_and(|gun| gun.arc == arc);
        worths.iter().filter(of).map(|(worth, _)| *worth).sum::<f32>()
    };
    let (fore, aft, flank) = (sum(Arc::Fore), sum(Arc::Aft), sum(Arc::Flank));
    if flank > fore * 1.05 && flank >= aft {
        Arc::Flank
    } else if aft > fore * 1.05 {
        Arc::Aft
    } else {
        Arc::Fore
    }
}

fn kind(codex: &Codex, class: &Class, tick_ms: i64, dt: f32) -> Kind {
    let mut guns = Vec::new();
    let mut worths: Vec<(f32, u8)> = Vec::new();
    for battery in class.batteries.iter().take(4) {
        let Some(weapon) = codex.weapons.get(battery.weapon.index()) else { continue };
        let accuracy = weapon.accuracy_permille.clamp(1, 999) as f32 / 1_000.0;
        let recharge = weapon.recharge_ms.max(1).saturating_add(tick_ms - 1) / tick_ms;
        let tracking = weapon.tracking_mps.max(1) as f32;
        let worth = points(weapon.damage) as f32 * battery.mounts.max(0) as f32
            / weapon.recharge_ms.max(1) as f32;
        worths.push((worth, guns.len() as u8));
        guns.push(Gun {
            weapon: battery.weapon.index(),
            nature: weapon.nature,
            mounts: battery.mounts.clamp(0, 10_000),
            arc: battery.arc,
            range_m: metres(weapon.range_m),
            air_range_m: metres(weapon.air_range_m),
            recharge: u16::try_from(recharge).unwrap_or(u16::MAX).max(1),
            shot_m: metres(weapon.shot_speed_mps) * dt,
            odds: accuracy / (1.0 - accuracy),
            tracking: 1.0 / (tracking * tracking),
            finite: weapon.shots > 0,
            slack: ticks_of(
                weapon.recharge_ms.max(1).saturating_mul(if weapon.capacity > 1 {
                    weapon.capacity.min(10_000) - 1
                } else {
                    weapon.swell_permille.clamp(1_000, 20_000) - 1_000
                }) / if weapon.capacity > 1 { 1 } else { 1_000 },
                tick_ms,
            ),
            swells: weapon.capacity <= 1 && weapon.swell_permille > 1_000,
            hold: (
                weapon.hold_permille.clamp(1_000, 20_000) - 1_000,
                ticks_of(weapon.hold_ms.max(0), tick_ms),
            ),
        });
    }
    let shows = shows(&guns, &worths);
    worths.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let most = guns.iter().map(|gun| gun.mounts).max().unwrap_or(0);
    let range_m = guns.iter().map(|gun| gun.range_m).fold(0.0, f32::max);
    let endless = guns.iter().filter(|gun| !gun.finite && gun.mounts > 0);
    let endless_m = endless.map(|gun| gun.range_m).fold(-1.0, f32::max);
    let accel_mps2 = metres(class.accel_mps2).min(100_000.0);
    let radius_m = metres(class.radius_m).max(1.0);
    Kind {
        role: class.role,
        radius_m,
        mass_kt: points(class.mass_kt).max(1),
        speed_mps: metres(class.speed_mps).min(10_000_000.0),
        accel_mps2,
        turn: (accel_mps2 / radius_m).clamp(0.05, 1.0),
        shield: points(class.shield),
        recharge: points(class.shield_recharge),
        deflect_permille: class.deflect_permille.clamp(0, 1_000),
        rotates: class.rotates_shields,
        hull: points(class.hull).max(1),
        evasion: class.evasion_permille.clamp(0, 1_000_000) as f32 / 1_000.0,
        mains: worths.into_iter().map(|(_, battery)| battery).collect(),
        range_m,
        endless_m,
        spread: if most >= SHARED_MOUNTS * 2 {
            3
        } else if most >= SHARED_MOUNTS {
            2
        } else {
            1
        },
        needles: guns.iter().position(|gun| gun.nature == Nature::Shard),
        holds: guns.iter().any(|gun| gun.hold.0 > 0 && gun.hold.1 > 0),
        shows,
        hangars: class.berths > 0,
        guns,
        field: class.field.as_ref().map(|field| FieldKind {
            reach_m: radius_m * (field.reach_permille.clamp(0, 1_000_000) as f32 / 1_000.0),
            pylons: u32::try_from(field.pylons.clamp(1, 32)).unwrap_or(1),
            spin_up: u32::try_from(field.spin_up_ms.max(0) / tick_ms).unwrap_or(u32::MAX),
            arcs_per_s: field.arcs_per_s.clamp(0, 10_000),
            damage: points(field.arc_damage),
            leaps: field.leaps.clamp(0, 32),
            disturb_permille: field.disturb_permille.clamp(0, 1_000_000),
        }),
        ram_charge: points(class.ram_charge),
        gravity_drives: class.gravity_drives.clamp(0, 60_000),
        noted: class.noted,
        small: matches!(class.role, Role::Fighter | Role::Corvette),
        lands: class.lands,
    }
}

fn way(doctrine: &Doctrine, tick_ms: i64) -> Way {
    let pack_max = doctrine.pack_max.clamp(1, 1_000_000) as u64;
    let ticks = |seconds: i64| (seconds.clamp(0, 86_400) * 1_000 / tick_ms) as u32;
    Way {
        focus: doctrine.focus,
        prefers: doctrine.prefers.clone(),
        motion: doctrine.motion,
        spacing_m: metres(doctrine.spacing_m),
        range: doctrine.range_permille.clamp(0, 100_000) as f32 / 1_000.0,
        pack_min: (doctrine.pack_min.clamp(1, 1_000_000) as u64).min(pack_max),
        pack_max,
        break_off_permille: doctrine.break_off_permille.clamp(0, 1_000),
        rejoin_permille: doctrine.rejoin_permille.clamp(0, 1_000),
        wound_permille: doctrine.wound_permille.clamp(0, 1_000),
        rams_when_lost: doctrine.rams_when_lost,
        clearance: doctrine.field_clearance_permille.clamp(0, 100_000) as f32 / 1_000.0,
        uses_gaps: doctrine.uses_gaps,
        leash_m: if doctrine.leash_m > 0 { metres(doctrine.leash_m) } else { f32::INFINITY },
        heeds_permille: doctrine.heeds_permille.clamp(0, 1_000),
        heed: ticks(doctrine.heed_s),
        rout_permille: doctrine.rout_permille.clamp(0, 1_000),
        rally: ticks(doctrine.rally_s).max(1),
        shoves: doctrine.shoves,
        most_on_one: match u16::try_from(doctrine.most_on_one) {
            Ok(0) | Err(_) => u16::MAX,
            Ok(most) => most,
        },
    }
}
