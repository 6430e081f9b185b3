//! Small charts to try laws on, and a builder for them.

use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

pub const EARTH_PT: i64 = 5_972_000;
pub const MOON_PT: i64 = 73_500;
pub const SUN_PT: i64 = 1_989_000_000_000;
/// Ten million kilometres.
pub const GM10: i64 = 10_000_000_000;

pub const COMMON: Drive = Drive {
    rating_permille: 1_000,
    charge_ms: 30_000,
    agility_mps: 100_000,
    interstellar: true,
    brake_reserve_permille: 0,
};

/// A chart that grows system by system, body by body.
#[derive(Default)]
pub struct Builder(pub Chart);

impl Builder {
    pub fn system(&mut self, position_mly: [i64; 3]) -> SystemId {
        let id = SystemId::from_index(self.0.systems.len());
        let key = format!("s{}", id.0);
        let system =
            System { id, name: key.clone(), key, position_mly, stars: vec![], bodies: vec![] };
        self.0.systems.push(system);
        id
    }

    pub fn body(
        &mut self,
        kind: BodyKind,
        system: SystemId,
        parent: Option<BodyId>,
        orbit: Option<Orbit>,
    ) -> BodyId {
        let id = BodyId::from_index(self.0.bodies.len());
        let key = format!("b{}", id.0);
        let (mass_pt, radius_m, air_m) = match kind {
            BodyKind::Star => (SUN_PT, 696_000_000, 100_000_000),
            BodyKind::Planet => (EARTH_PT, 6_371_000, 100_000),
            BodyKind::GasGiant => (1_898_000_000, 69_911_000, 1_000_000),
            BodyKind::Moon => (MOON_PT, 1_737_000, 0),
        };
        let home = &mut self.0.systems[system.index()];
        if kind == BodyKind::Star { &mut home.stars } else { &mut home.bodies }.push(id);
        self.0.bodies.push(Body {
            id,
            name: key.clone(),
            key,
            system,
            kind,
            mass_pt,
            radius_m,
            air_m,
            parent,
            orbit,
            habitable: false,
            zone: Zone::Inner,
        });
        id
    }
}

pub const SUN: BodyId = BodyId(0);
pub const EARTH: BodyId = BodyId(1);
pub const MOON: BodyId = BodyId(2);
pub const FAR: BodyId = BodyId(3);
pub const NEXT_STAR: BodyId = BodyId(4);

/// The Sun, the Earth with its Moon, a gas giant, and another sun four light-years off.
pub fn sol() -> Chart {
    let mut chart = Builder::default();
    let here = chart.system([0, 0, 0]);
    let sun = chart.body(BodyKind::Star, here, None, None);
    let year = Orbit { eccentricity_ppm: 16_700, ..Orbit::circle(149_600_000_000, 31_558_150, 0) };
    let earth = chart.body(BodyKind::Planet, here, Some(sun), Some(year));
    let month = Orbit::circle(384_400_000, 2_360_592, 45_000_000);
    chart.body(BodyKind::Moon, here, Some(earth), Some(month));
    let slow = Orbit::circle(778_500_000_000, 374_335_776, 90_000_000);
    chart.body(BodyKind::GasGiant, here, Some(sun), Some(slow));
    let there = chart.system([0, 0, 4_000]);
    chart.body(BodyKind::Star, there, None, None);
    assert_eq!(chart.0.faults(), []);
    chart.0
}

/// Any small chart: up to five systems of one or two stars and some planets and moons, all standing still.
pub fn small() -> impl Strategy<Value = Chart> {
    let place = || (-40i64..40, -40i64..40, -2i64..2);
    let system = (
        (0i64..9, 0i64..9, 0i64..3),
        1usize..3,
        prop::collection::vec((place(), any::<bool>()), 0..4),
    );
    prop::collection::vec(system, 1..6).prop_map(|systems| {
        let mut chart = Builder::default();
        for ((x, y, z), stars, bodies) in systems {
            let system = chart.system([x * 2_000, y * 2_000, z * 2_000]);
            for star in 0..stars {
                let orbit = Orbit::circle(star as i64 * GM10 * 3, 1, 77_000_000);
                chart.body(BodyKind::Star, system, None, Some(orbit));
            }
            for ((x, y, z), moon) in bodies {
                let angle = (libm::atan2(y as f64, x as f64).to_degrees() * 1e6) as i64;
                let away = Vec3m::new(x, y, z).length_m().max(8) * GM10;
                let orbit = Orbit::circle(away, 1, angle);
                let planet = chart.body(BodyKind::Planet, system, None, Some(orbit));
                if moon {
                    let near = Orbit::circle(400_000_000, 1, angle * 3);
                    chart.body(BodyKind::Moon, system, Some(planet), Some(near));
                }
            }
        }
        chart.0
    })
}

/// A spot above the air of any body of the test charts.
pub fn spot() -> impl Strategy<Value = Spot> {
    let axis = || -1_000i64..1_000;
    (100_200_000i64..3_000_000_000, axis(), axis(), axis()).prop_map(|(altitude_m, x, y, z)| {
        Spot::new(altitude_m, Bearing::from_vec(Vec3m::new(x, y, z)).unwrap_or_default())
    })
}
