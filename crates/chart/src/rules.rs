//! Every tunable number of navigation, in one plain table.
//!
//! The numbers of a war come from its ruleset (`content/`). The `Default` here serves tests and doc examples alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The numbers of navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavRules {
    /// Speed of a jump between two masses of one petatonne with a drive of rating 1000, metres a second; it grows with the
    /// fourth root of the product of the masses.
    pub jump_speed_mps: i64,
    /// Longest line between two stars, thousandths of a light-year.
    pub interstellar_reach_mly: i64,
    /// Slowest pace of a slow jump, permille of full speed.
    pub slowest_pace_permille: i64,
    /// How far a line must pass above a body and its air, metres.
    pub line_margin_m: i64,
    /// How far above a body and its air ships fly round it, metres.
    pub round_clearance_m: i64,
    /// Height of a line's near end above the air, permille of the body's radius.
    pub mouth_altitude_permille: i64,
    /// Time between two ships without length on one line, milliseconds.
    pub headway_base_ms: i64,
    /// Further time for each metre of hull, microseconds.
    pub headway_per_m_us: i64,

    /// Height of a braking spot above the air between equal masses for a drive of rating 1000, permille of the radius.
    pub brake_altitude_permille: i64,
    /// Least such height, permille of the radius.
    pub brake_altitude_least_permille: i64,
    /// Most such height, permille of the radius.
    pub brake_altitude_most_permille: i64,
    /// Error of a skilled observer's guess of a braking spot, for a ship of the reference section, metres.
    pub brake_error_base_m: i64,
    /// Further error for the root of the line's length in gigametres (millions of km), metres.
    pub brake_error_per_root_gm_m: i64,
    /// Reference section: frontal area of a ship that is seen as well as skilled observers like, square metres.
    pub brake_error_section_m2: i64,
    /// Least error, metres.
    pub brake_error_least_m: i64,
    /// Most error, metres.
    pub brake_error_most_m: i64,
    /// How far a warned arrival moves its braking spot for each second of warning, metres (drive of rating 1000).
    pub brake_shift_mps: i64,
    /// Farthest it can move it, metres.
    pub brake_shift_most_m: i64,
    /// Braking strength asked for between equal masses at full pace, permille of whole gravity drives.
    pub brake_need_permille: i64,
    /// Least strength that any line asks for at full pace, permille.
    pub brake_need_least_permille: i64,
    /// Most strength that any line asks for at full pace, permille.
    pub brake_need_most_permille: i64,
    /// How far each missing permille of strength carries a ship past its braking spot, metres.
    pub overshoot_m_per_permille: i64,

    /// Speed of a jump on no line against one between two masses like the one pushed off, permille.
    pub off_line_speed_permille: i64,
    /// Damage of a jump through thin air, points for each kilometre of full air and 1,000 m2 of frontal area.
    pub off_line_harm_points: i64,
    /// Share of the damage left by the shields that the armour takes, permille.
    pub off_line_armour_permille: i64,
    /// Shields lost in full air (at the floor of a corona), points a second for each 1,000 m2 of frontal area.
    pub drag_points_per_s: i64,
    /// How much longer a disabled ship falls than a stone, permille: what is left of its way round the body.
    pub fall_permille: i64,

    /// Share of a ship's image hidden at the floor of a star's corona, permille.
    pub mask_most_permille: i64,
    /// Height above a star at which nothing is hidden any more, permille of the radius.
    pub mask_height_permille: i64,
    /// Section at which sensors see as far as they are rated for, square metres.
    pub sight_section_m2: i64,

    /// Radius of the corridor that ships of one line pass through, metres.
    pub mine_corridor_m: i64,
    /// Distance between two mines along the line, metres.
    pub mine_spacing_m: i64,
    /// Time until drift has cleared a line of mines and debris, seconds.
    pub debris_clear_s: i64,
    /// Pace of a tow by a tug that weighs as much as what it tows, permille; at most twice this for a light load.
    pub tow_pace_permille: i64,
}

impl Default for NavRules {
    /// Plausible numbers for tests and examples; no war is fought with them.
    fn default() -> Self {
        Self {
            jump_speed_mps: 78_000,
            interstellar_reach_mly: 12_000,
            slowest_pace_permille: 50,
            line_margin_m: 100_000,
            round_clearance_m: 50_000,
            mouth_altitude_permille: 50,
            headway_base_ms: 2_000,
            headway_per_m_us: 1_000,
            brake_altitude_permille: 50,
            brake_altitude_least_permille: 20,
            brake_altitude_most_permille: 1_000,
            brake_error_base_m: 38_000,
            brake_error_per_root_gm_m: 50,
            brake_error_section_m2: 100_000,
            brake_error_least_m: 1_000,
            brake_error_most_m: 2_000_000,
            brake_shift_mps: 2_000,
            brake_shift_most_m: 200_000,
            brake_need_permille: 400,
            brake_need_least_permille: 200,
            brake_need_most_permille: 900,
            overshoot_m_per_permille: 1_000,
            off_line_speed_permille: 10,
            off_line_harm_points: 1,
            off_line_armour_permille: 500,
            drag_points_per_s: 10,
            fall_permille: 20_000,
            mask_most_permille: 900,
            mask_height_permille: 1_000,
            sight_section_m2: 100_000,
            mine_corridor_m: 2_000,
            mine_spacing_m: 10_000,
            debris_clear_s: 3_600,
            tow_pace_permille: 300,
        }
    }
}
