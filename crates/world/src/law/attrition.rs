//! What aggregate resolution goes by: constants of its law, the region in which it was calibrated, and what each class is worth
//! against each other. Written by `cargo xtask calibrate`, never by hand; a ruleset without it plays every battle ship by ship.

use crate::law::{Class, Codex};
use jumpline_measure::{ClassId, DoctrineId, DriveId, WeaponId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The table of aggregate resolution. Empty when the ruleset was never calibrated.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Attrition {
    /// Constants of the law and the region.
    pub rules: AttritionRules,
    /// What was calibrated, by class id; none for a class that was not, or that has changed since.
    pub classes: Vec<Option<Calibrated>>,
}

/// Constants of the law of attrition, and the region in which it was calibrated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttritionRules {
    /// Longest coarse step, seconds.
    pub step_s: i64,
    /// How much likelier a hurt ship is struck than a whole one, permille of the whole one's share.
    pub hurt_permille: i64,
    /// Share of fire that keeps to the hurt however few they are, where gunners choose whom to finish, permille.
    pub keen_permille: i64,
    /// The same where gunners take the nearest, permille.
    pub nearest_keen_permille: i64,
    /// Share of a ship's recharge that tells in battle, permille.
    pub mend_permille: i64,
    /// How many facings' worth of shields an attacker meets, thousandths of a facing.
    pub facings_permille: i64,
    /// The same for a class that turns fresh facings to the enemy, thousandths of a facing.
    pub turning_facings_permille: i64,
    /// Fire grows with the ships on a side less than in proportion: the power of (ships / 100) that is lost, permille.
    pub crowd_permille: i64,
    /// Fire on few ships tells less than on many: the power of (ships / 100) that is lost, permille.
    pub sparse_permille: i64,
    /// Share of what missiles would do that they do past those who shoot them down, permille.
    pub missile_permille: i64,
    /// Share of a fighting ship's danger that one which has broken off is in when those who shoot at her are as quick as she is,
    /// permille; in proportion to their speed.
    pub away_permille: i64,
    /// Fire that a ship about to die has lost, permille.
    pub wear_permille: i64,
    /// Share of her fire that a ship keeps while she withdraws, permille.
    pub leaving_permille: i64,
    /// Share of its speed at which a force closes on another that comes to meet it, permille.
    pub closing_permille: i64,
    /// Speed at which strafers draw a fight away from where it began, permille of their own.
    pub drift_permille: i64,
    /// Seconds in which a fight loosens from its first clash to what it is later.
    pub loosen_s: i64,
    /// Drives that a ship loses with all of her hull, thousandths of a drive. Who has none left cannot jump.
    pub lame_permille: i64,
    /// Luck that holds for a whole battle: deviation of the logarithm of a side's fire, permille.
    pub luck_permille: i64,
    /// The same for one ship; with more it shrinks by their root, permille.
    pub lone_luck_permille: i64,
    /// Most ships of a battle in the calibrated region.
    pub ships_most: i64,
    /// Longest odds in the calibrated region: strength of the stronger side, permille of the weaker's.
    pub odds_most_permille: i64,
    /// `auto` resolves battles of at least so many ships as aggregates.
    pub auto_ships_least: i64,
}

/// What a class's fire is worth against others, measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibrated {
    /// What is left of fire by it and on it once the fight has loosened, permille of that in the first clash.
    pub late_permille: i64,
    /// Worth of its fire against a class, permille of what its guns alone would do; sorted by class.
    pub against: Vec<(ClassId, i64)>,
}

impl Attrition {
    /// What is left of fire by a class and on it once a fight has loosened, permille. All of it where nobody measured.
    pub fn late_permille(&self, of: ClassId) -> i64 {
        let row = self.classes.get(of.index()).and_then(Option::as_ref);
        row.map_or(1_000, |row| row.late_permille)
    }

    /// Worth of one class's fire against another, permille of what its guns alone would do. None outside the calibrated region.
    pub fn worth_permille(&self, of: ClassId, against: ClassId) -> Option<i64> {
        let row = &self.classes.get(of.index())?.as_ref()?.against;
        let at = row.binary_search_by_key(&against, |(class, _)| *class).ok()?;
        Some(row[at].1)
    }
}

/// A fingerprint over everything in the content that makes a class fight as it does: the class, its weapons, its doctrine and the
/// rules of battle. Sixteen hexadecimal digits.
pub fn fingerprint(codex: &Codex, class: &Class) -> String {
    let weapons: Vec<_> =
        class.batteries.iter().map(|battery| codex.weapons.get(battery.weapon.index())).collect();
    let doctrine = codex.doctrines.get(class.doctrine.index());
    // Ids are places in lists that a scenario may lengthen: they say nothing of the class.
    let mut plain = class.clone();
    for battery in &mut plain.batteries {
        battery.weapon = WeaponId(0);
    }
    plain.doctrine = DoctrineId(0);
    plain.drive = plain.drive.map(|_| DriveId(0));
    let whole = (plain, weapons, doctrine, &codex.rules.battle, codex.rules.officers.withdraw_s);
    let text = format!("{whole:?}");
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{sum:016x}")
}
