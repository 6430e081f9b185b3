//! Judging: what a class is worth, what a ship is worth as she is, how a battle stands for one group.

use crate::foes::{allied, hostile};
use crate::v3::{square, sub};
use jumpline_measure::{ClassId, GroupId};
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Battery, Class, Codex, Regard};
use jumpline_world::state::{Parts, Ship};

/// How a battle stands for one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Worth of the group's ships here, as they are.
    pub own_strength: i64,
    /// Worth of all enemies here.
    pub enemy_strength: i64,
    /// Worth of other friends here (the same power's and allies').
    pub allied_strength: i64,
    /// Ships lost here of those the group came with, permille.
    pub lost_permille: i64,
    /// Hull that its greatest ship has lost, permille.
    pub greatest_hull_lost_permille: i64,
    /// The class of that ship.
    pub greatest: Option<ClassId>,
    /// Ships of the group here.
    pub ships: u32,
    /// Of these, without engines or guns.
    pub disabled: u32,
    /// Of these, with nothing left to fire.
    pub spent: u32,
    /// Enemies here.
    pub enemies: u32,
    /// Enemies within the engagement range of any ship of the group.
    pub enemies_in_reach: u32,
    /// Ships left here of what the group is after (all enemies when it is after nothing special).
    pub quarry_left: u32,
    /// How steady the group is, permille.
    pub morale_permille: i64,
    /// Is it running, every ship for herself?
    pub routed: bool,
}

/// The worth of a fresh ship of a class: the root of toughness times firepower, so that worths can be added up.
pub fn strength(codex: &Codex, class: ClassId) -> i64 {
    let Some(made) = codex.classes.get(class.index()) else { return 0 };
    let tough = toughness(made.shield, made.armour, made.hull);
    worth(tough, Firepower::of(codex, made).left(&Parts::default(), &[-1; 4]))
}

/// Can she, as she is, hurt anybody: a gun with something to fire, a field with a pylon left, a charge to ram with?
pub fn can_hurt(codex: &Codex, class: &Class, parts: &Parts, shots: &[i32; 4]) -> bool {
    let fires = |(battery, left): (&Battery, &i32)| {
        let weapon = codex.weapons.get(battery.weapon.index());
        *left != 0 && battery.mounts > 0 && weapon.is_some_and(|weapon| weapon.damage > 0)
    };
    let guns = parts.guns_lost_permille < 1_000 && class.batteries.iter().zip(shots).any(fires);
    let field = class
        .field
        .as_ref()
        .is_some_and(|field| i64::from(parts.pylons_lost.count_ones()) < field.pylons.clamp(1, 32));
    guns || field || class.ram_charge > 0
}

/// The worth of a ship as she is.
pub fn ship_strength(codex: &Codex, ship: &Ship) -> i64 {
    let Some(made) = codex.classes.get(ship.class.index()) else { return 0 };
    let guns = Firepower::of(codex, made);
    as_she_is(&guns, &ship.shields, ship.armour, ship.hull, &ship.parts, &ship.shots)
}

fn as_she_is(
    guns: &Firepower,
    shields: &[i32; 6],
    armour: i32,
    hull: i32,
    parts: &Parts,
    shots: &[i32; 4],
) -> i64 {
    let mut sum = 0_i64;
    for points in shields {
        sum += i64::from(*points);
    }
    worth(toughness(sum / 6, i64::from(armour), i64::from(hull)), guns.left(parts, shots))
}

/// An attacker comes from one side: it meets some three facings' worth of shields.
fn toughness(shield: i64, armour: i64, hull: i64) -> i64 {
    let most = 1_i64 << 40;
    shield.clamp(0, most).saturating_mul(3) + armour.clamp(0, most) + hull.clamp(0, most)
}

/// What a class does at half range while whole, points a second.
#[derive(Clone, Copy, Debug)]
struct Firepower {
    /// By battery.
    guns: [i64; 4],
    /// For each pylon of a field weapon.
    pylon: i64,
    pylons: i64,
}

impl Firepower {
    fn of(codex: &Codex, class: &Class) -> Firepower {
        let mut guns = [0_i64; 4];
        for (battery, gun) in class.batteries.iter().zip(&mut guns) {
            let Some(weapon) = codex.weapons.get(battery.weapon.index()) else { continue };
            let volley = weapon.damage.clamp(0, 1 << 31) * battery.mounts.clamp(0, 10_000);
            let share = 500 + weapon.falloff_permille.clamp(0, 1_000) / 2;
            let points = i128::from(volley) * i128::from(share);
            *gun = (points / i128::from(weapon.recharge_ms.max(1))) as i64;
        }
        let Some(field) = &class.field else { return Firepower { guns, pylon: 0, pylons: 0 } };
        let pylons = field.pylons.clamp(1, 32);
        let arcs = field.arcs_per_s.clamp(0, 10_000) * field.arc_damage.clamp(0, 1 << 31);
        Firepower { guns, pylon: arcs / pylons, pylons }
    }

    /// What is left of it: empty magazines fire nothing.
    fn left(&self, parts: &Parts, shots: &[i32; 4]) -> i64 {
        let mut points = 0_i64;
        for (gun, left) in self.guns.iter().zip(shots) {
            points = points.saturating_add(if *left == 0 { 0 } else { *gun });
        }
        let guns = i64::from(1_000 - parts.guns_lost_permille.min(1_000));
        if guns < 1_000 {
            points = (i128::from(points) * i128::from(guns) / 1_000) as i64;
        }
        let lost = i64::from(parts.pylons_lost.count_ones()).min(self.pylons);
        points.saturating_add(self.pylon * (self.pylons - lost))
    }
}

/// The root of the product. Square roots of `f64` are exact to the last bit everywhere.
fn worth(toughness: i64, firepower: i64) -> i64 {
    (toughness.max(0) as f64 * (firepower.max(0) as f64 + 1.0)).sqrt() as i64
}

/// How the battle stands for a group. A group that is not in it gets nought throughout.
pub fn assess(
    codex: &Codex,
    engagement: &Engagement,
    regards: &[Vec<Regard>],
    group: GroupId,
) -> Assessment {
    let Ok(at) = engagement.postures.binary_search_by_key(&group, |posture| posture.group) else {
        return Assessment::default();
    };
    let posture = &engagement.postures[at];
    let columns = &engagement.columns;
    let mut all = Assessment {
        morale_permille: i64::from(posture.morale_permille),
        routed: posture.routed_until > 0 && posture.routed_until >= engagement.tick,
        lost_permille: i64::from(posture.lost) * 1_000 / i64::from(posture.came.max(1)),
        ..Assessment::default()
    };
    let hunts = !posture.quarry.is_empty() || posture.quarry_ship.is_some();
    let mut own: Vec<usize> = Vec::new();
    let mut foes: Vec<usize> = Vec::new();
    let mut greatest = (-1_i64, 0_i64);
    let mut guns: Vec<Option<Firepower>> = vec![None; codex.classes.len()];
    for row in 0..columns.id.len() {
        let class = columns.class[row];
        let Some(made) = codex.classes.get(class.index()) else { continue };
        let power = columns.power[row];
        let (parts, shots) = (&columns.parts[row], &columns.shots[row]);
        let guns = guns[class.index()].get_or_insert_with(|| Firepower::of(codex, made));
        let worth = as_she_is(
            guns,
            &columns.shields[row],
            columns.armour[row],
            columns.hull[row],
            parts,
            shots,
        );
        if usize::from(columns.posture[row]) == at {
            own.push(row);
            all.ships += 1;
            all.own_strength = all.own_strength.saturating_add(worth);
            let lame = made.speed_mps > 0 && parts.engine_lost_permille >= 1_000;
            let silent = !made.batteries.is_empty() && parts.guns_lost_permille >= 1_000;
            all.disabled += u32::from(lame || silent);
            let armed = !made.batteries.is_empty() || made.field.is_some();
            all.spent += u32::from(armed && !can_hurt(codex, made, parts, shots));
            if made.mass_kt > greatest.0 {
                let hull = made.hull.max(1);
                let lost = 1_000 - i64::from(columns.hull[row]).clamp(0, hull) * 1_000 / hull;
                greatest = (made.mass_kt, lost);
                all.greatest = Some(class);
            }
        } else if hostile(regards, posture.power, power) {
            foes.push(row);
            all.enemies += 1;
            all.enemy_strength = all.enemy_strength.saturating_add(worth);
            let sought =
                posture.quarry_ship == Some(columns.id[row]) || posture.quarry.contains(&class);
            all.quarry_left += u32::from(!hunts || sought);
        } else if allied(regards, posture.power, power) {
            all.allied_strength = all.allied_strength.saturating_add(worth);
        }
    }
    all.greatest_hull_lost_permille = greatest.1;
    let range = codex.rules.battle.engage_range_m.max(0) as f32;
    for foe in foes {
        let place = columns.position[foe];
        let near = |own: &usize| square(sub(columns.position[*own], place)) <= range * range;
        all.enemies_in_reach += u32::from(own.iter().any(near));
    }
    all
}
