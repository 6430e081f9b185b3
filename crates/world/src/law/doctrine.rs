//! Doctrine: how ships of a group behave in battle and when they leave it. Data, never code per power.

use crate::law::Role;
use serde::{Deserialize, Serialize};

/// How a ship chooses whom to shoot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Focus {
    /// The quarry of the order and nothing else while it lives (swarm one target, ignore the rest).
    Quarry,
    /// Whoever is nearest and can be hurt.
    Nearest,
    /// Whoever is easiest to finish among those in reach.
    Weakest,
    /// The greatest ship in reach.
    Greatest,
    /// One target for the whole pack.
    Pack,
    /// What allies have tagged, else the nearest.
    Tagged,
    /// Any enemy in reach, drawn by lot: fire is spread over all of them alike.
    Any,
}

/// How a ship moves in battle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// Go to the preferred range of the target and stay there.
    Close,
    /// Keep the preferred range: back off when the enemy comes nearer.
    Standoff,
    /// Stay; turn and roll only (static power).
    Static,
    /// Run past the target at speed, turn out of range, run again.
    Strafe,
    /// Wait beside friends, chase in packs whatever passes, return.
    Chase,
    /// Stand between friends and the enemy.
    Wall,
    /// Stay behind until called or until the enemy comes close.
    Reserve,
    /// Steer into the target.
    Ram,
    /// Fly through towards a place (a line's near end, the air below) and fight on the way.
    Through,
    /// Keep away from every enemy.
    Evade,
    /// Show yourself to the enemy, then run home to your place so that whoever pursues comes upon your friends; and again.
    Lure,
}

/// How a group stands when it has no enemy in reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the trade's own")]
pub enum Formation {
    Cluster,
    Triangle,
    Halo,
    Picket,
    River,
    Wall,
    Sphere,
}

/// A way of fighting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Doctrine {
    /// Its key in the content.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// How targets are chosen.
    pub focus: Focus,
    /// Roles preferred as targets, best first; empty prefers none.
    pub prefers: Vec<Role>,
    /// How ships move.
    pub motion: Motion,
    /// How they stand.
    pub formation: Formation,
    /// Distance between neighbours in formation, metres.
    pub spacing_m: i64,
    /// Preferred distance from the target, permille of the main battery's range.
    pub range_permille: i64,
    /// Ships that act on one target together: least.
    pub pack_min: i64,
    /// Ships that act on one target together: most.
    pub pack_max: i64,
    /// A ship whose strongest facing is below this breaks off and recovers; 0 never, permille.
    pub break_off_permille: i64,
    /// It comes back when its shields stand here again, permille.
    pub rejoin_permille: i64,
    /// Leaves a target alone once its hull is below this (wound, not kill); 0 kills, permille.
    pub wound_permille: i64,
    /// The group withdraws after losing this share of the ships it came with; 1000 never, permille.
    pub withdraw_loss_permille: i64,
    /// The group withdraws when own strength against the enemy's falls below this; 0 never, permille.
    pub withdraw_odds_permille: i64,
    /// The group withdraws when its greatest ship has lost this share of its hull; 1000 never, permille.
    pub withdraw_hull_permille: i64,
    /// Dying ships steer at their target.
    pub rams_when_lost: bool,
    /// Stays out of this many radii of a known field weapon's reach, permille of the reach; 0 ignores it.
    pub field_clearance_permille: i64,
    /// Exploits gaps in a field where pylons are gone.
    pub uses_gaps: bool,
    /// Wait until this share of the group has arrived before attacking, permille.
    pub gather_permille: i64,
    /// Answers an ally's call to the same body.
    pub supports_allies: bool,
    /// Goes forward from reserve when own strength against the enemy's falls below this, or the enemy is upon it, permille.
    pub reserve_odds_permille: i64,
    /// Does not follow anybody further than this from its place, metres; 0 follows without end.
    pub leash_m: i64,
    /// Obeys so many of the calls on a target that reach it (focus `tagged`), permille; the rest it lets pass.
    pub heeds_permille: i64,
    /// Hesitates for this long before it obeys one, seconds, on top of the rule's delay.
    pub heed_s: i64,
    /// Breaks and runs, every ship for herself, when its morale falls below this; 0 never, permille.
    pub rout_permille: i64,
    /// Does not rally for this long, seconds.
    pub rally_s: i64,
    /// Shoulders enemies out of its way when it leaves: light rams that push and hardly hurt.
    pub shoves: bool,
    /// At most so many of one side's ships go for one target while another is within reach; 0 as many as like.
    pub most_on_one: i64,
}
