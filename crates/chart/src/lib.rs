#![doc = include_str!("../README.md")]

mod arith;
mod body;
mod brake;
mod drive;
mod fault;
mod hazard;
mod index;
mod line;
mod mines;
mod orbit;
mod round;
mod route;
mod rules;
mod sight;
mod spot;
mod tow;
mod travel;

pub use body::{Body, BodyKind, Chart, METRES_PER_MLY, System, Zone};
pub use brake::{
    Braking, brake_need_permille, brake_shift_m, braking, braking_error_m, shifted_spot,
};
pub use drive::Drive;
pub use fault::Fault;
pub use hazard::{
    Harm, OffLine, PushOut, air_density_ppm, drag_points, fall_ms, off_line_harm, push_out,
};
pub use index::{ChartIndex, LeastTimes, Near};
pub use line::{Line, NoLine};
pub use mines::{field_length_m, mine_strike_ppm, residue_permille};
pub use orbit::Orbit;
pub use round::FOREVER;
pub use route::{Leg, Route};
pub use rules::NavRules;
pub use sight::{detection_range_m, masking_permille, seen_section_m2};
pub use spot::Spot;
pub use tow::tow_pace_permille;
pub use travel::{jump_speed_mps, slow_pace_permille};
