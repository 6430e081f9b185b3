//! Every tuned number that is not a weapon's, a class's or a doctrine's. Read by serde from `content/<ruleset>/rules.toml`,
//! table by table, so that a new number needs its doc line here and nothing else.

use jumpline_chart::NavRules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rules {
    /// Navigation.
    pub navigation: NavRules,
    /// Battle in space.
    pub battle: BattleRules,
    /// What is seen, and how well.
    pub sight: SightRules,
    /// How officers and minds act between deadlines.
    pub officers: OfficerRules,
    /// Wrecks, survivors and salvage.
    pub wrecks: WreckRules,
    /// Small craft and their carriers.
    pub wings: WingRules,
    /// Runs to ground.
    pub ground: GroundRules,
}

/// Battle in space.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BattleRules {
    /// Length of one tick, milliseconds.
    pub tick_ms: i64,
    /// Hostile groups nearer than this fight, metres.
    pub engage_range_m: i64,
    /// Groups at the same body nearer than this to a battle are drawn in, metres.
    pub join_range_m: i64,
    /// A battle ends when no enemies have been in each other's reach for this long, seconds.
    pub lull_s: i64,
    /// A battle that has lasted this long is ended by rule, and says so, seconds.
    pub longest_s: i64,
    /// Every ship looks for a new target every this many ticks (staggered by id).
    pub retarget_ticks: i64,
    /// How far ships may scatter before they are sorted by place anew is a share of this, metres; never changes a result.
    pub cell_m: i64,
    /// Target radius at which the stated accuracy holds, metres.
    pub aim_radius_m: i64,
    /// Least chance of a hit, permille.
    pub least_hit_permille: i64,
    /// A friend this near the line of fire, within the first stretch, blocks it, metres.
    pub block_radius_m: i64,
    /// Length of the first stretch of a line of fire that is checked for friends, metres.
    pub block_stretch_m: i64,
    /// Chance that a hit through armour breaks a part, permille for damage equal to a tenth of the hull.
    pub part_permille: i64,
    /// Share of damage that passes armour while armour stands, permille.
    pub armour_leak_permille: i64,
    /// Ramming damage per kilotonne at 1 km/s closing speed, points (grows with the speed, not its square, for safety of numbers).
    pub ram_points_per_kt: i64,
    /// Share of its own ram damage that a rammer survives with when much heavier than what it struck, permille.
    pub ram_back_permille: i64,
    /// Shields lost each second inside a star's atmosphere at its floor, points.
    pub star_drain_per_s: i64,
    /// Damage of a field arc left after each leap, permille.
    pub leap_permille: i64,
    /// Share of an arc's damage that skips along a shield instead of entering, permille.
    pub arc_skip_permille: i64,
    /// A disabled ship keeps this share of its shields' recharge, permille.
    pub disabled_recharge_permille: i64,
    /// Share of its engines, guns, emitters or sensors that a ship loses each time such a part breaks, permille.
    pub part_loss_permille: i64,
    /// Share of a volley's damage that its splash does to others at the very place, permille.
    pub splash_permille: i64,
    /// Radius of the blast of a ship that dies with its charge aboard, permille of its own radius.
    pub blast_reach_permille: i64,
    /// Wreckage counts as matter to a field weapon for this long, seconds.
    pub debris_s: i64,
    /// How often it is the engines that break, among all such shares.
    pub part_engine_share: i64,
    /// How often a gun mount.
    pub part_gun_share: i64,
    /// How often a shield emitter.
    pub part_emitter_share: i64,
    /// How often a sensor.
    pub part_sensor_share: i64,
    /// How often a gravity drive.
    pub part_gravity_drive_share: i64,
    /// How often the bridge.
    pub part_bridge_share: i64,
    /// How often a hangar, on ships that have berths.
    pub part_hangar_share: i64,
    /// How often what breaks on a field ship is a pylon, permille.
    pub part_pylon_permille: i64,
    /// How much oftener a part breaks that stands on the side that is struck (drives astern, sensors and bridge ahead, emitters
    /// and hangars on the flanks), permille; 1000 no oftener.
    pub part_local_permille: i64,
    /// How far an arc may leap from one body to the next, permille of the field's reach.
    pub leap_reach_permille: i64,
    /// A field lights up with an enemy within so many of its reaches, and goes dark with none within half as many again, permille.
    pub field_lights_permille: i64,
    /// Arcs that a sector loses for each volley of missiles or piece of wreckage that an arc strikes in it, permille of an arc.
    #[serde(default)]
    pub matter_disturb_permille: i64,
    /// A rammer so many times heavier than what it strikes comes through, permille.
    pub ram_heavier_permille: i64,
    /// Hull below which a ship counts as dying once nothing shields her from her target, permille.
    pub dying_permille: i64,
    /// A ram or blast that does at least this share of the hull past the shields opens the armour of that side for good in this
    /// battle, permille; 0 never.
    #[serde(default)]
    pub breach_permille: i64,
    /// Crews out of the enemy's reach mend something every so many seconds; 0 never.
    #[serde(default)]
    pub mend_every_s: i64,
    /// What they mend each time of engines, guns, emitters, sensors and hangars, permille of the part's work.
    #[serde(default)]
    pub mend_permille: i64,
    /// What no crew can mend in battle: so much of a part's loss stays, permille.
    #[serde(default)]
    pub mend_floor_permille: i64,
    /// A ship outruns (or falls behind) another by this share of her speed for each 1,000 permille that her crew is the better (or
    /// worse) of the two, permille.
    #[serde(default)]
    pub pursuit_skill_permille: i64,
    /// By how much luck makes one ship of a class faster than another on the run, either way, permille of her speed.
    #[serde(default)]
    pub pursuit_luck_permille: i64,
    /// A battle in which nobody has struck anybody for this long is over, whoever may still be closing, seconds; 0 never.
    #[serde(default)]
    pub stale_s: i64,
    /// Every power tags a target for its allies every so many seconds: the enemy most of its ships are after; 0 never.
    #[serde(default)]
    pub call_every_s: i64,
    /// A tag reaches allies after this long, seconds.
    #[serde(default)]
    pub call_delay_s: i64,
    /// Morale that a group loses for each thousandth of its ships that is lost, permille of a thousandth.
    #[serde(default)]
    pub morale_loss_permille: i64,
    /// Morale that it loses with its flagship (the heaviest ship of its own, if she is noted), permille.
    #[serde(default)]
    pub morale_flagship_permille: i64,
    /// Morale that it loses for each friendly group that runs, permille.
    #[serde(default)]
    pub morale_flight_permille: i64,
    /// Morale that comes back, permille a minute.
    #[serde(default)]
    pub morale_mend_permille_per_min: i64,
    /// An enemy hull so near ahead holds up a ship that is leaving, metres; 0 nobody can be held.
    #[serde(default)]
    pub hem_m: i64,
    /// What a light ram does of a full one, permille.
    #[serde(default)]
    pub shove_permille: i64,
}

/// What is seen, and how well.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SightRules {
    /// Time between two sweeps, seconds.
    pub sweep_s: i64,
    /// A contact not seen for this long is dropped from the book, seconds.
    pub forget_s: i64,
    /// Error of a contact's place at the edge of sight, metres.
    pub edge_error_m: i64,
    /// Sightings by an ally arrive after this, seconds.
    pub relay_s: i64,
    /// Inside this distance classes are told for certain, permille of the range.
    pub certain_permille: i64,
    /// Error of a counted force at the edge of sight, permille.
    pub count_error_permille: i64,
}

/// How officers and minds act between deadlines.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficerRules {
    /// Officers look at their battle every this many seconds.
    pub beat_s: i64,
    /// A captain needs this long to answer an order from the same body, seconds.
    pub delay_s: i64,
    /// Altitude at which arriving groups without a place of their own gather, metres.
    pub gather_altitude_m: i64,
    /// Distance at which an ambush waits beside the line, metres.
    pub ambush_m: i64,
    /// Charge and turn time before withdrawing ships can leave a battle, seconds.
    pub withdraw_s: i64,
    /// Strategic minds attack when own strength against the known enemy's is at least this, permille.
    pub attack_odds_permille: i64,
    /// What living through a battle teaches a crew, permille of skill.
    pub lesson_permille: i64,
    /// The most that battles teach, permille of skill.
    pub lesson_most_permille: i64,
}

/// Wrecks, survivors and salvage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WreckRules {
    /// Chance that a ship killed by gunfire leaves a wreck with powered compartments, permille.
    pub wreck_permille: i64,
    /// Share of the crew alive in such a wreck, permille (drawn between none and this).
    pub survivors_permille: i64,
    /// Below this altitude over a body with ground a wreck falls and may crash-land, metres.
    pub fall_altitude_m: i64,
    /// Chance that a falling wreck comes down in one piece, permille.
    pub crash_landing_permille: i64,
    /// Share of survivors who live through the crash, permille.
    pub crash_survival_permille: i64,
    /// Share of a crew that reaches its boats at best when a ship is struck down, permille; from a falling ship all do.
    pub boats_permille: i64,
    /// Speed of boats, metres a second.
    pub boats_mps: i64,
    /// How long boats and powered compartments keep people alive, seconds.
    pub air_s: i64,
    /// A ship takes castaways aboard until she has this share of her crew, permille.
    pub room_permille: i64,
    /// How long a wreck can be found and worked on, seconds.
    pub drift_s: i64,
    /// Share of a wreck's hull that salvage can win, permille of the class's hull.
    pub salvage_permille: i64,
    /// What one salvaging ship wins in a minute, points.
    pub salvage_points_per_min: i64,
    /// Salvage that mends one gravity drive, or an eighth of engines, guns, emitters, sensors or hangar, points.
    pub part_points: i64,
    /// Pushers let go of a falling ship this long before she burns, seconds.
    pub margin_s: i64,
    /// How far aside a falling ship must be turned to miss what stands on the ground below her, metres.
    pub deflect_m: i64,
}

/// Small craft and their carriers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WingRules {
    /// A carrier puts her wings out when a known enemy is nearer than this, metres.
    pub reach_m: i64,
    /// A craft is spent when her strongest facing is below this, permille.
    pub spent_permille: i64,
    /// A wing goes home when this share of it is spent, permille.
    pub return_permille: i64,
    /// How long a wing stays out on patrol, seconds.
    pub patrol_s: i64,
    /// Time between two rounds of sparring in quiet space, seconds.
    pub spar_every_s: i64,
    /// What a round of sparring teaches, permille of skill; a better partner teaches more.
    pub spar_permille: i64,
    /// The most that sparring teaches, permille of skill.
    pub spar_most_permille: i64,
    /// What living through a battle teaches the crew of a craft, permille of skill.
    pub combat_permille: i64,
}

/// Runs to ground.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroundRules {
    /// Descent speed of a landing run above the air, metres a second.
    pub descent_mps: i64,
    /// Time from reaching the air to standing on the ground, seconds.
    pub air_s: i64,
    /// Damage that fighters do to a landing ship in the air, points for each fighter and minute.
    pub fighter_points_per_min: i64,
    /// Fighters lost in the air for each landing ship, permille of a fighter a minute.
    pub fighter_loss_permille: i64,
    /// Time from landing until the portable shield stands, seconds.
    pub shield_s: i64,
    /// A planetary shield is open while its generator has less than this of its shields, permille.
    pub cover_open_permille: i64,
    /// It stands again when its generator has this much of its shields, permille.
    pub cover_shut_permille: i64,
}
