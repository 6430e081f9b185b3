//! The body under the battle: how high a place is, what its air does, where the ground is.
//!
//! A star's radius is a thousand times a battle's width, so heights are reckoned in `f64` (the same four operations).

use crate::v3::{V3, dot, scale};
use jumpline_chart::BodyKind;
use jumpline_world::engagement::Engagement;
use jumpline_world::law::Codex;

/// The body in the battle's axes.
#[derive(Clone, Debug)]
pub struct Terrain {
    /// From the body's centre to the battle's centre, metres.
    centre: [f64; 3],
    radius_m: f64,
    /// Height of the battle's centre above the radius, metres.
    height_m: f32,
    /// Direction away from the body at the battle's centre.
    pub out: V3,
    /// Height of the air, metres.
    pub air_m: f32,
    /// Is it a star?
    pub star: bool,
}

impl Terrain {
    pub fn new(codex: &Codex, engagement: &Engagement) -> Terrain {
        let Some(body) = codex.chart.body(engagement.body) else {
            return Terrain {
                centre: [1e9, 0.0, 0.0],
                radius_m: 1.0,
                height_m: 1e9,
                out: [1.0, 0.0, 0.0],
                air_m: 0.0,
                star: false,
            };
        };
        let offset = codex.chart.spot_offset(engagement.body, &engagement.centre);
        let centre = [offset.x as f64, offset.y as f64, offset.z as f64];
        let far = (centre[0] * centre[0] + centre[1] * centre[1] + centre[2] * centre[2]).sqrt();
        let out = if far > 0.0 {
            [(centre[0] / far) as f32, (centre[1] / far) as f32, (centre[2] / far) as f32]
        } else {
            [1.0, 0.0, 0.0]
        };
        Terrain {
            centre,
            radius_m: body.radius_m as f64,
            height_m: (far - body.radius_m as f64) as f32,
            out,
            air_m: body.air_m as f32,
            star: body.kind == BodyKind::Star,
        }
    }

    /// No place lies lower than this: cheap, and enough to know that a ship is clear of the air.
    #[inline(always)]
    pub fn at_least_m(&self, place: V3) -> f32 {
        self.height_m + dot(place, self.out)
    }

    /// Height above the radius, metres.
    pub fn altitude_m(&self, place: V3) -> f32 {
        let [x, y, z] = self.off_centre(place);
        ((x * x + y * y + z * z).sqrt() - self.radius_m) as f32
    }

    /// Away from the body at a place.
    pub fn up(&self, place: V3) -> V3 {
        let [x, y, z] = self.off_centre(place);
        let far = (x * x + y * y + z * z).sqrt();
        if far > 0.0 { [(x / far) as f32, (y / far) as f32, (z / far) as f32] } else { self.out }
    }

    /// Is the place inside the body's air?
    #[inline(always)]
    pub fn in_air(&self, place: V3) -> bool {
        self.air_m > 0.0
            && self.at_least_m(place) < self.air_m
            && self.altitude_m(place) < self.air_m
    }

    /// How deep in the air, 0 at its top to 1 at the radius.
    pub fn depth(&self, place: V3) -> f32 {
        if !self.in_air(place) {
            return 0.0;
        }
        ((self.air_m - self.altitude_m(place)) / self.air_m).clamp(0.0, 1.0)
    }

    /// Stops whoever would fly into the body: the place is lifted to the floor and the falling part of the speed goes.
    pub fn hold_up(&self, place: &mut V3, velocity: &mut V3, floor_m: f32) {
        if self.at_least_m(*place) >= floor_m {
            return;
        }
        let height_m = self.altitude_m(*place);
        if height_m >= floor_m {
            return;
        }
        let up = self.up(*place);
        *place = crate::v3::along(*place, up, floor_m - height_m);
        let falling = dot(*velocity, up);
        if falling < 0.0 {
            *velocity = crate::v3::add(*velocity, scale(up, -falling));
        }
    }

    fn off_centre(&self, place: V3) -> [f64; 3] {
        [
            self.centre[0] + f64::from(place[0]),
            self.centre[1] + f64::from(place[1]),
            self.centre[2] + f64::from(place[2]),
        ]
    }
}
