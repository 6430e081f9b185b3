//! What a blow does: shields, then armour, then hull and parts. All in whole points, one blow after another in a fixed order.

use crate::kinds::{Kind, POINTS_MOST};
use crate::parts;
use crate::report::{Report, Told};
use crate::rows::{OPEN, Row};
use crate::scene::Scene;
use crate::v3::V3;
use jumpline_measure::{Purpose, ShipId, Time};
use jumpline_world::engagement::Posture;
use jumpline_world::event::How;

/// A blow about to land.
#[derive(Clone, Copy, Debug)]
pub struct Blow {
    /// Points against shields.
    pub shield: i64,
    /// Points against armour and hull.
    pub hull: i64,
    pub by: Option<ShipId>,
    pub how: How,
    /// From the struck ship towards where it came from.
    pub from: V3,
    /// How much of the class's deflection a whole shield has for it, permille.
    pub turned_permille: i64,
    /// What it does to parts, permille of the rule's chance.
    pub parts_permille: i64,
}

/// A ship that died this tick.
#[derive(Clone, Copy, Debug)]
pub struct Death {
    pub row: u32,
    pub by: Option<ShipId>,
    pub how: How,
}

/// The striking half of a tick: rows may change, what others see may not.
pub struct Effects<'t, 'a> {
    pub scene: &'t Scene<'a>,
    pub rows: &'t mut [Row],
    pub out: &'t mut Vec<Report>,
    pub at: Time,
    pub deaths: Vec<Death>,
    /// What has been struck for the first time, by posture: (posture, quarry's row).
    pub struck: Vec<(u16, u32)>,
    /// Blows that reached a hull this tick, for the dice.
    pub count: u32,
    /// Has anybody struck anybody this tick?
    pub blows: bool,
    /// How many have left this tick.
    pub gone: usize,
}

impl<'a> Effects<'_, 'a> {
    pub fn kind(&self, row: usize) -> &'a Kind {
        &self.scene.kinds.classes[usize::from(self.rows[row].class)]
    }

    pub fn tell(&mut self, what: Told) {
        self.out.push(Report { at: self.at, what });
    }

    /// Is she here and not yet dead?
    pub fn alive(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| row.here() && row.hull > 0)
    }

    /// Lands a blow. Returns the points that reached shields, armour or hull.
    pub fn strike(&mut self, number: usize, blow: Blow) -> i64 {
        if !self.alive(number) {
            return 0;
        }
        self.blows |= blow.by.is_some();
        let kind = self.kind(number);
        let row = &mut self.rows[number];
        let facing = row.facing(blow.from);
        let have = i64::from(row.shields[facing]);
        let (mut shield, mut hull) =
            (blow.shield.clamp(0, POINTS_MOST), blow.hull.clamp(0, POINTS_MOST));
        if blow.turned_permille > 0 && have > 0 && kind.deflect_permille > 0 {
            // The wholer the shield, the more it turns aside.
            let whole = (have * 1_000 / row.shield_most(kind.shield).max(1)).min(1_000);
            let turned = kind.deflect_permille * whole / 1_000 * blow.turned_permille / 1_000;
            shield = shield * (1_000 - turned) / 1_000;
            hull = hull * (1_000 - turned) / 1_000;
        }
        if have > 0 {
            if shield <= have {
                row.shields[facing] = (have - shield) as i32;
                return shield;
            }
            // The share of the blow that the shield could not hold goes on.
            hull = hull * (shield - have) / shield.max(1);
            row.shields[facing] = 0;
        }
        if hull <= 0 {
            return have.min(shield);
        }
        let told = row.flags & OPEN != 0;
        row.flags |= OPEN;
        if kind.noted && kind.shield > 0 && !told {
            let ship = self.rows[number].id;
            self.tell(Told::ShieldsDown { ship, by: blow.by });
        }
        self.open_hull(number, kind, hull, &blow);
        have.min(shield) + hull
    }

    /// A blow past the shields.
    fn open_hull(&mut self, number: usize, kind: &Kind, points: i64, blow: &Blow) {
        let rules = self.scene.rules;
        let row = &mut self.rows[number];
        let mut through = points;
        let side = 1_u8 << row.facing(blow.from);
        if matches!(blow.how, How::Ram | How::Blast)
            && rules.breach_permille > 0
            && points * 1_000 >= rules.breach_permille.min(1_000_000) * kind.hull
        {
            // Torn open: what comes in on that side from now on meets no armour.
            row.breached |= side;
        }
        if row.armour > 0 && row.breached & side == 0 {
            let leak = points * rules.armour_leak_permille.clamp(0, 1_000) / 1_000;
            let held = (points - leak).min(i64::from(row.armour));
            row.armour -= held as i32;
            through = points - held;
        }
        row.hull = (i64::from(row.hull) - through).max(0) as i32;
        let ship = row.id;
        if !row.wounded {
            row.wounded = true;
            self.tell(Told::Wounded { ship, by: blow.by });
        }
        if self.rows[number].hull <= 0 {
            self.deaths.push(Death { row: number as u32, by: blow.by, how: blow.how });
            return;
        }
        if through > 0 {
            self.maybe_break(number, kind, through, blow);
        }
    }

    fn maybe_break(&mut self, number: usize, kind: &Kind, through: i64, blow: &Blow) {
        let rules = self.scene.rules;
        let ship = self.rows[number].id;
        let n = self.count;
        self.count = self.count.wrapping_add(1) & 0xffff;
        // In millionths: the rule's chance is for a tenth of the hull.
        let rate = rules.part_permille.clamp(0, 100_000) * blow.parts_permille / 1_000;
        let chance = rate * through * 10_000 / kind.hull.max(1);
        let roll = self.scene.dice.roll(
            Purpose::Subsystem,
            u64::from(ship.0),
            i64::from(self.scene.tick),
            n,
        );
        let (sure, rest) = (chance / 1_000_000, chance % 1_000_000);
        let breaks = sure.min(8) + i64::from(roll.chance_ppm(rest));
        for again in 0..breaks {
            let roll = self.scene.dice.roll(
                Purpose::Damage,
                u64::from(ship.0),
                i64::from(self.scene.tick),
                n << 4 | again as u32,
            );
            let row = &mut self.rows[number];
            if let Some((part, part_number)) = parts::break_one(row, kind, rules, blow.from, &roll)
            {
                self.tell(Told::PartLost { ship, part, number: part_number, by: blow.by });
            }
        }
    }

    /// Notes that a ship of a posture struck that row, if it is the group's quarry and the first time.
    pub fn note_quarry(&mut self, postures: &[Posture], shooter: usize, struck: usize) {
        let at = self.rows[shooter].posture;
        let Some(posture) = postures.get(usize::from(at)) else { return };
        if posture.struck || (posture.quarry.is_empty() && posture.quarry_ship.is_none()) {
            return;
        }
        let row = &self.rows[struck];
        let is_quarry = posture.quarry_ship == Some(row.id)
            || posture.quarry.iter().any(|class| class.index() == usize::from(row.class));
        if is_quarry && !self.struck.iter().any(|(have, _)| *have == at) {
            self.struck.push((at, struck as u32));
        }
    }
}
